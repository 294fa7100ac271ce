"""Alibaba Cloud's signature V3 against the worked example of its documentation."""

from __future__ import annotations

import hashlib

from walletdesk.adapters.sms.aliyun_signature import authorization, canonical_query, canonical_request

QUERY = {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"}
HEADERS = {
    "host": "ecs.cn-shanghai.aliyuncs.com",
    "x-acs-action": "RunInstances",
    "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "x-acs-date": "2023-10-26T10:22:32Z",
    "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
    "x-acs-version": "2014-05-26",
    "user-agent": "not signed",
}


def test_the_worked_example() -> None:
    canonical, names = canonical_request("POST", "/", QUERY, HEADERS, b"")
    assert names == "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
    assert (
        hashlib.sha256(canonical.encode()).hexdigest()
        == "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259"
    )
    said = authorization("YourAccessKeyId", "YourAccessKeySecret", canonical, names)
    assert said == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_everything_but_the_unreserved_is_escaped() -> None:
    assert canonical_query({"b": "1 +*", "a": "验~-_."}) == "a=%E9%AA%8C~-_.&b=1%20%2B%2A"
