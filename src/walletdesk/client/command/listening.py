"""A receiver of webhooks on this machine, for trying things out: verifies each, prints it, answers 204, or 401."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import msgspec

from walletdesk.client.errors import NotFromWalletdesk
from walletdesk.client.webhooks import check_webhook, read_webhook

LONGEST_BODY = 1_000_000


def listen(port: int, secret_file: Path, *, once: bool) -> int:
    """Until it is interrupted, or after the first good one. A repeat of an id is answered and not printed again."""
    secrets = secret_file.read_text().split()
    check_secrets(secrets)
    seen: set[str] = set()

    class Receiver(BaseHTTPRequestHandler):
        timeout = 10  # seconds of silence; one caller at a time

        def do_POST(self) -> None:
            size = self.headers.get("content-length", "")
            body = self.rfile.read(int(size)) if size.isdecimal() and int(size) <= LONGEST_BODY else b""
            try:
                event = read_webhook(body, dict(self.headers.items()), secrets)
            except NotFromWalletdesk as reason:
                print(f"refused: {reason}", file=sys.stderr, flush=True)
                self._answer(401)
                return
            if event.id not in seen:
                seen.add(event.id)
                print(msgspec.json.encode(event).decode(), flush=True)
            self._answer(204)

        def _answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", port), Receiver) as server:
        print(f"listening at http://127.0.0.1:{server.server_address[1]}/", file=sys.stderr, flush=True)
        while not (once and seen):
            server.handle_request()
    return 0


def check_secrets(secrets: list[str]) -> None:
    """Refuse at once what is no secret (``ValueError``), not with the first webhook."""
    try:
        check_webhook(b"", {"webhook-id": "-", "webhook-timestamp": "0", "webhook-signature": "-"}, secrets)
    except NotFromWalletdesk:
        return
