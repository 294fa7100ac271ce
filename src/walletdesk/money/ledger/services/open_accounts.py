"""Define assets, open accounts, freeze them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from walletdesk.foundation.amount.public import Asset
from walletdesk.foundation.statements.public import rows_of
from walletdesk.money.ledger.errors import AccountKindUnknown, AccountsUnknown, AssetDefinedOtherwise, AssetUnknown
from walletdesk.money.ledger.models import AssetRow
from walletdesk.money.ledger.queries import account_of, asset
from walletdesk.money.ledger.rules.chart import CHART

FreezeMode = Literal["none", "debit", "credit", "full"]
HOUSE = "house"
_KINDS = {kind.name for kind in CHART}
_OPEN = "SELECT ordinal, account_id FROM ledger_open_accounts(%s::text[], %s::text[], %s::text[])"


@dataclass(frozen=True, slots=True)
class AccountSpec:
    """``kind`` of the chart, ``asset_code``, and the ``owner``: a reference that the books keep and never read."""

    kind: str
    asset_code: str
    owner: str


def define_asset(new: Asset) -> Asset:
    """Make an asset known to the books; the same once more is fine.

    Refuses a code that stands for an asset with other digits (``AssetDefinedOtherwise``): whoever counted in it would
    be richer or poorer by a power of ten.
    """
    AssetRow.objects.bulk_create(
        [AssetRow(code=new.code, digits=new.digits, symbol=new.symbol, number=new.number)], ignore_conflicts=True
    )
    stands = asset(new.code)
    if stands.digits != new.digits:
        raise AssetDefinedOtherwise(asset=new.code, digits=stands.digits)
    return stands


def open_accounts(specs: Sequence[AccountSpec]) -> list[int]:
    """The ids of the accounts, in order. An owner has one account per kind and asset; asked again, it is the same one.

    Refuses, in this order: a kind outside the chart (``AccountKindUnknown``), an unknown asset (``AssetUnknown``).
    """
    for spec in specs:
        if spec.kind not in _KINDS:
            raise AccountKindUnknown(kind=spec.kind)
    columns = (
        [spec.kind for spec in specs],
        [spec.asset_code for spec in specs],
        [spec.owner for spec in specs],
    )
    with transaction.atomic():
        opened: dict[int, int] = dict(rows_of(_OPEN, *columns))
        for ordinal, spec in enumerate(specs, start=1):
            if ordinal not in opened:
                raise AssetUnknown(asset=spec.asset_code)
    return [opened[ordinal] for ordinal in range(1, len(specs) + 1)]


def system_account(kind: str, asset_code: str) -> int:
    """The house's own account of a kind in an asset, opened when first asked for. Refuses as ``open_accounts``."""
    found = account_of(kind, asset_code, HOUSE)
    return found or open_accounts([AccountSpec(kind, asset_code, HOUSE)])[0]


def set_freeze(accounts: Iterable[int], mode: FreezeMode) -> None:
    """Freeze accounts or free them (``none``). In force for every posting that begins after this commits.

    ``debit``: nothing may be debited (out of a wallet); ``credit``: nothing may be credited; ``full``: neither.
    Refuses the whole when one of the accounts does not exist (``AccountsUnknown``).
    """
    wanted = sorted(set(accounts))
    with transaction.atomic():
        changed = rows_of("SELECT ledger_set_freeze(%s::bigint[], %s::text)", wanted, mode)[0][0]
        if changed != len(wanted):
            raise AccountsUnknown(accounts=wanted)
