"""When this happened, then that hears it: the only place where it is written."""


def declare() -> None:
    """Tell the outbox every route."""
