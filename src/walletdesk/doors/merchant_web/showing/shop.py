"""The shop and who stands at its till."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from walletdesk.doors._shared import notice_rows
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import MemberView, MerchantNotFound, MerchantView, merchant, tills_of
from walletdesk.service.cases.public import cases_of_merchant

MOST_CASES = 50


@dataclass(frozen=True, slots=True)
class ShopLine:
    """The head of each page of the till, and the number on its "cases" tab."""

    id: UUID
    name: Words
    till: Words
    till_id: UUID | None
    member: str
    open_cases: int
    unread: int


def of_member(member: MemberView) -> MerchantView:
    """The shop at which this member works."""
    found = merchant(member.merchant_id)
    if found is None:
        raise MerchantNotFound()
    return found


def inboxes(member: MemberView) -> list[tuple[str, UUID]]:
    """What the bell counts: about their own sign-in; for an owner also what is told to the shop."""
    own = [("user", member.user_id)]
    return [("merchant", member.merchant_id), *own] if member.role == "owner" else own


def line(member: MemberView) -> ShopLine:
    shop, tills = of_member(member), tills_of(member.merchant_id)
    label = tills[0].label if tills else "1"
    return ShopLine(
        id=shop.id,
        name=shop.name,
        till=Words(f"收银台 {label}", f"Till {label}") if label.isdigit() else Words(label, label),
        till_id=tills[0].id if tills else None,
        member=member.name,
        open_cases=sum(1 for case in cases_of_merchant(shop.id, MOST_CASES) if case.is_open),
        unread=notice_rows.unread(inboxes(member)),
    )
