"""Every sentence of the hotline, in Chinese and English, side by side. The names are those of the flow's ``PROMPTS``.

A figure stands in braces and is spoken by its kind there; ``{n:number}`` asks for another manner of speaking it:

    count       how many: 两, two            number      a bare number: 二, two (第二位, number two)
    minutes     七分钟, one hour five         time        下午两点三十二分, two thirty-two in the afternoon
    money       with its asset               day         今天, on Monday
    digits      one by one, 一 as 幺          key         a key of the telephone: 一, star
    topic       what a choice of the menu is about

What stands between figures is one piece of sound each, so that an editor records whole clauses and never a syllable.
"""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.rules.said import TOPICS as SPOKEN_TOPICS

GROUPS = {
    "start": Words("开头", "The first minute"),
    "menu": Words("菜单", "The menu"),
    "topics": Words("菜单里的事项", "Topics of the menu"),
    "hours": Words("服务时间", "Hours"),
    "who": Words("核对身份", "Who is speaking"),
    "money": Words("余额与冻结", "Money"),
    "waiting": Words("等候与回电", "Waiting and calling back"),
    "person": Words("人工服务", "With a person"),
    "end": Words("结束", "The end"),
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: its name, where the list shows it, its words. ``both``: always said in both languages, one after the other."""

    id: str
    group: str
    words: Words
    both: bool = False


def _of(group: str, sentences: dict[str, tuple[str, str]], both: tuple[str, ...] = ()) -> dict[str, Prompt]:
    return {id_: Prompt(id_, group, Words(zh, en), id_ in both) for id_, (zh, en) in sentences.items()}


_START = _of(
    "start",
    {
        "welcome": ("您好，这里是钱包客服热线。", "Welcome to the Walletdesk service line."),
        "choose_language": ("中文服务请按一。", "For English, press two."),
        "recording_consent": (
            "为了您和我们都有据可查，本次通话会录音。不同意录音请按二，同意就不用按键。",
            "This call is recorded, so that you and we can look it up later. "
            "If you do not agree, press two. Otherwise stay on the line.",
        ),
        "recording_off": ("好的，不录音。", "All right. This call is not recorded."),
        "recording_on": ("现在开始录音。", "Recording starts now."),
        "call_code": (
            "您的应用里现在也显示这几个数字：{code}。一样，才是我们。",
            "Your app shows these digits now as well: {code}. If they are the same, it is really us.",
        ),
    },
    both=("choose_language",),
)
_MENU = _of(
    "menu",
    {
        "menu_choice": ("{topic}，请按{key:key}。", "For {topic}, press {key:key}."),
        "menu_human": ("转人工客服，请按{key:key}。", "To speak to a person, press {key:key}."),
        "menu_back": ("返回上一级，请按{key:key}。", "To go back, press {key:key}."),
        "menu_again": ("再听一遍，请按{key:key}。", "To hear this again, press {key:key}."),
        "wrong_key": ("这个按键没有对应的服务。", "There is nothing on that key."),
        "no_key": ("没有收到您的按键。", "I did not hear a key."),
        "to_a_person": ("为您转接人工客服。", "I will put you through to a person."),
    },
)
_TOPICS = {f"topic.{name}": Prompt(f"topic.{name}", "topics", words) for name, words in SPOKEN_TOPICS.items()}
_HOURS = _of(
    "hours",
    {
        "closed": (
            "现在不在人工服务时间。我们{day}{opens}开始服务。",
            "We are closed now. We open {day} at {opens}.",
        ),
        "closed_choices": (
            "要我们开始服务后给您回电，请按一。使用自助服务，请按二。",
            "To be called back when we open, press one. For the menu, press two.",
        ),
    },
)
_WHO = _of(
    "who",
    {
        "verified_already": (
            "您已在应用里登录，不用再核对身份。",
            "You are calling from your signed-in app, so we know who you are.",
        ),
        "type_phone": (
            "请输入您注册的手机号，按井号键结束。",
            "Please key your registered phone number, then the hash key.",
        ),
        "type_code": ("请输入应用里现在显示的六位数字。", "Now key the six digits that your app shows."),
        "approve_in_app": ("也可以在应用里点“是我”。", "Or approve this call in your app."),
        "number_hint": (
            "只有号码簿里的号码才是我们的。在应用里可以核对任何号码。",
            "Only the numbers in our directory are ours. The app can check any number for you.",
        ),
        "verified": ("谢谢，身份已核对。", "Thank you. We know now that it is you."),
        "not_verified": ("没有核对上。您还可以试{left}次。", "That did not match. Tries left: {left}."),
        "verify_stopped": (
            "为了保护您的账户，暂时不能再试。为您转接人工客服。",
            "To protect your account, there are no more tries for now. I will put you through to a person.",
        ),
        "way_back_code": (
            "我们把六位验证码发到了这个账户验证过的地址。收到以后，请在电话上输入。",
            "A six-digit code is on its way to a verified address of that account. When it arrives, key it in.",
        ),
        "way_back_second": (
            "谢谢。第二个验证码发到了另一个地址，收到以后请输入。收不到，请按井号键，由客服帮您。",
            "Thank you. A second code is on its way to another address. When it arrives, key it in. "
            "If you cannot get it, press the hash key, and a person helps.",
        ),
        "way_back_by_person": (
            "账户被锁，要由客服同您一步一步找回。您的钱还在账户里。",
            "A locked account is opened again together with a person, step by step. Your money is still in your account.",
        ),
    },
)
_MONEY = _of(
    "money",
    {
        "balance": ("您的可用余额是{amount}。", "Your available balance is {amount}."),
        "last_payments": ("下面是最近的收支，共{n}笔。", "Here are your latest payments, {n} in all."),
        "payment_out": ("{day}，支出{amount}。", "{day}, paid out: {amount}."),
        "payment_in": ("{day}，收入{amount}。", "{day}, received: {amount}."),
        "no_payments": ("最近没有收支。", "There are no recent payments."),
        "unknown_money": (
            "现在查不到，您的钱还在原来的地方。请稍后再试。",
            "We cannot read that just now. Your money is where it was. Please try again later.",
        ),
        "freeze_confirm": (
            "要马上冻结钱包，请按九。冻结后，钱只能进，不能出。",
            "To freeze your wallet now, press nine. Once it is frozen, money can come in but not go out.",
        ),
        "frozen": (
            "您的钱包已冻结，钱出不去。要解冻，请在应用里确认是您本人。",
            "Your wallet is frozen. No money can leave it until you confirm in the app that it is you.",
        ),
        "frozen_already": (
            "您的钱包已经是冻结状态，钱出不去。",
            "Your wallet is frozen already. No money can leave it.",
        ),
        "freeze_not_known": (
            "现在还不能确定冻结是否成功。为您转接人工客服，请不要挂机。",
            "We do not know yet whether the freeze went through. I will put you through to a person. Please stay on the line.",
        ),
    },
)
_WAITING = _of(
    "waiting",
    {
        "please_wait": ("请稍等。", "One moment, please."),
        "position": (
            "您排在第{n:number}位，预计等候{minutes}。",
            "You are number {n:number} in the queue. The expected wait is {minutes}.",
        ),
        "position_unknown_wait": ("您排在第{n:number}位。", "You are number {n:number} in the queue."),
        "promise": (
            "我们最晚在{by}接听，做不到，就按您现在的位置给您回电。",
            "We will answer by {by}, or call you back in your place.",
        ),
        "promise_broken": (
            "对不起，我们没有做到在{by}以前接听。我们会给您回电。",
            "We are sorry. We said we would answer by {by}, and did not. We will call you back.",
        ),
        "offer_callback": (
            "不想等，请按{key:key}，我们按您现在的位置给您回电。",
            "If you would rather not wait, press {key:key}, and we call you back in your place.",
        ),
        "callback_number": (
            "我们会打您登记的手机，尾号{last}。",
            "We will call the number on file that ends with {last}.",
        ),
        "callback_made": (
            "已登记回电，您排在第{n:number}位，我们最晚在{by}打给您。现在可以挂机了。",
            "You will be called back. You are number {n:number}, and we call by {by}. You may hang up now.",
        ),
        "callback_made_no_time": (
            "已登记回电，您排在第{n:number}位。现在可以挂机了。",
            "You will be called back. You are number {n:number}. You may hang up now.",
        ),
        "callback_not_possible": (
            "您没有登记手机号，我们不能给您回电。请继续等候。",
            "There is no number on file for you, so we cannot call you back. Please stay on the line.",
        ),
        "callback_have_one": (
            "您已经登记过回电，位置不变。",
            "You already have a call-back. Your place stays the same.",
        ),
        "queue_full": (
            "现在等候的人太多。请过一会儿再打，或者在应用里写给我们。",
            "Too many people are waiting now. Please call again later, or write to us in the app.",
        ),
        "sorry_agent_gone": (
            "对不起，刚才客服那边断线了。您现在排在最前面。",
            "We are sorry, the line to our colleague broke. You are now first in the queue.",
        ),
        "callback_hello": (
            "您好，这里是钱包客服，按您的要求给您回电。请先看应用，确认是我们。接通客服请按一。",
            "Hello, this is Walletdesk, calling back as you asked. Check in your app that it is us. "
            "Press one to be put through.",
        ),
        "callback_no_one": (
            "没有收到您的按键，我们稍后再打给您。",
            "I did not hear a key. We will call you again later.",
        ),
    },
)
_PERSON = _of(
    "person",
    {
        "agent": ("{number}号客服为您服务。", "You are speaking with agent {number}."),
        "agent_case": (
            "{number}号客服为您服务，参考编号{case}。",
            "You are speaking with agent {number}. Your reference is {case}.",
        ),
        "on_hold": ("请稍等，客服马上回来。", "Please hold. Your agent will be right back."),
        "back_from_hold": ("久等了。", "Thank you for holding."),
        "consulting": ("客服正在请教同事，请稍等。", "Your agent is asking a colleague. One moment, please."),
        "transferring": ("为您转接，请不要挂机。", "You are being transferred. Please stay on the line."),
        "whisper_customer": ("已核对的客户，等了{minutes}。", "Verified customer, waited {minutes}."),
        "whisper_stranger": ("没有核对身份，等了{minutes}。", "Not verified, waited {minutes}."),
        "whisper_callback": ("回电，客户等了{minutes}。", "Call-back, waited {minutes}."),
        "agent_listened": ("主管正在旁听，以便帮忙。", "A supervisor is listening, to help."),
    },
)
_END = _of(
    "end",
    {
        "survey": (
            "请给这次服务打分：按一到五，五是最好。",
            "How was this call? Press one to five. Five is best.",
        ),
        "survey_thanks": ("谢谢您的评价。", "Thank you for telling us."),
        "next_steps": (
            "接下来要做的事，已写在应用里，参考编号{case}。",
            "What happens next is written in your app. Your reference is {case}.",
        ),
        "goodbye": ("谢谢来电，再见。", "Thank you for calling. Goodbye."),
        "sorry_goodbye": ("对不起，这次没能帮到您。再见。", "We are sorry that we could not help this time. Goodbye."),
        "all_lines_busy": (
            "现在线路全忙，请过几分钟再打。您的钱还在账户里。",
            "All lines are busy. Please call again in a few minutes. Your money is safe in your account.",
        ),
    },
)

MUSIC = "music"
"""The one prompt that has no words: the tones that a waiting caller hears, the same in both languages."""

CATALOGUE: dict[str, Prompt] = _START | _MENU | _TOPICS | _HOURS | _WHO | _MONEY | _WAITING | _PERSON | _END
