"""Start the practice bank: ``python -m walletdesk_sandbox.bank --port 8021 --data bank.sqlite3 --seed 1``.

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

from walletdesk_sandbox.bank.app import bank_app

LAST_WORDS = 1.0


async def _serve(host: str, port: int, data: Path, seed: int) -> None:
    server = Server(bank_app(data, seed), host, port, interface=Interfaces.ASGI, log_enabled=False)
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    serving = asyncio.ensure_future(server.serve())
    print(f"sandbox bank at http://{host}:{port}, books in {data}", flush=True)
    await asyncio.wait({serving, asyncio.ensure_future(ending.wait())}, return_when=asyncio.FIRST_COMPLETED)
    if not serving.done():
        server.stop()
        await asyncio.wait({serving}, timeout=LAST_WORDS)


def main() -> None:
    words = argparse.ArgumentParser(prog="walletdesk_sandbox.bank", description=__doc__)
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, default=8021)
    words.add_argument("--data", type=Path, default=Path("bank.sqlite3"))
    words.add_argument("--seed", type=int, default=1)
    chosen = words.parse_args()
    asyncio.run(_serve(chosen.host, chosen.port, chosen.data, chosen.seed))
    # A caller who never got an answer must not keep the process alive: the books are already on disk.
    os._exit(0)


if __name__ == "__main__":
    main()
