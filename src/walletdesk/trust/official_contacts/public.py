"""The front door of the official directory.

    contacts() -> Directory                     entries, topics, dated days, for pages
    directory() -> dict                         the document of the edition in force
    signed_directory() -> dict                  document, signature, key_id: served under /.well-known/
    public_key(), key_id()                      base64; sixteen hex digits
    verifier_script() -> bytes                  verify_contacts.py, for download
    open_now(topic, at=None, standing=None) -> OpenState       open, opens_at, closes_at; TopicNotFound
    open_states(at=None) -> {topic: OpenState}
    editions(limit) -> [EditionView]
    publish_change(changes, by, reason, expected_version=None) -> EditionView
        PublishReasonMissing, EditionMoved, ChangeNotUsable, NothingToChange
        changes are PutEntry(Entry), DropEntry(key), PutTopic(Topic), PutDay(DatedDay)
    preview_change(changes, expected_version=None) -> (Directory, Directory)        what stands, what would; the same
    standing_in(version) -> Directory, after_changes(directory, changes) -> Directory      of an edition that was
    check(text) -> Verdict                      official, fake or unknown; nothing is kept of who asked, or what
    read_asked(text) -> Asked | None            a link, number, address or name
    usable_fake(asked, note_zh, note_en) -> Asked       FakeNotUsable, FakeIsOurs, FakeListed
    list_fake(asked, note_zh, note_en, by) -> id        the same
    end_fake(id, by), known_fakes(), known_fake(id)     FakeNotFound

Fact: ``DirectoryPublished``.
"""

from walletdesk.trust.official_contacts.events import DirectoryPublished
from walletdesk.trust.official_contacts.queries.editions import (
    EditionView,
    contacts,
    directory,
    editions,
    key_id,
    open_now,
    open_states,
    public_key,
    signed_directory,
    standing_in,
    verifier_script,
)
from walletdesk.trust.official_contacts.queries.fakes import FakeView, Verdict, check, known_fake, known_fakes
from walletdesk.trust.official_contacts.rules.asked import Asked, read_asked
from walletdesk.trust.official_contacts.rules.directory import (
    CHANNELS,
    DatedDay,
    Directory,
    DropEntry,
    Entry,
    PutDay,
    PutEntry,
    PutTopic,
    Topic,
)
from walletdesk.trust.official_contacts.rules.opening import DAY_AND_NIGHT, OpenState
from walletdesk.trust.official_contacts.services.list_fake import end_fake, list_fake, usable_fake
from walletdesk.trust.official_contacts.services.publish_change import after_changes, preview_change, publish_change

__all__ = [
    "CHANNELS",
    "DAY_AND_NIGHT",
    "Asked",
    "DatedDay",
    "Directory",
    "DirectoryPublished",
    "DropEntry",
    "EditionView",
    "Entry",
    "FakeView",
    "OpenState",
    "PutDay",
    "PutEntry",
    "PutTopic",
    "Topic",
    "Verdict",
    "after_changes",
    "check",
    "contacts",
    "directory",
    "editions",
    "end_fake",
    "key_id",
    "known_fake",
    "known_fakes",
    "list_fake",
    "open_now",
    "open_states",
    "preview_change",
    "public_key",
    "publish_change",
    "read_asked",
    "signed_directory",
    "standing_in",
    "usable_fake",
    "verifier_script",
]
