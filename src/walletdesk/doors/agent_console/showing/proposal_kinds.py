"""What the approvals' pages need to know of each kind of proposal: how it reads, and which verbs decide it.

A room that lets two persons decide something new adds one line to ``trust/approvals/rules.py`` and one ``KindShown``
here; list, page, approve, send back and withdraw then work for it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from walletdesk.doors.agent_console.showing.directory import differences as directory_differences
from walletdesk.doors.agent_console.showing.figures import as_text
from walletdesk.doors.agent_console.showing.rule_words import differences
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import merchants
from walletdesk.service.agent_actions.public import (
    approve_directory,
    approve_fake,
    approve_figure,
    approve_payee_mark,
    approve_refund,
    approve_rules,
    approve_tier,
    approve_unfreeze,
    directory_proposed,
    reject_directory,
    reject_fake,
    reject_figure,
    reject_payee_mark,
    reject_refund,
    reject_rules,
    reject_tier,
    reject_unfreeze,
    withdraw_directory,
    withdraw_fake,
    withdraw_figure,
    withdraw_payee_mark,
    withdraw_refund,
    withdraw_rules,
    withdraw_tier,
    withdraw_unfreeze,
)
from walletdesk.service.freezes.public import freeze_state
from walletdesk.service.oversight.public import approve_recovery, reject_recovery, withdraw_recovery
from walletdesk.trust.approvals.public import ProposalView
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.risk.public import MARK_KINDS, rule_version, rules_in_force
from walletdesk.trust.staff.public import employees
from walletdesk.trust.verification.public import DOCUMENTS


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a proposal: what it is called, and its value; ``href`` is a page of the desk that shows it."""

    words: Words
    value: Words | str
    href: str = ""


@dataclass(frozen=True, slots=True)
class KindShown:
    """``title`` and ``lines`` of one proposal; ``then``: what happens once it is approved; the three verbs, each called
    as ``approve(checker, proposal, hash)``, ``reject(checker, proposal, reason)``, ``withdraw(maker, proposal)``.
    """

    words: Words
    icon: str
    title: Callable[[ProposalView], Words]
    lines: Callable[[ProposalView], list[Line]]
    then: list[Words]
    approve: Callable[[uuid.UUID, uuid.UUID, str], object]
    reject: Callable[[uuid.UUID, uuid.UUID, str], object]
    withdraw: Callable[[uuid.UUID, uuid.UUID], object]


FAKE_CHANNELS = {
    "phone": Words("电话", "Telephone"),
    "web": Words("网址", "Web address"),
    "email": Words("邮箱", "E-mail"),
    "social": Words("名称", "Name"),
}


def _of_recovery(made: ProposalView) -> Words:
    return employees([uuid.UUID(made.subject)])[uuid.UUID(made.subject)].label


def _recovery_title(made: ProposalView) -> Words:
    who = _of_recovery(made)
    return Words(f"重新登记验证方式，{who.zh}", f"New factors for {who.en}")


def _recovery_lines(made: ProposalView) -> list[Line]:
    return [
        Line(Words("为谁", "For whom"), _of_recovery(made)),
        Line(Words("理由", "Reason"), str(made.payload["reason"])),
        Line(Words("怎样认出本人", "How they were recognised"), str(made.payload["seen_how"])),
    ]


def _frozen(made: ProposalView) -> CustomerView:
    who = uuid.UUID(made.payload["customer_id"])
    return customers([who])[who]


def _unfreeze_lines(made: ProposalView) -> list[Line]:
    who, state = _frozen(made), freeze_state(uuid.UUID(made.payload["customer_id"]))
    return [
        Line(Words("客户", "Customer"), f"{who.masked_name}, {who.number}"),
        Line(Words("为什么冻结", "Why it stands still"), state.reason or Words("已经解冻", "It moves again")),
        Line(Words("证件", "Documents"), Words("另一位同事核对过", "Accepted by another agent")),
        Line(Words("理由", "Reason"), str(made.payload["reason"])),
    ]


def _raised(made: ProposalView) -> CustomerView:
    who = uuid.UUID(made.subject)
    return customers([who])[who]


