"""Money from person to person: the whole batch with a constant number of statements, at once and for good."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from walletdesk.foundation.amount.public import Amount, AmountTooBig, AmountTooSmall
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyClaim, claim_many, fingerprint, release_many, store_many
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.money.agreements.public import Consent, ConsentUse, PinProofStale, proof_holds
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.errors import (
    NoteTooLong,
    PayeeCannotReceive,
    PayeeNotFound,
    PaymentNotDone,
    ReferenceUsed,
    TransferToSelf,
)
from walletdesk.money.payments.events import TransferMade
from walletdesk.money.payments.models import PersonTransfer
from walletdesk.money.payments.rules.receipt_numbers import TRANSFER
from walletdesk.money.payments.services.ask_consent import AskedConsent, ask_consent
from walletdesk.money.payments.services.ask_limits import AskedLimits, ask_limits
from walletdesk.money.payments.services.ask_risk import Judged as JudgedByRisk
from walletdesk.money.payments.services.ask_risk import ask_risk
from walletdesk.money.payments.services.in_one_go import AGAIN, Again, in_one_go
from walletdesk.money.payments.services.key_answers import answer_of_key, refused_by_key
from walletdesk.money.payments.services.make_orders import LARGEST_SUM, LONGEST_NOTE
from walletdesk.money.payments.services.number_receipts import number_receipts
from walletdesk.money.payments.services.what_the_books_said import read_declines
from walletdesk.money.wallets.public import LimitUse, WalletMissing, WalletPlace, wallet_places
from walletdesk.trust.customers.public import CustomerView, PinProof, customers
from walletdesk.trust.risk.public import UNKNOWN_ORIGIN, Origin, RiskAsk

ROUTE = "payments.transfer"
CREATED = 201
TRANSFER_BY = "transfer"
"""The instrument under which the limits count it."""


@dataclass(frozen=True, slots=True)
class TransferIntent:
    key: str
    from_customer: UUID
    to_customer: UUID
    amount: Amount
    consent: Consent
    note: str = ""
    origin: Origin = UNKNOWN_ORIGIN


@dataclass(frozen=True, slots=True)
class Transferred:
    transfer_id: UUID
    number: str
    replayed: bool
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TransferRefused:
    refusal: Refusal


TransferResult = Transferred | TransferRefused


def transfer(
    key: str,
    from_customer: UUID,
    to_customer: UUID,
    amount: Amount,
    note: str,
    consent: Consent,
    origin: Origin = UNKNOWN_ORIGIN,
) -> Transferred:
    """One transfer; a batch of one. Refuses, in this order: the key refusals, (a replay answers here), ``AmountTooSmall``,
    ``AmountTooBig``, ``NoteTooLong``, ``PinProofStale``, ``TransferToSelf``, ``PayeeNotFound``, ``WalletMissing``,
    ``PayeeCannotReceive`` (no wallet in this asset), what a key's caps refuse (``take_consents``), risk's
    ``StepUpNeeded``, ``PaymentOnHold(until)``, ``PaymentStopped``, ``LimitReached`` (single, day, month, year, lifetime),
    then ``PayeeCannotReceive`` (full, or it takes nothing in), ``WalletIsFrozen``, ``NotEnoughMoney``.
    """
    (result,) = transfer_many([TransferIntent(key, from_customer, to_customer, amount, consent, note, origin)])
    if isinstance(result, TransferRefused):
        raise result.refusal
    return result


def transfer_many(intents: Sequence[TransferIntent]) -> list[TransferResult]:
    """One result per intent, in their order; one intent's refusal never touches another. See :func:`transfer`."""
    return in_one_go(intents, _once, wants=_wants, broken=lambda: TransferRefused(PaymentNotDone()))


def _wants(intent: TransferIntent) -> Iterable[Hashable]:
    return ((intent.from_customer, intent.key),)


@dataclass(frozen=True, slots=True)
class TransferRoom:
    """What a batch of transfers reads, once."""

    moment: datetime
    people: dict[UUID, CustomerView]
    wallets: dict[tuple[UUID, str], WalletPlace]


