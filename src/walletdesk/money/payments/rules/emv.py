"""The merchant-presented QR payload (EMVCo QRCPS-MPM 1.1): how it is written and how it is read.

A payload is a row of data objects, each ``id`` (2 digits), ``length`` (2 digits, in characters) and ``value``::

    00 02 01            payload format, always first
    01 02 12            12: a code for one payment (11 would be a sticker)
    26 90 …             merchant account, a template: 00 our name, 01 merchant, 02 order
    52 04 5462          merchant category (ISO 18245)
    53 03 156           currency, by number (ISO 4217)
    54 05 26.50         amount, in the currency's own digits
    58 02 CN            country
    59 14 QINGHE BAKERY merchant's name in ASCII
    60 08 SHANGHAI      city
    62 …                05 reference label (the shop's own order number), 07 till
    64 …                the name once more: 00 language, 01 name in it
    63 04 29B1          CRC-16/CCITT-FALSE over all before it, "6304" included, in UTF-8

The length of a value counts characters, so that a Chinese name of four characters is ``04``; the check sum counts bytes.
What the payload says about the amount is only compared, never charged: the order in the database is what is paid.
"""

from __future__ import annotations

import re
import unicodedata
from binascii import crc_hqx
from dataclasses import dataclass
from uuid import UUID

OUR_NAME = "walletdesk.pay"
FORMAT, INITIATION, CATEGORY, CURRENCY, AMOUNT, COUNTRY = "00", "01", "52", "53", "54", "58"
NAME, CITY, EXTRA, CHECKSUM, OTHER_LANGUAGE = "59", "60", "62", "63", "64"
ACCOUNT_TEMPLATES = range(26, 52)
LONGEST_PAYLOAD = 512

_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_TWO_DIGITS = re.compile(r"[0-9]{2}", re.ASCII)
_CHECKSUM_AT_END = re.compile(r"6304[0-9A-Fa-f]{4}\Z", re.ASCII)


class UnreadablePayload(ValueError):
    """Not a payment code at all, or one whose parts make no sense."""


class BrokenPayload(ValueError):
    """It looks like a payment code and its check sum says that a character was lost or changed."""


class ForeignPayload(ValueError):
    """A sound payment code of somebody else's network."""


@dataclass(frozen=True, slots=True)
class MerchantCode:
    """What a code for one payment says. ``currency`` is the three-digit number, ``amount`` the text as it stands."""

    merchant_id: UUID
    order_id: UUID
    amount: str
    currency: str
    category: str = "5999"
    name: str = ""
    city: str = ""
    local_name: str = ""
    reference: str = ""
    till: str = ""


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) of the UTF-8 bytes, as four capital hex digits."""
    return f"{crc_hqx(text.encode('utf-8', 'surrogatepass'), 0xFFFF):04X}"


def build(code: MerchantCode) -> str:
    """The payload text of a code, ready to be drawn as a QR."""
    account = _object("00", OUR_NAME) + _object("01", code.merchant_id.hex) + _object("02", code.order_id.hex)
    parts = [
        _object(FORMAT, "01"),
        _object(INITIATION, "12"),
        _object("26", account),
        _object(CATEGORY, code.category),
        _object(CURRENCY, code.currency),
        _object(AMOUNT, code.amount),
        _object(COUNTRY, "CN"),
        _object(NAME, in_ascii(code.name, 25) or "MERCHANT"),
        _object(CITY, in_ascii(code.city, 15) or "SHANGHAI"),
    ]
    extra = _filled("05", in_ascii(code.reference, 25)) + _filled("07", in_ascii(code.till, 25))
    parts.append(_filled(EXTRA, extra))
    if code.local_name:
        parts.append(_object(OTHER_LANGUAGE, _object("00", "ZH") + _object("01", code.local_name[:25])))
    body = "".join(parts) + CHECKSUM + "04"
    return body + checksum(body)


def parse(text: str) -> MerchantCode:
    """The code in a scanned or pasted text; white space and invisible marks around it do not matter.

    Raises, in this order: ``UnreadablePayload`` (does not begin as a payment code, or is absurdly long), ``BrokenPayload``
    (check sum absent or wrong), ``UnreadablePayload`` (objects do not fit together), ``ForeignPayload`` (no merchant
    account of ours), ``UnreadablePayload`` (ours, and yet a part is missing or not an id).
    """
    payload = text.strip().strip(_INVISIBLE).strip()
    if not payload.startswith("000201") or len(payload) > LONGEST_PAYLOAD:
        raise UnreadablePayload
    if not _CHECKSUM_AT_END.search(payload) or checksum(payload[:-4]) != payload[-4:].upper():
        raise BrokenPayload
    objects = read_objects(payload)
    account = _our_account(objects)
    extra = read_objects(objects.get(EXTRA, ""))
    language = read_objects(objects.get(OTHER_LANGUAGE, ""))
    if objects.get(INITIATION) != "12" or CURRENCY not in objects or AMOUNT not in objects:
        raise UnreadablePayload
    return MerchantCode(
        merchant_id=_id_in(account, "01"),
        order_id=_id_in(account, "02"),
        amount=objects[AMOUNT],
        currency=objects[CURRENCY],
        category=objects.get(CATEGORY, ""),
        name=objects.get(NAME, ""),
        city=objects.get(CITY, ""),
        local_name=language.get("01", ""),
        reference=extra.get("05", ""),
        till=extra.get("07", ""),
    )


def read_objects(text: str) -> dict[str, str]:
    """The data objects of a payload or of a template, by id; ``UnreadablePayload`` if they do not fit or repeat."""
    objects: dict[str, str] = {}
    position = 0
    while position < len(text):
        tag, length = text[position : position + 2], text[position + 2 : position + 4]
        if not _TWO_DIGITS.fullmatch(tag) or not _TWO_DIGITS.fullmatch(length) or tag in objects:
            raise UnreadablePayload
        value = text[position + 4 : position + 4 + int(length)]
        if len(value) != int(length) or not value:
            raise UnreadablePayload
        objects[tag] = value
        position += 4 + int(length)
    return objects


def in_ascii(text: str, longest: int) -> str:
    """The text as the ASCII objects may hold it: accents dropped, other scripts left out, cut to the longest length."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())[:longest].strip()


def _our_account(objects: dict[str, str]) -> dict[str, str]:
    for tag in ACCOUNT_TEMPLATES:
        if str(tag) not in objects:
            continue
        try:
            account = read_objects(objects[str(tag)])
        except UnreadablePayload:
            continue
        if account.get("00") == OUR_NAME:
            return account
    raise ForeignPayload


def _id_in(account: dict[str, str], tag: str) -> UUID:
    value = account.get(tag, "")
    if not re.fullmatch(r"[0-9a-f]{32}", value, re.ASCII):
        raise UnreadablePayload
    return UUID(hex=value)


def _object(tag: str, value: str) -> str:
    if not 0 < len(value) < 100:
        raise ValueError(f"object {tag} cannot hold {len(value)} characters")
    return f"{tag}{len(value):02d}{value}"


def _filled(tag: str, value: str) -> str:
    return _object(tag, value) if value else ""
