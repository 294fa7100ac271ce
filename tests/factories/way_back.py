"""Builders for the way back: customers with two verified addresses, photos that can be read, ways that have come far."""

from __future__ import annotations

import io
import itertools
from typing import Any
from uuid import UUID

import numpy as np
from PIL import Image, ImageDraw
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.identity import TOTP_SECRET, with_totp
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.identity.public import sign_up_user, totp_now
from walletdesk.foundation.jobs.declared import declared_tasks
from walletdesk.foundation.jobs.public import declare_all
from walletdesk.money.wallets.public import open_wallet
from walletdesk.service.cases.public import CaseView, open_locked_out, take_case
from walletdesk.trust.customers.public import CustomerView, register_customer
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import (
    RecoveryView,
    begin_recovery,
    make_recovery_code,
    prove_by_code,
    prove_by_factor,
)

OLD, NEW = "an-old-password-of-lin", "a-new-and-longer-password"
_numbers = itertools.count(1)


def a_locked_out_customer(
    name: str = "林小雨", *, email: str = "", phone: str = "", totp: bool = False, language: str = "zh-hans"
) -> CustomerView:
    """Somebody with a verified e-mail address and a verified telephone number; with an authenticator app if wished."""
    number = next(_numbers)
    address = email or f"lin{number}@example.com"
    user: Any = sign_up_user(address, OLD, language, phone=phone or f"+8613800{number:06d}")
    customer = register_customer(user.id, name, phone or f"+8613800{number:06d}")
    open_wallet(customer.id)
    if totp:
        with_totp(user)
    return customer


def only_mail(customer: CustomerView) -> CustomerView:
    """Nothing but the e-mail address is verified."""
    User.objects.filter(pk=customer.user_id).update(phone_verified_at=None)
    return customer


def begun(customer: CustomerView, channel: str = "page") -> RecoveryView:
    return begin_recovery(channel, customer.email if channel == "page" else customer.phone[3:], "zh-hans")


def proves(way: RecoveryView, *kinds: str) -> RecoveryView:
    """Gives proofs as their owner would: ``email``, ``sms``, ``totp``."""
    for kind in kinds:
        if kind == "totp":
            way = prove_by_factor(way.id, "totp", totp_now(TOTP_SECRET, now()))
        else:
            way = prove_by_code(way.id, kind, make_recovery_code(way.id, kind).code.digits)
    return way


def a_case_of(way: RecoveryView, agent: EmployeeView | None = None) -> CaseView:
    """The desk's case of this way back, in an agent's hands if one is named."""
    found, _ = open_locked_out(way.id)
    assert found is not None
    if agent is not None:
        take_case(agent.id, found.id)
    return found


def a_photo(
    width: int = 1200, height: int = 800, *, kind: str = "JPEG", shade: int = 175, glare: bool = False
) -> bytes:
    """A card with writing on a table, sharp and evenly lit unless told otherwise."""
    picture = Image.new("RGB", (width, height), (shade, shade, shade))
    pen = ImageDraw.Draw(picture)
    for row in range(height // 8, height - height // 8, 36):
        for column in range(width // 8, width - width // 8, 12):
            pen.rectangle((column, row, column + 6, row + 14), fill=(shade // 4,) * 3)
    if glare:
        pen.ellipse((width // 3, height // 3, 2 * width // 3, 2 * height // 3), fill=(255, 255, 255))
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def a_blurred_photo() -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.full((800, 1200), 150, np.uint8)).save(out, "JPEG")
    return out.getvalue()


def photos(*sides: str) -> dict[str, bytes]:
    return {side: a_photo() for side in sides}


def password_of(user_id: UUID) -> str:
    return str(User.objects.get(pk=user_id).password)


_done: set[int] = set()


def the_worker_comes_by() -> None:
    """What pages left for the worker is done now, inside the test's own transaction, where no worker could see it."""
    declare_all()
    for job in ProcrastinateJob.objects.filter(task_name__startswith="cases.").order_by("id"):
        if job.id not in _done:
            _done.add(job.id)
            declared_tasks()[job.task_name](**job.args)
