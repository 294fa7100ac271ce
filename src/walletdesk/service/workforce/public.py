"""The front door of the workforce room.

report(since, until, queue, method, goal_seconds) -> Report       counts by the hour, with the method they are shown by
hours_counted(since, until, queue) -> [HourView]                  queues_counted()
forecast(queue) -> [HourForecast]                                 168 hours, calls with low and high, weeks seen
times_to_call(queue, at) -> TimesToCall                           the open hours, quiet, between or peak; the next best
draft_plan(wishes, queue) -> [PlannedHour]                        agents and rota by the hour; nothing saved
plan_in_force(queue) -> PlanView | None                           wishes_in_force(queue), service_goal(), open_hours()
save_plan(employee, wishes, queue) -> PlanView                    ActNotAllowed, PlanNotUsable
check_wishes(wishes)                                              PlanNotUsable
floor() -> [AgentHere]                                            who is at the telephones
estimate_wait(topic, language, position, at) -> seconds | None    the hotline's WaitEstimator; wait_of(…) with its range
count_hours(since), make_forecast()                               what the timers do
simulate_weeks(until, weeks, seed)                                hours out of the simulator, marked so; for the demo
"""

from walletdesk.service.workforce.errors import PlanNotUsable, QueueUnknown
from walletdesk.service.workforce.queries.floor import AgentHere, estimate_wait, floor, wait_of
from walletdesk.service.workforce.queries.hours_counted import (
    EVERY_QUEUE,
    HourView,
    Report,
    hours_counted,
    queues_counted,
    report,
)
from walletdesk.service.workforce.queries.week_ahead import (
    PlanView,
    TimesToCall,
    draft_plan,
    forecast,
    open_hours,
    plan_in_force,
    times_to_call,
    wishes_in_force,
)
from walletdesk.service.workforce.rules.best_time import HourToCall
from walletdesk.service.workforce.rules.counting import (
    METHOD_NAMES,
    METHOD_WORDS,
    METHODS,
    Counts,
    Method,
    promises_kept,
)
from walletdesk.service.workforce.rules.expected_wait import ExpectedWait, minutes_said
from walletdesk.service.workforce.rules.forecast import CONFIDENCE_WORDS, HourForecast
from walletdesk.service.workforce.rules.staffing import PlannedHour, PlanWishes
from walletdesk.service.workforce.services.count_hours import count_hours
from walletdesk.service.workforce.services.make_forecast import make_forecast
from walletdesk.service.workforce.services.save_plan import WISH_WORDS, check_wishes, save_plan
from walletdesk.service.workforce.services.simulate_weeks import simulate_weeks
from walletdesk.service.workforce.settings_in_force import ServiceGoal, service_goal

__all__ = [
    "CONFIDENCE_WORDS",
    "EVERY_QUEUE",
    "METHODS",
    "METHOD_NAMES",
    "METHOD_WORDS",
    "WISH_WORDS",
    "AgentHere",
    "Counts",
    "ExpectedWait",
    "HourForecast",
    "HourToCall",
    "HourView",
    "Method",
    "PlanNotUsable",
    "PlanView",
    "PlanWishes",
    "PlannedHour",
    "QueueUnknown",
    "Report",
    "ServiceGoal",
    "TimesToCall",
    "check_wishes",
    "count_hours",
    "draft_plan",
    "estimate_wait",
    "floor",
    "forecast",
    "hours_counted",
    "make_forecast",
    "minutes_said",
    "open_hours",
    "plan_in_force",
    "promises_kept",
    "queues_counted",
    "report",
    "save_plan",
    "service_goal",
    "simulate_weeks",
    "times_to_call",
    "wait_of",
    "wishes_in_force",
]
