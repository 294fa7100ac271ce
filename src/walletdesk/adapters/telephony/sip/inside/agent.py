"""sippy's user agent, with its generosity taken back.

re-INVITE          answered at once by us; without a body it gets our offer, not a hold
a second one       491 while the first is not acknowledged
INFO               digits, or 415
REFER              never obeyed (the porter refuses it; here it has no handler at all)
an unknown method  481 instead of silence
a stale nonce      one more try
"""

from __future__ import annotations

import time
from typing import Any, Protocol

from sippy.CCEvents import CCEventFail
from sippy.MsgBody import MsgBody
from sippy.SipHeader import SipHeader
from sippy.Time.Timeout import Timeout
from sippy.UA import UA
from sippy.UacStateRinging import UacStateRinging
from sippy.UacStateTrying import UacStateTrying
from sippy.UaStateConnected import UaStateConnected

from walletdesk.adapters.telephony.sip.keypad import Key, read_key
from walletdesk.adapters.telephony.sip.session import NotAcceptable

ACK_SECONDS = 32.0
SDP = "application/sdp"


class Hearer(Protocol):
    """The call that an agent serves."""

    def event(self, event: Any, agent: Any) -> None: ...
    def redescribed(self, body: str | None) -> str: ...
    def acknowledged(self, body: str | None) -> None: ...
    def key(self, key: Key) -> None: ...


def text_of(body: Any) -> str | None:
    """sippy wraps bodies; an empty one is none."""
    return str(body) if body is not None else None


def fields(*lines: str) -> tuple[Any, ...]:
    return tuple(SipHeader(line) for line in lines)


class Connected(UaStateConnected):
    def _invite(self, request: Any) -> None:
        agent, body = self.ua, request.getBody()
        if time.monotonic() < agent.unacknowledged_until:
            request.sendResponse(491, "Request Pending")
            return
        agent.uasResp = request.genResponse(200, "OK")
        if body is not None and body.getType() != SDP:
            agent.sendUasResponse(415, "Unsupported Media Type", extra_headers=fields(f"Accept: {SDP}"))
            return
        try:
            answer = agent.call.redescribed(text_of(body))
        except NotAcceptable as problem:
            reason = "Bad Request" if problem.status == 400 else "Not Acceptable Here"
            agent.sendUasResponse(problem.status, reason)
            return
        agent.unacknowledged_until = time.monotonic() + ACK_SECONDS
        agent.sendUasResponse(200, "OK", MsgBody(answer), (agent.lContact,), ack_wait=True)

    def _info(self, request: Any) -> None:
        body = request.getBody()
        key = read_key(body.getType(), str(body)) if body is not None else None
        if body is not None and key is None:
            request.sendResponse(415, "Unsupported Media Type")
            return
        request.sendResponse(200, "OK")
        if key:
            self.ua.call.key(key)

    recv_request_handlers = {
        "INVITE": _invite,
        "INFO": _info,
        "BYE": UaStateConnected._recvRequestBye,
        "OPTIONS": UaStateConnected._recvRequestOptions,
    }

    def recvACK(self, request: Any) -> None:  # noqa: N802 — sippy's name
        self.ua.unacknowledged_until = 0.0
        self.ua.call.acknowledged(text_of(request.getBody()))


class CallAgent(UA):
    UaStateConnected = Connected

    def __init__(self, config: dict[str, Any], call: Hearer, **more: Any) -> None:
        super().__init__(config, call.event, **more)
        self.call = call
        self.unacknowledged_until = 0.0
        self._proved_again = False

    def recvRequest(self, request: Any, transaction: Any) -> Any:  # noqa: N802 — sippy's name
        verdict = super().recvRequest(request, transaction)
        if verdict is None and transaction.data is None:
            request.sendResponse(481, "Call Does Not Exist")
        return verdict

    def processChallenge(self, response: Any, cseq: int, challenge_name: str, answer_name: str, extra: Any) -> bool:  # noqa: N802
        """Answered a moment later: sippy would send the new INVITE ahead of the ACK that ends the old one."""
        if self.username is None or self.reqs[cseq].countHFs(answer_name):
            stale = any(
                ("stale", "true") in [(name, value.lower()) for name, value in one.otherparams]
                for one in response.getHFBodys(challenge_name)
            )
            if self.username is None or not stale or self._proved_again:
                return False
            self._proved_again = True
            self.reqs[cseq].delHFs(answer_name)
        Timeout(self._prove, 0.0, 1, response, cseq, challenge_name, answer_name, extra)
        return True

    def _prove(self, *challenge: Any) -> None:
        if not isinstance(self.state, UacStateTrying | UacStateRinging):
            return  # given up meanwhile
        if not super().processChallenge(*challenge):
            self.call.event(CCEventFail((401, "A challenge that we cannot answer")), self)
