"""Sealed for one browser: the example of RFC 8291 (5 and appendix A), to the byte."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from walletdesk.adapters.push.sealing import MOST_BYTES, bytes_of, sealed_for, text_of

WORDS = b"When I grow up, I want to be a watermelon"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_rfc() -> None:
    ours = ec.derive_private_key(int.from_bytes(bytes_of(OURS), "big"), ec.SECP256R1())
    sealed = sealed_for(WORDS, BROWSER, SECRET, salt=bytes_of(SALT), ours=ours)
    assert text_of(sealed) == SEALED


def test_the_same_words_are_never_sealed_alike() -> None:
    assert sealed_for(WORDS, BROWSER, SECRET) != sealed_for(WORDS, BROWSER, SECRET)


def test_what_fits_and_what_does_not() -> None:
    assert len(sealed_for(b"x" * MOST_BYTES, BROWSER, SECRET)) == 16 + 4 + 1 + 65 + 4096
    with pytest.raises(ValueError, match="too many"):
        sealed_for(b"x" * (MOST_BYTES + 1), BROWSER, SECRET)


@pytest.mark.parametrize(
    ("p256dh", "auth"), [("", SECRET), ("AAAA", SECRET), ("é", SECRET), (BROWSER, "BTBZ"), (BROWSER, "")]
)
def test_keys_that_are_none(p256dh: str, auth: str) -> None:
    with pytest.raises(ValueError):
        sealed_for(WORDS, p256dh, auth)
