"""Who somebody is on the network: behind how many proxies of ours, and under which name strangers are counted."""

from __future__ import annotations

import pytest

from walletdesk.doors._shared.place import counted_as, plain_address, visitor

PEER = "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded_for", "seen"),
    [
        (0, "", PEER),
        (0, "198.51.100.9", PEER),
        (1, "", PEER),
        (1, "  ", PEER),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "1.1.1.1, 198.51.100.9", "198.51.100.9"),
        (1, "1.1.1.1,2.2.2.2,198.51.100.9", "198.51.100.9"),
        (1, "1.1.1.1,", PEER),
        (2, "", PEER),
        (2, "198.51.100.9, 10.0.0.2", "198.51.100.9"),
        (2, "1.1.1.1, 198.51.100.9, 10.0.0.2", "198.51.100.9"),
        (2, "10.0.0.2, 1.1.1.1, 198.51.100.9, 10.0.0.2", "198.51.100.9"),
        (2, "198.51.100.9", "198.51.100.9"),
    ],
)
def test_each_proxy_of_ours_wrote_one_entry_and_no_other_is_read(proxies: int, forwarded_for: str, seen: str) -> None:
    assert visitor(PEER, forwarded_for, proxies) == seen


@pytest.mark.parametrize(
    ("address", "plain", "counted"),
    [
        ("203.0.113.7", "203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.7"),
        ("::FFFF:CB00:7107", "203.0.113.7", "203.0.113.7"),
        ("2001:DB8:0:1::0001", "2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64"),
        ("2001:db8:0:2::1", "2001:db8:0:2::1", "2001:db8:0:2::/64"),
        ("::1", "::1", "::/64"),
        ("fe80::1%eth0", "fe80::1%eth0", "fe80::/64"),
        ("", "", ""),
        ("unknown", "", ""),
        ("1.2.3.4:567", "", ""),
    ],
)
def test_one_subscriber_is_counted_once(address: str, plain: str, counted: str) -> None:
    assert (plain_address(address), counted_as(address)) == (plain, counted)
