"""The import law is a build failure: one wrong import per contract is planted in a copy of the tree, and each is caught."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLANTED = [
    # contract, where the wrong import is planted, the wrong import
    ("wings", "walletdesk/trust/customers/planted.py", "from walletdesk.money.ledger import public"),
    ("service-tiers", "walletdesk/service/notifications/planted.py", "from walletdesk.service.cases import public"),
    ("money-tiers", "walletdesk/money/wallets/planted.py", "from walletdesk.money.payments import public"),
    ("trust-tiers", "walletdesk/trust/risk/planted.py", "from walletdesk.trust.customers import public"),
    ("doors", "walletdesk/doors/customer_web/planted.py", "from walletdesk.doors.merchant_web import urls"),
    ("front-door", "walletdesk/service/cases/planted.py", "from walletdesk.money.ledger import models"),
    ("pure-rules", "walletdesk/money/refunds/rules.py", "import random"),
    ("client", "walletdesk/client/planted.py", "from walletdesk.foundation.amount import public"),
    ("sandbox", "walletdesk_sandbox/planted.py", "import walletdesk"),
]


def lint(source: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    named = [word for contract in contracts for word in ("--contract", contract)]
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", *named],
        cwd=source.parent,
        env=os.environ | {"PYTHONPATH": f"{source}{os.pathsep}{source.parent}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    """The sources, the law and its configuration, to plant something in."""
    for folder in ("src", "law"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path / "src"


def test_the_house_as_it_stands_keeps_the_law() -> None:
    kept = lint(ROOT / "src")
    assert kept.returncode == 0, kept.stdout + kept.stderr


@pytest.mark.parametrize(("contract", "place", "wrong_import"), PLANTED, ids=[row[0] for row in PLANTED])
def test_a_wrong_import_is_caught(copied_tree: Path, contract: str, place: str, wrong_import: str) -> None:
    with (copied_tree / place).open("a", encoding="utf-8") as module:
        module.write(f"\n{wrong_import}  # planted\n")
    caught = lint(copied_tree, contract)
    assert caught.returncode != 0
    assert "0 kept, 1 broken" in caught.stdout, caught.stdout + caught.stderr


def test_the_front_door_says_what_to_do_instead(copied_tree: Path) -> None:
    planted = copied_tree / "walletdesk/service/cases/planted.py"
    planted.write_text("from walletdesk.money.ledger import models\n", encoding="utf-8")
    assert "Instead: import it from walletdesk.money.ledger.public" in lint(copied_tree, "front-door").stdout
