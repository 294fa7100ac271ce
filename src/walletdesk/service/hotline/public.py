"""The front door of the hotline. What each verb refuses, in the order tried, stands in its docstring.

    the telephone's door (one process; a call's verbs strictly in order, each safe to repeat)
        take_in_call, hear, match_waiting, due_call_backs, take_requests, take_signals, recover_calls
        number_to_dial, number_of_line, recording_path
    the desk        set_presence, accept_offer, decline_offer, ask_call, wrap_up, name_caller, set_skills
                    soft_phone, presences, presence_of, skills_of
    the customer    make_token, show_digits, answer_approval; open_approval, speaking_now, calls_of_customer
    pages' words    post_signal, signals_after
    the line        line, live_calls, call_view, calls_of_case, legs_of_call, promise_count, promises_at_risk,
                    queued_calls, survey_count
    the record      hear_recording, hear_own_recording, ask_to_hear, decide_hearing; recordings_of_call, plays_of,
                    open_permits, contact_number
    the menu        save_menu_draft, publish_menu; live_menu, menu_version, menu_versions; read_menu, problems, try_keys
    its keys        reseal_calls
    joined once     use_wait_estimator (WaitEstimator), the ports of the telephone (MediaGateway)
    the words       commands, gateway_words, room_words (modules), Said, say, PROMPTS

Facts: CallChanged, CallFinished, PresenceChanged, CallPromiseBroken, ApprovalAsked, CallerDisowned.
"""

from walletdesk.service.hotline.errors import (
    AlreadyEngaged,
    ApprovalNotFound,
    CallNotFound,
    HearingReasonMissing,
    LineUnknown,
    MenuNotFound,
    MenuNotUsable,
    NotYourCall,
    OfferGone,
    PresenceRefused,
    ReasonUnknown,
    RecordingDamaged,
    RecordingErased,
    RecordingNotFound,
    SeatMissing,
    SecondPersonNeeded,
    TooManyTokens,
    WrappedAlready,
    WrapUpNotUsable,
)
from walletdesk.service.hotline.events import (
    ApprovalAsked,
    CallChanged,
    CallerDisowned,
    CallFinished,
    CallPromiseBroken,
    PresenceChanged,
)
from walletdesk.service.hotline.expected_wait import use_wait_estimator
from walletdesk.service.hotline.ports import (
    COMMAND_SECONDS,
    BrowserLine,
    Capability,
    GatewayRefused,
    MediaGateway,
    TelephoneLine,
    WaitEstimator,
)
from walletdesk.service.hotline.queries.calls import (
    ApprovalView,
    CallView,
    LegView,
    SpeakingNow,
    call_view,
    calls_of_case,
    calls_of_customer,
    legs_of_call,
    live_calls,
    open_approval,
    speaking_now,
)
from walletdesk.service.hotline.queries.desks import (
    OfferView,
    PresenceView,
    SoftPhone,
    presence_of,
    presences,
    skills_of,
    soft_phone,
)
from walletdesk.service.hotline.queries.line import LineView, PromiseCount, line, promise_count, promises_at_risk
from walletdesk.service.hotline.queries.record import (
    MenuView,
    PermitView,
    PlayView,
    QueuedCall,
    RecordingView,
    SurveyCount,
    contact_number,
    live_menu,
    menu_version,
    menu_versions,
    open_permits,
    plays_of,
    queued_calls,
    recordings_of_call,
    survey_count,
)
from walletdesk.service.hotline.queries.surroundings import surroundings
from walletdesk.service.hotline.rules import commands, gateway_words, room_words
from walletdesk.service.hotline.rules.dispositions import DISPOSITIONS, OUTCOMES
from walletdesk.service.hotline.rules.menu import Choice, Menu, MenuNotReadable, Node, read_menu, write_menu
from walletdesk.service.hotline.rules.menu_check import Problem, problems
from walletdesk.service.hotline.rules.menu_trial import Heard as TrialStep
from walletdesk.service.hotline.rules.menu_trial import try_keys
from walletdesk.service.hotline.rules.presence import OWN_REASONS, REASONS, STATE_WORDS
from walletdesk.service.hotline.rules.room_words import Offered
from walletdesk.service.hotline.rules.said import PROMPTS, TOPICS, Said, say
from walletdesk.service.hotline.sealing_key import reseal_calls
from walletdesk.service.hotline.services.answer_approval import answer_approval
from walletdesk.service.hotline.services.answer_offer import accept_offer, decline_offer
from walletdesk.service.hotline.services.app_digits import DigitsShown, show_digits
from walletdesk.service.hotline.services.ask_call import ask_call
from walletdesk.service.hotline.services.break_promises import break_call_promises
from walletdesk.service.hotline.services.edit_menu import publish_menu, save_menu_draft
from walletdesk.service.hotline.services.hear_event import Heard, hear
from walletdesk.service.hotline.services.hear_recording import (
    Opened,
    ask_to_hear,
    decide_hearing,
    erase_due_recordings,
    hear_own_recording,
    hear_recording,
)
from walletdesk.service.hotline.services.make_token import CallTicket, make_token
from walletdesk.service.hotline.services.match_waiting import match_waiting
from walletdesk.service.hotline.services.move_presence import set_presence
from walletdesk.service.hotline.services.place_call_backs import due_call_backs, number_of_line, number_to_dial
from walletdesk.service.hotline.services.record_call import recording_path
from walletdesk.service.hotline.services.recover_calls import recover_calls
from walletdesk.service.hotline.services.set_skills import set_skills
from walletdesk.service.hotline.services.take_in_call import Taken, take_in_call
from walletdesk.service.hotline.services.take_requests import (
    SignalView,
    post_signal,
    signals_after,
    take_requests,
    take_signals,
)
from walletdesk.service.hotline.services.wrap_up import end_long_wrap_ups, name_caller, wrap_up

