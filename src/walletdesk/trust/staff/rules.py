"""Who may do what: one table, readable by a shift leader; pure.

A dot means no, an x yes. The table is the law: doors ask :func:`role_may` on every request, so a role taken away is
gone at the next click (A13). Two persons are another law, held by ``approvals``: an x for ``decide_refund`` never lets
anybody decide what they proposed themselves.
"""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words

ROLES = {
    "agent": Words("客服", "Agent"),
    "senior_agent": Words("高级客服", "Senior agent"),
    "supervisor": Words("主管", "Supervisor"),
    "risk_officer": Words("风控专员", "Risk officer"),
    "finance_officer": Words("财务专员", "Finance officer"),
    "editor": Words("内容编辑", "Editor"),
    "auditor": Words("审计", "Auditor"),
    "administrator": Words("系统管理员", "Administrator"),
}

TABLE = """
                    agent  senior  supervisor  risk  finance  editor  auditor  administrator
work_cases            x      x         x         x      .        .       .           .
see_cases             x      x         x         x      x        .       x           .
reassign              .      x         x         .      .        .       .           .
close_case            x      x         x         x      .        .       .           .
look_up_customer      x      x         x         x      .        .       .           .
unmask                x      x         x         x      .        .       .           .
ask_verification      x      x         x         x      .        .       .           .
propose_refund        x      x         x         .      .        .       .           .
decide_refund         .      x         x         x      x        .       .           .
see_approvals         .      x         x         x      x        .       x           x
start_reset           x      x         x         x      .        .       .           .
review_documents      .      x         x         x      .        .       .           .
lock_account          x      x         x         x      .        .       .           .
freeze_wallet         x      x         x         x      .        .       .           .
unfreeze_wallet       .      .         x         x      .        .       .           .
see_risk_flags        .      .         x         x      .        .       x           .
edit_rules            .      .         .         x      .        .       .           .
publish_rules         .      .         x         x      .        .       .           .
see_books             .      .         x         .      x        .       x           x
see_audit             .      .         .         x      .        .       x           .
see_wall              .      x         x         x      x        .       x           x
plan_staffing         .      .         x         .      .        .       .           .
listen_to_calls       .      .         x         .      .        .       .           .
see_menu              .      x         x         x      .        x       x           .
edit_menu             .      .         x         .      .        x       .           .
publish_contacts      .      .         .         .      .        x       .           .
edit_prompts          .      .         x         .      .        x       .           .
employ_staff          .      .         .         .      .        .       .           x
see_staff             .      .         x         .      .        .       x           x
plan_shifts           .      .         x         .      .        .       .           .
recover_staff         .      .         .         .      .        .       .           x
break_glass           .      x         x         x      .        .       .           .
see_oversight         .      .         x         x      .        .       x           .
answer_alarms         .      .         x         x      .        .       .           .
look_third            .      .         x         x      x        .       x           .
place_canaries        .      .         .         x      .        .       x           .
set_profiles          .      .         .         .      .        .       .           x
"""


def read_table(text: str) -> dict[str, frozenset[str]]:
    """``{act: roles that may}`` from the table above; a row that is not whole is a mistake, found at import."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    if len(head) != len(ROLES) or not all(role.startswith(short) for short, role in zip(head, ROLES, strict=True)):
        raise ValueError("the head of the table does not name the roles")
    table: dict[str, frozenset[str]] = {}
    for act, *marks in rows:
        if len(marks) != len(ROLES) or set(marks) - {"x", "."} or act in table:
            raise ValueError(f"row {act} is not whole")
        table[act] = frozenset(role for role, mark in zip(ROLES, marks, strict=True) if mark == "x")
    return table


ACTS = read_table(TABLE)


ENROL_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
ENROL_LENGTH = 12
"""31 letters that nobody confuses, twelve of them: 59 bits, and five tries."""


def read_pass(text: str) -> str:
    """A pass as it was read out or typed, without spaces, dashes and case: ``abcd-efgh-jkmn`` → ``ABCDEFGHJKMN``."""
    return "".join(text.split()).replace("-", "").upper()[:40]


def show_pass(code: str) -> str:
    """In groups of four, to be read aloud or copied: ``ABCD-EFGH-JKMN``."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def role_may(role: str, act: str) -> bool:
    """Whether ``role`` may do ``act``. An act that stands in no row is a programming mistake: ``KeyError``."""
    return role in ACTS[act]
