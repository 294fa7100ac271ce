"""What people often ask, with the answer on the spot. The help centre with its articles comes later."""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words


@dataclass(frozen=True, slots=True)
class Question:
    asked: Words
    answer: Words


QUESTIONS = (
    Question(
        Words("付款失败，钱会不会被扣？", "A payment failed. Was money taken?"),
        Words(
            "没有成功的付款不扣钱，页面第一句就会告诉您钱在哪里。再试一次用的是同一把钥匙，不会重复扣。",
            "A payment that did not go through takes nothing; the first line says where your money is. "
            "Trying again uses the same key, so you cannot pay twice.",
        ),
    ),
    Question(
        Words("退款什么时候到？", "When does a refund arrive?"),
        Words(
            "两个人批准后账本立即动，钱当场回到钱包余额。答复时间写在案件最上面，有钟。",
            "When two people have approved it the ledger moves at once and the money is in your wallet. "
            "The time of the answer stands on top of the case, with its clock.",
        ),
    ),
    Question(
        Words("收到“客服”来电，怎么分辨真假？", "“Walletdesk” is calling. Is it really us?"),
        Words(
            "真的客服会让应用里出现他的工号和一组数字，与他屏幕上的一样。没有出现，就挂断，拨官方名录上的号码。",
            "A real agent makes the app show a number, a name and six digits, the same as on the agent's screen. "
            "If nothing shows, hang up and call a number from the directory.",
        ),
    ),
    Question(
        Words("充值显示“未知”，钱在哪里？", "A top-up is “unknown”. Where is the money?"),
        Words(
            "银行没有回话，我们不猜。钱要么在钱包，要么还在银行卡；问清楚后自动入账或撤回。请不要再充同一笔。",
            "The bank did not answer and we do not guess. It is either in the wallet or still at the bank; it settles "
            "by itself once we have asked. Do not top up the same sum again.",
        ),
    ),
)
