"""The page before the page of payment: a payee on whom a warning stands is shown as such, with the choice to stop.

Asked when the sheet is drawn and never while a payment is made: what must be stopped is stopped by the rules of risk.
"""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.risk.public import payee_warning

SURE = "sure"
_SAID: dict[str, tuple[Words, Words]] = {
    "in_review": (
        Words("有人对收款方起了疑心，我们正在核对", "Somebody has doubts about this payee; we are checking"),
        Words(
            "还没有结论。不认识对方，就先别付。", "Nothing is settled yet. If you do not know them, do not pay for now."
        ),
    ),
    "warned": (
        Words("有人说，付给对方后受骗了", "Others say they were cheated after paying them"),
        Words("我们看过这些举报，觉得您应该知道。", "We have read these reports and think you should know."),
    ),
    "reported": (
        Words("对方被举报，我们正在查", "They were reported, and we are looking into it"),
        Words("查清之前，这笔付款可能会被拦下。", "Until that is done this payment may be stopped."),
    ),
    "fake": (
        Words("对方是已知的假冒者", "They are known to be false"),
        Words("请不要付。", "Please do not pay them."),
    ),
}


def warned_first(
    request: HttpRequest, payee_id: UUID, name: object, back: str, report: dict[str, str]
) -> HttpResponse | None:
    """The warning, once for each visit; None when nothing stands on this payee, or the payer has read it (``?sure=1``)."""
    kind = payee_warning(payee_id)
    if not kind or is_sure(request):
        return None
    what, more = _SAID[kind]
    onward = request.GET.copy()
    onward[SURE] = "1"
    fields = {
        "what": what,
        "more": more,
        "name": name,
        "onward": f"{request.path}?{onward.urlencode()}" if kind != "fake" else "",
        "back": back,
        "report": f"/wallet/report/?{urlencode(report)}",
    }
    return render(request, "customer_web/payee_warning.html", fields)


def is_sure(request: HttpRequest) -> bool:
    """The payer has read the warning and goes on."""
    return (request.POST if request.method == "POST" else request.GET).get(SURE) == "1"
