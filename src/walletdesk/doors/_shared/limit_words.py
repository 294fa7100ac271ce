"""How limits and tiers are called, the same at every door."""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words

LIMIT_GROUPS = {
    "out": Words("付款和转账", "Payments and transfers"),
    "codes": Words("扫码付款", "Paying by code"),
    "static_code": Words("扫印好的码", "Printed codes"),
    "dynamic_code": Words("扫当场出的码", "Codes made for the order"),
    "tap": Words("碰一碰", "Tapping"),
    "transfer": Words("其中转账", "Of these, transfers"),
    "top_up": Words("充值", "Top-ups"),
    "payee": Words("给这一方", "To them"),
    "": Words("钱包余额", "Wallet balance"),
}
LIMIT_KINDS = {
    "single": Words("每一笔", "Each one"),
    "day": Words("今天", "Today"),
    "month": Words("本月", "This month"),
    "year": Words("今年", "This year"),
    "lifetime": Words("开户以来", "Since you joined"),
    "balance": Words("最多存放", "Most it may hold"),
}
TIER_KNOWN = {
    4: Words("只有手机号或邮箱", "Phone or e-mail only"),
    3: Words("核对过姓名", "Name checked"),
    2: Words("核对过证件", "Papers checked"),
    1: Words("当面核对过", "Known in person"),
}
