"""A09: keys are looked up, never believed. What says of itself who it is (a JWT, signed by whom it likes) opens nothing, and no
other house's sign-in is taken: there is nobody's ``state``, ``nonce`` or e-mail to trust.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from tests.factories.api import Api, a_key_of
from tests.factories.money import a_shop

pytestmark = pytest.mark.django_db
NEVER_ENDS = 4_102_444_800
HEADS: dict[str, dict[str, Any]] = {
    "nobody signed it": {"alg": "none", "typ": "JWT"},
    "our public key as a shared secret": {"alg": "HS256", "typ": "JWT"},
    "a key file of its own choice": {"alg": "HS256", "typ": "JWT", "kid": "../../../../dev/null"},
    "a key that it brings along": {"alg": "RS256", "typ": "JWT", "jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}},
}


def _part(what: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(what).encode()).decode().rstrip("=")


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
@pytest.mark.parametrize("signature", ["", "c2lnbmVk"])
def test_a09_a_token_that_says_who_it_is_opens_nothing(head: dict[str, Any], signature: str) -> None:
    shop = a_shop()
    _, secret = a_key_of("merchant", shop.id)
    claims = {
        "sub": str(shop.id),
        "aud": "walletdesk",
        "scope": "payments:write",
        "exp": NEVER_ENDS,
        "key": secret[:16],
    }
    token = f"{_part(head)}.{_part(claims)}.{signature}"
    for given in (token, f"{secret}.{token}", f"{secret[:-1]}."):
        answer = Api().get("/v1/merchant", key=given)
        assert (answer.status, answer.code) == (401, "api_key_unknown")
        assert shop.name_en.encode() not in answer.body


def test_a09_no_other_house_signs_anybody_in_here() -> None:
    assert not [app for app in settings.INSTALLED_APPS if "socialaccount" in app or "oidc" in app or "oauth" in app]
    for name in ("socialaccount_login", "openid_connect_callback", "google_callback"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
