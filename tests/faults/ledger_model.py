"""The books once more, in memory and in plain words: an independent model for R04.

Written from the docstrings of the public names and not from the SQL, with whole dictionaries copied where the real one
has arrays and locks. Slow and obvious on purpose.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from uuid import UUID

from walletdesk.money.ledger.public import Declined, Entry, HoldPlaced, HoldReleased, HoldRequest, Line, Posted

TOO_BIG = 2**53


@dataclass
class ModelAccount:
    asset: str
    gives_by_debit: bool
    protected: bool
    debits: int = 0
    credits: int = 0
    held: int = 0
    frozen: str = "none"

    @property
    def available(self) -> int:
        posted = self.credits - self.debits if self.gives_by_debit else self.debits - self.credits
        return posted - self.held


@dataclass
class Model:
    accounts: dict[int, ModelAccount] = field(default_factory=dict)
    entries: dict[UUID, Entry] = field(default_factory=dict)
    holds: dict[UUID, HoldRequest] = field(default_factory=dict)
    open_holds: set[UUID] = field(default_factory=set)
    released: set[UUID] = field(default_factory=set)

    def post_many(self, entries: list[Entry]) -> list[Posted | Declined]:
        known_before = set(self.entries)
        return [self._post(entry, known_before) for entry in entries]

    def _post(self, entry: Entry, known_before: set[UUID]) -> Posted | Declined:
        for other in self.entries.values():
            same_key = (other.kind, other.reference) == (entry.kind, entry.reference)
            if same_key or other.id == entry.id:
                same_money = (other.lines, other.reverses, other.refunds, other.captures) == (
                    entry.lines,
                    entry.reverses,
                    entry.refunds,
                    entry.captures,
                )
                return Posted(other.id, replayed=True) if same_key and same_money else Declined("reference_used")
        if not entry.lines:
            return Declined("no_lines")
        before = deepcopy((self.accounts, self.open_holds))
        refused = self._capture(entry) or self._move(entry) or self._links(entry, known_before)
        if refused:
            self.accounts, self.open_holds = before
            return refused
        self.entries[entry.id] = entry
        return Posted(entry.id)

    def _capture(self, entry: Entry) -> Declined | None:
        if entry.captures is None:
            return None
        hold = self.holds.get(entry.captures)
        if hold is None:
            return Declined("hold_unknown")
        if entry.captures not in self.open_holds:
            return Declined("hold_resolved", hold.account)
        takes = [line.amount for line in entry.lines if line.debit == hold.account]
        if not takes:
            return Declined("hold_account_differs", hold.account)
        if sum(takes) > hold.amount:
            return Declined("hold_exceeded", hold.account)
        self.open_holds.discard(hold.id)
        self.accounts[hold.account].held -= hold.amount
        return None

    def _move(self, entry: Entry) -> Declined | None:
        for number, line in enumerate(entry.lines, start=1):
            refused = self._line_refused(line)
            if refused:
                return Declined(*refused, number)
            self.accounts[line.debit].debits += line.amount
            self.accounts[line.credit].credits += line.amount
        return None

    def _line_refused(self, line: Line) -> tuple[str, int] | None:
        debit, credit = self.accounts.get(line.debit), self.accounts.get(line.credit)
        if line.amount <= 0:
            return "amount_not_positive", line.debit
        if line.amount >= TOO_BIG:
            return "amount_too_big", line.debit
        if debit is None:
            return "account_unknown", line.debit
        if credit is None:
            return "account_unknown", line.credit
        if line.debit == line.credit:
            return "same_account", line.debit
        if debit.asset != credit.asset:
            return "asset_differs", line.debit
        if debit.frozen in ("debit", "full"):
            return "account_frozen", line.debit
        if credit.frozen in ("credit", "full"):
            return "account_frozen_credit", line.credit
        if debit.protected and debit.gives_by_debit and debit.available < line.amount:
            return "insufficient_available", line.debit
        return None

    def _links(self, entry: Entry, known_before: set[UUID]) -> Declined | None:
        target = entry.reverses or entry.refunds
        if target is None:
            return None
        original = self.entries.get(target)
        reversed_ids = {other.reverses for other in self.entries.values()}
        refunded_ids = {other.refunds for other in self.entries.values()}
        broken = (
            original is None
            or target not in known_before
            or original.reverses is not None
            or original.refunds is not None
            or target in reversed_ids
            or (entry.reverses is not None and target in refunded_ids)
            or (
                entry.reverses is not None
                and entry.lines != tuple(Line(line.credit, line.debit, line.amount) for line in original.lines)
            )
            or (
                entry.refunds is not None
                and not {line.credit for line in entry.lines} & {line.debit for line in original.lines}
            )
        )
        return Declined("links_broken") if broken else None

    def place_holds(self, requests: list[HoldRequest]) -> list[HoldPlaced | Declined]:
        return [self._place(request) for request in requests]

    def _place(self, request: HoldRequest) -> HoldPlaced | Declined:
        account = self.accounts.get(request.account)
        if request.amount <= 0:
            return Declined("amount_not_positive", request.account)
        if account is None:
            return Declined("account_unknown", request.account)
        if account.frozen in ("debit", "full"):
            return Declined("account_frozen", request.account)
        if account.protected and account.available < request.amount:
            return Declined("insufficient_available", request.account)
        account.held += request.amount
        self.holds[request.id] = request
        self.open_holds.add(request.id)
        return HoldPlaced(request.id)

    def release_holds(self, hold_ids: list[UUID]) -> list[HoldReleased | Declined]:
        return [self._release(hold_id) for hold_id in hold_ids]

    def _release(self, hold_id: UUID) -> HoldReleased | Declined:
        hold = self.holds.get(hold_id)
        if hold is None:
            return Declined("hold_unknown")
        if hold_id in self.released:
            return HoldReleased(hold_id, replayed=True)
        if hold_id not in self.open_holds:
            return Declined("hold_resolved", hold.account)
        self.open_holds.discard(hold_id)
        self.released.add(hold_id)
        self.accounts[hold.account].held -= hold.amount
        return HoldReleased(hold_id)
