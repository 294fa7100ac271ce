"""Carry notices out of the app, by what their readers chose: called by ``tell_many`` for each draft that is an alert.

Set-based: the statements do not grow with the number of drafts. An alert that is heard of late (a worker that stood still,
the demo's past) is not sent: news of yesterday on a lock screen frightens more than it helps.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import CHINESE, ENGLISH, Words
from walletdesk.foundation.identity.public import VerifiedAddress, addresses_of_many, new_devices_of
from walletdesk.foundation.profiles.public import value
from walletdesk.service.notifications.models import AlertChoices, PushSubscription
from walletdesk.service.notifications.rules.alerts import (
    DEBIT,
    DEFAULT_CHOICES,
    EMAIL,
    PUSH,
    SAFETY,
    SMS,
    Choices,
    Happening,
    channels_for,
    told_at,
)
from walletdesk.service.notifications.rules.outside_words import outside
from walletdesk.service.notifications.services.post_mail_alerts import BY_MAIL, post_mail_alerts
from walletdesk.service.notifications.services.post_messages import MessageDraft, post_messages
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.official_contacts.public import contacts

if TYPE_CHECKING:
    from walletdesk.service.notifications.services.tell_many import NoticeDraft

NOT_YOU = Words(
    "不是您？请马上在应用里冻结，或拨官方电话 {phone}。",
    "Not you? Freeze the wallet in the app at once, or call our official number {phone}.",
)
OFFICIAL = Words("官方电话 {phone}。", "Our official number is {phone}.")
NOTHING = {CHINESE: "", ENGLISH: ""}


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: ``browsers`` are push subscriptions with their devices; ``addresses`` by channel, verified ones only;
    ``former`` those that were replaced of late: they hear of safety and of nothing else. ``new_devices``: in their first hours.
    """

    view: CustomerView
    choices: Choices
    browsers: dict[str, uuid.UUID | None]
    addresses: dict[str, tuple[str, ...]]
    former: dict[str, tuple[str, ...]]
    new_devices: frozenset[uuid.UUID]

    def ways(self, draft: NoticeDraft) -> dict[str, tuple[str, ...]]:
        """The addresses that may hear of this, by channel; a channel that leads nowhere is absent."""
        pushed = tuple(one for one, device in self.browsers.items() if device is None or device not in draft.not_to)
        if (
            subject_of(draft) == DEBIT
        ):  # a device that nobody knows yet is no way to tell its owner, if there is another
            known = tuple(one for one in pushed if self.browsers[one] not in self.new_devices)
            pushed = known if known or any(self.addresses.values()) else pushed
        written = self.former if subject_of(draft) == SAFETY else self.addresses
        ways = {PUSH: pushed, **written}
        return {channel: to for channel, to in ways.items() if to and (not draft.only_by or channel in draft.only_by)}


def post_alerts(drafts: Sequence[NoticeDraft]) -> None:
    """Messages for every draft that is an alert, is fresh, and whose reader can be reached. Refuses nothing."""
    moment = now()
    oldest = moment - timedelta(seconds=int(value("notifications.alert_fresh_seconds")))
    fresh = [one for one in drafts if subject_of(one) and (one.at or moment) >= oldest]
    told = [one for one in fresh if one.audience == "customer"]
    by_mail = [one for one in fresh if one.audience in BY_MAIL and one.safety and EMAIL in (one.only_by or {EMAIL})]
    if not told and not by_mail:
        return
    readers = readers_of({one.audience_id for one in told}, any(one.safety for one in told))
    phone = official_phone()
    endings = {"ending": NOT_YOU.both(phone=phone), "official": OFFICIAL.both(phone=phone)}
    post_mail_alerts([(one, words_outside(one, SAFETY, endings)) for one in by_mail])
    lifetime = timedelta(seconds=int(value("notifications.alert_lifetime_seconds")))
    messages = [
        message
        for one in told
        if (reader := readers.get(one.audience_id))
        for message in _messages(one, reader, moment, lifetime, endings)
    ]
    post_messages(messages)


