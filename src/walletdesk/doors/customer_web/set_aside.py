"""Bills of money that is set aside: held for a shop, or for a transfer that is to be made later."""

from __future__ import annotations

from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.doors.customer_web.bill_parts import Bill, Pair
from walletdesk.doors.customer_web.rows import Status
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import ActivityRow, TransferView, hold

_HELD = {
    "authorised": Status("wait", "hold", Words("预留中，还没有扣", "Held, not charged yet")),
    "voided": Status("go", "done", Words("店家没有扣，钱已放回", "Not charged; free again")),
    "expired": Status("go", "done", Words("店家没有扣，钱已放回", "Not charged; free again")),
}
_LATER = {
    "scheduled": Status("wait", "half", Words("到时间转出", "Goes out when it is due")),
    "cancelled": Status("plain", "flat", Words("您取消了，钱没有动", "Cancelled by you; nothing moved")),
    "failed": Status("bad", "x", Words("没有转成，钱还在", "Not sent; the money is still yours")),
}
_DELAYED = Status("wait", "hold", Words("先等一等，钱已预留", "Waiting; the money is held"))
_STOPPED_BY = {
    "": Words("您停止了，钱没有动", "Stopped by you; nothing moved"),
    "link": Words("用消息里的链接停止的", "Stopped by the link in our message"),
}
_BY_US = Words("由我们停止，钱没有动", "Stopped by us; nothing moved")


def is_set_aside(row: ActivityRow) -> bool:
    """Whether this line is about money that was set aside and has not moved."""
    return row.state in (_HELD if row.kind == "payment" else _LATER if row.kind == "transfer_out" else ())


def held_bill(row: ActivityRow) -> Bill:
    pairs = [Pair(Words("预留于", "Held since"), moment_words(row.at, "long"))]
    held = hold(row.id)
    if held is not None and held.state == "authorised":
        pairs.append(Pair(Words("店家要在此前扣款", "The shop charges before"), moment_words(held.expires_at, "long")))
    elif held is not None and held.ended_at is not None:
        pairs.append(Pair(Words("放回于", "Free since"), moment_words(held.ended_at, "long")))
    if row.order_reference:
        pairs.append(Pair(Words("订单号", "Order"), row.order_reference, "code"))
    return Bill(row.id, str(row.title), -row.amount, _HELD[row.state], pairs, counts=False)


def later_bill(row: ActivityRow, planned: TransferView | None) -> Bill:
    pairs = [Pair(Words("安排于", "Planned"), moment_words(row.at, "long"))]
    chip = _LATER[row.state]
    if planned is not None and planned.delay_reason:
        chip = _chip_of_delayed(planned, chip)
        pairs.append(Pair(Words("为什么先等", "Why it waits"), str(planned.delayed_because)))
    if planned is not None and planned.due_at is not None:
        pairs.append(Pair(Words("转出时间", "Goes out"), moment_words(planned.due_at, "long")))
    if row.reason is not None and row.state == "failed":
        pairs.append(Pair(Words("原因", "Why"), str(row.reason)))
    if row.note:
        pairs.append(Pair(Words("附言", "Note"), row.note))
    pairs.append(Pair(Words("单号", "Number"), row.number, "code"))
    title = Words("转给 {name}", "To {name}").say(name=row.title)
    return Bill(row.id, title, -row.amount, chip, pairs, counts=False)


def _chip_of_delayed(planned: TransferView, otherwise: Status) -> Status:
    if planned.state == "waiting":
        return _DELAYED
    if planned.state == "cancelled":
        return Status("plain", "flat", _STOPPED_BY.get(planned.ended_by, _BY_US))
    return otherwise
