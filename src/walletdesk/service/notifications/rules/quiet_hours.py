"""Hours in which nobody is woken for what can wait. They are hours of the reader's own clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta


def quiet_until(here: datetime, begins: time, ends: time) -> datetime | None:
    """When the quiet hours end in which the moment lies; None when it lies in none.

    ``here`` is the moment on the reader's clock (aware, with a real time zone). From 22:00 to 07:00 goes over midnight.
    Where the clock is put forward over the end, they end when the clock goes on; where it is put back, at the first of the
    two hours that read so.

    quiet_until(23:30, 22:00, 07:00)   07:00 of the next day
    quiet_until(06:59, 22:00, 07:00)   07:00 of this day
    quiet_until(07:00, 22:00, 07:00)   None
    """
    hour = here.time()
    over_midnight = begins > ends
    inside = (hour >= begins or hour < ends) if over_midnight else begins <= hour < ends
    if not inside:
        return None
    day = here.date() + timedelta(days=1 if over_midnight and hour >= begins else 0)
    return datetime.combine(day, ends, here.tzinfo)
