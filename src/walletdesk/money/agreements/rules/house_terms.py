"""The house's own terms, in plain words, as numbered editions with dates; pure.

An edition is announced at least ``NOTICE`` before it holds, is never rewritten, and says which sections differ from the one
before. The first stands for an operator's own: whoever runs the house replaces its words, and adds the next as a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from walletdesk.foundation.i18n.words import Words

NOTICE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Section:
    """``code`` is stable over editions, so that a changed section is found again."""

    code: str
    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class TermsEdition:
    number: int
    announced_on: date
    from_on: date
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """``before`` is None for a new section, ``now`` for one that is gone."""

    kind: Literal["new", "changed", "gone"]
    before: Section | None
    now: Section | None


def problem(editions: Sequence[TermsEdition]) -> str:
    """What is wrong with this row of editions; empty when nothing is."""
    for place, one in enumerate(editions, start=1):
        codes = [section.code for section in one.sections]
        if one.number != place:
            return "numbers do not count up from one"
        if one.from_on - one.announced_on < NOTICE:
            return f"edition {place} is announced too late"
        if not codes or len(set(codes)) != len(codes):
            return f"edition {place} has no sections, or one twice"
        if place > 1 and one.from_on <= editions[place - 2].from_on:
            return f"edition {place} does not come after the one before"
    return "" if editions else "there is no edition"


def in_force(editions: Sequence[TermsEdition], today: date) -> TermsEdition:
    """The last that holds; before the first holds, the first."""
    return next((one for one in reversed(editions) if one.from_on <= today), editions[0])


def coming(editions: Sequence[TermsEdition], today: date) -> TermsEdition | None:
    """The next, from the day on which it is announced."""
    return next((one for one in editions if one.announced_on <= today < one.from_on), None)


def differences(before: TermsEdition, now: TermsEdition) -> list[Difference]:
    """What an edition changes, in the order of its sections; what is gone comes last."""
    old, new = {one.code: one for one in before.sections}, {one.code: one for one in now.sections}
    found = [
        Difference("changed" if code in old else "new", old.get(code), one)
        for code, one in new.items()
        if old.get(code) != one
    ]
    return found + [Difference("gone", one, None) for code, one in old.items() if code not in new]


EDITIONS: tuple[TermsEdition, ...] = (
    TermsEdition(
        1,
        date(2025, 11, 1),
        date(2025, 12, 1),
        (
            Section(
                "money",
                Words("钱是您的", "The money is yours"),
                Words(
                    "余额随时可以用。我们不拿它投资，也不付利息。每一分钱的来去都在账单里，谁也改不了。",
                    "You can use your balance at any time. We do not invest it and pay no interest on it. Where every cent "
                    "came from and went stands in your bills, and nobody can change it.",
                ),
            ),
            Section(
                "paying",
                Words("付款", "Paying"),
                Words(
                    "您用支付密码或您事先同意的协议付款。付给商户的可以申请退款；转给个人的，到账后撤不回。",
                    "You pay by your PIN, or by an agreement that you accepted before. A payment to a shop can be "
                    "refunded; what was sent to a person cannot be called back once it has arrived.",
                ),
            ),
            Section(
                "safety",
                Words("安全", "Safety"),
                Words(
                    "密码和验证码只有您用，我们从不问。看到异常，我们会先问您、先等一等，或先冻结，并马上告诉您怎样解开。",
                    "Passwords and codes are for you alone; we never ask for them. When something looks odd we ask first, "
                    "wait, or freeze the account, and tell you at once how to lift it.",
                ),
            ),
            Section(
                "duties",
                Words("您要做的", "What is yours to do"),
                Words(
                    "手机丢了、密码被人知道了，尽快冻结或打热线。不把账户借给别人，不用它做违法的事。",
                    "If your telephone is lost or somebody knows your password, freeze the account or call the hotline "
                    "soon. Do not lend your account, nor use it for anything unlawful.",
                ),
            ),
            Section(
                "ours",
                Words("我们要做的", "What is ours to do"),
                Words(
                    "每个问题都有编号和答复时间，晚了会写明。我们的人看过您的资料，您看得到是谁、为什么，可以提异议。",
                    "Every question gets a number and a time for its answer, and it says so when we are late. When one of "
                    "our people looked at your details you see who and why, and can object.",
                ),
            ),
            Section(
                "change",
                Words("改动", "Changes"),
                Words(
                    "改这些条款，至少提前 30 天告诉您，写明改了哪几段。不同意可以不再使用，余额照样取走。",
                    "We tell you of a change at least 30 days before, and which sections it touches. If you disagree you "
                    "may leave, and take your balance with you.",
                ),
            ),
        ),
    ),
)
