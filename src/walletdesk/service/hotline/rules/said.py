"""What the hotline says, by name: never a file, never a sentence.

    say("position", n=3, minutes=7)                 one prompt with its figures
    say("promise", by="14:32")                      a time of day is text "HH:MM"
    say("balance", amount=128050, asset="CNY")      money is minor units and the asset's code
    say("agent", number="1024")                     digits to be read one by one are text

The catalogue of prompts turns ``(language, words)`` into sounds; only it knows recordings, splices and languages. Every
name the flow can speak stands in :data:`PROMPTS` with the figures that it carries, and :func:`say` refuses any other:
a prompt that nobody recorded is found by a test, not by a caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from walletdesk.foundation.i18n.words import Words

Kind = Literal["count", "minutes", "time", "money", "asset", "digits", "day", "topic"]
Value = int | str

NOTHING: dict[str, Kind] = {}

PROMPTS: dict[str, dict[str, Kind]] = {
    # the first minute
    "welcome": NOTHING,  # "欢迎致电…" / "Welcome to Walletdesk."
    "choose_language": NOTHING,  # said in both languages by the catalogue: 中文请按 1, for English press 2
    "recording_consent": NOTHING,  # "this call is recorded; press 2 if you do not agree, else stay on the line"
    "recording_off": NOTHING,
    "recording_on": NOTHING,
    "call_code": {"code": "digits"},  # "the app shows the same four digits: 4 7 1 9"
    # the menu: one prompt per choice, spoken as "for <topic> press <key>"
    "menu_choice": {"topic": "topic", "key": "digits"},  # topic is one of TOPICS
    "menu_human": {"key": "digits"},
    "menu_back": {"key": "digits"},
    "menu_again": {"key": "digits"},
    "wrong_key": NOTHING,
    "no_key": NOTHING,
    "to_a_person": NOTHING,  # "I will put you through to a person"
    # hours
    "closed": {"opens": "time", "day": "day"},  # "we are closed; we open today/tomorrow/on Monday at 09:00"
    "closed_choices": NOTHING,  # "press 1 to be called back when we open, 2 for the menu"
    # who is speaking
    "verified_already": NOTHING,  # the call came from the signed-in page or app
    "type_phone": NOTHING,
    "type_code": NOTHING,  # "now the six digits that the app shows"
    "approve_in_app": NOTHING,  # "or approve in the app: it asks you now"
    "number_hint": NOTHING,  # "only numbers in our directory are ours; the app can check any number"
    "verified": NOTHING,
    "not_verified": {"left": "count"},
    "verify_stopped": NOTHING,
    "way_back_code": NOTHING,  # "a six-digit code went to a verified address; key it when it arrives"
    "way_back_second": NOTHING,  # "a second one went to another address; the hash key goes on without it"
    "way_back_by_person": NOTHING,  # a locked account: a person helps; the reset never happens on a voice
    # money
    "balance": {"amount": "money", "asset": "asset"},
    "last_payments": {"n": "count"},
    "payment_out": {"amount": "money", "asset": "asset", "day": "day"},
    "payment_in": {"amount": "money", "asset": "asset", "day": "day"},
    "no_payments": NOTHING,
    "unknown_money": NOTHING,  # "we cannot read it now; your money is where it was"
    "freeze_confirm": NOTHING,  # "press 9 to freeze your wallet now"
    "frozen": NOTHING,
    "frozen_already": NOTHING,
    "freeze_not_known": NOTHING,  # unknown outcome, told as such, then a person
    # waiting
    "please_wait": NOTHING,
    "position": {"n": "count", "minutes": "minutes"},  # "you are number 3; about 7 minutes"
    "position_unknown_wait": {"n": "count"},
    "promise": {"by": "time"},  # "we answer by 14:32, or call you back in your place"
    "promise_broken": {"by": "time"},
    "offer_callback": {"key": "digits"},  # "press 1 and we call you back in your place"
    "callback_number": {"last": "digits"},  # "we will call the number on file that ends with 4 4 1 2"
    "callback_made": {"n": "count", "by": "time"},
    "callback_made_no_time": {"n": "count"},
    "callback_not_possible": NOTHING,
    "callback_have_one": NOTHING,
    "queue_full": NOTHING,
    "music": NOTHING,
    "sorry_agent_gone": NOTHING,  # the agent's page closed: you are at the front
    # the person
    "agent": {"number": "digits"},
    "agent_case": {"number": "digits", "case": "digits"},
    "on_hold": NOTHING,
    "back_from_hold": NOTHING,
    "consulting": NOTHING,
    "transferring": NOTHING,
    "whisper_customer": {"minutes": "minutes"},  # to the agent: a verified customer, waited n minutes
    "whisper_stranger": {"minutes": "minutes"},
    "whisper_callback": {"minutes": "minutes"},
    "agent_listened": NOTHING,  # "a supervisor is listening to help"
    # calling back
    "callback_hello": NOTHING,  # "this is Walletdesk, calling back as you asked; check the app; press 1 to be put through"
    "callback_no_one": NOTHING,
    # the end
    "survey": NOTHING,  # "one to five: how was it?"
    "survey_thanks": NOTHING,
    "next_steps": {"case": "digits"},
    "goodbye": NOTHING,
    "sorry_goodbye": NOTHING,
    "all_lines_busy": NOTHING,
}
"""Name of a prompt → the figures it carries, each with its kind."""


TOPICS: dict[str, Words] = {
    "balance": Words("查询余额和最近付款", "your balance and last payments"),
    "freeze": Words("马上冻结钱包", "freezing your wallet at once"),
    "payments": Words("付款、退款和账单", "payments, refunds and bills"),
    "security": Words("账户安全和解锁", "account safety and unlocking"),
    "complaints": Words("投诉", "complaints"),
    "funds": Words("理财咨询", "fund advice"),
    "merchants": Words("商户服务", "help for shops"),
    "general": Words("其他问题", "anything else"),
    "call_back": Words("请我们回电", "a call back from us"),
    "number_check": Words("核对一个号码是不是我们的", "asking whether a number is ours"),
}
"""What a choice of the menu is about, as it is spoken after “for …, press …”."""

DAYS = (
    "today",
    "tomorrow",
    "yesterday",
    "earlier",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "later",
)
"""The values of kind ``day``: near days by name, what is farther off is “earlier” or “later”."""


@dataclass(frozen=True, slots=True)
class Said:
    """One prompt and its figures, in the order of their names; equal when they say the same."""

    id: str
    values: tuple[tuple[str, Value], ...] = ()

    def value(self, name: str) -> Value:
        """The figure of that name. Refuses a name that is not there (``KeyError``)."""
        return dict(self.values)[name]


def say(id_: str, **values: Value) -> Said:
    """A prompt by name. Refuses a name, or figures, that :data:`PROMPTS` does not know (``KeyError``, ``TypeError``)."""
    wanted = PROMPTS[id_]
    if set(values) != set(wanted):
        raise TypeError(f"prompt {id_} carries {sorted(wanted)}, not {sorted(values)}")
    return Said(id_, tuple(sorted(values.items())))