@dataclass(frozen=True, slots=True)
class Judged:
    """A batch after everything that is asked before the books: ``refusals`` by place, and the places that may go on."""

    room: TransferRoom
    refusals: dict[int, Refusal]
    willing: list[int]
    consents: AskedConsent
    risk: JudgedByRisk
    limits: AskedLimits

    def keep(self, moved: Collection[int]) -> set[int]:
        """Write down what was decided and count what moved. Returns the places to be asked once more."""
        self.risk.keep(moved)
        return {*self.consents.note(moved), *self.limits.note(moved)}


def _once(intents: Sequence[TransferIntent]) -> list[TransferResult | Again]:
    claims = [_claim(intent) for intent in intents]
    states = claim_many(claims)
    results: list[TransferResult | Again | None] = [
        _known(one, state) for one, state in zip(claims, states, strict=True)
    ]
    fresh = [place for place, result in enumerate(results) if result is None]
    if fresh:
        for place, result in zip(fresh, _judge_and_post([intents[place] for place in fresh]), strict=True):
            results[place] = result
        answers = [(claims[place], results[place]) for place in fresh]
        store_many([(claim, CREATED, result.body) for claim, result in answers if isinstance(result, Transferred)])
        release_many([claim for claim, result in answers if not isinstance(result, Transferred)])
    return [result for result in results if result is not None]


def _claim(intent: TransferIntent) -> KeyClaim:
    body = fingerprint(
        {
            "to": intent.to_customer,
            "amount": intent.amount.minor,
            "asset": intent.amount.asset.code,
            "note": intent.note,
        }
    )
    return KeyClaim(f"customer:{intent.from_customer}", ROUTE, intent.key, body)


def _known(claim: KeyClaim, state: Any) -> TransferResult | None:
    refusal = refused_by_key(claim, state)
    if refusal is not None:
        return TransferRefused(refusal)
    body = answer_of_key(state)
    return None if body is None else Transferred(UUID(body["transfer_id"]), body["number"], True, body)


def judge(intents: Sequence[TransferIntent]) -> Judged:
    """Obstacles, consents, risk, limits, in this order; agreements and counters are locked from here on."""
    ids = {person for intent in intents for person in (intent.from_customer, intent.to_customer)}
    room = TransferRoom(now(), customers(ids), wallet_places(ids))
    refusals = {place: no for place, intent in enumerate(intents) if (no := _obstacle(intent, room))}
    willing = [place for place in range(len(intents)) if place not in refusals]
    consents = ask_consent({place: use for place in willing if (use := _consent_use(intents[place]))}, room.moment)
    refusals |= consents.refusals
    willing = [place for place in willing if place not in refusals]
    risk = ask_risk({place: _risk_ask(intents[place], room) for place in willing})
    refusals |= risk.refusals
    willing = [place for place in willing if place not in refusals]
    limits = ask_limits({place: _limit_use(intents[place], room) for place in willing}, room.moment)
    refusals |= limits.refusals
    return Judged(room, refusals, [place for place in willing if place not in refusals], consents, risk, limits)


def _judge_and_post(intents: Sequence[TransferIntent]) -> list[TransferResult | Again]:
    judged = judge(intents)
    room, refusals = judged.room, judged.refusals
    answers = ledger.post_many([_entry(intents[place], room) for place in judged.willing])
    reach("after_legs")
    declines = read_declines(answers)
    posted: list[tuple[int, UUID]] = []
    for place, answer in zip(judged.willing, answers, strict=True):
        if isinstance(answer, ledger.Declined):
            payer = account_of(intents[place].from_customer, intents[place], room)
            refusals[place] = declines.refusal(answer, payer, intents[place].amount, PayeeCannotReceive, ReferenceUsed)
        elif answer.replayed:
            refusals[place] = ReferenceUsed()
        else:
            posted.append((place, answer.entry_id))
    again = judged.keep({place for place, _ in posted})
    written = _write([(intents[place], entry_id) for place, entry_id in posted], room)
    results: dict[int, TransferResult | Again] = {place: TransferRefused(no) for place, no in refusals.items()}
    results |= dict.fromkeys(again, AGAIN)
    results |= zip((place for place, _ in posted), written, strict=True)
    return [results[place] for place in range(len(intents))]


