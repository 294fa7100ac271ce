"""Start the practice push service: ``python -m walletdesk_sandbox.push --port 8023``. It ends on TERM or INT."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal

from granian.constants import Interfaces
from granian.server.embed import Server

from walletdesk_sandbox.push.app import push_app

LAST_WORDS = 1.0


async def _serve(host: str, port: int) -> None:
    origin = f"http://{host}:{port}"
    server = Server(push_app(origin), host, port, interface=Interfaces.ASGI, log_enabled=False)
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    serving = asyncio.ensure_future(server.serve())
    print(f"sandbox push service at {origin}", flush=True)
    await asyncio.wait({serving, asyncio.ensure_future(ending.wait())}, return_when=asyncio.FIRST_COMPLETED)
    if not serving.done():
        server.stop()
        await asyncio.wait({serving}, timeout=LAST_WORDS)


def main() -> None:
    words = argparse.ArgumentParser(prog="walletdesk_sandbox.push", description=__doc__)
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, default=8023)
    chosen = words.parse_args()
    asyncio.run(_serve(chosen.host, chosen.port))
    os._exit(0)


if __name__ == "__main__":
    main()
