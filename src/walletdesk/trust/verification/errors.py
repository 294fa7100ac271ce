"""Refusals of verification.

AgentMayNotAsk
PromptOpenAlready       one question at a time
TooManyPrompts          the push-flood limit
PromptNotFound          no such prompt, or another customer's
PromptAnswered          an answer is final
PromptExpired           too late; the agent asks again
TooManyCodes            three codes for one matter in ten minutes
CodeWrong               ``tries_left``; a code that was never sent answers the same
CodeRunOut              used, used up, or older than ten minutes
TooManyWaysBack         five in an hour for one name
RecoveryOver            the way back has ended, or was never begun here
ProofWrong              ``tries_left`` of all proofs together
NotEnoughProofs         a new password needs two
LockStays               a lock that these proofs do not open; ``reason``
ResetNotPossible        the desk may not start it; ``why``
PapersMissing, PhotoNotUsable, PapersWaiting, PapersNotFound, PapersDecided, NotForYou, ReasonMissing
QuestionsAsked          one sheet for a case and day
"""

from __future__ import annotations

from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound, TryLater
from walletdesk.foundation.i18n.words import Words

_ASK_AGAIN = Words("请客服再发一次", "Ask the agent to send it again")


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


class TooManyCodes(TryLater):
    """The law: three codes for one matter in ten minutes. The same for a matter that is nobody's."""

    code = "codes_too_many"
    what = Words("十分钟内已经要了三次验证码", "Three codes were asked for within ten minutes")
    next = Words("{retry_after} 秒后可以再要一次", "Ask for another in {retry_after} seconds")


class CodeWrong(NotAllowed):
    """Field: ``tries_left``."""

    code = "code_wrong"
    what = Words("验证码不对，还可以试 {tries_left} 次", "The code is not right. Tries left: {tries_left}")
    next = Words("请再核对一次，或要一个新的", "Look once more, or ask for a new one")


class CodeRunOut(Conflict):
    code = "code_run_out"
    what = Words("这个验证码已经失效", "This code is no longer good")
    next = Words("请要一个新的验证码", "Ask for a new one")


class TooManyWaysBack(TryLater):
    """The law: five an hour and fifteen a day for one name, known or not."""

    code = "recoveries_too_many"
    what = Words("这个名字刚才找回的次数太多了", "This name has begun too many ways back")
    next = Words("请过一会儿再来，或者打官方热线", "Come back in a while, or call the official line")


class RecoveryOver(Conflict):
    code = "recovery_over"
    what = Words("这次找回已经结束，或者等得太久了", "This way back has ended, or waited too long")
    next = Words("请重新开始，只要几分钟", "Begin again; it takes a few minutes")


class ProofWrong(NotAllowed):
    """Field: ``tries_left``."""

    code = "proof_wrong"
    what = Words("这个凭证对不上", "That did not match")
    next = Words("请再试一次，或换一种方式", "Try once more, or take another way")


class NotEnoughProofs(NotAllowed):
    """The law: two proofs of different kinds (NIST SP 800-63B-4, 4.2.2)."""

    code = "proofs_not_enough"
    what = Words("还差一样凭证", "One more proof is needed")
    next = Words("请再用一种不同的方式证明是您", "Prove it in one more, different way")


class LockStays(Conflict):
    """Field: ``reason_words``."""

    code = "lock_stays"
    what = Words("这个账户上的锁需要证件才能解开：{reason_words}", "This lock opens with papers only: {reason_words}")
    next = Words("请上传证件，由客服核对", "Send photos of your papers; our desk looks at them")


class ResetNotPossible(Conflict):
    """Field: ``why``, in the reader's language."""

    code = "reset_not_possible"
    what = Words("现在不能开始重设：{why}", "The reset cannot be started: {why}")
    next = Words("请先完成缺的那一步", "Do what is missing first")


class PapersMissing(Invalid):
    """Field: ``side_words``, the photo that is missing."""

    code = "papers_missing"
    what = Words("缺一张照片：{side_words}", "A photo is missing: {side_words}")
    next = Words("请补上这一张", "Add it and send again")


class PhotoNotUsable(Invalid):
    """Fields: ``side_words`` and ``fault_words``."""

    code = "photo_not_usable"
    what = Words("{side_words}：{fault_words}", "{side_words}: {fault_words}")
    next = Words("请换个地方重拍这一张", "Take this one again")


class PapersWaiting(Conflict):
    code = "papers_waiting"
    what = Words("您交的证件正在核对", "Your papers are being looked at")
    next = Words("不用再交一次，有结果会通知您", "You need not send them again; we will tell you")


class PapersNotFound(NotFound):
    code = "papers_not_found"
    what = Words("没有这份证件", "There are no such papers")
    next = Words("请从列表打开", "Open them from the list")


class PapersDecided(Conflict):
    code = "papers_decided"
    what = Words("这份证件已经有人核对过", "Somebody has decided on these papers")
    next = Words("请看结果", "See what was decided")


class NotForYou(NotAllowed):
    """The law: who has the case, who started the reset and who the papers are about do not judge them."""

    code = "papers_second_person"
    what = Words("这份证件要由另一位同事核对", "These papers are for another colleague to judge")
    next = Words("请留给没有经手这个案件的同事", "Leave them to a colleague without a part in the case")


class ReasonMissing(Invalid):
    code = "papers_reason_missing"
    what = Words("请写明原因", "A reason is needed")
    next = Words(
        "写一句客户能看懂的话，例如哪张要重拍", "Write what the customer should do, such as which photo to retake"
    )


class QuestionsAsked(Conflict):
    code = "questions_asked"
    what = Words("今天已经问过一次问题", "Questions were asked in this case today")
    next = Words("问题只是参考，请用验证码或证件", "They only support; use codes or papers")
