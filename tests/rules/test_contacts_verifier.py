"""The stand-alone verifier against the vectors of RFC 8032, against another implementation, and against forgers."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from walletdesk.trust.official_contacts.verify_contacts import ORDER, canonical, read_copy, signature_holds

# RFC 8032, 7.1: TEST 1, 2, 3 and SHA(abc): public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]
SETS = [tuple(bytes.fromhex(part) for part in vector) for vector in VECTORS]


@pytest.mark.parametrize(("key", "message", "signature"), SETS)
def test_the_published_vectors_hold(key: bytes, message: bytes, signature: bytes) -> None:
    assert signature_holds(key, message, signature)


@pytest.mark.parametrize(("key", "message", "signature"), SETS)
def test_with_one_bit_changed_anywhere_they_do_not(key: bytes, message: bytes, signature: bytes) -> None:
    for place in (0, 7, 130, 255, 256, 300, 500):
        changed = bytearray(signature)
        changed[place // 8] ^= 1 << place % 8
        assert not signature_holds(key, message, bytes(changed))
    assert not signature_holds(key, message + b"\0", signature)
    assert not signature_holds(SETS[0][0] if key != SETS[0][0] else SETS[1][0], message, signature)


def test_a_signature_is_written_in_one_way_only() -> None:
    key, message, signature = SETS[1]
    same_s_but_larger = int.from_bytes(signature[32:], "little") + ORDER
    assert not signature_holds(key, message, signature[:32] + same_s_but_larger.to_bytes(32, "little"))


@pytest.mark.parametrize(
    "key", [b"", b"\0" * 31, b"\xff" * 32, (2**255 - 19).to_bytes(32, "little"), b"\2" + b"\0" * 31]
)
@pytest.mark.parametrize("signature", [b"", b"\0" * 63, b"\xff" * 64, SETS[0][2]])
def test_what_is_no_key_or_no_signature_is_refused_without_a_crash(key: bytes, signature: bytes) -> None:
    assert not signature_holds(key, b"", signature)


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_it_agrees_with_another_implementation(secret: bytes, message: bytes, bit: int) -> None:
    signer = Ed25519PrivateKey.from_private_bytes(secret)
    key, signature = signer.public_key().public_bytes_raw(), signer.sign(message)
    assert signature_holds(key, message, signature)
    forged = bytearray(signature)
    forged[bit // 8] ^= 1 << bit % 8
    assert not signature_holds(key, message, bytes(forged))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ({"b": 1, "a": [True, None, "é"]}, '{"a":[true,null,"é"],"b":1}'),
        ({"€": "Euro", "\r": "CR", "1": "One", "\U0001f600": "Smile", "ö": "o", "\ufb33": "D"}, None),
        ('\u0000\u001f"\\\n\t/€', '"\\u0000\\u001f\\"\\\\\\n\\t/€"'),
        ([], "[]"),
        (-5, "-5"),
    ],
)
def test_the_canonical_form(part: object, text: str | None) -> None:
    written = canonical(part).decode()
    assert text is None or written == text
    assert json.loads(written) == part


def test_keys_stand_in_the_order_of_their_utf16_units_as_rfc_8785_shows() -> None:
    written = json.loads(canonical({"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7}))
    assert list(written) == ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]


@pytest.mark.parametrize("part", [1.5, float("nan"), 2**53, {1: 2}, b"x", {"a": object()}])
def test_what_has_no_canonical_form_is_refused(part: object) -> None:
    with pytest.raises(ValueError, match=r"place|text"):
        canonical(part)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"directory": []}', '{"directory": {"a": 1, "a": 2}}', "\ud800", "{"]
)
def test_a_file_that_can_be_read_in_two_ways_or_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_copy(text)
