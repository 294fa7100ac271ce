"""Twilio's Messages resource (REST interface 2010-04-01): HTTP Basic with the account's id and token, forms in, JSON out.

    201                          taken         ``sid`` is its number
    429, or 503 with code 20503  for_now       too many requests; service unavailable, nothing queued
    other 4xx                    for_good      ``code`` is Twilio's error number (21211: not a phone number)
    other 5xx, silence           answer_lost   Twilio has no key that would make a repetition harmless

There is no idempotency key in this interface, so nothing is repeated that may have gone out.
"""

from __future__ import annotations

from datetime import datetime

from walletdesk.adapters.sms.exchange import LOST, Line, Spoken
from walletdesk.service.notifications.ports import Answer, SmsSent, SmsText, Whereabouts

WHEREABOUTS: dict[str, Whereabouts] = {
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "lost",
    "failed": "lost",
    "canceled": "lost",
}
UNAVAILABLE = 20503


class TwilioStyleSms:
    """An ``SmsProvider``. ``sender`` is a number in E.164 or the id of a messaging service (``MG…``)."""

    def __init__(self, account: str, token: str, sender: str, base_url: str, deadline: float = 8.0) -> None:
        self._messages = f"/2010-04-01/Accounts/{account}/Messages"
        self._auth = (account, token)
        self._sender = {"MessagingServiceSid" if sender.startswith("MG") else "From": sender}
        self._line = Line(base_url, deadline)

    def send(self, message: SmsText) -> Answer:
        form = {"To": message.to, "Body": message.text, **self._sender}
        said = self._line.say("POST", f"{self._messages}.json", data=form, auth=self._auth)
        return said if isinstance(said, Answer) else _meaning(said)

    def whereabouts(self, sent: SmsSent) -> Whereabouts:
        said = self._line.say("GET", f"{self._messages}/{sent.provider_reference}.json", auth=self._auth)
        if isinstance(said, Answer) or said.status != 200:
            return "on_its_way"
        return WHEREABOUTS.get(str(said.body.get("status")), "on_its_way")

    def receipt(self, signature: str, body: bytes, at: datetime) -> None:
        """They are asked instead: how they sign a call back was never tried against them."""

    def close(self) -> None:
        self._line.close()


def _meaning(said: Spoken) -> Answer:
    code = str(said.body.get("code", said.status))
    if said.status in (200, 201) and said.body.get("sid"):
        return Answer("taken", "", str(said.body["sid"]))
    if said.status == 429 or (said.status == 503 and said.body.get("code") == UNAVAILABLE):
        return Answer("for_now", code)
    return Answer("for_good", code) if 400 <= said.status < 500 else LOST
