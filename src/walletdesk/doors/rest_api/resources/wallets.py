"""Wallets and balances, and the shop whose key it is."""

from __future__ import annotations

from uuid import UUID

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.listing import PageOf
from walletdesk.doors.rest_api.refusals import ThingUnknown
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.parts import Money, Said
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import MerchantView, merchant, shop_balance
from walletdesk.money.wallets.public import WalletView, wallets_of


def _money(amount: Amount) -> Money:
    return Money(amount.minor, amount.asset.code)


def _balance(posted: Amount, available: Amount) -> answers.Balance:
    return answers.Balance(_money(posted), _money(posted - available), _money(available))


def _wallet(view: WalletView) -> answers.Wallet:
    return answers.Wallet(
        view.id, view.asset.code, view.freeze, _balance(view.posted, view.available), view.opened_at  # type: ignore[arg-type]
    )  # fmt: skip


def _wallets(asked: Asked) -> list[WalletView]:
    return [] if asked.of_merchant else wallets_of(asked.customer_id)


def list_wallets(asked: Asked) -> Answer:
    return as_json(200, {"data": [_wallet(view) for view in _wallets(asked)], "next_cursor": None})


def get_wallet(asked: Asked) -> Answer:
    wanted: UUID = asked.place("wallet_id")
    for view in _wallets(asked):
        if view.id == wanted:
            return as_json(200, _wallet(view))
    raise ThingUnknown()


def list_balances(asked: Asked) -> Answer:
    if asked.of_merchant:
        shop = shop_balance(asked.merchant_id)
        if shop is None:
            raise ThingUnknown()
        balance = _balance(shop.posted, shop.available)
        shown = [answers.BalanceOf("merchant", asked.merchant_id, shop.asset.code, balance)]
    else:
        shown = [
            answers.BalanceOf("wallet", view.id, view.asset.code, _balance(view.posted, view.available))
            for view in _wallets(asked)
        ]
    return as_json(200, {"data": shown, "next_cursor": None})


def get_merchant(asked: Asked) -> Answer:
    found = merchant(asked.merchant_id)
    if found is None:
        raise ThingUnknown()
    return as_json(200, _merchant(found, asked.mode))


def _merchant(view: MerchantView, mode: str) -> answers.Merchant:
    return answers.Merchant(
        id=view.id,
        name=Said(view.name_zh, view.name_en),
        category=view.category,
        city=view.city,
        phone=view.phone,
        verified=view.verified,
        asset=view.asset_code,
        fee_bps=view.fee_bps,
        since=view.since,
        mode=mode,  # type: ignore[arg-type]
    )


ENDPOINTS = [
    Endpoint(
        "GET",
        "/v1/wallets",
        "wallets.list",
        Words("全部钱包，附余额", "Every wallet, with its balance"),
        PageOf[answers.Wallet],
        list_wallets,
        scope="wallets:read",
    ),
    Endpoint(
        "GET",
        "/v1/wallets/{wallet_id}",
        "wallets.get",
        Words("一个钱包", "One wallet"),
        answers.Wallet,
        get_wallet,
        scope="wallets:read",
        refuses="thing_not_found",
    ),
    Endpoint(
        "GET",
        "/v1/balances",
        "wallets.balances",
        Words("余额：客户的每个钱包，或店铺", "Balances: of each wallet, or of the shop"),
        PageOf[answers.BalanceOf],
        list_balances,
        scope="wallets:read",
    ),
    Endpoint(
        "GET",
        "/v1/merchant",
        "merchant.get",
        Words("这把密钥所属的店铺", "The shop whose key this is"),
        answers.Merchant,
        get_merchant,
        scope="merchants:read",
    ),
]
