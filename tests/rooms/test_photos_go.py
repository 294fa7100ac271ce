"""Photos of papers are gone when they are decided about, or when nobody decided in time; the proof that they were stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.desk_browser import at_desk
from tests.factories.money import a_payer
from tests.factories.trust import an_employee
from tests.factories.way_back import photos
from walletdesk.foundation.audit.models import Act
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.files.models import FileContent, StoredFile
from walletdesk.foundation.files.public import FileNotFound, open_file
from walletdesk.trust.verification.errors import PapersNotFound
from walletdesk.trust.verification.public import PapersView, accept_papers, hand_in_for_tier, reject_papers
from walletdesk.trust.verification.services.let_go_of_photos import let_go_of_old_photos

pytestmark = pytest.mark.django_db


def handed_in() -> PapersView:
    return hand_in_for_tier(a_payer().id, "id_card", photos("front", "back", "face"))


def insist_on_gone(before: dict[str, str], why: str) -> None:
    """No bytes in the store, no page that shows them, and the hashes of what was there in the audit."""
    assert not FileContent.objects.exists()
    for row in StoredFile.objects.all():
        assert row.state == "let_go"
        with pytest.raises(FileNotFound):
            open_file(row.id)
    act = Act.objects.get(verb="let_go_of_photos")
    assert act.detail["why"] == why and sorted(act.detail["sha256"].values()) == sorted(before.values())


def hashes() -> dict[str, str]:
    return {str(row.id): row.sha256 for row in StoredFile.objects.all()}


@pytest.mark.parametrize("how", ["accepted", "rejected"])
def test_they_go_with_the_decision(how: str) -> None:
    papers, reviewer = handed_in(), an_employee("senior_agent")
    before, page = hashes(), f"/desk/papers/{papers.id}/front/"
    assert len(before) >= 2 and at_desk(reviewer).get(page).status_code == 200
    accept_papers(reviewer.id, papers.id) if how == "accepted" else reject_papers(reviewer.id, papers.id, "too dark")
    insist_on_gone(before, "decided")
    assert at_desk(reviewer).get(page).status_code == 404
    assert let_go_of_old_photos() == 0, "once"


def test_they_go_when_nobody_decides() -> None:
    papers, reviewer = handed_in(), an_employee("senior_agent")
    before = hashes()
    with at(now() + timedelta(days=29)):
        assert let_go_of_old_photos() == 0
    with at(now() + timedelta(days=31)):
        assert (let_go_of_old_photos(), let_go_of_old_photos()) == (1, 0)
        insist_on_gone(before, "kept_long_enough")
        with pytest.raises(PapersNotFound):
            accept_papers(reviewer.id, papers.id)
        reject_papers(reviewer.id, papers.id, "please send them again")
