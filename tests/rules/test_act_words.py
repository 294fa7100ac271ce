"""Each act that the house writes down has words: who reads what a colleague did reads no name of a verb."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from walletdesk.doors.agent_console.showing.acts import VERBS
from walletdesk.service.hotline.services.ask_call import LISTENING
from walletdesk.trust.risk.public import WARNING_MARKS

SOURCE = Path(__file__).resolve().parents[2] / "src/walletdesk"


def verbs_of(call: ast.Call) -> Iterator[str]:
    """The verb stands second; where it is chosen, both."""
    for node in ast.walk(call.args[1]) if len(call.args) > 1 else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_each_verb_that_is_written_down_has_words() -> None:
    written = {
        verb
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record_act", "write_down", "Done")
        for verb in verbs_of(node)
    }
    assert len(written) > 40
    composed = {f"{word}_{kind}" for word in ("mark", "unmark") for kind in WARNING_MARKS}
    composed |= {f"hotline_{wish}" for wish in LISTENING}
    assert {verb for verb in written | composed if verb.isidentifier() and not verb.endswith("_")} - set(VERBS) == set()
