"""What is told about API keys: to the customer or to the owners of the shop whose money they read and move.

A key never changes: other scopes or addresses are another key. So each key says when it is made what it may and from where, and
whoever replaces one is told twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from walletdesk.foundation.i18n.words import CHINESE, ENGLISH, Words
from walletdesk.money.merchants.public import live_of
from walletdesk.service.notifications.services.tell_many import NoticeDraft, tell_many
from walletdesk.trust.api_keys.public import SCOPES, ApiKeyExpired, ApiKeyMade, ApiKeyRevoked, KeyFacts, read_keys

Fact = ApiKeyMade | ApiKeyRevoked | ApiKeyExpired
MADE = Words("新建了 API 密钥“{name}”", "A new API key, “{name}”, was made")
MADE_MORE = Words(
    "它能以您的名义办事。不是您建的，请马上停用，再联系我们。权限：{scopes}。{where}",
    "It acts in your name. If that was not you, revoke it at once and call us. It may: {scopes}. {where}",
)
ANYWHERE = Words("从任何地方", "From anywhere")
ONLY_FROM = Words("只从 {addresses}", "Only from {addresses}")
REVOKED = Words("API 密钥“{name}”已停用", "The API key “{name}” was revoked")
REVOKED_MORE = Words(
    "它不能再用了。不是您停用的，请马上联系我们", "It opens nothing any more. If that was not you, call us at once"
)
EXPIRED = Words("API 密钥“{name}”已到期", "The API key “{name}” has expired")
EXPIRED_MORE = Words("它不能再用了。需要的话，请新建一把", "It opens nothing any more. Make another if you need one")
BY_MAIL = frozenset({"push", "email"})


def on_api_key_made(facts: Sequence[ApiKeyMade]) -> None:
    """It can read and move money: that concerns safety."""
    keys = read_keys({one.key_id for one in facts})
    _tell(facts, "api_key_made", MADE, {one.key_id: _made_more(keys[one.key_id]) for one in facts})


def on_api_key_revoked(facts: Sequence[ApiKeyRevoked]) -> None:
    _tell(facts, "api_key_revoked", REVOKED, {one.key_id: REVOKED_MORE.both() for one in facts}, BY_MAIL)


def on_api_key_expired(facts: Sequence[ApiKeyExpired]) -> None:
    _tell(facts, "api_key_expired", EXPIRED, {one.key_id: EXPIRED_MORE.both() for one in facts}, BY_MAIL)


def _tell(
    facts: Iterable[Fact],
    kind: str,
    words: Words,
    more: Mapping[UUID, dict[str, str]],
    only_by: frozenset[str] = frozenset(),
) -> None:
    tell_many(
        [
            NoticeDraft(
                one.owner_kind, _reader(one), kind, words.both(name=one.name), more[one.key_id], _page(one),
                str(one.key_id), safety=True, at=one.at, only_by=only_by,
            )
            for one in facts
        ]
    )  # fmt: skip


def _made_more(key: KeyFacts) -> dict[str, str]:
    named = [SCOPES[name].words for name in SCOPES if name in key.scopes]
    scopes = Words("、".join(one.zh for one in named), ", ".join(one.en for one in named))
    where = ONLY_FROM.both(addresses=", ".join(map(str, key.networks))) if key.networks else ANYWHERE.both()
    return {
        language: MADE_MORE.in_language(language, scopes=scopes.in_language(language), where=where[language])
        for language in (CHINESE, ENGLISH)
    }


def _reader(one: Fact) -> UUID:
    """A shop's test key belongs to its twin, whom nobody reads for: the shop itself is told."""
    return (live_of(one.owner_id) or one.owner_id) if one.owner_kind == "merchant" else one.owner_id


def _page(one: Fact) -> str:
    return f"/till/keys/{one.key_id}/" if one.owner_kind == "merchant" else "/wallet/me/keys/"
