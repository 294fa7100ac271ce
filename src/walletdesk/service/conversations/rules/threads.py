"""Three threads of one case, and who reads and writes in which.

    thread      customer    merchant    agent
    customer    reads, writes   —       reads, writes
    merchant    —       reads, writes   reads, writes
    staff       —           —           reads, writes

A customer never sees what the shop wrote to us, nor the shop what the customer wrote; notes for staff leave the desk
to nobody. What the table does not allow is answered as if it were not there.
"""

from __future__ import annotations

CUSTOMER, MERCHANT, STAFF = "customer", "merchant", "staff"

_READS: dict[str, frozenset[str]] = {
    "customer": frozenset({CUSTOMER}),
    "merchant": frozenset({MERCHANT}),
    "employee": frozenset({CUSTOMER, MERCHANT, STAFF}),
    "system": frozenset({CUSTOMER, MERCHANT, STAFF}),
}


def threads_of(reader_kind: str) -> frozenset[str]:
    """The threads that a reader of this kind sees; none for an unknown kind."""
    return _READS.get(reader_kind, frozenset())


def thread_for(author_kind: str, to: str, staff_only: bool) -> str:
    """The thread into which a message goes. Customers and merchants have no choice: their own."""
    if author_kind in (CUSTOMER, MERCHANT):
        return author_kind
    return STAFF if staff_only else (MERCHANT if to == MERCHANT else CUSTOMER)
