"""W01, the pure part: which addresses are never called, whoever names them and however they are disguised."""

from __future__ import annotations

import pytest

from walletdesk.adapters.webhooks.addresses import is_loopback, is_public, objection

ADDRESSES_THAT_ARE_NOT_PUBLIC = """
    127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1
    169.254.169.254 169.254.0.1 100.64.0.1 100.127.255.255 192.0.0.8 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.7
    203.0.113.9 192.88.99.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    ::1 :: fe80::1 fc00::1 fd00:ec2::254 fec0::1 ff02::1 2001:db8::1 2002:7f00:1:: 2001::1 2001:10::1 100::1 3fff::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 ::ffff:0:127.0.0.1
    64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b::10.0.0.1 64:ff9b:1::7f00:1 fe80::1%eth0
"""
PUBLIC_ADDRESSES = """
    1.1.1.1 8.8.8.8 93.184.216.34 172.15.255.255 172.32.0.1 100.63.255.255 100.128.0.1 192.169.0.1 198.20.0.1 223.255.255.255
    2606:4700::1111 2a00:1450:4001::1 2001:4860:4860::8888 ::ffff:8.8.8.8 64:ff9b::808:808
"""


@pytest.mark.parametrize("ip", ADDRESSES_THAT_ARE_NOT_PUBLIC.split())
def test_an_address_that_is_not_of_the_public_internet(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", PUBLIC_ADDRESSES.split())
def test_an_address_of_the_public_internet(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize("ip", ["", "localhost", "127.1", "2130706433", "0x7f000001", "1.1.1.1 ", "1.1.1.1/32", "::1]"])
def test_what_is_no_address_is_not_public(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://shop.example.com/hook", "scheme"),
        ("ftp://shop.example.com/hook", "scheme"),
        ("file:///etc/passwd", "unreadable"),
        ("gopher://shop.example.com:70/_hook", "scheme"),
        ("unix:///var/run/docker.sock", "unreadable"),
        ("dict://shop.example.com:11211/stat", "scheme"),
        ("javascript:alert(1)", "unreadable"),
        ("//shop.example.com/hook", "scheme"),
        ("shop.example.com/hook", "unreadable"),
        ("", "unreadable"),
        ("https://", "unreadable"),
        ("https:///hook", "unreadable"),
        ("https://127.0.0.1/hook", "not_public"),
        ("https://127.0.0.1:8443/hook", "not_public"),
        ("https://0.0.0.0/hook", "not_public"),
        ("https://10.1.2.3/hook", "not_public"),
        ("https://172.16.5.4/hook", "not_public"),
        ("https://192.168.0.1/hook", "not_public"),
        ("https://169.254.169.254/latest/meta-data/", "not_public"),
        ("https://100.100.100.200/latest/meta-data/", "not_public"),
        ("https://[::1]/hook", "not_public"),
        ("https://[::]/hook", "not_public"),
        ("https://[::ffff:127.0.0.1]/hook", "not_public"),
        ("https://[::ffff:7f00:1]/hook", "not_public"),
        ("https://[0:0:0:0:0:ffff:a00:1]/hook", "not_public"),
        ("https://[64:ff9b::7f00:1]/hook", "not_public"),
        ("https://[fe80::1]/hook", "not_public"),
        ("https://[fe80::1%25eth0]/hook", "unreadable"),
        ("https://[fd00:ec2::254]/hook", "not_public"),
        ("https://2130706433/hook", "host"),
        ("https://0x7f000001/hook", "host"),
        ("https://0x7f.0.0.1/hook", "host"),
        ("https://0177.0.0.1/hook", "host"),
        ("https://127.1/hook", "host"),
        ("https://127.0.1/hook", "host"),
        ("https://127.0.0.1./hook", "host"),
        ("https://127.0.0.0x1/hook", "host"),
        ("https://localhost/hook", "special_name"),
        ("https://LOCALHOST/hook", "special_name"),
        ("https://a.localhost/hook", "special_name"),
        ("https://metadata.google.internal/hook", "special_name"),
        ("https://printer.local/hook", "special_name"),
        ("https://router.home.arpa/hook", "special_name"),
        ("https://walletdesk/hook", "host"),
        ("https://shop_.example.com/hook", "host"),
        ("https://-shop.example.com/hook", "host"),
        ("https://shop..example.com/hook", "host"),
        ("https://shop.example.com./hook", "host"),
        ("https://user:word@shop.example.com/hook", "user"),
        ("https://shop.example.com@127.0.0.1/hook", "user"),
        ("https://127.0.0.1\\@shop.example.com/hook", "unreadable"),
        ("https://shop.example.com\\.evil.com/hook", "unreadable"),
        ("https://shop.example.com/hook#x", "fragment"),
        ("https://shop.example.com/hook\r\nHost: evil", "unreadable"),
        ("https://shop.example.com/ho ok", "unreadable"),
        ("https://shop.example.com\t/hook", "unreadable"),
        ("https://127。0。0。1/hook", "unreadable"),
        ("https://①②⑦.0.0.1/hook", "unreadable"),
        ("https://%31%32%37.0.0.1/hook", "unreadable"),
        ("https://shop.example.com:22/hook", "port"),
        ("https://shop.example.com:25/hook", "port"),
        ("https://shop.example.com:80/hook", "port"),
        ("https://shop.example.com:0/hook", "unreadable"),
        ("https://shop.example.com:99999/hook", "unreadable"),
        ("https://shop.example.com/" + "x" * 2000, "too_long"),
    ],
)
def test_why_an_address_is_never_called(address: str, why: str) -> None:
    assert objection(address) == why


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example.com/hook",
        "https://shop.example.com",
        "HTTPS://Shop.Example.COM:443/hook?shop=1&x=%20",
        "https://shop.example.com:8443/hook",
        "https://xn--fiqs8s.example.com/hook",
        "https://1.1.1.1/hook",
        "https://[2606:4700::1111]:8443/hook",
    ],
)
def test_an_address_that_may_be_tried(address: str) -> None:
    assert objection(address) == ""


@pytest.mark.parametrize("address", ["http://127.0.0.1:9000/hook", "https://localhost:9000/hook", "http://[::1]:9000/"])
def test_this_machine_is_called_only_where_the_installation_allows_it(address: str) -> None:
    assert objection(address, loopback=True) == ""
    assert objection(address) in ("scheme", "special_name")


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1/hook",
        "http://127.0.0.2:9000/hook",
        "http://shop.example.com/",
        "https://169.254.169.254/",
        "http://0/",
    ],
)
def test_and_nothing_else_is_called_then(address: str) -> None:
    assert objection(address, loopback=True)


def test_loopback_is_only_what_it_says() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("127.8.8.8")
    assert is_loopback("::1")
    assert not any(is_loopback(one) for one in ("::ffff:127.0.0.1", "0.0.0.0", "10.0.0.1", "localhost"))
