"""What a file is, by its bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.factories import foundation as make
from walletdesk.foundation.files.rules.sniffing import EXTENSIONS, is_harmful, kind_of, runs_somewhere

REAL = {
    "image/png": make.a_png(),
    "image/gif": make.a_gif(640, 480),
    "image/jpeg": make.a_jpeg(),
    "image/webp": make.a_webp(),
    "image/heic": make.a_heic(),
    "application/pdf": make.a_pdf(),
    "video/mp4": make.an_mp4(),
    "video/webm": make.a_webm(),
    "text/plain": "我付了两次。\nI paid twice, 2 < 3 & 3 > 2.\n".encode(),
}


def test_every_kind_that_is_taken_is_tried_here():
    assert set(REAL) == set(EXTENSIONS)


@pytest.mark.parametrize(("kind", "content"), REAL.items())
def test_a_real_file_is_what_it_is_and_runs_nowhere(kind, content):
    assert kind_of(content) == kind
    assert not runs_somewhere(content, kind)
    assert not is_harmful(content, kind)


@pytest.mark.parametrize(
    "text",
    [
        "BMW 的付款，two letters that begin a bitmap too",
        "MZ: two letters that begin a program too",
        "收据号 P 2605",
        "\ufeffwith a mark",
        "Please close the window. The document. Then alert (me).",
        "a => b, c <= d, <3",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_honest_text_is_taken_in_the_encodings_that_people_have(text, encoding):
    content = text.encode(encoding)
    assert kind_of(content) == "text/plain"
    assert not runs_somewhere(content, "text/plain")


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + b"\0" * 40,
        b"MZ\x90\0\x03\0\0\0" + b"\0" * 60,
        b"\x7fELF" + b"\0" * 60,
        b"\x1f\x8b\x08" + b"\0" * 30,
        b"BM" + b"\0" * 60,
        b"\0" * 100,
        b"text with a \0 in it",
        b"\x00t\x00e\x00x\x00t",
        b"\xff\xfe\x00",
        b"\x89PNG without the rest\0",
        b"\xef\xbb\xbf%PDF-1.4\x00\x01",
        b"\0\0\0\xffftypqt  \0\0\0\0",
    ],
)
def test_anything_else_is_no_kind_at_all(content):
    assert kind_of(content) is None


@given(some.binary(max_size=300))
def test_no_bytes_crash_the_sniffing(content):
    kind = kind_of(content)
    if kind:
        runs_somewhere(content, kind)
        is_harmful(content, kind)


@given(some.sampled_from(sorted(REAL)), some.binary(min_size=1, max_size=12), some.integers(0, 60))
def test_no_damaged_file_crashes_the_sniffing(kind, damage, place):
    content = REAL[kind][:place] + damage + REAL[kind][place:]
    found = kind_of(content)
    if found:
        runs_somewhere(content, found)
