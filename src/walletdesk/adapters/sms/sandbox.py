"""The practice provider over HTTP (``walletdesk_sandbox.sms``).

What the wire says and what it means::

    could not connect                  not_reached
    201 {"taken": true, "id": …}       taken
    409 {"taken": false}               taken          this reference is known: it was taken the first time
    422 {"taken": false, "error": …}   for_good
    429, 503 {"taken": false}          for_now
    anything else, or silence          answer_lost
"""

from __future__ import annotations

from walletdesk.adapters.sms.exchange import LOST, Line, Spoken
from walletdesk.service.notifications.ports import Answer, SmsSent, SmsText, Whereabouts

WHEREABOUTS: dict[str, Whereabouts] = {"delivered": "delivered", "lost": "lost"}


class SandboxSms:
    """An ``SmsProvider``. ``deadline`` is in seconds, over the whole exchange."""

    def __init__(self, base_url: str, deadline: float = 8.0) -> None:
        self._line = Line(base_url, deadline)

    def send(self, message: SmsText) -> Answer:
        said = self._line.say(
            "POST", "/texts", json={"reference": message.reference, "to": message.to, "text": message.text}
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

    def close(self) -> None:
        self._line.close()


def _refused(said: Spoken) -> Answer:
    code = str(said.body.get("error", ""))[:80]
    if said.status == 409:
        return Answer("taken", code, str(said.body.get("id", "")))
    return Answer("for_now" if said.status in (429, 503) else "for_good", code)