def _tier_lines(made: ProposalView) -> list[Line]:
    who, after = _raised(made), made.payload["tier"]
    return [
        Line(Words("客户", "Customer"), f"{who.masked_name}, {who.number}"),
        Line(Words("现在的等级", "Tier now"), str(who.tier)),
        Line(Words("提议的等级", "Tier proposed"), str(after)),
        Line(
            DOCUMENTS[made.payload["document"]],
            Words("看照片", "Look at the photos"),
            reverse("desk-papers-one", args=[made.payload["papers"]]),
        ),
    ]


def _figure_lines(made: ProposalView) -> list[Line]:
    asked = made.payload
    return [
        Line(Words("哪一个", "Which"), made.subject, reverse("desk-figure", args=[made.subject])),
        Line(Words("现在", "Now"), as_text(asked["before"])),
        Line(Words("改成", "Proposed"), as_text(asked["after"])),
        Line(Words("从哪天起", "From"), asked["from"] or Words("批准时", "The approval")),
        Line(Words("谁决定的", "Decided by"), asked["source"]),
    ]


def _rules_lines(made: ProposalView) -> list[Line]:
    number, found = made.payload["number"], rule_version(int(made.payload["number"]))
    lines = [Line(Words("版本", "Version"), f"{number}"), Line(Words("为什么改", "Why"), str(made.payload["note"]))]
    return lines + [Line(one.words, one.value) for one in differences(rules_in_force(), found.rules)]


def _payee(made: ProposalView) -> str:
    """A shop by its name, a person by masked name and number."""
    who = uuid.UUID(made.payload["payee_id"])
    shop, person = merchants([who]).get(who), customers([who]).get(who)
    return str(shop.name) if shop else f"{person.masked_name}, {person.number}" if person else "—"


def _fake_title(made: ProposalView) -> Words:
    value = made.payload["value"]
    if made.payload["does"] == "end":
        return Words(f"从假冒名单去掉，{value}", f"Take off the list of fakes, {value}")
    return Words(f"列为假冒，{value}", f"List as a fake, {value}")


def _fake_lines(made: ProposalView) -> list[Line]:
    return [
        Line(Words("什么", "What"), str(made.payload["value"])),
        Line(Words("种类", "Kind"), FAKE_CHANNELS[made.payload["channel"]]),
        Line(Words("说明", "Note"), Words(str(made.payload["note_zh"]), str(made.payload["note_en"]))),
    ]


def _directory_lines(made: ProposalView) -> list[Line]:
    """What everybody would read, line by line."""
    found = directory_differences(*directory_proposed(made))
    lines = [Line(Words("为什么改", "Why"), str(made.payload["reason"]))]
    return lines + [Line(one.what, _from_to(one.before, one.after)) for one in found]


def _from_to(before: Words | str, after: Words | str) -> Words:
    was, will = (one if isinstance(one, Words) else Words(one, one) for one in (before, after))
    return Words(f"{was.zh or '—'} → {will.zh or '—'}", f"{was.en or '—'} → {will.en or '—'}")


def _mark_lines(made: ProposalView) -> list[Line]:
    return [
        Line(Words("收款方", "Payee"), _payee(made)),
        Line(Words("标记", "Mark"), MARK_KINDS[made.payload["mark"]]),
        Line(Words("没有答复的举报", "Reports not answered yet"), str(made.payload["reports"])),
        Line(Words("转了一圈的钱", "Rings"), str(made.payload["rings"])),
        Line(Words("理由", "Reason"), str(made.payload["reason"])),
    ]


