"""The practice bank over HTTP (``walletdesk_sandbox.bank``), with one deadline over each exchange.

What the wire says and what it means::

    could not connect                          unavailable    nothing was sent
    503 {"done": false} to a pull              unavailable    the bank says that it took nothing
    200, 201 {"outcome": "accepted", …}        accepted
    200, 201 {"outcome": "declined", …}        declined
    409, 422 {"done": false}                   declined       a request that it will never do
    404 to a question                          absent
    anything else, or silence                  unknown
"""

from __future__ import annotations

import json
import time
from typing import Any

import httpx

from walletdesk.foundation.amount.public import Amount
from walletdesk.money.payments.public import BankAnswer

LONGEST_ANSWER = 64 * 1024
UNKNOWN = BankAnswer("unknown")


class SandboxBank:
    """A ``BankGateway``. ``deadline`` is in seconds and holds from the first byte sent to the last one read."""

    def __init__(self, base_url: str, deadline: float = 8.0) -> None:
        self._deadline = deadline
        # The bank is named by its address: a proxy from the environment would stand between us and the truth.
        self._client = httpx.Client(base_url=base_url, trust_env=False, timeout=httpx.Timeout(deadline, connect=2.0))

    def pull(self, reference: str, amount: Amount) -> BankAnswer:
        wish = {"reference": reference, "amount_minor": amount.minor, "asset": amount.asset.code}
        return self._exchange("POST", "/pulls", wish, asked_to_do=True)

    def ask(self, reference: str) -> BankAnswer:
        return self._exchange("GET", f"/pulls/{reference}")

    def void(self, reference: str) -> BankAnswer:
        return self._exchange("POST", f"/pulls/{reference}/void", {})

    def close(self) -> None:
        self._client.close()

    def _exchange(
        self, method: str, path: str, wish: dict[str, Any] | None = None, *, asked_to_do: bool = False
    ) -> BankAnswer:
        try:
            status, body = self._send(method, path, wish)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return BankAnswer("unavailable", "no_connection") if asked_to_do else UNKNOWN
        except (httpx.HTTPError, ValueError, TimeoutError):
            return UNKNOWN
        return _meaning(status, body, asked_to_do=asked_to_do)

    def _send(self, method: str, path: str, wish: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        """The status and the JSON object answered; raises ``TimeoutError`` past the deadline, ``ValueError`` on noise."""
        ends = time.monotonic() + self._deadline
        with self._client.stream(method, path, json=wish) as answer:
            read = bytearray()
            for part in answer.iter_bytes():
                read += part
                if time.monotonic() > ends:
                    raise TimeoutError
                if len(read) > LONGEST_ANSWER:
                    raise ValueError("an answer without end")
            body = json.loads(bytes(read))
        if not isinstance(body, dict):
            raise ValueError("not an object")
        return answer.status_code, body


def _meaning(status: int, body: dict[str, Any], *, asked_to_do: bool) -> BankAnswer:
    outcome = body.get("outcome")
    if status in (200, 201) and outcome in ("accepted", "declined"):
        return BankAnswer(outcome, str(body.get("code", ""))[:64], str(body.get("bank_reference", ""))[:64])
    if status == 404 and not asked_to_do and body.get("error") == "never_heard_of":
        return BankAnswer("absent")
    if asked_to_do and body.get("done") is False:
        if status == 503:
            return BankAnswer("unavailable", str(body.get("error", ""))[:64])
        if status in (409, 422):
            return BankAnswer("declined", str(body.get("error", ""))[:64])
    return UNKNOWN
