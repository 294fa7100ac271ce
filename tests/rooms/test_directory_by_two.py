"""The official directory changes by two persons, who both see what everybody would read; it is signed anew."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.trust import an_employee
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.official_contacts.public import PutEntry, contacts, editions, publish_change, signed_directory
from walletdesk.trust.official_contacts.rules.directory import Entry

pytestmark = pytest.mark.django_db
PAGE = "/desk/directory/"


def as_typed(entry: Entry, **other: str) -> dict[str, str]:
    plain = {name: getattr(entry, name) for name in ("key", "channel", "value", "shown", "topic")}
    names = {"name_zh": entry.name.zh, "name_en": entry.name.en, "note_zh": entry.note.zh, "note_en": entry.note.en}
    version = str(editions(1)[0].version)
    return {**plain, **names, "does": "entry", "version": version, "reason": "The number moves", **other}


def test_an_entry_changes_by_two_persons_and_is_signed_anew() -> None:
    editor, second = at_desk(an_employee("editor", "words")), at_desk(an_employee("supervisor", "floor"))
    old, signed, before = (
        next(one for one in contacts().entries if one.channel == "phone"),
        signed_directory(),
        editions(),
    )
    assert old.shown in text_of(editor.get(PAGE)) and "Hand to" in text_of(editor.get(PAGE, {"entry": old.key}))
    assert editor.post(PAGE, as_typed(old)).status_code == 422, "nothing would change"
    assert editor.post(PAGE, as_typed(old, value="call me")).status_code == 422
    assert editor.post(PAGE, as_typed(old, value="+864005550199", shown="400-555-0199")).status_code == 302
    assert editions() == before and signed_directory()["directory"]["version"] == signed["directory"]["version"]
    page, proposal = text_of(editor.get(PAGE)), open_proposal_for("directory", "directory")
    assert "400-555-0199" in page and old.shown in page and "Waiting for a second person" in page
    assert proposal is not None
    approve = reverse("desk-approve", args=[proposal.id])
    editor.post(approve, {"hash": proposal.payload_hash})
    assert editions() == before, "nobody approves their own"
    slip = text_of(second.get(reverse("desk-proposal", args=[proposal.id])))
    assert f"{old.shown} → 400-555-0199" in slip
    second.post(approve, {"hash": proposal.payload_hash})
    after = signed_directory()
    assert after["signature"] != signed["signature"] and after["directory"]["version"] == editions(1)[0].version
    assert "+864005550199" in {one["value"] for one in after["directory"]["entries"]}
    assert f"{old.shown} → 400-555-0199" in text_of(second.get(reverse("desk-proposal", args=[proposal.id])))
    shown = text_of(editor.get(PAGE))
    assert "The number moves" in shown and f"Edition {editions(1)[0].version} is in force" in shown


def test_hours_are_read_as_typed_and_an_older_edition_is_not_approved() -> None:
    editor, second = at_desk(an_employee("editor", "words")), at_desk(an_employee("supervisor", "floor"))
    topic, entry = contacts().topics[0], contacts().entries[0]
    days = {f"day_{day}": "9:30-12:00, 13:00–18:00" for day in range(9)}
    typed = {**days, "does": "hours", "code": topic.code, "version": str(editions(1)[0].version), "reason": "Lunch"}
    refused = editor.post(PAGE, {**typed, "day_3": "mornings"})
    assert refused.status_code == 422 and "mornings" in refused.content.decode()
    assert editor.post(PAGE, typed).status_code == 302
    proposal = open_proposal_for("directory", "directory")
    assert proposal is not None
    other = Entry(entry.key, entry.channel, entry.value, entry.shown + " x", entry.topic, entry.name, entry.note)
    publish_change([PutEntry(other)], "system:test", "Meanwhile")
    assert "Another edition stands" in text_of(editor.get(PAGE))
    second.post(reverse("desk-approve", args=[proposal.id]), {"hash": proposal.payload_hash})
    assert editions(1)[0].reason == "Meanwhile" and contacts().topics[0].hours == topic.hours
