"""The house's own accounts, remembered: an account of the books that is committed stays what it is for ever."""

from __future__ import annotations

from django.db import connection, transaction

from walletdesk.money.ledger import public as ledger

_remembered: dict[tuple[str, str, str], int] = {}


def house_account(kind: str, asset_code: str) -> int:
    """As ``ledger.system_account``; asked of the books once in each process, and again until it is committed."""
    place = (connection.settings_dict["NAME"], kind, asset_code)
    account = _remembered.get(place)
    if account is None:
        account = found = ledger.system_account(kind, asset_code)
        transaction.on_commit(lambda: _remembered.__setitem__(place, found))
    return account
