"""How much of a machine PostgreSQL may take."""

import pytest

from walletdesk.project.processes.postgres_sizes import sizes

GB = 2**30


@pytest.mark.parametrize(
    ("memory", "free_disk", "pages", "log", "kept"),
    [
        (1 * GB, 8 * GB, "128MB", "1024MB", "256MB"),  # a small cloud machine
        (2 * GB, 8 * GB, "256MB", "1024MB", "256MB"),
        (8 * GB, 100 * GB, "1024MB", "6400MB", "1600MB"),  # a laptop
        (24 * GB, 64 * GB, "2048MB", "4096MB", "1024MB"),
        (512 * GB, 2000 * GB, "2048MB", "8192MB", "2048MB"),  # whoever has this sets it by hand
    ],
)
def test_sizes(memory: int, free_disk: int, pages: str, log: str, kept: str) -> None:
    assert sizes(memory, free_disk) == {
        "shared_buffers": pages,
        "max_wal_size": log,
        "min_wal_size": kept,
        "checkpoint_timeout": "15min",
    }
