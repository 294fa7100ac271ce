"""Text messages and mail of a story: the practice post office, and the code in what came last."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from tests.contracts.practice_post import PostOffice, post_office

PATIENCE = 30.0


def digits_in(text: str) -> str:
    """The six digits of a code."""
    found = re.search(r"(?<!\d)\d{6}(?!\d)", text)
    assert found, text
    return found[0]


def code_in_a_file(folder: Path, receiver: str) -> str:
    """The code in the latest mail to ``receiver``, where the product writes its mail into files."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for file in sorted(folder.glob("*.log"), reverse=True):
            mail = message_from_bytes(file.read_bytes().rsplit(b"\n-----", 1)[0], policy=policy.default)
            body = mail.get_body(("plain",))
            if receiver in str(mail["To"]) and body and (code := re.search(r"(?<!\d)\d{6}(?!\d)", body.get_content())):
                return code[0]
        time.sleep(0.1)
    raise AssertionError(f"no code came for {receiver}")


@dataclass(frozen=True)
class Texts:
    office: PostOffice

    @property
    def url(self) -> str:
        return self.office.url

    @property
    def smtp(self) -> str:
        return self.office.smtp

    def code_for(self, receiver: str) -> str:
        """The code in the latest message with one, waited for: the worker brings it. Each is read once."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for item in self.office.received(receiver):
                code = re.search(r"(?<!\d)\d{6}(?!\d)", item["words"])
                if code and (item["id"], code[0]) not in _read:
                    _read.add((item["id"], code[0]))
                    return code[0]
            time.sleep(0.1)
        raise AssertionError(f"no code came for {receiver}: {self.office.received(receiver)}")

    def subjects_for(self, receiver: str) -> list[str]:
        return [item["subject"] or item["words"] for item in self.office.received(receiver)]


_read: set[tuple[str, str]] = set()


@contextmanager
def texts(folder: Path) -> Iterator[Texts]:
    with post_office(folder) as office:
        yield Texts(office)
