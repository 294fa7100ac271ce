"""Short lessons about scams: one picture, three signs, what to do, one question. Read without a sign-in, and no list is kept of
who read what.

A lesson's ``code`` is its address and names its picture, ``public_web/lessons/<code>.html``.
"""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words


@dataclass(frozen=True, slots=True)
class Lesson:
    """``right`` and ``wrong`` are answers to ``question``; ``why`` is read after either."""

    code: str
    title: Words
    story: Words
    signs: tuple[Words, ...]
    do: tuple[Words, ...]
    question: Words
    right: Words
    wrong: Words
    why: Words


FIRST_PAYEE = "first-payee"
LESSONS: dict[str, Lesson] = {
    lesson.code: lesson
    for lesson in (
        Lesson(
            FIRST_PAYEE,
            Words("第一次付给一个人", "The first payment to somebody"),
            Words(
                "骗子要的就是第一次：您没有见过他，钱一到就被转走，追不回来。",
                "The first payment is all a swindler needs: you have never met, and once it arrives it is moved on for good.",
            ),
            (
                Words("对方催您快，不让您问别人", "They hurry you, and want nobody asked"),
                Words("账户的名字和他说的不一样", "The name on the account is not the one they gave"),
                Words("先小额试一笔，再要大的", "A small test first, then a large sum"),
            ),
            (
                Words("打一个您本来就有的号码，问本人", "Call the person on a number that you had before"),
                Words("先等一天；真的急事不怕您核对", "Wait a day; honest hurry does not mind being checked"),
            ),
            Words(
                "“我是你表哥，换号了，借我三千，马上。”您先做什么？",
                "“It is your cousin on a new number; lend me 3,000, now.” What first?",
            ),
            Words("打表哥原来的号码", "Call your cousin’s old number"),
            Words("先转一点试试", "Send a little to try"),
            Words("新号码不能证明他是谁；原来的号码可以。", "A new number proves nothing about who it is; the old one does."),
        ),
        Lesson(
            "posed-as-us",
            Words("冒充客服、警察、银行", "Posing as us, the police or a bank"),
            Words(
                "“您的账户有风险，把钱转到安全账户。”世上没有安全账户。",
                "“Your account is at risk: move the money to a safe account.” There is no such thing as a safe account.",
            ),
            (
                Words("主动打来，显示的号码像真的", "They call you, and the displayed number looks right"),
                Words("要验证码、密码，或让您共享屏幕", "They want a code, a password, or to see your screen"),
                Words("不让挂断，不让告诉家人", "You must not hang up, nor tell your family"),
            ),
            (
                Words("挂断，自己拨官方名录里的号码", "Hang up and dial a number from the official directory"),
                Words("真的客服会在应用里出示同一个暗号", "A genuine agent shows the same code word inside your app"),
            ),
            Words("来电显示就是官方热线，对方要您念验证码。", "The display shows our hotline, and they ask for your code."),
            Words("挂断，自己拨过去", "Hang up, and dial it yourself"),
            Words("号码对，就念给他", "The number is right, so read it out"),
            Words("来电号码可以伪造。验证码从不说给任何人。", "Displayed numbers can be forged. A code is never told to anybody."),
        ),
        Lesson(
            "easy-profit",
            Words("刷单、投资、返利", "Easy work, investment, bonus"),
            Words(
                "前两笔真的返给您，让您放心；第三笔大的，就没有了。",
                "The first two payments really come back, to win you over; the third, large one is gone.",
            ),
            (
                Words("稳赚不赔，天天返", "Sure profit, paid every day"),
                Words("要先垫钱才能提现", "You must pay in before you may take out"),
                Words("一个群里人人都在晒收入", "A group in which everybody shows earnings"),
            ),
            (
                Words("要您先付钱的工作，都不是工作", "Work that you must pay for is not work"),
                Words("已经付了：停下，举报，不为拿回钱再付", "Paid already? Stop, report, and do not pay more to get it back"),
            ),
            Words("“再充五千就能一起提现。”", "“Pay in 5,000 more and you can take it all out.”"),
            Words("不付了，马上举报", "Pay nothing more, and report it"),
            Words("充了就能回本", "Pay: then I am even"),
            Words("前面的钱已经没了，后面的还在您手里。", "The earlier money is gone; the next is still yours."),
        ),
        Lesson(
            "false-shop",
            Words("假店、假链接、假二维码", "False shops, links and codes"),
            Words(
                "页面可以一模一样，地址不会。二维码可以被贴上另一张。",
                "A page can look the same; an address cannot. A code can be covered by another sticker.",
            ),
            (
                Words("链接是别人发来的，字母差一个", "The link was sent to you, one letter off"),
                Words("便宜得不像真的，只收转账", "Too cheap to be true, and only by transfer"),
                Words("付款页上的店名和眼前的店不一样", "The shop’s name on the sheet is not the one before you"),
            ),
            (
                Words("把链接贴到“这是你们吗”查一查", "Paste the link into “Is this you?”"),
                Words("付款前看店名和“已核验”", "Before paying, read the shop’s name and look for “verified”"),
            ),
            Words("链接写着 walletdesk.example.pay.test，是我们吗？", "A link reads walletdesk.example.pay.test. Is it us?"),
            Words("不是：看最后那一截", "No: what counts is the end"),
            Words("是：里面有我们的名字", "Yes: our name is in it"),
            Words("主人是最后那一截，前面谁都能写。", "The end says whose it is; anybody can write the beginning."),
        ),
        Lesson(
            "open-network",
            Words("公共 Wi-Fi 和别人的手机", "Public Wi-Fi, and other people’s telephones"),
            Words(
                "我们的页面都加密，旁人看不到内容。危险的是假的登录页，和看得到您屏幕的人。",
                "Our pages are encrypted: nobody nearby reads them. The danger is a false sign-in page, and eyes on your screen.",
            ),
            (
                Words("连上以后跳出一页，要钱包密码", "After joining, a page asks for your wallet password"),
                Words("浏览器说证书有问题", "The browser warns of the certificate"),
                Words("有人“帮您”拿着手机操作", "Somebody “helps” by holding your telephone"),
            ),
            (
                Words("付款用自己的流量，或信得过的 VPN", "Pay over your own mobile data, or a VPN that you trust"),
                Words("证书有警告就停，不点“继续”", "Stop at a certificate warning; never “go on anyway”"),
                Words(
                    "借来的设备上不登录；登录了，回头在“登录与设备”里退出它",
                    "Do not sign in on a borrowed device; if you did, end it under Sign-in and devices",
                ),
            ),
            Words("咖啡店 Wi-Fi 上，浏览器说证书不可信。", "In a café the browser says the certificate is not trusted."),
            Words("停下，换成自己的流量", "Stop, and use mobile data"),
            Words("点继续，只付一杯咖啡", "Go on: it is just a coffee"),
            Words("警告说的是：对面可能不是我们。", "The warning means that the other side may not be us."),
        ),
    )
}  # fmt: skip
