"""The member who is signed in: on the request, and their shop as an actor of a case."""

from django.http import HttpRequest

from walletdesk.doors.merchant_web.showing import shop
from walletdesk.money.merchants.public import MemberView
from walletdesk.service.cases.public import Actor, the_merchant


class TillRequest(HttpRequest):
    """A request behind ``@member_only``: who is at the till, and what the page listens to."""

    member: MemberView
    live_topics: list[str]


def author(member: MemberView) -> Actor:
    """The shop as an actor of a case."""
    found = shop.of_member(member)
    return the_merchant(found.id, found.name_zh, found.name_en)
