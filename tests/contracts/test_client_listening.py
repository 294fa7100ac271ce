"""``walletdesk-client listen``: a good webhook is printed once, a bad one is refused, and a file without a secret is said so."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from walletdesk.client.command.run import main

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"id":"01a4","type":"order.created","occurred_at":"2026-11-22T08:00:00Z","mode":"test","object":{}}'


def signed(secret: str = SECRET) -> dict[str, str]:
    moment = datetime.now(UTC)
    return {
        "webhook-id": "01a4",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign("01a4", moment, BODY),
    }


def test_what_arrives_is_verified_and_printed(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    secrets.write_text(f"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD\n{SECRET}\n")
    line = [sys.executable, "-m", "walletdesk.client", "listen", "--port", "0", "--secret-file", str(secrets), "--once"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as listener:
        assert listener.stdout is not None and listener.stderr is not None
        address = listener.stderr.readline().rpartition(" ")[2].strip()
        assert httpx.post(address, content=BODY).status_code == 401
        assert httpx.post(address, content=BODY + " ", headers=signed()).status_code == 401
        assert httpx.post(address, content=BODY, headers=signed()).status_code == 204
        said, told = listener.communicate(timeout=20)
    assert listener.returncode == 0
    assert json.loads(said)["type"] == "order.created"
    assert told.count("refused") == 2


@pytest.mark.parametrize("content", ["", "not a secret"])
def test_a_file_without_a_secret_is_said_at_once(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = tmp_path / "secrets"
    secrets.write_text(content)
    assert main(["listen", "--secret-file", str(secrets)]) == 2
    assert "secret" in capsys.readouterr().err
