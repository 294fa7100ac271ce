"""The keyed hash of a code: worth nothing to who reads the table without the house's own key."""

from __future__ import annotations

from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac


def hash_code(code_id: UUID, typed: str) -> str:
    """64 hex digits. The code's own id stands in it, so that two equal codes have different hashes."""
    return salted_hmac("walletdesk.verification.code", f"{code_id}:{typed}", algorithm="sha256").hexdigest()


def code_matches(kept: str, code_id: UUID, typed: str) -> bool:
    return constant_time_compare(kept, hash_code(code_id, typed))
