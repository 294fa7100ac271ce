"""What a queue is called on a narrow page. A topic without a short name is shown by its code."""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words

NAMES = {
    "balance": Words("余额", "Balance"),
    "freeze": Words("冻结", "Freeze"),
    "payments": Words("付款退款", "Payments"),
    "security": Words("账户安全", "Security"),
    "complaints": Words("投诉", "Complaints"),
    "funds": Words("理财", "Funds"),
    "merchants": Words("商户", "Merchants"),
    "general": Words("其他", "General"),
    "call_back": Words("回电", "Call-back"),
    "number_check": Words("核对号码", "Is it ours"),
}


def queue_words(code: str) -> Words | str:
    """The short name, or the code itself."""
    return NAMES.get(code, code)
