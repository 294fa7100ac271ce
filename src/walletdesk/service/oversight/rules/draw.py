"""Which approved proposals a third person looks at: drawn by a keyed hash, so that nobody can tell beforehand, and the
same draw comes out whenever it is asked again.
"""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID


def is_drawn(proposal_id: UUID, percent: int, key: bytes) -> bool:
    """True for ``percent`` of all proposals; 0 draws none, 100 all."""
    lot = int.from_bytes(hmac.new(key, proposal_id.bytes, hashlib.sha256).digest()[:4], "big")
    return lot * 100 < percent * 2**32
