"""The world outside of a demo: processes that know nothing of us."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

from walletdesk.project.commands.installation import environment, python
from walletdesk.project.processes.child import Child
from walletdesk.project.processes.database import Database
from walletdesk.project.processes.open_port import free_port


def outside(where: Database, folder: Path) -> list[Child]:
    """A bank and a post office, each with storage of its own, on ports that nobody else has."""
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    bank, post, mail = free_port(), free_port(), free_port()
    variables = environment(
        where,
        folder,
        WALLETDESK_DEMO="1",
        WALLETDESK_BANK_URL=f"http://127.0.0.1:{bank}",
        WALLETDESK_SMS="sandbox",
        WALLETDESK_SMS_URL=f"http://127.0.0.1:{post}",
        WALLETDESK_SMS_RECEIPT_SECRET=(secret := token_hex(16)),
        SANDBOX_RECEIPT_SECRET=secret,
        WALLETDESK_SMTP=f"smtp://127.0.0.1:{mail}",
        WALLETDESK_DEMO_POST=f"http://localhost:{post}/",
    )
    of_bank = ["--port", str(bank), "--data", str(folder / "sandbox-bank.sqlite3")]
    of_post = ["--port", str(post), "--smtp-port", str(mail), "--data", str(folder / "sandbox-post.sqlite3")]
    return [
        Child("sandbox bank", python("walletdesk_sandbox.bank", *of_bank), variables, logs / "bank.log"),
        Child("sandbox post office", python("walletdesk_sandbox.sms", *of_post), variables, logs / "post.log"),
    ]
