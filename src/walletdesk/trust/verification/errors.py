"""Refusals of verification.

CustomerUnknown, AgentMayNotAsk
PromptOpenAlready       one question at a time
TooManyPrompts          the push-flood limit
PromptNotFound          no such prompt, or another customer's
PromptAnswered          an answer is final
PromptExpired           too late; the agent asks again
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, NotAllowed, NotFound, TryLater
from walletdesk.foundation.i18n.words import Words

_ASK_AGAIN = Words("请客服再发一次", "Ask the agent to send it again")


class CustomerUnknown(NotFound):
    code = "customer_not_found"
    what = Words("没有找到这位客户", "This customer was not found")
    next = Words("请核对个案", "Check the case")


class AgentMayNotAsk(NotAllowed):
    code = "verification_not_allowed"
    what = Words("您的岗位不能发起核实", "Your role may not ask for verification")
    next = Words("请转给有权的同事", "Hand it to a colleague who may")


class PromptOpenAlready(Conflict):
    code = "verification_open"
    what = Words("客户手机上已有一个待确认的核实", "The customer is being asked already")
    next = Words("等客户回答，或等它过期", "Wait for the answer, or until it runs out")


class TooManyPrompts(TryLater):
    """The law: at most three prompts in ten minutes; a flood of questions is an attack, whoever sends it."""

    code = "verification_too_many"
    what = Words("十分钟内已经问了三次", "The customer was asked three times within ten minutes")
    next = Words("{retry_after} 秒后可以再问", "Ask again in {retry_after} seconds")


class PromptNotFound(NotFound):
    code = "verification_not_found"
    what = Words("没有这个核实请求", "There is no such question")
    next = Words("如果有人催您确认，请先联系官方客服", "If somebody presses you to confirm, call us first")


class PromptAnswered(Conflict):
    code = "verification_answered"
    what = Words("这个核实已经回答过了", "This was answered already")
    next = Words("不用再做什么", "You need not do anything")


class PromptExpired(Conflict):
    code = "verification_expired"
    what = Words("这个核实已经过期", "This question has run out")
    next = _ASK_AGAIN
