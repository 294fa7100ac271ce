"""What a shop is called, what it sells, who may do what in it: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words

OWNER, CASHIER = "owner", "cashier"
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Category:
    """``code`` is the merchant category code (ISO 18245) that stands in the QR."""

    code: str
    words: Words


CATEGORIES = {
    "bakery": Category("5462", Words("面包糕点", "Bakery")),
    "coffee": Category("5814", Words("咖啡快餐", "Coffee and snacks")),
    "restaurant": Category("5812", Words("餐馆", "Restaurant")),
    "groceries": Category("5411", Words("超市菜场", "Groceries")),
    "pharmacy": Category("5912", Words("药店", "Pharmacy")),
    "books": Category("5942", Words("书店", "Books")),
    "clothes": Category("5651", Words("服装", "Clothes")),
    "electronics": Category("5732", Words("数码电器", "Electronics")),
    "transport": Category("4111", Words("出行", "Transport")),
    "cinema": Category("7832", Words("影院", "Cinema")),
    "sports": Category("7997", Words("运动健身", "Sports")),
    "hair": Category("7230", Words("美发", "Hairdresser")),
    "hotel": Category("7011", Words("酒店", "Hotel")),
    "education": Category("8299", Words("教育", "Education")),
    "utilities": Category("4900", Words("水电煤", "Utilities")),
    "other": Category("5999", Words("其他", "Other")),
}


def clean_name(text: str) -> str:
    """A name in one line, inner spaces single, without control characters; empty if nothing is left."""
    return re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in text)).strip()


def name_usable(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME
