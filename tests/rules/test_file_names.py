"""What a file is called here, and how browsers are told."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as some

from walletdesk.foundation.files.rules.file_names import clean_name, content_disposition, download_headers
from walletdesk.foundation.files.rules.sniffing import EXTENSIONS

PNG = "image/png"


@pytest.mark.parametrize(
    ("given_name", "kind", "kept"),
    [
        ("收据.png", PNG, "收据.png"),
        ("付款 截图（第2次）.PNG", PNG, "付款 截图（第2次）.png"),
        ("photo.jpeg", "image/jpeg", "photo.jpeg"),
        ("photo", "image/jpeg", "photo.jpg"),
        ("evil.html", PNG, "evil_html.png"),
        ("evil.png.exe", PNG, "evil_png_exe.png"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        (r"C:\Users\me\截图.png", PNG, "截图.png"),
        ("a\x00b\r\nSet-Cookie: x.png", PNG, "abSet-Cookie_ x.png"),
        ("gpj\u202egnp.png", PNG, "gpjgnp.png"),
        ("z\u200bero\ufeff.png", PNG, "zero.png"),
        ('"><svg onload=alert(1)>.png', PNG, "___svg onload=alert(1)_.png"),
        ("a'; rm -rf $HOME;`id`.png", PNG, "a__ rm -rf _HOME__id_.png"),
        ("...", PNG, "file.png"),
        ("", PNG, "file.png"),
        ("   .png", PNG, "png.png"),
        (".htaccess", "text/plain", "htaccess.txt"),
        ("con.png", PNG, "_con.png"),
        ("LPT1.txt", "text/plain", "_LPT1.txt"),
        ("e\u0301t\u00e9.png", PNG, "été.png"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_safe(given_name, kind, kept):
    assert clean_name(given_name, kind) == kept


@given(some.text(max_size=300), some.sampled_from(sorted(EXTENSIONS)))
def test_whatever_it_was_called_it_is_short_visible_and_ends_as_what_it_is(given_name, kind):
    name = clean_name(given_name, kind)
    assert 0 < len(name) <= 121
    assert name.rpartition(".")[2] in EXTENSIONS[kind]
    assert not re.search(r'[<>:"/\\|?*%;`\x00-\x1f\u200b-\u200f\u202a-\u202e]', name)
    assert clean_name(name, kind).lstrip("_") == name.lstrip("_")


@given(some.text(max_size=100))
def test_the_header_is_one_plain_line_and_gives_the_name_back(given_name):
    name = clean_name(given_name, PNG)
    header = content_disposition(name)
    assert header.isascii() and header.isprintable()
    assert re.fullmatch(r"attachment; filename=\"[^\"\\]+\"; filename\*=UTF-8''[A-Za-z0-9._~%-]+", header)
    assert unquote(header.rpartition("''")[2]) == name


def test_a_chinese_name_has_a_plain_stand_in():
    assert (
        content_disposition("收据.png") == "attachment; filename=\"file.png\"; filename*=UTF-8''%E6%94%B6%E6%8D%AE.png"
    )


def test_whoever_downloads_can_only_keep_it():
    headers = download_headers("收据.txt", "text/plain")
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
