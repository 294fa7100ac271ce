"""Registration with the trunk: kept fresh, retried with patience, and told of when it is lost or found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sippy.SipAddress import SipAddress
from sippy.SipCallId import SipCallId
from sippy.SipContact import SipContact
from sippy.SipFrom import SipFrom
from sippy.SipHeader import SipHeader
from sippy.SipRequest import SipRequest
from sippy.SipTo import SipTo
from sippy.SipURL import SipURL
from sippy.Time.Timeout import Timeout

from walletdesk.adapters.telephony.sip.settings import Trunk
from walletdesk.adapters.telephony.sip.words import TrunkDown, TrunkUp

if TYPE_CHECKING:
    from walletdesk.adapters.telephony.sip.inside.endpoint import Endpoint

FIRST_PATIENCE, LONGEST_PATIENCE = 1.0, 60.0
LONGEST_EXPIRES = 86_400
CHALLENGES = {401: ("www-authenticate", "authorization"), 407: ("proxy-authenticate", "proxy-authorization")}


class Registration:
    """Down is told when what was granted has run out, or was never granted; not at the first lost answer."""

    def __init__(self, endpoint: Endpoint, trunk: Trunk, address: tuple[str, int]) -> None:
        self._endpoint, self._trunk, self._address = endpoint, trunk, address
        self._expires = trunk.expires
        self._cseq = 0
        self._call_id = SipCallId()
        self._from = SipFrom(address=SipAddress(url=self._own_url()))
        self._from.genTag()
        self._proofs = 0
        self._prolonged = False
        self._patience = FIRST_PATIENCE
        self._timer: Any = None
        self._lapse: Any = None
        self._why = "no answer"
        self._over = False
        self.up: bool | None = None

    def begin(self) -> None:
        self._proofs, self._prolonged = 0, False
        self._send()

    def end(self) -> None:
        """Unregister as well as one goodbye can; nobody waits for its answer."""
        self._over = True
        for timer in (self._timer, self._lapse):
            if timer:
                timer.cancel()
        if self.up:
            self._expires = 0
            self.begin()

    def _own_url(self) -> Any:
        return SipURL(username=self._trunk.user, host=self._trunk.realm)

    def _send(self, *authorised: Any) -> None:
        self._cseq += 1
        contact = SipContact(address=SipAddress(url=self._endpoint.contact_url(self._trunk.user)))
        contact.address.setParam("expires", str(self._expires))
        request = SipRequest(
            method="REGISTER",
            ruri=SipURL(host=self._trunk.realm),
            fr0m=self._from.getCopy(),
            to=SipTo(address=SipAddress(url=self._own_url())),
            callid=self._call_id.getCopy(),
            cseq=self._cseq,
            contact=contact,
            target=(self._address, "udp"),
        )
        request.appendHeaders(authorised)
        self._endpoint.transactions.newTransaction(request, self._answered)

    def _answered(self, response: Any) -> None:
        status, reason = response.getSCode()
        if status < 200:
            return
        if 200 <= status < 300:
            self._granted(response)
        elif status in CHALLENGES and self._proofs < 2:
            self._prove(response, *CHALLENGES[status])
        elif status == 423 and not self._prolonged and self._longer(response):
            self._proofs, self._prolonged = 0, True
            self._send()
        else:
            self._failed(f"{status} {reason}")

    def _prove(self, response: Any, asked: str, answered: str) -> None:
        """The second time only when the nonce was merely stale: a wrong password is not tried twice."""
        self._proofs += 1
        for challenge in response.getHFBodys(asked):
            supported, qop = challenge.supportedAlgorithm()
            stale = any(name == "stale" and value.lower() == "true" for name, value in challenge.otherparams)
            if supported and (self._proofs == 1 or stale):
                uri = str(SipURL(host=self._trunk.realm))
                proof = challenge.genAuthHF(self._trunk.user, self._trunk.password, "REGISTER", uri, qop=qop)
                self._send(SipHeader(name=answered, body=proof))
                return
        self._failed(f"{response.getSCode()[0]} not believed")

    def _longer(self, response: Any) -> bool:
        """423: what they want at least, if that is sane."""
        try:
            least = int(str(response.getHFBody("min-expires")))
        except (IndexError, ValueError):
            return False
        if not self._expires < least <= LONGEST_EXPIRES:
            return False
        self._expires = least
        return True

    def _granted(self, response: Any) -> None:
        if self._over:
            return
        seconds = self._granted_seconds(response)
        if seconds <= 0:
            self._failed("nothing granted")
            return
        if self._lapse:
            self._lapse.cancel()
        self._lapse = Timeout(self._lapsed, seconds)
        self._patience, self._why = FIRST_PATIENCE, "no answer"
        self._again(seconds * 0.8)
        if not self.up:
            self.up = True
            self._endpoint.tell(TrunkUp())

    def _granted_seconds(self, response: Any) -> int:
        ours = str(self._endpoint.contact_url(self._trunk.user))
        try:
            for contact in response.getHFBodys("contact"):
                told = contact.address.getParam("expires")
                if told is not None and (response.countHFs("contact") == 1 or str(contact.getUrl()) == ours):
                    return min(int(told), self._expires)
            if response.countHFs("expires"):
                return min(int(response.getHFBody("expires").getNum()), self._expires)
        except ValueError:
            return 0
        return self._expires

    def _failed(self, reason: str) -> None:
        if self._over:
            return
        self._again(self._patience)
        self._patience = min(self._patience * 2, LONGEST_PATIENCE)
        self._why = reason
        if self.up is None:
            self.up = False
            self._endpoint.tell(TrunkDown(reason))

    def _lapsed(self) -> None:
        """What was granted has run out: nobody finds us there any more."""
        if self.up and not self._over:
            self.up = False
            self._endpoint.tell(TrunkDown(self._why))

    def _again(self, seconds: float) -> None:
        self._timer = Timeout(self.begin, seconds)
