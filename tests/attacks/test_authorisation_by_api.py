"""The table of ``/v1`` held against the product: no endpoint without a row, no row without one, no cell untried."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.attacks.software import Software
from tests.factories.api import Answered
from walletdesk.doors.rest_api.resources.everything import ENDPOINTS
from walletdesk.project.authorisation_api import API_ROWS, ApiRow, read_api_table
from walletdesk.trust.api_keys.public import scopes_for

pytestmark = pytest.mark.django_db
OWNERS = {"shops": "merchant", "customers": "customer"}
BARRED = ("api_key_scope_missing", "not_for_this_owner", "only_in_test_mode")


def test_every_endpoint_has_a_row_and_every_row_an_endpoint() -> None:
    declared = {(one.method, one.path): one.scope or "open" for one in ENDPOINTS}
    drawn = {key: row.scope for key, row in API_ROWS.items()}
    assert declared == drawn, "an endpoint that nobody decided about: its row belongs into project/authorisation_api.py"


def test_a_row_that_is_not_whole_is_found() -> None:
    for broken in ("GET /v1/x x:read", "GET /v1/x x:read robots -", "GET /v1/x x:read both mine"):
        with pytest.raises((TypeError, ValueError)):
            read_api_table(f"method address scope keys_of another's\n{broken}")


@contextlib.contextmanager
def as_if_never() -> Iterator[None]:
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


def wrong(row: ApiRow, kind: str, caller: str, answer: Answered) -> str:
    """What is wrong with this answer; empty when the cell is as the table says."""
    told = f"{answer.status} {answer.code if answer.status >= 400 else ''}"
    if row.scope == "open":
        return "" if answer.status == 200 else told
    if caller in ("nobody", "unknown", "revoked", "expired"):
        return "" if answer.status == 401 else told
    if caller == "elsewhere":
        return "" if answer.code == "api_key_address_not_listed" else told
    if caller == "without it" and row.scope != "any":
        return "" if answer.code == "api_key_scope_missing" else told
    if row.keys_of not in (kind, "both"):
        return "" if (answer.status == 403 and answer.code in BARRED) or answer.status == 404 else told
    if caller == "another's" and (row.anothers == "404" or (row.anothers == "holder" and kind == "shops")):
        return "" if answer.status == 404 else told
    if row.address == "/v1/requests/{key}" and caller == "another's":
        return "" if answer.json["state"] == "none" else told
    allowed = answer.status < 300 or answer.status in (402, 409) or answer.code == "only_in_test_mode"
    return "" if allowed else told


def callers_of(software: Software, kind: str, scope: str) -> dict[str, str]:
    """Every kind of key that one kind of owner can hold against a row."""
    every = [one.name for one in scopes_for(OWNERS[kind])]
    keys = {"all": software.key(kind, every), "another's": software.key(kind, every, others=True)}
    keys |= software.dead_keys(kind) | {"nobody": ""}
    keys["elsewhere"] = software.key(kind, every, addresses=("198.51.100.0/24",))
    keys["without it"] = software.key(kind, [one for one in every if one != scope])
    if scope in every:
        keys["it alone"] = software.key(kind, [scope])
    return keys


def test_every_cell_of_every_key() -> None:
    software, tried, differences = Software(), Counter[str](), []
    for kind in OWNERS:
        for scope in sorted({row.scope for row in API_ROWS.values()}):
            with as_if_never():
                keys = callers_of(software, kind, scope)
                for row in (one for one in API_ROWS.values() if one.scope == scope):
                    for caller, key in keys.items():
                        with as_if_never():
                            answer = software.api.call(
                                row.method,
                                software.place(row.address, kind),
                                software.body(row.method, row.address, kind),
                                key=key,
                                once="" if row.method == "GET" else "cell-1",
                            )
                        tried[caller] += 1
                        if found := wrong(row, kind, caller, answer):
                            differences.append(f"{row.method} {row.address} {kind} {caller}: {found}")
    print(f"authorisation by API: {sum(tried.values())} cells, {len(differences)} differences; {dict(tried)}")
    assert differences == [], "\n".join(differences)
