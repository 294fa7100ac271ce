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

Fact: ``DirectoryPublished``.
"""

from walletdesk.trust.official_contacts.events import DirectoryPublished
from walletdesk.trust.official_contacts.queries import (
    EditionView,
    contacts,
    directory,
    editions,
    key_id,
    open_now,
    open_states,
    public_key,
    signed_directory,
    verifier_script,
)
from walletdesk.trust.official_contacts.rules.directory import (
    DatedDay,
    DropEntry,
    Entry,
    PutDay,
    PutEntry,
    PutTopic,
    Topic,
)
from walletdesk.trust.official_contacts.rules.opening import DAY_AND_NIGHT, OpenState
from walletdesk.trust.official_contacts.services.publish_change import publish_change

__all__ = [
    "DAY_AND_NIGHT",
    "DatedDay",
    "DirectoryPublished",
    "DropEntry",
    "EditionView",
    "Entry",
    "OpenState",
    "PutDay",
    "PutEntry",
    "PutTopic",
    "Topic",
    "contacts",
    "directory",
    "editions",
    "key_id",
    "open_now",
    "open_states",
    "public_key",
    "publish_change",
    "signed_directory",
    "verifier_script",
]
