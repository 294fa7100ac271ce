"""Start the practice post office: ``python -m walletdesk_sandbox.sms --port 8022 --smtp-port 8025 --data post.sqlite3``.

With ``SANDBOX_RECEIPT_SECRET`` it tells senders what became of a text (``receipts.py``).
It ends on TERM or INT, within a second, whoever is still waiting for an answer.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server

from walletdesk_sandbox.sms.app import post_app
from walletdesk_sandbox.sms.box import Box
from walletdesk_sandbox.sms.mailbox import smtp_for
from walletdesk_sandbox.sms.receipts import Receipts

LAST_WORDS = 1.0


async def _serve(host: str, port: int, smtp_port: int, data: Path, secret: str) -> None:
    box = Box(data)
    loop = asyncio.get_running_loop()
    mail = await loop.create_server(lambda: smtp_for(box), host, smtp_port)
    app = post_app(box, hosts=(host,), receipts=Receipts(secret))
    server = Server(app, host, port, interface=Interfaces.ASGI, log_enabled=False)
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ending.set)
    serving = asyncio.ensure_future(server.serve())
    print(f"sandbox post office at http://{host}:{port}, mail at {smtp_port}, kept in {data}", flush=True)
    await asyncio.wait({serving, asyncio.ensure_future(ending.wait())}, return_when=asyncio.FIRST_COMPLETED)
    mail.close()
    if not serving.done():
        server.stop()
        await asyncio.wait({serving}, timeout=LAST_WORDS)


def main() -> None:
    words = argparse.ArgumentParser(prog="walletdesk_sandbox.sms", description=__doc__)
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, default=8022)
    words.add_argument("--smtp-port", type=int, default=8025)
    words.add_argument("--data", type=Path, default=Path("post.sqlite3"))
    chosen = words.parse_args()
    secret = os.environ.get("SANDBOX_RECEIPT_SECRET", "")
    asyncio.run(_serve(chosen.host, chosen.port, chosen.smtp_port, chosen.data, secret))
    # A caller who never got an answer must not keep the process alive: what came is already on disk.
    os._exit(0)


if __name__ == "__main__":
    main()
