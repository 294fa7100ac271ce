"""The front door of oversight.

    note_canary(employee, customer, case)       the same for another page than the card: a canary is told of
    note_look(employee, customer, case)         inside the look's transaction: counts, canary, soft limit
    insist_on_unmasking(employee)               TooManyUnmaskings, at the shift's ceiling
    note_unmasking(employee, customer, case)
    break_glass(employee, number, reason)       ActNotAllowed, WatchReasonMissing, CustomerNotFound
    standing_glass(employee, glass), end_glass  ActNotAllowed, GlassNotFound, GlassMended
    place_canary(employee, number, note)        ActNotAllowed, CustomerNotFound, CanaryStands
    lift_canary(employee, canary)               ActNotAllowed, CanaryNotFound
    answer_alarm(employee, alarm, words)        ActNotAllowed, AlarmNotFound, AboutYourself, AlarmAnswered, WatchReasonMissing
    write_third_look(employee, look, agrees, words)
        ActNotAllowed, ThirdLookNotFound, AboutYourself, LookedAlready, WatchReasonMissing
    propose_recovery(maker, employee, reason, seen_how), approve_recovery, reject_recovery, withdraw_recovery
        ActNotAllowed, EmployeeNotFound, AboutYourself, WatchReasonMissing; RecoveryNotFound; refusals of approvals
    object_to_act(customer, act, words)         ActNotFound, WatchReasonMissing
    alarms, open_alarms, pair_rows, third_looks, glasses, canaries, objections_of

Facts: ``AlarmRaised``, ``StaffRecovered``.
"""

from walletdesk.service.oversight.errors import ActNotFound, GlassMended, TooManyUnmaskings
from walletdesk.service.oversight.events import AlarmRaised, StaffRecovered
from walletdesk.service.oversight.queries import (
    AlarmView,
    CanaryView,
    GlassView,
    PairRow,
    ThirdLookView,
    alarms,
    canaries,
    glasses,
    objections_of,
    open_alarms,
    pair_rows,
    third_looks,
)
from walletdesk.service.oversight.services.answer_alarm import answer_alarm
from walletdesk.service.oversight.services.break_glass import break_glass, end_glass, standing_glass
from walletdesk.service.oversight.services.note_look import (
    insist_on_unmasking,
    note_canary,
    note_look,
    note_unmasking,
)
from walletdesk.service.oversight.services.object_to_act import object_to_act
from walletdesk.service.oversight.services.place_canary import lift_canary, place_canary
from walletdesk.service.oversight.services.recover_staff import (
    approve_recovery,
    propose_recovery,
    reject_recovery,
    withdraw_recovery,
)
from walletdesk.service.oversight.services.third_looks import write_third_look

__all__ = [
    "ActNotFound",
    "AlarmRaised",
    "AlarmView",
    "CanaryView",
    "GlassMended",
    "GlassView",
    "PairRow",
    "StaffRecovered",
    "ThirdLookView",
    "TooManyUnmaskings",
    "alarms",
    "answer_alarm",
    "approve_recovery",
    "break_glass",
    "canaries",
    "end_glass",
    "glasses",
    "insist_on_unmasking",
    "lift_canary",
    "note_canary",
    "note_look",
    "note_unmasking",
    "object_to_act",
    "objections_of",
    "open_alarms",
    "pair_rows",
    "place_canary",
    "propose_recovery",
    "reject_recovery",
    "standing_glass",
    "third_looks",
    "withdraw_recovery",
    "write_third_look",
]
