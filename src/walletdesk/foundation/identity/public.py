"""The front door of identity.

    sign_up_user(email, password, language="zh-hans", time_zone="Asia/Shanghai") -> user
        AddressTaken

Signing in itself is django-allauth's; what a signed-in user is to us, the rooms above say.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from walletdesk.foundation.errors import Conflict
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.models import User

__all__ = ["AddressTaken", "sign_up_user"]


class AddressTaken(Conflict):
    code = "address_taken"
    what = Words("这个邮箱已经有人用了", "This e-mail address is in use")
    next = Words("请直接登录，或换一个邮箱", "Sign in instead, or use another address")


def sign_up_user(email: str, password: str, language: str = "zh-hans", time_zone: str = "Asia/Shanghai") -> User:
    """Refuses: ``AddressTaken`` (case does not count)."""
    try:
        with transaction.atomic():
            return User.objects.create_user(email, password, language=language, time_zone=time_zone)
    except IntegrityError as broken:
        raise AddressTaken() from broken
