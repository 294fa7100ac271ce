"""How much memory and disk PostgreSQL may take of this machine: pure, so that the table can be read in a test.

Posting touches two random pages of the history indexes for each line. Pages that do not stay in memory are read again and
again, and each page that is touched for the first time after a checkpoint is written into the log whole: with little
memory and a checkpoint each half minute, the books halve their speed on the way to five million entries.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MB = 2**20


def sizes(memory: int, free_disk: int) -> dict[str, str]:
    """Settings for so many bytes of memory and free disk.

    An eighth of the memory for pages (128 MB to 2 GB); a sixteenth of the free disk for the log between two checkpoints
    (1 to 8 GB), a quarter of which is kept and written over instead of being made anew.
    """
    log = _within(free_disk // 16, 1024 * MB, 8192 * MB)
    return {
        "shared_buffers": f"{_within(memory // 8, 128 * MB, 2048 * MB) // MB}MB",
        "max_wal_size": f"{log // MB}MB",
        "min_wal_size": f"{log // 4 // MB}MB",
        "checkpoint_timeout": "15min",
    }


def sizes_here(folder: Path) -> dict[str, str]:
    """For this machine and the disk that ``folder`` lies on."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return sizes(memory, shutil.disk_usage(there).free)


def _within(size: int, least: int, most: int) -> int:
    return max(least, min(size, most))
