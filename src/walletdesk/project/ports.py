"""Which adapter stands behind which port. The only place where adapters and rooms meet."""


def join() -> None:
    """Give each room the adapter that the settings name."""
