"""What is checked before a refund may be proposed, in words for the agent, and how the customer will read of it."""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A sentence and whether it holds; a proposal needs all of them. ``code`` names those that this room makes."""

    words: Words
    ok: bool
    code: str = ""


VERIFIED = Words("身份核实到 {level} 级，够了", "Verified to level {level}: enough")
UNVERIFIED = Words("身份只核实到 {level} 级，要 {needed} 级", "Verified to level {level}; level {needed} is needed")
WITHIN = Words("您的上限是 {cap}", "Your limit is {cap}")
ABOVE = Words("超过您的上限 {cap}", "Above your limit of {cap}")
WITHIN_DAY = Words("今天已提议 {used}，一天的上限是 {cap}", "Proposed today: {used}, of {cap} a day")
ABOVE_DAY = Words("超过一天的上限 {cap}，今天已提议 {used}", "Above your day’s limit of {cap}; proposed today: {used}")
NONE_OPEN = Words("没有别的提议在等批准", "No other proposal is waiting")
ONE_OPEN = Words("已有一个提议在等批准", "A proposal is waiting already")
STILL, MOVED = (
    Words("提议以后没有退过", "Nothing moved since it was proposed"),
    Words("提议以后已经退过", "Money has moved since it was proposed"),
)
NO_PART = Words("您和这件事没有关系，可以决定", "You have no part in it and may decide")
HAS_PART = Words("这件事不该由您决定", "This is not yours to decide")

MESSAGE = Words(
    "{amount} 已经回到您的余额。{reason}。看到后请点“是的”。工号 {number}",
    "{amount} is back in your balance. {reason}. Tap “Yes” when you see it. Agent {number}",
)


def filled(words: Words, **fields: object) -> Words:
    """The sentence with its fields, still in both languages."""
    both = words.both(**fields)
    return Words(both["zh-hans"], both["en"])


@dataclass(frozen=True, slots=True)
class Caps:
    """What one agent may propose, in minor units: in one refund, in a day's sum, and what the day holds already."""

    each_minor: int
    day_minor: int
    used_minor: int


def case_checks(level: int, needed: int, amount: Amount, caps: Caps, has_open_proposal: bool) -> list[CheckLine]:
    """What the case and the agent bring to a refund; the payment's own checks come from the refund room."""
    cap, day, used = (Amount(one, amount.asset) for one in (caps.each_minor, caps.day_minor, caps.used_minor))
    verified, within = level >= needed, amount.minor <= caps.each_minor
    within_day = caps.used_minor + amount.minor <= caps.day_minor
    day_words = filled(WITHIN_DAY if within_day else ABOVE_DAY, used=used, cap=day)
    return [
        CheckLine(filled(VERIFIED if verified else UNVERIFIED, level=level, needed=needed), verified, "not_verified"),
        CheckLine(filled(WITHIN if within else ABOVE, cap=cap), within, "refund_over_cap"),
        CheckLine(day_words, within_day, "refund_over_day_cap"),
        CheckLine(ONE_OPEN if has_open_proposal else NONE_OPEN, not has_open_proposal, "proposal_open"),
    ]


def decision_checks(moved_since: bool, has_part: bool) -> list[CheckLine]:
    """What the second person sees besides: whether money moved since it was proposed, whether they have a part in it."""
    return [
        CheckLine(MOVED if moved_since else STILL, not moved_since, "moved_since"),
        CheckLine(HAS_PART if has_part else NO_PART, not has_part, "two_person_rule"),
    ]


def message_after(amount: Amount, reason: str, agent_number: str) -> Words:
    """What the customer reads once the refund is posted; ``reason`` without its last full stop."""
    return filled(MESSAGE, amount=amount, reason=reason.strip().rstrip("。.！!"), number=agent_number)
