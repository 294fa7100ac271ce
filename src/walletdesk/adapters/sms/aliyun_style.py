"""Alibaba Cloud's text messages (Dysmsapi, version 2017-05-25): SendSms and QuerySendDetails, each request signed.

It sends approved templates only: ``templates`` names the code of each, by ``template.language`` (``code.zh-hans``,
``alert.en``); their variables are cut to 35 signs, as the rules for variables allow.

    200 {"Code": "OK", "BizId": …}                      taken
    200 {"Code": "isv.BUSINESS_LIMIT_CONTROL"} and the
    like, 429, 503 Throttling…, ServiceUnavailable      for_now
    200 with another code of our making (isv.…), 4xx    for_good
    a fault of theirs (isp.…), 5xx, silence             answer_lost
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

from walletdesk.adapters.sms.aliyun_signature import authorization, canonical_query, canonical_request
from walletdesk.adapters.sms.exchange import LOST, Line, Spoken
from walletdesk.service.notifications.ports import Answer, SmsSent, SmsText, Whereabouts

VERSION = "2017-05-25"
FOR_NOW = ("isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL")
THROTTLED = ("Throttling", "ServiceUnavailable")
LONGEST_VARIABLE = 35
CHINA = timezone(timedelta(hours=8))
WHEREABOUTS: dict[int, Whereabouts] = {1: "on_its_way", 2: "lost", 3: "delivered"}


class AliyunStyleSms:
    """An ``SmsProvider``. ``sign_name`` is the approved name that stands before each message."""

    def __init__(
        self,
        key_id: str,
        secret: str,
        sign_name: str,
        templates: Mapping[str, str],
        base_url: str,
        deadline: float = 8.0,
    ) -> None:
        self._key_id, self._secret = key_id, secret
        self._sign_name, self._templates = sign_name, templates
        self._host = urlsplit(base_url).netloc
        self._line = Line(base_url, deadline)

    def send(self, message: SmsText) -> Answer:
        template = self._templates.get(f"{message.template}.{message.language}")
        if template is None:
            return Answer("for_good", f"no template {message.template}.{message.language}")
        variables = {name: value[:LONGEST_VARIABLE] for name, value in message.fields.items()}
        said = self._ask(
            "SendSms",
            {
                "PhoneNumbers": _number(message.to),
                "SignName": self._sign_name,
                "TemplateCode": template,
                "TemplateParam": json.dumps(variables, ensure_ascii=False),
                "OutId": message.reference,
            },
        )
        return said if isinstance(said, Answer) else _meaning(said)

    def whereabouts(self, sent: SmsSent) -> Whereabouts:
        said = self._ask(
            "QuerySendDetails",
            {
                "PhoneNumber": _number(sent.to),
                "BizId": sent.provider_reference,
                "SendDate": f"{sent.at.astimezone(CHINA):%Y%m%d}",
                "PageSize": "10",
                "CurrentPage": "1",
            },
        )
        if isinstance(said, Answer) or said.body.get("Code") != "OK":
            return "on_its_way"
        details = (said.body.get("SmsSendDetailDTOs") or {}).get("SmsSendDetailDTO") or [{}]
        return WHEREABOUTS.get(details[0].get("SendStatus", 1), "on_its_way")

    def receipt(self, signature: str, body: bytes, at: datetime) -> None:
        """They are asked instead: how they sign a call back was never tried against them."""

    def close(self) -> None:
        self._line.close()

    def _ask(self, action: str, query: dict[str, str]) -> Spoken | Answer:
        """The parameters travel in the query, signed together with the headers."""
        headers = {
            "host": self._host,
            "x-acs-action": action,
            "x-acs-version": VERSION,
            "x-acs-date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "x-acs-signature-nonce": secrets.token_hex(16),
            "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        }
        canonical, names = canonical_request("POST", "/", query, headers, b"")
        headers["Authorization"] = authorization(self._key_id, self._secret, canonical, names)
        return self._line.say("POST", f"/?{canonical_query(query)}", headers=headers)


def _number(e164: str) -> str:
    """A mainland number without its country code, any other without its plus: how the interface takes them."""
    return e164.removeprefix("+86") if e164.startswith("+861") else e164.removeprefix("+")


def _meaning(said: Spoken) -> Answer:
    code = str(said.body.get("Code", ""))
    if said.status == 200 and code == "OK":
        return Answer("taken", "", str(said.body.get("BizId", "")))
    if code in FOR_NOW or code.startswith(THROTTLED) or said.status == 429:
        return Answer("for_now", code[:80])
    if code and not code.startswith("isp.") and said.status < 500:
        return Answer("for_good", code[:80])
    return LOST
