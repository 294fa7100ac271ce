"""The QR payload: EMVCo's own example, ours there and back, and everything that people and cameras do to it."""

from __future__ import annotations

import contextlib
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdesk.money.payments.rules.emv import (
    BrokenPayload,
    ForeignPayload,
    MerchantCode,
    UnreadablePayload,
    build,
    checksum,
    in_ascii,
    parse,
    read_objects,
)

# EMVCo QRCPS-MPM 1.1, the example of its annex: Chinese text included, lengths in characters.
THEIR_EXAMPLE = (
    "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT"
    "6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016"
    "A0112233449988770708123456786304A13A"
)
OURS = MerchantCode(
    merchant_id=UUID("01960000-0000-7000-8000-00000000000a"),
    order_id=UUID("01960000-0000-7000-8000-00000000000b"),
    amount="26.50",
    currency="156",
    category="5462",
    name="Qinghe Bakery",
    city="Shanghai",
    local_name="青禾面包房",
    reference="QH-0519-0832",
    till="1",
)


@pytest.mark.parametrize(
    ("text", "crc"),
    [("123456789", "29B1"), ("", "FFFF"), ("A", "B915"), (THEIR_EXAMPLE[:-4], "A13A")],
)
def test_checksum_vectors(text: str, crc: str) -> None:
    assert checksum(text) == crc


def test_their_example_is_read_object_by_object() -> None:
    objects = read_objects(THEIR_EXAMPLE)
    assert (objects["59"], objects["54"], objects["53"]) == ("BEST TRANSPORT", "23.72", "156")
    assert read_objects(objects["64"]) == {"00": "ZH", "01": "最佳运输", "02": "北京"}
    with pytest.raises(ForeignPayload):
        parse(THEIR_EXAMPLE)


def test_ours_there_and_back() -> None:
    payload = build(OURS)
    assert payload.startswith("000201010212")
    assert payload[-8:-4] == "6304"
    assert parse(payload) == OURS


def test_what_it_says_stands_where_the_standard_wants_it() -> None:
    objects = read_objects(build(OURS))
    assert next(iter(objects)) == "00"
    assert list(objects)[-1] == "63"
    assert {tag: objects[tag] for tag in ("01", "52", "53", "54", "58", "59", "60")} == {
        "01": "12",
        "52": "5462",
        "53": "156",
        "54": "26.50",
        "58": "CN",
        "59": "Qinghe Bakery",
        "60": "Shanghai",
    }
    assert read_objects(objects["62"]) == {"05": "QH-0519-0832", "07": "1"}
    assert read_objects(objects["64"]) == {"00": "ZH", "01": "青禾面包房"}


@pytest.mark.parametrize("around", [" {} ", "\n{}\r\n", "\ufeff{}", "\u200b{}\u200b", "\t{}\n\n"])
def test_what_a_phone_puts_around_it_does_not_matter(around: str) -> None:
    assert parse(around.format(build(OURS))) == OURS


def test_a_name_without_ascii_still_gives_a_sound_code() -> None:
    only_chinese = MerchantCode(OURS.merchant_id, OURS.order_id, "1", "156", name="青禾", city="上海")
    objects = read_objects(build(only_chinese))
    assert (objects["59"], objects["60"]) == ("MERCHANT", "SHANGHAI")


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Café Zoë", "Cafe Zoe"), ("青禾 Bakery", "Bakery"), ("a\x00b\nc", "a b c"), ("x" * 99, "x" * 25)],
)
def test_ascii_names(text: str, plain: str) -> None:
    assert in_ascii(text, 25) == plain


@pytest.mark.parametrize(
    "noise", ["", "hello", "https://example.com/pay", "000101", "00020", "hQVDUFYwMQ==", "9" * 600]
)
def test_noise_is_not_a_code(noise: str) -> None:
    with pytest.raises(UnreadablePayload):
        parse(noise)


def test_every_single_changed_character_is_noticed() -> None:
    payload = build(OURS)
    for place in range(6, len(payload)):
        for other in "09AZ最":
            if payload[place] == other:
                continue
            changed = payload[:place] + other + payload[place + 1 :]
            with pytest.raises((BrokenPayload, UnreadablePayload)):
                parse(changed)


def test_every_cut_is_noticed() -> None:
    payload = build(OURS)
    for length in range(len(payload)):
        with pytest.raises((BrokenPayload, UnreadablePayload)):
            parse(payload[:length])


def resealed(payload: str) -> str:
    return payload[:-4] + checksum(payload[:-4])


@pytest.mark.parametrize(
    ("was", "becomes", "refusal"),
    [
        ("walletdesk.pay", "walletdesk.pax", ForeignPayload),
        ("010212", "010211", UnreadablePayload),
        ("53031565405", "99031565405", UnreadablePayload),
        ("540526.50", "980526.50", UnreadablePayload),
        (OURS.order_id.hex, "Z" * 32, UnreadablePayload),
        (OURS.order_id.hex, "０" * 32, UnreadablePayload),
        ("5204", "52٠4", UnreadablePayload),
        ("5802CN", "5902CN", UnreadablePayload),
    ],
)
def test_a_well_sealed_lie_is_still_read_strictly(was: str, becomes: str, refusal: type[Exception]) -> None:
    payload = build(OURS)
    assert was in payload
    with pytest.raises(refusal):
        parse(resealed(payload.replace(was, becomes)))


@given(st.text(max_size=700))
def test_no_text_crashes_the_reader(text: str) -> None:
    with contextlib.suppress(UnreadablePayload, BrokenPayload, ForeignPayload):
        parse(text)


@given(st.text(max_size=300))
def test_no_well_sealed_text_crashes_the_reader(text: str) -> None:
    body = f"000201{text}6304"
    with contextlib.suppress(UnreadablePayload, BrokenPayload, ForeignPayload):
        parse(body + checksum(body))


@given(st.data())
def test_no_damage_crashes_the_reader(data: st.DataObject) -> None:
    payload = build(OURS)
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(payload))] * 2)))
    damaged = payload[:first] + data.draw(st.text(max_size=20)) + payload[last:]
    with contextlib.suppress(UnreadablePayload, BrokenPayload, ForeignPayload):
        assert parse(damaged) == OURS or damaged.strip() != payload


@given(
    st.uuids(),
    st.uuids(),
    st.integers(1, 10**13),
    st.text(max_size=80),
    st.text(alphabet="abcXYZ019-_./#", max_size=25),
    st.text(max_size=40),
)
def test_whatever_a_shop_is_called_its_code_leads_home(
    merchant: UUID, order: UUID, minor: int, name: str, reference: str, till: str
) -> None:
    amount = f"{minor // 100}.{minor % 100:02d}"
    code = MerchantCode(merchant, order, amount, "156", "5999", name, name, name.strip(), reference, till)
    read = parse(build(code))
    assert (read.merchant_id, read.order_id, read.amount, read.reference) == (merchant, order, amount, reference)
