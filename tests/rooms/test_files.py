"""Files: taken in as what they are, kept unchanged, handed out with their hash proven."""

import hashlib
import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from tests.factories.foundation import a_pdf, a_png
from walletdesk.foundation.files.public import (
    FileDamaged,
    FileEmpty,
    FileNotFound,
    FileTooBig,
    FileTypeRefused,
    open_file,
    stored_files,
    take_in,
)
from walletdesk.foundation.profiles.public import set_value

OWNER = "customer:018f"


def test_what_comes_in_comes_out_byte_by_byte_under_its_cleaned_name(db):
    stored = take_in(a_png(), "../收据 1.PNG", OWNER)
    assert (stored.name, stored.media_type, stored.owner, stored.state) == ("收据 1.png", "image/png", OWNER, "clean")
    assert (stored.bytes, stored.sha256) == (len(a_png()), hashlib.sha256(a_png()).hexdigest())
    opened = open_file(stored.id)
    assert (opened.content, opened.file) == (a_png(), stored)
    assert opened.headers["Content-Disposition"].endswith("%E6%94%B6%E6%8D%AE%201.png")


def test_what_the_sender_calls_it_counts_for_nothing(db):
    upload = SimpleUploadedFile("photo.png", a_pdf(), content_type="image/png")
    stored = take_in(upload, upload.name, OWNER)
    assert (stored.media_type, stored.name) == ("application/pdf", "photo_png.pdf")


def test_refusals_in_the_order_in_which_they_are_tried(db):
    set_value("upload.max_bytes", 1024 * 1024, source="test")
    with pytest.raises(FileEmpty):
        take_in(b"", "a.png", OWNER)
    with pytest.raises(FileTooBig) as too_big:
        take_in(b"\0" * (1024 * 1024 + 1), "a.png", OWNER)
    assert too_big.value.status == 413
    assert "1 MB" in too_big.value.sentence("what")
    with pytest.raises(FileTypeRefused) as refused:
        take_in(b"PK\x03\x04" + b"\0" * 40, "a.png", OWNER)
    assert refused.value.status == 415


def test_a_file_without_end_is_read_no_further_than_the_limit(db):
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1, /) -> bytes:
            self.taken += size
            return b"\0" * size

    endless = Endless()
    with pytest.raises(FileTooBig):
        take_in(endless, "a.bin", OWNER)
    assert endless.taken == 10 * 1024 * 1024 + 1


def test_a_file_of_a_rolled_back_transaction_never_was(fresh_database):
    with transaction.atomic():
        stored = take_in(a_png(), "a.png", OWNER)
        transaction.set_rollback(True)
    with pytest.raises(FileNotFound):
        open_file(stored.id)


def test_unknown_files_are_absent_or_not_found(db):
    stored = take_in(a_png(), "a.png", OWNER)
    assert stored_files([stored.id, uuid4()]) == {stored.id: stored}
    with pytest.raises(FileNotFound) as refused:
        open_file(uuid4())
    assert refused.value.status == 404


def test_bytes_changed_by_hand_are_noticed_before_they_are_handed_out(fresh_database):
    stored = take_in(a_png(), "a.png", OWNER)
    fresh_database.as_owner(
        "ALTER TABLE files_content DISABLE TRIGGER USER; UPDATE files_content SET content = content || 'x'::bytea"
    )
    with pytest.raises(FileDamaged):
        open_file(stored.id)


@pytest.mark.parametrize(
    "statement", ["UPDATE files_content SET content = ''", "UPDATE files_stored_file SET sha256 = 'x', name = 'y'"]
)
def test_the_application_cannot_rewrite_evidence(fresh_database, statement):
    take_in(a_png(), "a.png", OWNER)
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_file_can_be_put_in_quarantine_later(db):
    stored = take_in(a_png(), "a.png", OWNER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE files_stored_file SET state = 'quarantined' WHERE id = %s", [stored.id])
    assert stored_files([stored.id])[stored.id].quarantined