def _obstacle(intent: TransferIntent, room: TransferRoom) -> Refusal | None:
    if intent.amount.minor <= 0:
        return AmountTooSmall()
    if intent.amount.minor > LARGEST_SUM:
        return AmountTooBig()
    if len(intent.note.strip()) > LONGEST_NOTE:
        return NoteTooLong(most=LONGEST_NOTE)
    proof = intent.consent
    if isinstance(proof, PinProof) and not proof_holds(proof.customer_id, proof.at, intent.from_customer, room.moment):
        return PinProofStale()
    if intent.from_customer == intent.to_customer:
        return TransferToSelf()
    if intent.to_customer not in room.people:
        return PayeeNotFound()
    asset = intent.amount.asset.code
    if (intent.from_customer, asset) not in room.wallets:
        return WalletMissing(asset=asset)
    return None if (intent.to_customer, asset) in room.wallets else PayeeCannotReceive()


def account_of(customer_id: UUID, intent: TransferIntent, room: TransferRoom) -> int:
    return room.wallets[customer_id, intent.amount.asset.code].ledger_account


def _consent_use(intent: TransferIntent) -> ConsentUse | None:
    if isinstance(intent.consent, PinProof):
        return None
    return ConsentUse(intent.consent, intent.from_customer, intent.to_customer, intent.amount)


def _risk_ask(intent: TransferIntent, room: TransferRoom) -> tuple[RiskAsk, int]:
    ask = RiskAsk(
        intent.from_customer,
        "transfer",
        intent.to_customer,
        intent.amount.minor,
        intent.amount.asset.code,
        intent.origin,
    )
    return ask, account_of(intent.from_customer, intent, room)


def _limit_use(intent: TransferIntent, room: TransferRoom) -> LimitUse:
    asset = intent.amount.asset.code
    payee = room.people[intent.to_customer]
    return LimitUse(
        room.wallets[intent.from_customer, asset],
        room.people[intent.from_customer].tier,
        intent.amount,
        TRANSFER_BY,
        into=(room.wallets[intent.to_customer, asset], payee.tier),
    )


def _entry(intent: TransferIntent, room: TransferRoom) -> ledger.Entry:
    """The payer and the key are the business key: long after the key's row is gone, it still pays once."""
    line = ledger.Line(
        account_of(intent.from_customer, intent, room),
        account_of(intent.to_customer, intent, room),
        intent.amount.minor,
    )
    reference = fingerprint({"from": intent.from_customer, "key": intent.key})
    return ledger.Entry(id=uuid7(), kind="transfer", reference=reference, lines=(line,))


def _write(posted: Sequence[tuple[TransferIntent, UUID]], room: TransferRoom) -> list[Transferred]:
    if not posted:
        return []
    rows = [
        PersonTransfer(
            id=uuid7(),
            number=number,
            from_customer_id=intent.from_customer,
            to_customer_id=intent.to_customer,
            from_name=room.people[intent.from_customer].name,
            to_name=room.people[intent.to_customer].name,
            amount_minor=intent.amount.minor,
            asset_code=intent.amount.asset.code,
            note=intent.note.strip(),
            made_at=room.moment,
            entry_id=entry_id,
        )
        for (intent, entry_id), number in zip(posted, number_receipts(TRANSFER, room.moment, len(posted)), strict=True)
    ]
    PersonTransfer.objects.bulk_create(rows)
    publish_many([_fact(row) for row in rows])
    return [Transferred(row.id, row.number, False, _body(row)) for row in rows]


def _fact(row: PersonTransfer) -> TransferMade:
    return TransferMade(
        transfer_id=row.id,
        from_customer_id=row.from_customer_id,
        to_customer_id=row.to_customer_id,
        amount_minor=row.amount_minor,
        asset=row.asset_code,
        note=row.note,
        at=row.made_at,
    )


def _body(row: PersonTransfer) -> dict[str, Any]:
    return {
        "transfer_id": str(row.id),
        "number": row.number,
        "amount_minor": row.amount_minor,
        "asset": row.asset_code,
        "made_at": row.made_at.isoformat(),
    }
