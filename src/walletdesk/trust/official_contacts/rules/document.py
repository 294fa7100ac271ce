"""The directory as a document: the JSON that is signed, published and read by the verifier; pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.official_contacts.rules.directory import Directory
from walletdesk.trust.official_contacts.rules.opening import HOLIDAY

DAY_NAMES = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "public_holiday",
    "make_up_working_day",
)
VALID = timedelta(days=30)


def _both(words: Words) -> dict[str, str]:
    return {"zh-hans": words.zh, "en": words.en}


def clock_face(minutes: int) -> str:
    """``570`` → ``09:30``; midnight at the end of a day is ``24:00``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_document(
    directory: Directory, *, version: int, published_at: datetime, at: datetime, zone: str
) -> dict[str, Any]:
    """Issued at the full hour, so that everybody who asks within an hour gets the same bytes; good for ``VALID``."""
    issued = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    issued = max(issued, published_at.astimezone(UTC).replace(microsecond=0))
    return {
        "issuer": "Walletdesk",
        "version": version,
        "published_at": moment_text(published_at),
        "issued_at": moment_text(issued),
        "valid_until": moment_text(issued + VALID),
        "time_zone": zone,
        "entries": [
            {
                "key": entry.key,
                "channel": entry.channel,
                "value": entry.value,
                "shown": entry.shown,
                "topic": entry.topic,
                "name": _both(entry.name),
                "note": _both(entry.note),
            }
            for entry in directory.entries
        ],
        "topics": {
            topic.code: {
                "name": _both(topic.name),
                "hours": {
                    DAY_NAMES[day]: [[clock_face(opens), clock_face(closes)] for opens, closes in stretches]
                    for day, stretches in sorted(topic.hours.items())
                },
            }
            for topic in directory.topics
        },
        "days": [
            {
                "date": day.date.isoformat(),
                "kind": "public_holiday" if day.kind == HOLIDAY else "make_up_working_day",
                "name": _both(day.name),
                "source": day.source,
            }
            for day in directory.days
        ],
    }
