"""What a customer types. A form reads and keeps what was typed; whether it is allowed is asked of the rooms."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from walletdesk.doors._shared.form_words import in_form
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors.customer_web.way_back import way_back
from walletdesk.foundation.amount.public import CNY, Amount, read_amount
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal

_NEEDED = {"required": in_form("这里要填", "This is needed")}
_DATE = {"required": "", "invalid": in_form("日期写成 2026-05-19", "Write a date like 2026-05-19")}


class AmountField(forms.CharField):
    """Text that is read strictly into a positive CNY amount; the refusal's own words are the error."""

    def __init__(self, **fields: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "placeholder": "0.00"}
        fields.setdefault("widget", forms.TextInput(attrs=attributes))
        fields.setdefault("error_messages", {"required": in_form("请填金额", "Give an amount")})
        super().__init__(max_length=24, **fields)

    def clean(self, value: Any) -> Amount | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_amount(text, CNY)
        except Refusal as refusal:
            said = sentences(refusal)
            raise forms.ValidationError(f"{said.what}{in_form('，', '. ')}{said.next}") from refusal


class TopUpForm(forms.Form):
    BANKS = (("linjiang", in_form("临江银行", "Linjiang Bank")),)

    amount = AmountField(label=in_form("充多少", "How much"))
    bank = forms.ChoiceField(
        choices=BANKS,
        initial="linjiang",
        widget=forms.RadioSelect,
        error_messages=_NEEDED | {"invalid_choice": in_form("请选一家银行", "Choose a bank")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_next(self) -> str:
        return way_back(self.cleaned_data["next"])


class TransferForm(forms.Form):
    to = forms.CharField(
        label=in_form("转给谁", "To whom"),
        help_text=in_form("对方的手机号、邮箱或客户编号", "Their phone, e-mail or customer number"),
        max_length=254,
        error_messages={"required": in_form("请填手机号、邮箱或编号", "Give a phone, e-mail or number")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
    )
    amount = AmountField(label=in_form("转多少", "How much"))
    note = forms.CharField(
        label=in_form("附言（对方看得到）", "Note (they will see it)"), required=False, max_length=140, strip=True
    )
    when = forms.DateTimeField(
        label=in_form("什么时候转，不填就是现在", "When; empty means now"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": in_form("时间写成 2026-05-19 08:30", "Write a moment like 2026-05-19 08:30")},
    )

    def clean_when(self) -> datetime | None:
        when: datetime | None = self.cleaned_data["when"]
        if when is not None and when <= now():
            raise forms.ValidationError(in_form("要选以后的时间", "Choose a moment that lies ahead"))
        return when


class SentTransferForm(TransferForm):
    """What was confirmed, perhaps sent for the second time: whether its moment still lies ahead is asked after its key."""

    def clean_when(self) -> datetime | None:
        when: datetime | None = self.cleaned_data["when"]
        return when


class OwnLimitForm(forms.Form):
    amount = AmountField(label=in_form("改成", "Change it to"), required=False)
    none = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("none") and not said.get("amount") and "amount" not in self.errors:
            self.add_error("amount", in_form("请填金额", "Give an amount"))
        if said.get("none"):
            said["amount"] = None
        return said


class BillsForm(forms.Form):
    """Search and filters of the bills; a field that makes no sense is left out, with its error beside it."""

    KINDS = (
        ("", in_form("全部", "All")),
        ("payment", in_form("付款", "Payments")),
        ("refund", in_form("退款", "Refunds")),
        ("top_up", in_form("充值", "Top-ups")),
        ("transfer_in", in_form("转入", "Received")),
        ("transfer_out", in_form("转出", "Sent")),
    )

    text = forms.CharField(
        label=in_form("找账单", "Search bills"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
    kind = forms.ChoiceField(label=in_form("种类", "Kind"), choices=KINDS, required=False)
    since = forms.DateField(
        label=in_form("从", "From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages=_DATE,
    )
    until = forms.DateField(
        label=in_form("到", "To"), required=False, widget=forms.DateInput(attrs={"type": "date"}), error_messages=_DATE
    )
    least = AmountField(label=in_form("至少", "At least"), required=False)
    most = AmountField(label=in_form("至多", "At most"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["placeholder"] = str(
            in_form("商户、人、订单号、附言", "Shop, person, order, note")
        )

    def filters(self) -> dict[str, Any]:
        """The arguments of ``activity``; days are whole days in the reader's time zone."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        filters: dict[str, Any] = {name: said[name] for name in ("text", "kind") if name in said}
        if "since" in said:
            filters["since"] = _midnight(said["since"])
        if "until" in said:
            filters["until"] = _midnight(said["until"] + timedelta(days=1))
        if "least" in said:
            filters["min_minor"] = said["least"].minor
        if "most" in said:
            filters["max_minor"] = said["most"].minor
        return filters


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
