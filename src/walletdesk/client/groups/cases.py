"""Cases: asking the desk, and following what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.client.answers import Case, CaseWithMessages, Message
from walletdesk.client.calls import Call, Page, describe, describe_upload, usable_key
from walletdesk.client.verbs import Group, Way, listing, verb

ONE = "/cases/{reference}"


class Cases(Group[Way]):
    """Cases: asking the desk, and following what becomes of it."""

    @verb
    def open(self, kind: str, text: str, *, payment_ids: Sequence[str] = (), key: str | None = None) -> Call[Case]:
        """Open one; it has a reference and a promised time at once. ``kind`` is duplicate_charge, payment_problem, not_mine,
        refund_request, record_wrong or question. A shop's case is about payments of its own.
        """
        body = {"kind": kind, "text": text, "payment_ids": list(payment_ids)}
        return describe("POST", "/cases", Case, body=body, key=usable_key(key))

    @listing
    def list(self, *, limit: int | None = None, cursor: str | None = None) -> Call[Page[Case]]:
        """Cases that concern you, newest first."""
        return describe("GET", "/cases", Page[Case], query={"limit": limit, "cursor": cursor})

    @verb
    def get(self, reference: str) -> Call[CaseWithMessages]:
        """One case with your own thread of it."""
        return describe("GET", ONE, CaseWithMessages, into={"reference": reference})

    @verb
    def say(self, reference: str, text: str, *, key: str | None = None) -> Call[Message]:
        """Write to the desk."""
        into = {"reference": reference}
        return describe("POST", f"{ONE}/messages", Message, into=into, body={"text": text}, key=usable_key(key))

    @verb
    def attach(self, reference: str, file: bytes, *, file_name: str, key: str | None = None) -> Call[Message]:
        """Hand in a file: a picture, a PDF, a log."""
        into, query = {"reference": reference}, {"file_name": file_name}
        return describe_upload(f"{ONE}/attachments", Message, file, into=into, query=query, key=usable_key(key))
