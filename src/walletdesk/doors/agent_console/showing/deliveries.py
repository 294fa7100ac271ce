"""Lines of the delivery log in words: what it was about, by what, how far it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from walletdesk.doors.agent_console.showing import status
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.notifications.public import DeliveryView

CHANNELS = {"push": Words("推送", "Push"), "sms": Words("短信", "Text"), "email": Words("邮件", "E-mail")}
STATES = {
    "waiting": status.Status(Words("在等", "Waiting"), "wait", "half"),
    "sending": status.Status(Words("正在发", "Being sent"), "wait", "half"),
    "sent": status.Status(Words("已交出", "Handed over"), "go", "done"),
    "delivered": status.Status(Words("已送达", "Delivered"), "go", "done"),
    "lost": status.Status(Words("没有送到", "Not delivered"), "bad", "x"),
    "refused": status.Status(Words("被拒", "Refused"), "bad", "x"),
    "unknown": status.Status(Words("不知道", "Not known"), "", "dash"),
    "expired": status.Status(Words("过时没发", "Too late, not sent"), "plain", "flat"),
}
CODE = Words("验证码", "Code")
KINDS = {
    "welcome": Words("欢迎和官方联系方式", "Welcome and official contacts"),
    "paid": Words("付款", "Payment"),
    "sent": Words("转出", "Money sent"),
    "received": Words("转入", "Money received"),
    "transfer_delayed": Words("转账先等一等，附停止链接", "Transfer waits, with a link to stop it"),
    "transfer_stopped": Words("等着的转账停下了", "A waiting transfer was stopped"),
    "transfer_failed": Words("没有转成", "Transfer not made"),
    "top_up": Words("充值", "Top-up"),
    "refund": Words("退款", "Refund"),
    "wallet_frozen": Words("冻结", "Frozen"),
    "wallet_unfrozen": Words("解冻", "Unfrozen"),
    "pin_changed": Words("支付密码改了", "PIN changed"),
    "pin_locked_out": Words("支付密码锁了", "PIN locked"),
    "device_added": Words("新设备", "New device"),
    "device_ended": Words("设备退出", "Device signed out"),
    "password_changed": Words("登录密码改了", "Password changed"),
    "factor_added": Words("加了验证方式", "Factor added"),
    "factor_removed": Words("移除验证方式", "Factor removed"),
    "address_changed": Words("换了地址", "Address changed"),
    "sign_in_locked": Words("登录锁了", "Sign-in locked"),
    "sign_in_asked": Words("问是不是本人登录", "Asked whether it is them"),
    "sign_in_denied": Words("挡住一次登录", "Sign-in stopped"),
    "account_locked": Words("账户锁了", "Account locked"),
    "account_unlocked": Words("账户开了", "Account unlocked"),
    "reset_started": Words("开始重设密码", "Reset started"),
    "recovery_finished": Words("账户找回", "Account restored"),
    "papers_decided": Words("证件结果", "Papers decided"),
    "own_limit": Words("限额改了", "Limit changed"),
    "tier_changed": Words("等级改了", "Level changed"),
    "alerts_changed": Words("提醒设置改了", "Alerts changed"),
    "verification": Words("请客户确认", "Asked to confirm"),
}
ANSWERS: dict[str, str | Words] = {
    "absent_subscriber": Words("手机关机或不在服务区", "The telephone is off or out of reach"),
}
OTHER_WAY = {
    "sms": Words("请客户在同一页改用邮箱收码", "Ask them to take the code by e-mail, on the same page"),
    "email": Words("请客户在同一页改用短信收码", "Ask them to take the code by text, on the same page"),
}
OTHER = Words("案件消息", "About a case")


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    at: datetime
    changed_at: datetime
    what: Words
    channel: Words
    to: str
    status: status.Status
    tries: int
    answer: str | Words
    advice: Words | None = None


def rows(log: Sequence[DeliveryView]) -> list[DeliveryRow]:
    return [
        DeliveryRow(
            line.created_at,
            line.changed_at,
            CODE if line.kind.startswith("code:") else KINDS.get(line.kind, OTHER),
            CHANNELS[line.channel],
            line.to,
            STATES[line.state],
            line.tries,
            ANSWERS.get(line.last_answer, line.last_answer),
            _advice(line),
        )
        for line in log
    ]


def _advice(line: DeliveryView) -> Words | None:
    """A code that did not arrive is asked for once more, by another way: by its owner, on the page that they have open."""
    if line.state not in ("lost", "refused") or not line.kind.startswith("code:"):
        return None
    return OTHER_WAY[line.channel]
