"""Where carriers call back. No person comes here: what is signed is taken, everything else is refused and changes nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from walletdesk.foundation.errors import Refusal
from walletdesk.service.notifications.public import note_receipt

LONGEST = 4_096


@csrf_exempt  # what is asked for is a signature over the body, which no browser of somebody else can make
@require_POST
def sms_receipt(request: HttpRequest) -> HttpResponse:
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        return JsonResponse({"code": "too_large"}, status=413)
    try:
        note_receipt(request.headers.get("X-Post-Signature", ""), _body(request))
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code}, status=refusal.status)
    return HttpResponse(status=204)


def _body(request: HttpRequest) -> bytes:
    """A form in parts was read before us; no carrier sends one, so it is as good as unsigned."""
    try:
        return request.body
    except RawPostDataException:
        return b""