KINDS: dict[str, KindShown] = {
    "refund": KindShown(
        Words("退款", "Refund"),
        "refund",
        lambda made: Words("退款", "Refund"),
        lambda made: [],
        [],
        approve_refund,
        reject_refund,
        withdraw_refund,
    ),
    "staff_recovery": KindShown(
        Words("员工找回", "Staff recovery"),
        "key",
        _recovery_title,
        _recovery_lines,
        [
            Words("旧的验证方式全部作废，所有会话立刻退出", "All old factors are void; every session ends at once"),
            Words("当面交一次性登记码，本人登记新的验证方式", "A one-time pass is handed over in person to enrol anew"),
            Words("本人和所有系统管理员都会收到通知", "They and every administrator are told"),
        ],
        approve_recovery,
        reject_recovery,
        withdraw_recovery,
    ),
    "unfreeze": KindShown(
        Words("解冻", "Lift a freeze"),
        "freeze",
        lambda made: Words(f"解冻，{_frozen(made).masked_name}", f"Lift the freeze, {_frozen(made).masked_name}"),
        _unfreeze_lines,
        [
            Words("所有钱包马上可以付款", "Every wallet can pay again at once"),
            Words("客户收到通知，时间线上写明两位的工号", "The customer is told; both numbers stand on the timeline"),
        ],
        approve_unfreeze,
        reject_unfreeze,
        withdraw_unfreeze,
    ),
    "tier": KindShown(
        Words("提高等级", "Higher tier"),
        "idcard",
        lambda made: Words(f"提高等级，{_raised(made).masked_name}", f"Higher tier, {_raised(made).masked_name}"),
        _tier_lines,
        [
            Words(
                "客户马上按新等级的限额付款，并收到通知",
                "The limits of the new tier hold at once; the customer is told",
            ),
            Words("证件照片删去，两位的工号留在记录里", "The photos are deleted; both numbers stay in the record"),
        ],
        approve_tier,
        reject_tier,
        withdraw_tier,
    ),
    "figure": KindShown(
        Words("配置数字", "Figure of the house"),
        "scale",
        lambda made: Words(f"改数字，{made.subject}", f"Change a figure, {made.subject}"),
        _figure_lines,
        [
            Words(
                "到那天起，五秒之内每个进程都照新的数字办",
                "From that day every process goes by it, within five seconds",
            ),
            Words("旧的一行留着；过去的事仍按旧的算", "The old row stays; what is past still counts by it"),
        ],
        approve_figure,
        reject_figure,
        withdraw_figure,
    ),
    "risk_rules": KindShown(
        Words("风控规则", "Risk rules"),
        "sliders",
        lambda made: Words(f"风控规则第 {made.payload['number']} 版", f"Risk rules, version {made.payload['number']}"),
        _rules_lines,
        [
            Words("两秒之内每个进程都按这一版判断", "Within two seconds every process judges by this version"),
            Words("旧的一版留着，随时可以再提议", "The old one is kept and can be proposed again"),
        ],
        approve_rules,
        reject_rules,
        withdraw_rules,
    ),
    "payee_mark": KindShown(
        Words("标记收款方", "Mark a payee"),
        "flag",
        lambda made: Words(f"标记收款方，{_payee(made)}", f"Mark a payee, {_payee(made)}"),
        _mark_lines,
        [
            Words("付款人付款前先看到提醒，可以停下", "Payers are warned before they pay, and can stop"),
            Words(
                "“在查”和“已知假冒”还会按规则拦下付款", "“Under report” and “known false” are also stopped by the rules"
            ),
            Words("没有答复的举报一起结束", "The reports that were open end with it"),
        ],
        approve_payee_mark,
        reject_payee_mark,
        withdraw_payee_mark,
    ),
    "directory": KindShown(
        Words("官方名录", "Official directory"),
        "phone",
        lambda made: Words(
            f"改官方名录，在第 {made.payload['version']} 版上",
            f"Change the official directory, edition {made.payload['version']}",
        ),
        _directory_lines,
        [
            Words("谁都马上看到新的一版，重新签名", "Everybody reads the new edition at once, signed anew"),
            Words("旧的一版留着", "The old edition is kept"),
        ],
        approve_directory,
        reject_directory,
        withdraw_directory,
    ),
    "known_fake": KindShown(
        Words("假冒名单", "Known fakes"),
        "shield",
        _fake_title,
        _fake_lines,
        [
            Words("谁查都马上看到新的名单，不用登录", "Whoever checks sees the new list at once, without signing in"),
            Words("官方名录不变", "The official directory stays as it is"),
        ],
        approve_fake,
        reject_fake,
        withdraw_fake,
    ),
}
