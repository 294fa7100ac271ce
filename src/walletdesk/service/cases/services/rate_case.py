"""The customer says how it was: one to five stars and a few words, once for each closing."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.errors import CaseEventRefused, RatedAlready, RatingRefused
from walletdesk.service.cases.models import Rating
from walletdesk.service.cases.queries import CaseView, case
from walletdesk.service.cases.rules.actor import the_customer
from walletdesk.service.cases.rules.states import STATE_WORDS
from walletdesk.service.cases.services.move_case import locked_case
from walletdesk.service.cases.services.note_events import Entry, note_events

LONGEST = 1_000
RATED = Words("您评价了 {stars} 星", "You rated it {stars} of 5")


def rate(customer_id: uuid.UUID, case_id: uuid.UUID, stars: int, words: str = "") -> CaseView:
    """Keep the rating of the last closing.

    Refuses, in this order: stars outside 1 … 5 or more than 1,000 characters (``RatingRefused``); a case that is not
    this customer's (``CaseNotFound``); one that is not closed (``CaseEventRefused``); a second rating (``RatedAlready``).
    """
    if stars not in range(1, 6) or len(words) > LONGEST:
        raise RatingRefused()
    with transaction.atomic():
        row = locked_case(case_id, customer_id=customer_id)
        if row.state != "closed":
            raise CaseEventRefused(state=row.state, event="rated", state_words=STATE_WORDS[row.state])
        at = now()
        _, is_new = Rating.objects.get_or_create(
            case_id=case_id, closing=row.closings, defaults={"stars": stars, "words": words.strip(), "at": at}
        )
        if not is_new:
            raise RatedAlready()
        detail = {"stars": stars, "words": words.strip(), "closing": row.closings}
        note_events([Entry(case_id, "rated", RATED.both(stars=stars), the_customer(customer_id), detail, at=at)])
    return case(case_id)