__all__ = [
    "COMMAND_SECONDS",
    "DISPOSITIONS",
    "OUTCOMES",
    "OWN_REASONS",
    "PROMPTS",
    "REASONS",
    "STATE_WORDS",
    "TOPICS",
    "AlreadyEngaged",
    "ApprovalAsked",
    "ApprovalNotFound",
    "ApprovalView",
    "BrowserLine",
    "CallChanged",
    "CallFinished",
    "CallNotFound",
    "CallPromiseBroken",
    "CallTicket",
    "CallView",
    "CallerDisowned",
    "Capability",
    "Choice",
    "DigitsShown",
    "GatewayRefused",
    "Heard",
    "HearingReasonMissing",
    "LegView",
    "LineUnknown",
    "LineView",
    "MediaGateway",
    "Menu",
    "MenuNotFound",
    "MenuNotReadable",
    "MenuNotUsable",
    "MenuView",
    "Node",
    "NotYourCall",
    "OfferGone",
    "OfferView",
    "Offered",
    "Opened",
    "PermitView",
    "PlayView",
    "PresenceChanged",
    "PresenceRefused",
    "PresenceView",
    "Problem",
    "PromiseCount",
    "QueuedCall",
    "ReasonUnknown",
    "RecordingDamaged",
    "RecordingErased",
    "RecordingNotFound",
    "RecordingView",
    "Said",
    "SeatMissing",
    "SecondPersonNeeded",
    "SignalView",
    "SoftPhone",
    "SpeakingNow",
    "SurveyCount",
    "Taken",
    "TelephoneLine",
    "TooManyTokens",
    "TrialStep",
    "WaitEstimator",
    "WrapUpNotUsable",
    "WrappedAlready",
    "accept_offer",
    "answer_approval",
    "ask_call",
    "ask_to_hear",
    "break_call_promises",
    "call_view",
    "calls_of_case",
    "calls_of_customer",
    "commands",
    "contact_number",
    "decide_hearing",
    "decline_offer",
    "due_call_backs",
    "end_long_wrap_ups",
    "erase_due_recordings",
    "gateway_words",
    "hear",
    "hear_own_recording",
    "hear_recording",
    "legs_of_call",
    "line",
    "live_calls",
    "live_menu",
    "make_token",
    "match_waiting",
    "menu_version",
    "menu_versions",
    "name_caller",
    "number_of_line",
    "number_to_dial",
    "open_approval",
    "open_permits",
    "plays_of",
    "post_signal",
    "presence_of",
    "presences",
    "problems",
    "promise_count",
    "promises_at_risk",
    "publish_menu",
    "queued_calls",
    "read_menu",
    "recording_path",
    "recordings_of_call",
    "recover_calls",
    "reseal_calls",
    "room_words",
    "save_menu_draft",
    "say",
    "set_presence",
    "set_skills",
    "show_digits",
    "signals_after",
    "skills_of",
    "soft_phone",
    "speaking_now",
    "surroundings",
    "survey_count",
    "take_in_call",
    "take_requests",
    "take_signals",
    "try_keys",
    "use_wait_estimator",
    "wrap_up",
    "write_menu",
]
