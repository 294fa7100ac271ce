"""The practice provider over HTTP (``walletdesk_sandbox.sms``).

What the wire says and what it means::

    could not connect                  not_reached
    201 {"taken": true, "id": …}       taken
    409 {"taken": false}               taken          this reference is known: it was taken the first time
    422 {"taken": false, "error": …}   for_good
    429, 503 {"taken": false}          for_now
    anything else, or silence          answer_lost

What became of a text they tell by themselves (``walletdesk_sandbox.sms.receipts``), signed with a secret that both know, to
``report_to``; and when asked.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from datetime import datetime

from walletdesk.adapters.sms.exchange import LOST, Line, Spoken
from walletdesk.service.notifications.ports import Answer, SmsReceipt, SmsSent, SmsText, Whereabouts

FRESH_SECONDS = 300
_SIGNED = re.compile(r"t=(?P<at>\d{1,12}),v1=(?P<sum>[0-9a-f]{64})", re.ASCII)
WHEREABOUTS: dict[str, Whereabouts] = {"delivered": "delivered", "lost": "lost"}


class SandboxSms:
    """An ``SmsProvider``. ``deadline`` is in seconds, over the whole exchange. Without a secret nothing that calls back is
    believed.
    """

    def __init__(self, base_url: str, deadline: float = 8.0, report_to: str = "", receipt_secret: str = "") -> None:
        self._line = Line(base_url, deadline)
        self._report_to, self._secret = report_to, receipt_secret.encode()

    def send(self, message: SmsText) -> Answer:
        said = self._line.say(
            "POST",
            "/texts",
            json={
                "reference": message.reference,
                "to": message.to,
                "text": message.text,
                "report_to": self._report_to,
            },
        )
        if isinstance(said, Answer):
            return said
        if said.status == 201 and said.body.get("taken") is True:
            return Answer("taken", "", str(said.body.get("id", "")))
        if said.body.get("taken") is False:
            return _refused(said)
        return LOST

    def whereabouts(self, sent: SmsSent) -> Whereabouts:
        said = self._line.say("GET", f"/texts/{sent.provider_reference}")
        if isinstance(said, Answer) or said.status != 200:
            return "on_its_way"
        return WHEREABOUTS.get(str(said.body.get("state")), "on_its_way")

    def receipt(self, signature: str, body: bytes, at: datetime) -> SmsReceipt | None:
        told = _SIGNED.fullmatch(signature)
        if told is None or not self._secret or abs(at.timestamp() - int(told["at"])) > FRESH_SECONDS:
            return None
        made = hmac.new(self._secret, told["at"].encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(made, told["sum"]):
            return None
        try:
            said = json.loads(body)
        except ValueError:
            return None
        if not isinstance(said, dict) or said.get("state") not in ("delivered", "lost"):
            return None
        return SmsReceipt(str(said.get("reference", "")), said["state"], str(said.get("code") or "")[:80])

    def close(self) -> None:
        self._line.close()


def _refused(said: Spoken) -> Answer:
    code = str(said.body.get("error", ""))[:80]
    if said.status == 409:
        return Answer("taken", code, str(said.body.get("id", "")))
    return Answer("for_now" if said.status in (429, 503) else "for_good", code)
