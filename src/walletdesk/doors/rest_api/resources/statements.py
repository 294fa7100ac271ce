"""Statements: what moved money, as JSON or CSV; and the customers of a shop's test mode."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.endpoint import JSON_KIND, Endpoint
from walletdesk.doors.rest_api.listing import PageOf
from walletdesk.doors.rest_api.refusals import NothingAcceptable, OnlyInTestMode, ParameterUnusable
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.asks import StatementAsk
from walletdesk.doors.rest_api.sums import in_utc
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import shop_statement, statement_rows, test_customers
from walletdesk.money.wallets.public import wallets_of
from walletdesk.service.webhooks.public import moment_shape, money_shape

CSV = "text/csv"
LONGEST = timedelta(days=100)
COLUMNS = (
    "id",
    "kind",
    "at",
    "number",
    "title_zh",
    "title_en",
    "amount",
    "asset",
    "fee",
    "balance",
    "reference",
    "note",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at the beginning of a text."""


def statement(asked: Asked) -> Answer:
    """Oldest first, from ``from`` to before ``to``. Refuses a time that is upside down or over 100 days
    (``ParameterUnusable``), and another format (``NothingAcceptable``).
    """
    ask: StatementAsk = asked.query
    accept = asked.headers.get(b"accept", b"").decode("latin-1").lower()
    if accept and not any(one in accept for one in (JSON_KIND, CSV, "*/*", "application/*", "text/*")):
        raise NothingAcceptable(formats=f"{JSON_KIND}, {CSV}")
    since, until = in_utc(ask.from_), in_utc(ask.to)
    if not timedelta(0) < until - since <= LONGEST:
        raise ParameterUnusable(errors=[{"at": "?to", "says": "after `from`, at most 100 days later"}])
    lines = list(
        islice((_of_shop if asked.of_merchant else _of_customer)(asked, since, until, ask.limit + 1), ask.limit + 1)
    )
    if len(lines) > ask.limit:
        raise ParameterUnusable(errors=[{"at": "?limit", "says": "there is more than this: choose a shorter time"}])
    if CSV in accept or ("text/*" in accept and JSON_KIND not in accept):
        return Answer(200, _table(lines), b"text/csv; charset=utf-8", [_AS_FILE])
    return as_json(200, {"data": lines, "next_cursor": None})


_AS_FILE = (b"content-disposition", b'attachment; filename="statement.csv"')


def _of_customer(asked: Asked, since: datetime, until: datetime, most: int) -> Iterable[dict[str, Any]]:
    for wallet in wallets_of(asked.customer_id):
        for one in statement_rows(asked.customer_id, since, until, wallet.asset.code):
            yield {
                "id": str(one.row.id),
                "kind": one.row.kind,
                "at": moment_shape(one.row.at),
                "number": one.row.number,
                "title": {"zh": one.row.title.zh, "en": one.row.title.en},
                "amount": money_shape(one.row.amount),
                "order_reference": one.row.order_reference,
                "note": one.row.note,
                "balance": money_shape(one.balance),
            }


def _of_shop(asked: Asked, since: datetime, until: datetime, most: int) -> Iterable[dict[str, Any]]:
    for line in shop_statement(asked.merchant_id, since, until, most):
        words = line.kind_words
        yield {
            "id": str(line.id),
            "kind": line.kind,
            "at": moment_shape(line.at),
            "number": line.number,
            "title": {"zh": words.zh, "en": words.en},
            "amount": money_shape(line.amount),
            "order_reference": line.order_reference,
            "note": line.note,
            "fee": money_shape(line.fee),
        }


def _table(lines: list[dict[str, Any]]) -> bytes:
    """RFC 4180, UTF-8 with its mark, sums in minor units; a text that a spreadsheet would run gets a quote in front."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for line in lines:
        table.writerow(
            [
                line["id"],
                line["kind"],
                line["at"],
                line["number"],
                _text(line["title"]["zh"]),
                _text(line["title"]["en"]),
                line["amount"]["minor"],
                line["amount"]["asset"],
                line["fee"]["minor"] if "fee" in line else "",
                line["balance"]["minor"] if "balance" in line else "",
                _text(line["order_reference"]),
                _text(line["note"]),
            ]
        )
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text


def testers(asked: Asked) -> Answer:
    """Made when they are asked for the first time. Refuses a live key (``OnlyInTestMode``)."""
    if asked.mode != "test":
        raise OnlyInTestMode()
    shown = [
        {
            "id": str(one.customer_id),
            "number": one.number,
            "name": one.name,
            "agreement_id": str(one.agreement_id),
            "available": money_shape(one.available),
        }
        for one in test_customers(asked.merchant_id)
    ]
    return as_json(200, {"data": shown, "next_cursor": None})


ENDPOINTS = [
    Endpoint(
        "GET",
        "/v1/statements",
        "statements.get",
        Words("对账单，JSON 或 CSV", "A statement, as JSON or CSV"),
        PageOf[answers.StatementLine],
        statement,
        scope="statements:read",
        query=StatementAsk,
        kinds=(JSON_KIND, CSV),
        refuses="nothing_acceptable parameter_unusable",
    ),
    Endpoint(
        "GET",
        "/v1/test/customers",
        "test.customers",
        Words("测试用的客户，协议已接受", "Customers for your tests, with an accepted agreement"),
        PageOf[answers.TestCustomer],
        testers,
        scope="payments:read",
        refuses="only_in_test_mode not_for_this_owner merchant_not_found",
    ),
]
