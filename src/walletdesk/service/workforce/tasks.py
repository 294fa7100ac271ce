"""What the workforce room does on a timer."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every
from walletdesk.service.workforce.services.count_hours import count_hours
from walletdesk.service.workforce.services.make_forecast import make_forecast


@every(seconds=60, name="workforce.count_hours")
def count_calls_of_the_last_hours() -> None:
    """The wall's and the report's hours are at most a minute old."""
    count_hours()


@every(seconds=3600, name="workforce.make_forecast")
def forecast_the_week() -> None:
    """The week ahead, with what the last hour taught."""
    make_forecast()
