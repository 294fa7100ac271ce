"""May this be paid without a PIN? A batch of uses is judged, and what the books then posted is counted, in one transaction.

    taken = take_consents(uses, moment)     agreements locked in id order; one answer per use, in their order
    … the limits, the books …               only what was not refused
    note_consents(taken, posted)            what was posted is counted; what the books declined never was

Locks are drawn after the orders' and before the limits' counters. A use is judged as if those before it in the batch had
been posted; :meth:`TakenConsents.perhaps` names those that may have been refused for the sake of one that then was not.
What is voided or refunded gives nothing back to the day: the cap says how much somebody may take, not how much they keep.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from walletdesk.foundation.amount.public import Amount, Asset, OtherAsset
from walletdesk.foundation.arrays.public import int_array, text_array, uuid_array
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.statements.public import rows_of, sent
from walletdesk.money.agreements.errors import AgreementDayCap, AgreementNotFound, AgreementOver, AgreementSingleCap
from walletdesk.money.agreements.queries.agreements import today_at
from walletdesk.money.agreements.rules import Terms, Wish, obstacle
from walletdesk.trust.customers.public import PinProof

SQL = Path(__file__).resolve().parent.parent / "sql"
LOCK = (SQL / "lock_agreements.sql").read_text()
COUNT = (SQL / "count_uses.sql").read_text()


@dataclass(frozen=True, slots=True)
class AgreementUse:
    """The shop ``merchant_id`` asks, by its own key, on the strength of an agreement."""

    agreement_id: UUID
    merchant_id: UUID


@dataclass(frozen=True, slots=True)
class KeyUse:
    """The customer asks by an API key of their own."""

    key_id: UUID
    customer_id: UUID


Consent = PinProof | AgreementUse | KeyUse


def caller_of(consent: Consent, customer_id: UUID) -> str:
    """Whose idempotency keys count: the shop's where the shop asks, else the payer's."""
    return f"merchant:{consent.merchant_id}" if isinstance(consent, AgreementUse) else f"customer:{customer_id}"


@dataclass(frozen=True, slots=True)
class ConsentUse:
    """``amount`` of the customer's money for ``payee_id``, a shop or a person."""

    consent: AgreementUse | KeyUse
    customer_id: UUID
    payee_id: UUID
    amount: Amount


@dataclass(frozen=True, slots=True)
class TakenConsents:
    """``refusals`` has one answer per use: None when it may go on. The rest is what :func:`note_consents` needs."""

    uses: Sequence[ConsentUse]
    refusals: Sequence[Refusal | None]
    today: date
    terms: Sequence[Terms | None] = field(repr=False)

    def perhaps(self, posted: Collection[int]) -> list[int]:
        """Places refused by the day's cap that an earlier use of the same agreement, not ``posted``, stood before."""
        touched: set[UUID] = set()
        doubtful: list[int] = []
        for place, terms in enumerate(self.terms):
            refusal = self.refusals[place]
            if refusal is None and terms is not None and place not in posted:
                touched.add(terms.id)
            elif isinstance(refusal, AgreementDayCap) and terms is not None and terms.id in touched:
                doubtful.append(place)
        return doubtful


def take_consents(uses: Sequence[ConsentUse], moment: datetime) -> TakenConsents:
    """Judge the uses, locking their agreements. Refuses each with the first of ``AgreementNotFound``, ``AgreementOver``,
    ``OtherAsset``, ``AgreementSingleCap(left)``, ``AgreementDayCap(left)``.
    """
    today = today_at(moment)
    if not uses:
        return TakenConsents(uses, [], today, [])
    by_id = _locked(uses)
    standing = dict(by_id)
    refusals: list[Refusal | None] = []
    for use in uses:
        place = _place(use)
        terms, wish = standing.get(place), _wish(use)
        code = obstacle(terms, wish, now=moment, today=today)
        refusals.append(_refusal(code, terms, use.amount.asset, today) if code else None)
        if terms is not None and code is None:
            standing[place] = replace(terms, day=_day(terms, today), used_minor=terms.used_on(today) + wish.minor)
    return TakenConsents(uses, refusals, today, [by_id.get(_place(use)) for use in uses])


def note_consents(taken: TakenConsents, posted: Collection[int]) -> None:
    """Count the uses at these places (indexes into ``taken.uses``): one statement, none when nothing was posted."""
    changed: dict[UUID, Terms] = {}
    for place in sorted(posted):
        terms = taken.terms[place]
        assert terms is not None, "what was refused cannot be posted"
        terms = changed.get(terms.id, terms)
        used = terms.used_on(taken.today) + taken.uses[place].amount.minor
        changed[terms.id] = replace(terms, day=_day(terms, taken.today), used_minor=used)
    if not changed:
        return
    terms_now = list(changed.values())
    columns = {
        "ids": uuid_array(list(changed)),
        "days": text_array([str(terms.day) for terms in terms_now]),
        "used": int_array([terms.used_minor for terms in terms_now]),
    }
    sent(COUNT, columns)


def _place(use: ConsentUse) -> UUID:
    return use.consent.agreement_id if isinstance(use.consent, AgreementUse) else use.consent.key_id


def _wish(use: ConsentUse) -> Wish:
    asked_by = use.consent.merchant_id if isinstance(use.consent, AgreementUse) else None
    return Wish(use.customer_id, use.payee_id, asked_by, use.amount.minor, use.amount.asset.code)


def _day(terms: Terms, today: date) -> date:
    return max(terms.day or today, today)


def _locked(uses: Sequence[ConsentUse]) -> Mapping[UUID, Terms]:
    """The terms by the id that a use names; an agreement's id never finds a key's caps, nor the other way round."""
    agreed = {use.consent.agreement_id for use in uses if isinstance(use.consent, AgreementUse)}
    keys = {use.consent.key_id for use in uses if isinstance(use.consent, KeyUse)}
    rows = rows_of(LOCK, {"agreements": uuid_array(list(agreed)), "keys": uuid_array(list(keys))})
    found = [Terms(*row) for row in rows]
    return {terms.key_id if terms.key_id in keys and terms.key_id else terms.id: terms for terms in found}


def _refusal(code: str, terms: Terms | None, asset: Asset, today: date) -> Refusal:
    if terms is None or code == "agreement_not_found":
        return AgreementNotFound()
    match code:
        case "agreement_over":
            return AgreementOver()
        case "asset_differs":
            return OtherAsset(asset=terms.asset, other=asset.code)
        case "agreement_single":
            return AgreementSingleCap(left=Amount(terms.max_single_minor, asset))
    return AgreementDayCap(left=Amount(terms.left_on(today), asset))
