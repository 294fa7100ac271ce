"""What is asked of a transfer before the books, whether it is made now or later: obstacles, consents, risk, limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.amount.public import Amount, AmountTooBig, AmountTooSmall
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.money.agreements.public import Consent, ConsentUse, PinProofStale, proof_holds
from walletdesk.money.payments.errors import NoteTooLong, PayeeCannotReceive, PayeeNotFound, TransferToSelf
from walletdesk.money.payments.services.ask_consent import AskedConsent, ask_consent
from walletdesk.money.payments.services.ask_limits import AskedLimits, ask_limits
from walletdesk.money.payments.services.ask_risk import Judged as JudgedByRisk
from walletdesk.money.payments.services.ask_risk import ask_risk
from walletdesk.money.payments.services.make_orders import LARGEST_SUM, LONGEST_NOTE
from walletdesk.money.wallets.public import LimitUse, WalletMissing, WalletPlace, wallet_places
from walletdesk.trust.customers.public import CustomerView, PinProof, customers
from walletdesk.trust.risk.public import UNKNOWN_ORIGIN, Delay, Origin, RiskAsk

TRANSFER_BY = "transfer"
"""The instrument under which the limits count it."""


NOBODY = UUID(int=0)
"""The payee whom a door did not find: the verb says so in its own order, after the key."""


@dataclass(frozen=True, slots=True)
class TransferIntent:
    """``named``: how the sender named the payee. The key stands for those words: an address that is somebody else's meanwhile,
    or nobody's, does not make another wish of the one that was answered.
    """

    key: str
    from_customer: UUID
    to_customer: UUID
    amount: Amount
    consent: Consent
    note: str = ""
    origin: Origin = UNKNOWN_ORIGIN
    named: str = ""


@dataclass(frozen=True, slots=True)
class TransferRefused:
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class TransferRoom:
    """What a batch of transfers reads, once."""

    moment: datetime
    people: dict[UUID, CustomerView]
    wallets: dict[tuple[UUID, str], WalletPlace]


@dataclass(frozen=True, slots=True)
class Judged:
    """A batch after everything that is asked before the books: ``refusals`` by place, and the places that may go on; those
    in ``delays`` are set aside first.
    """

    room: TransferRoom
    refusals: dict[int, Refusal]
    willing: list[int]
    consents: AskedConsent
    risk: JudgedByRisk
    limits: AskedLimits

    @property
    def delays(self) -> Mapping[int, Delay]:
        return self.risk.delays

    def keep(self, moved: Collection[int], but: Collection[int] = ()) -> set[int]:
        """Write down what was decided, ``but`` of those that are asked once more, and count what moved or is set aside.
        Returns the places that are to be asked once more for a neighbour's sake.
        """
        self.risk.keep(moved, but)
        return {*self.consents.note(moved), *self.limits.note(moved)}


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
        intent.to_customer,
        into=(room.wallets[intent.to_customer, asset], payee.tier),
    )
