"""The summary of a closed case, made from its timeline: the bakery that charged twice."""

from __future__ import annotations

from datetime import UTC, datetime

from walletdesk.service.cases.rules.promises import PromiseClock, fulfil, let_pass
from walletdesk.service.cases.rules.summary import Promised, Told, summarise
from walletdesk.service.cases.rules.titles import ANSWER

ZHOU = ("1024", {"zh-hans": "周岚", "en": "Zhou Lan"})
HE = ("0387", {"zh-hans": "何敏", "en": "He Min"})


def at(text: str) -> datetime:
    """The hour in Shanghai on 19 May."""
    hour, minute = text.split(":")
    return datetime(2026, 5, 19, int(hour) - 8, int(minute), tzinfo=UTC)


def told(
    hour: str, kind: str, zh: str, en: str, by: tuple[str, dict[str, str]] | None = None, staff: bool = False
) -> Told:
    number, name = by or ("", None)
    return Told(at(hour), kind, {"zh-hans": zh, "en": en}, staff, number, name)


BAKERY = [
    told("12:41", "opened", "系统发现", "System found it"),
    told("13:50", "taken", "接手", "Taken", ZHOU),
    told("14:03", "customer_verified", "您在自己的手机上确认了身份", "You confirmed on your own phone"),
    told("14:05", "note", "店主电话里承认", "The owner admits it by phone", ZHOU, staff=True),
    told(
        "14:09",
        "proposal_approved",
        "第二个人批准了退款，工号 0387",
        "Second person approved the refund, agent 0387",
        HE,
    ),
    told("14:10", "refund_posted", "退款 ¥38.00 已到账", "Refund of ¥38.00 posted"),
]
PROMISE = PromiseClock(at("12:41"), at("14:32"))


def test_the_summary_names_agents_deeds_and_the_kept_promise() -> None:
    kept = Promised(ANSWER, fulfil(PROMISE, at("14:10")))
    summary = summarise(BAKERY, [kept], "customer", at("14:26"), "Asia/Shanghai")
    assert summary["text"]["zh-hans"] == (
        "工号 1024 周岚、工号 0387 何敏处理。"
        "14:03 您在自己的手机上确认了身份；14:09 第二个人批准了退款，工号 0387；14:10 退款 ¥38.00 已到账。"
        "承诺 14:32 前答复您：守约，提前 22 分钟。"
        "您已确认。"
    )
    assert summary["text"]["en"] == (
        "Helped by agent 1024 Zhou Lan and agent 0387 He Min. "
        "14:03 You confirmed on your own phone; 14:09 Second person approved the refund, agent 0387; "
        "14:10 Refund of ¥38.00 posted. "
        "Promise to answer by 14:32: kept, 22 minutes early. "
        "You confirmed it."
    )
    assert [agent["number"] for agent in summary["agents"]] == ["1024", "0387"]


def test_a_note_for_staff_never_enters() -> None:
    summary = summarise(BAKERY, [], "customer", at("14:26"), "Asia/Shanghai")
    assert "店主" not in str(summary)
    assert "owner" not in str(summary)


def test_a_broken_promise_is_said_openly() -> None:
    late = Promised(ANSWER, fulfil(PROMISE, at("14:35")))
    text = summarise([], [late], "time", at("15:00"), "Asia/Shanghai")["text"]
    assert "承诺 14:32 前答复您：没有守约，晚了 3 分钟。" in text["zh-hans"]
    assert "Promise to answer by 14:32: broken, 3 minutes late." in text["en"]
    never = Promised(ANSWER, let_pass(PROMISE, at("15:00")))
    assert "broken." in summarise([], [never], "agent", at("15:00"), "Asia/Shanghai")["text"]["en"]


def test_a_promise_that_still_runs_at_closing_is_not_called_kept() -> None:
    text = summarise([], [Promised(ANSWER, PROMISE)], "agent", at("13:00"), "Asia/Shanghai")["text"]
    assert "not yet due at closing" in text["en"]
    assert "结案时未到时间" in text["zh-hans"]


def test_a_case_without_an_agent_says_so() -> None:
    text = summarise([], [], "customer", at("14:26"), "Asia/Shanghai")["text"]
    assert text == {"zh-hans": "没有经过客服。您已确认。", "en": "No agent was needed. You confirmed it."}


def test_hours_are_those_of_the_reader() -> None:
    text = summarise(BAKERY, [], "customer", at("14:26"), "Europe/London")["text"]
    assert "07:10 Refund of ¥38.00 posted" in text["en"]
