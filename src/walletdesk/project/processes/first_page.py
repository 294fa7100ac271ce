"""Waits until the pages answer."""

from __future__ import annotations

import http.client
import time

from walletdesk.project.processes.child import Child
from walletdesk.project.processes.trouble import Trouble


def wait_for_page(host: str, port: int, child: Child, seconds: float = 60) -> None:
    """Return when ``/`` was answered without a server error. Raises Trouble with the child's last words."""
    deadline = time.monotonic() + seconds
    answer: object = "no answer"
    while time.monotonic() < deadline and child.alive:
        try:
            connection = http.client.HTTPConnection(host, port, timeout=20)
            connection.request("GET", "/", headers={"Host": "localhost"})
            answer = connection.getresponse().status
            connection.close()
        except OSError as not_yet:
            answer = not_yet
        else:
            if isinstance(answer, int) and answer < 500:
                return
            break
        time.sleep(0.1)
    raise Trouble(f"The first page did not come ({answer}).\n{child.last_words(30)}")
