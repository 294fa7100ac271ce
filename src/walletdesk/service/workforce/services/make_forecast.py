"""Forecast the week of each queue, and of all together, from the hours counted in the last weeks."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.workforce.models import HourForecast
from walletdesk.service.workforce.queries.hours_counted import EVERY_QUEUE, hours_counted, queues_counted, total
from walletdesk.service.workforce.queries.week_ahead import expected_waits, open_hours, week_begins, zone
from walletdesk.service.workforce.rules.best_time import believed_wait, judged
from walletdesk.service.workforce.rules.counting import Counts
from walletdesk.service.workforce.rules.forecast import HourForecast as Forecast
from walletdesk.service.workforce.rules.forecast import forecast_week
from walletdesk.service.workforce.rules.week import HOURS, hour_of_week
from walletdesk.service.workforce.settings_in_force import first_guess

WEEKS = 16


def make_forecast() -> int:
    """Forecast anew; how many queues. The old forecast is replaced as a whole, in one transaction."""
    moment = now()
    queues = [EVERY_QUEUE, *queues_counted()]
    for queue in queues:
        _keep(queue, moment)
    return len(queues)


def _keep(queue: str, moment: datetime) -> None:
    seen, by_hour = _seen(queue, moment)
    week = forecast_week(seen, first_guess().weekly_calls if queue == EVERY_QUEUE else 0.0)
    rows = _rows(queue, week, by_hour, moment)
    with transaction.atomic():
        HourForecast.objects.filter(queue=queue).delete()
        HourForecast.objects.bulk_create(rows)


def _seen(queue: str, moment: datetime) -> tuple[dict[int, list[tuple[float, int]]], dict[int, Counts]]:
    """Calls per hour of the week with their age in weeks, and the sums of each hour. An open hour without a call is a
    zero, from the first week that was counted on; the hour that runs is left out."""
    here = zone()
    counted = hours_counted(moment - timedelta(weeks=WEEKS), moment.replace(minute=0, second=0, microsecond=0), queue)
    if not counted:
        return {}, {}
    calls = {one.hour: one.counts for one in counted}
    seen: dict[int, list[tuple[float, int]]] = defaultdict(list)
    sums: dict[int, list[Counts]] = defaultdict(list)
    attended = open_hours()
    hour = max(counted[0].hour, week_begins(counted[0].hour))
    while hour < moment - timedelta(hours=1):
        place = hour_of_week(hour, here)
        if hour in calls or attended[place]:
            one = calls.get(hour, Counts())
            seen[place].append(((moment - hour) / timedelta(weeks=1), one.offered))
            sums[place].append(one)
        hour += timedelta(hours=1)
    return seen, {place: total(group) for place, group in sums.items()}


def _rows(queue: str, week: list[Forecast], sums: dict[int, Counts], moment: datetime) -> list[HourForecast]:
    attended = open_hours()
    expected = expected_waits(week, [True] * HOURS, queue)
    waits = {
        one.hour: believed_wait(expected[one.hour][1], sums[one.hour].wait_if_staying, sums[one.hour].answered)
        if one.hour in sums
        else expected[one.hour][1]
        for one in week
    }
    kinds = {one.hour: one.kind for one in judged((h.hour, h.calls, waits[h.hour]) for h in week if attended[h.hour])}
    return [
        HourForecast(
            queue=queue, hour_of_week=one.hour, calls=one.calls, low=one.low, high=one.high, weeks=one.weeks,
            wait=waits[one.hour], kind=kinds.get(one.hour, "between"), made_at=moment,
        )
        for one in week
    ]  # fmt: skip
