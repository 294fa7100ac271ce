"""When somebody who asked for it is reminded of an old password; pure.

Nobody must change a password because of a date (NIST SP 800-63B-4, 3.1.1.2). Who likes to is told once for each period that
has gone by, counted from the last change or, after that, from the last reminder.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

PERIODS: Mapping[int, timedelta] = {6: timedelta(days=183), 12: timedelta(days=365)}
"""By months; 0, which is no row here, means never."""
MONTH = timedelta(days=30)


def reminded_before(months: int, moment: datetime) -> datetime:
    """Whose password, and whose last reminder, are older than this are reminded at ``moment``."""
    return moment - PERIODS[months]


def months_old(set_at: datetime, moment: datetime) -> int:
    """Whole months as people count them."""
    return max(timedelta(0), moment - set_at) // MONTH
