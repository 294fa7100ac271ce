"""The scopes: what a key may be allowed, and which owners can have a use for it."""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words

MERCHANT, CUSTOMER = "merchant", "customer"
OWNER_KINDS = (MERCHANT, CUSTOMER)
LIVE, TEST = "live", "test"
MODES = (LIVE, TEST)
_SHOP, _PERSON, _BOTH = frozenset({MERCHANT}), frozenset({CUSTOMER}), frozenset(OWNER_KINDS)


@dataclass(frozen=True, slots=True)
class Scope:
    """``owners`` are the kinds of owners whose keys can have it."""

    name: str
    words: Words
    owners: frozenset[str]


SCOPES: dict[str, Scope] = {
    scope.name: scope
    for scope in (
        Scope("wallets:read", Words("查看钱包和余额", "See wallets and balances"), _BOTH),
        Scope(
            "wallets:freeze",
            Words("冻结钱包（解冻只在应用里）", "Freeze wallets; the app lifts it"),
            _PERSON,
        ),
        Scope("merchants:read", Words("查看店铺资料和余额", "See the shop and its balance"), _SHOP),
        Scope("orders:read", Words("查看订单", "See orders"), _SHOP),
        Scope("orders:write", Words("开订单、取消订单", "Make and cancel orders"), _SHOP),
        Scope("payments:read", Words("查看付款、退款和免密协议", "See payments, refunds and agreements"), _BOTH),
        Scope("payments:write", Words("付款、提出免密协议", "Make payments and propose agreements"), _BOTH),
        Scope("refunds:write", Words("退款给付款人", "Refund payers"), _SHOP),
        Scope("transfers:read", Words("查看转账", "See transfers"), _PERSON),
        Scope(
            "transfers:write", Words("转账、取消未到时间的转账", "Make transfers, cancel those not due yet"), _PERSON
        ),
        Scope("holds:write", Words("预授权、扣款、撤销", "Authorise, capture and void"), _BOTH),
        Scope("cases:read", Words("查看案件", "See cases"), _BOTH),
        Scope("cases:write", Words("建立案件、留言、附文件", "Open cases, write, attach files"), _BOTH),
        Scope("events:read", Words("查看事件", "See events"), _BOTH),
        Scope("statements:read", Words("下载对账单", "Download statements"), _BOTH),
        Scope("webhooks:write", Words("设置事件推送", "Set up webhooks"), _SHOP),
    )
}


def scopes_for(owner_kind: str) -> tuple[Scope, ...]:
    """The scopes that keys of this kind of owner can have, in the order in which pages show them."""
    return tuple(scope for scope in SCOPES.values() if owner_kind in scope.owners)
