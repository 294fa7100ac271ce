"""The rules themselves: each a question to a :class:`Look`, with figures that a risk officer sets.

    code                the question                                                      answered by a fresh proof
    new_device          a device in its first hours wants more than the floor                     yes
    drain               more than this share of the money would be gone within 24 h               yes
    new_payee           the first payment to somebody, above the floor                            yes
    many_new_payees     one new payee too many within a day                                       yes
    unusual_amount      to somebody new, several times the largest of the last payments           yes
    velocity            so many payments within ten minutes                                       yes
    night               large and new in the small hours, by somebody who sleeps then             yes
    stopped_before      something was stopped within the last hour already                        yes
    pass_through        money that several people just sent leaves at once, to somebody new       yes
    paying_on_call      a new payee is paid while somebody talks to the payer                     no
    collecting_payee    a person whom many strangers paid today                                   no
    payee_reported      somebody reported the payee; it is being looked into                      no
    known_fake          the payee is known to be false                                            no

A proof shows who pays, not who talks them into it: the last four are about the other side. Shares and multiples are
hundredths (``percent``); sums are minor units of the house's currency, so those rules keep silent for other assets.
Sources: NIST SP 800-63B-4 (fresh proof after risk), the cooling-off figures of the product's dated profiles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.risk.rules.looks import Look

HOUSE_ASSET = "CNY"
Figures = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Check:
    """``title`` and the words of the figures are for the desk; ``said`` is what the customer reads when it stops them.
    ``by_hand_only``, ``new_payee_only``: of other looks it is not asked.
    """

    code: str
    holds: Callable[[Look, Figures], bool]
    title: Words
    said: Words
    figures: Mapping[str, Words]
    answered_by_proof: bool = True
    by_hand_only: bool = True
    new_payee_only: bool = False


def new_device(look: Look, figures: Figures) -> bool:
    return look.new_device and _money(look) > figures["floor_minor"]


def drain(look: Look, figures: Figures) -> bool:
    if look.available_minor is None or not _money(look):
        return False
    gone = look.out_24h_minor + look.amount_minor
    before = look.available_minor + look.out_24h_minor
    return gone > figures["floor_minor"] and gone * 100 > before * figures["percent"]


def new_payee(look: Look, figures: Figures) -> bool:
    return look.new_payee and _money(look) > figures["floor_minor"]


def many_new_payees(look: Look, figures: Figures) -> bool:
    return look.new_payee and look.new_payees_24h + 1 >= figures["count"] and _money(look) > figures["floor_minor"]


def unusual_amount(look: Look, figures: Figures) -> bool:
    usual = look.largest_30d_minor if look.out_30d >= figures["after_payments"] else None
    return (
        look.new_payee
        and usual is not None
        and _money(look) > max(figures["floor_minor"], usual * figures["percent"] // 100)
    )


def velocity(look: Look, figures: Figures) -> bool:
    return look.out_10m + 1 >= figures["count"]


def night(look: Look, figures: Figures) -> bool:
    return look.night and look.new_payee and not look.at_night_30d and _money(look) > figures["floor_minor"]


def stopped_before(look: Look, figures: Figures) -> bool:
    return look.stopped_1h >= figures["count"]


def pass_through(look: Look, figures: Figures) -> bool:
    gone = look.out_24h_minor + look.amount_minor
    return (
        look.payers_24h >= figures["payers"]
        and look.in_24h_minor > figures["floor_minor"]
        and gone * 100 >= look.in_24h_minor * figures["percent"]
        and look.new_payee
        and _money(look) > 0
    )


def paying_on_call(look: Look, figures: Figures) -> bool:
    return look.on_call and look.new_payee and _money(look) > figures["floor_minor"]


def collecting_payee(look: Look, figures: Figures) -> bool:
    return look.new_payee and look.collecting >= figures["payers"] and _money(look) > figures["floor_minor"]


def payee_reported(look: Look, figures: Figures) -> bool:
    return look.reported


def known_fake(look: Look, figures: Figures) -> bool:
    return look.fake


def _money(look: Look) -> int:
    return look.amount_minor if look.asset == HOUSE_ASSET else 0


_FLOOR = Words("高于（元）", "Above (¥)")
_COUNT = Words("第几笔起", "From the nth on")
_PERCENT = Words("百分比", "Per cent")
_PAYERS = Words("几个人起", "From so many people")
_SURE = Words("我们想确认是您本人", "We want to be sure that it is you")

CHECKS: dict[str, Check] = {
    check.code: check
    for check in (
        Check("new_device", new_device, Words("新设备上的大额", "A large sum on a new device"),
              Words("这台设备是新的，金额较大", "This device is new and the sum is large"), {"floor_minor": _FLOOR}),
        Check("drain", drain, Words("一天内转走大半", "More than its share leaves within a day"),
              Words("这会用掉您大部分的钱", "This would take most of your money"),
              {"percent": _PERCENT, "floor_minor": _FLOOR}),
        Check("new_payee", new_payee, Words("第一次付给这个人", "The first payment to this payee"),
              Words("您第一次付给对方", "You have not paid them before"), {"floor_minor": _FLOOR}, new_payee_only=True),
        Check("many_new_payees", many_new_payees, Words("一天内付给多个新对象", "Many new payees within a day"),
              Words("今天已付给好几个新对象", "Several new payees today already"),
              {"count": _COUNT, "floor_minor": _FLOOR}, new_payee_only=True),
        Check("unusual_amount", unusual_amount, Words("远高于平时的金额", "Far more than usual"),
              Words("金额比您平时高很多", "It is far more than you usually pay"),
              {"percent": _PERCENT, "floor_minor": _FLOOR,
               "after_payments": Words("至少有过几笔", "Once so many are known")}, new_payee_only=True),
        Check("velocity", velocity, Words("十分钟内很多笔", "Many payments within ten minutes"),
              Words("短时间内付了很多笔", "Many payments in a short time"), {"count": _COUNT}),
        Check("night", night, Words("深夜的大额新付款", "Large and new in the small hours"),
              Words("现在是深夜，金额较大", "It is late at night and the sum is large"), {"floor_minor": _FLOOR},
              new_payee_only=True),
        Check("stopped_before", stopped_before, Words("刚刚拦下过", "Something was stopped just before"),
              _SURE, {"count": _COUNT}),
        Check("pass_through", pass_through, Words("刚收到就转走", "Money that came in leaves at once"), _SURE,
              {"payers": _PAYERS, "percent": _PERCENT, "floor_minor": _FLOOR}, new_payee_only=True),
        Check("paying_on_call", paying_on_call, Words("通话中付给新对象", "A new payee, paid while on a call"),
              Words("有人正在和您通话。我们的人不会让您转账。请先挂断",
                    "Somebody is on the phone with you. We never ask you to send money. Hang up first"),
              {"floor_minor": _FLOOR}, answered_by_proof=False, new_payee_only=True),
        Check("collecting_payee", collecting_payee, Words("今天很多陌生人付给对方", "Many strangers paid them today"),
              Words("今天有很多陌生人付钱给对方，像是骗局", "Many strangers paid them today; it looks like a scam"),
              {"payers": _PAYERS, "floor_minor": _FLOOR}, answered_by_proof=False, new_payee_only=True),
        Check("payee_reported", payee_reported, Words("收款方被举报，在查", "The payee is under report"),
              Words("有人举报了对方，我们正在查", "Somebody reported them; we are looking into it"), {},
              answered_by_proof=False, by_hand_only=False),
        Check("known_fake", known_fake, Words("已知的假冒者", "Known to be false"),
              Words("对方是已知的骗子", "They are known to be false"), {},
              answered_by_proof=False, by_hand_only=False),
    )
}  # fmt: skip
