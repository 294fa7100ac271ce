"""What can stand in the way of starting, said so that a stranger knows what to do."""

from __future__ import annotations


class Trouble(Exception):
    """Something outside of the program is missing or taken. ``str()`` is one sentence for the person at the terminal."""


class Interrupted(BaseException):
    """Somebody asked us to stop."""


class NoPostgres(Trouble):
    """None of the three sources can be used."""


class WrongVersion(Trouble):
    """The data folder was made by another major version of PostgreSQL."""


class PostgresDied(Trouble):
    """PostgreSQL ended while it was starting; its last lines are in the message."""


class PortTaken(Trouble):
    """Somebody else listens where the pages should be."""


class AlreadyRunning(Trouble):
    """Another supervisor holds this data folder."""


class DiskFull(Trouble):
    """The disk below the data folder has no room for a cluster."""