def subject_of(draft: NoticeDraft) -> str:
    """``safety``, what the draft says itself, or nothing: it stays in the inbox."""
    return SAFETY if draft.safety else draft.alert


def readers_of(ids: set[uuid.UUID], safety: bool) -> dict[uuid.UUID, Reader]:
    """A handful of statements, however many. Addresses that were replaced are read for ``safety`` only."""
    chosen = {row.customer_id: as_choices(row) for row in AlertChoices.objects.filter(customer__in=ids)}
    browsers: dict[uuid.UUID, dict[str, uuid.UUID | None]] = {}
    for row in PushSubscription.objects.filter(customer__in=ids, ended_at=None).only("customer_id", "device_id"):
        browsers.setdefault(row.customer_id, {})[str(row.id)] = row.device_id
    people = list(customers(ids).values())
    users = {one.user_id for one in people}
    now_on_file = addresses_of_many(users)
    ever = addresses_of_many(users, former=True) if safety else now_on_file
    new = new_devices_of(users)
    return {
        one.id: Reader(
            one,
            chosen.get(one.id, DEFAULT_CHOICES),
            browsers.get(one.id, {}),
            _by_channel(now_on_file.get(one.user_id, ())),
            _by_channel(ever.get(one.user_id, ())),
            new.get(one.user_id, frozenset()),
        )
        for one in people
    }


def _by_channel(addresses: Iterable[VerifiedAddress]) -> dict[str, tuple[str, ...]]:
    listed = list(addresses)
    return {channel: tuple(one.value for one in listed if one.kind == channel) for channel in (SMS, EMAIL)}


def as_choices(row: AlertChoices) -> Choices:
    quiet = (row.quiet_from, row.quiet_to) if row.quiet_from and row.quiet_to else None
    channels = {"debit": frozenset(row.debit), "credit": frozenset(row.credit), "cases": frozenset(row.cases)}
    return Choices(channels, row.threshold_minor, row.asset, quiet, row.debits_pass_quiet)


def _messages(
    draft: NoticeDraft, reader: Reader, moment: datetime, lifetime: timedelta, endings: dict[str, dict[str, str]]
) -> list[MessageDraft]:
    what = Happening(subject_of(draft), abs(draft.minor), draft.asset, watched=bool(reader.new_devices))
    due = told_at(what, reader.choices, moment.astimezone(ZoneInfo(reader.view.time_zone)))
    words, ways = words_outside(draft, what.subject, endings), reader.ways(draft)
    return [
        MessageDraft(
            channel=channel,
            address=address,
            kind=draft.kind,
            about=draft.about,
            language=reader.view.language,
            expires_at=draft.until or due + lifetime,
            words=words,
            customer_id=reader.view.id,
            urgent=what.subject == SAFETY,
            due_at=due,
        )
        for channel in channels_for(what, reader.choices, frozenset(ways))
        for address in ways[channel]
    ]


def words_outside(draft: NoticeDraft, subject: str, endings: dict[str, dict[str, str]]) -> dict[str, object]:
    """The sentence without links and numbers of others; ``more`` only where it is ours to say (safety).

    ``ending`` says what to do if it was somebody else; where ``more`` says that already, ``official`` is enough.
    """
    alarming = subject in (SAFETY, DEBIT)
    return {
        "form": "alert",
        "words": {language: outside(text) for language, text in draft.words.items()},
        "more": {language: outside(text) for language, text in draft.more.items()} if subject == SAFETY else NOTHING,
        "link": draft.link,
        "stop": draft.stop,
        **(endings if alarming else dict.fromkeys(endings, NOTHING)),
    }


def official_phone() -> str:
    """The first telephone number of the signed directory, as people write it."""
    return next((entry.shown for entry in contacts().entries if entry.channel == "phone"), "")
