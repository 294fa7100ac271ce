"""``{% soft_phone %}``: the soft-phone on the bar of every page of the desk, for those whose work it is to speak."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from walletdesk.doors.agent_console.showing import phone
from walletdesk.trust.staff.public import may

register = template.Library()
_EMPTY = mark_safe('<span class="end"></span>')


@register.simple_tag(takes_context=True)
def soft_phone(context: template.Context) -> SafeString:
    request = context["request"]
    if not may(request.employee, "work_cases"):
        return _EMPTY
    return render_to_string("desk/phone.html", phone.context(request), request=request)
