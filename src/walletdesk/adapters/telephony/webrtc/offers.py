"""Is this an offer that we take? Asked before anything is made of it; what a page says is anybody's text."""

from __future__ import annotations

OFFER_AT_MOST = 64 * 1024
CANDIDATES_AT_MOST = 40


def usable(offer: object) -> bool:
    """One audio line with keys for DTLS-SRTP and not too many places to send checks to."""
    if not isinstance(offer, str) or not 0 < len(offer) <= OFFER_AT_MOST or not offer.startswith("v=0"):
        return False
    lines = offer.splitlines()
    kinds = [line.split(" ", 1)[0].removeprefix("m=") for line in lines if line.startswith("m=")]
    return (
        kinds.count("audio") == 1
        and set(kinds) <= {"audio", "application"}
        and any(line.startswith("a=fingerprint:sha-256") for line in lines)
        and any(line.startswith("a=ice-ufrag:") for line in lines)
        and sum(line.startswith("a=candidate:") for line in lines) <= CANDIDATES_AT_MOST
        and any(known in offer.lower() for known in (" pcmu/8000", " opus/48000"))
    )
