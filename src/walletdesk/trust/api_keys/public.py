"""The front door of API keys.

    make_key(owner_kind, owner_id, name, scopes, mode, expires_at, addresses, made_by) -> (KeyView, secret)
        OwnerUnknown, KeyNameNotUsable, ModeUnknown, ScopeUnknown, ExpiryNotUsable, AddressNotUsable, TooManyKeys
    revoke_key(key_id, owner, by) -> KeyView            ApiKeyNotFound, ApiKeyRevokedAlready
    keys_of(owner), key_view(key_id, owner)             ApiKeyNotFound; owners_with_keys(owners)
    SCOPES, scopes_for(owner_kind)                      what a key can be allowed

for the door that checks keys
    read_keys(ids) -> {id: KeyFacts}                    one statement; parse_secret(text) -> ParsedSecret | None
    revoked_among(ids)                                  what changed about keys that the door remembers
    why_not(facts, hash, address, moment)               ApiKeyUnknown, ApiKeyIsRevoked, ApiKeyExpired, AddressNotListed
    why_not_scope(facts, scope)                         ScopeMissing
    take_shares(process, quota, wishes)                 how often somebody may ask, counted once for all processes
    keep_requests([RequestRecord]), keep_body, keep_query       the log of requests, without what is personal

for its reader
    requests_of(owner, …), logged_request(owner, id)    RequestNotFound; kept for thirty days
    allow_resend(owner, request_id, by) -> Resend       RequestNotFound, RequestNotWhole, RequestNotRepeatable, RequestTooOld,
                                                        RequestKeyEnded; its ticket (``wdk_again_…``) is for the door:
    take_resend(ticket, method, path, query, body)      ApiKeyUnknown, ApiKeyIsRevoked, ApiKeyExpired

Facts: ``ApiKeyMade``, ``ApiKeyRevoked``, ``ApiKeyExpired``.
"""

from walletdesk.trust.api_keys.errors import AddressNotListed, ApiKeyMissing, ApiKeyRefused, ApiKeyUnknown
from walletdesk.trust.api_keys.events import ApiKeyExpired, ApiKeyMade, ApiKeyRevoked
from walletdesk.trust.api_keys.queries import (
    KeyView,
    LoggedRequest,
    key_view,
    keys_of,
    logged_request,
    owners_with_keys,
    read_keys,
    requests_of,
    revoked_among,
)
from walletdesk.trust.api_keys.rules.good_keys import KeyFacts, KeyOwner, why_not, why_not_scope
from walletdesk.trust.api_keys.rules.redaction import LONGEST as LONGEST_SENT_AGAIN
from walletdesk.trust.api_keys.rules.redaction import keep_body, keep_query
from walletdesk.trust.api_keys.rules.scopes import SCOPES, Scope, scopes_for
from walletdesk.trust.api_keys.rules.secrets_of_keys import ParsedSecret, parse_secret
from walletdesk.trust.api_keys.services.allow_resend import Resend, allow_resend, take_resend
from walletdesk.trust.api_keys.services.keep_requests import RequestRecord, keep_requests
from walletdesk.trust.api_keys.services.make_key import make_key
from walletdesk.trust.api_keys.services.purge_requests import purge_requests
from walletdesk.trust.api_keys.services.revoke_key import revoke_key
from walletdesk.trust.api_keys.services.take_shares import Quota, Share, ShareWish, take_shares

__all__ = [
    "LONGEST_SENT_AGAIN",
    "SCOPES",
    "AddressNotListed",
    "ApiKeyExpired",
    "ApiKeyMade",
    "ApiKeyMissing",
    "ApiKeyRefused",
    "ApiKeyRevoked",
    "ApiKeyUnknown",
    "KeyFacts",
    "KeyOwner",
    "KeyView",
    "LoggedRequest",
    "ParsedSecret",
    "Quota",
    "RequestRecord",
    "Resend",
    "Scope",
    "Share",
    "ShareWish",
    "allow_resend",
    "keep_body",
    "keep_query",
    "keep_requests",
    "key_view",
    "keys_of",
    "logged_request",
    "make_key",
    "owners_with_keys",
    "parse_secret",
    "purge_requests",
    "read_keys",
    "requests_of",
    "revoke_key",
    "revoked_among",
    "scopes_for",
    "take_resend",
    "take_shares",
    "why_not",
    "why_not_scope",
]
