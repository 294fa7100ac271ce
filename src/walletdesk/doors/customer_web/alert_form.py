"""What a customer types about alerts, and the choices that it means."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms

from walletdesk.doors._shared.form_words import in_form
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.foundation.amount.public import CNY, Amount, read_amount
from walletdesk.foundation.errors import Refusal
from walletdesk.service.notifications.public import CHOSEN_SUBJECTS, Choices

NIGHT = (time(22, 0), time(7, 0))
_CHANNELS = (("push", in_form("推送", "Push")), ("sms", in_form("短信", "Text")), ("email", in_form("邮件", "E-mail")))
_TIME = {"invalid": in_form("时间写成 22:00", "Write a time like 22:00")}
_HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _channels(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=_CHANNELS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": in_form("没有这种方式", "There is no such way")},
    )


class AlertForm(forms.Form):
    """An empty sum is zero: every debit. Hours count only where ``quiet`` is ticked."""

    debit = _channels(in_form("钱出去", "Money goes out"))
    credit = _channels(in_form("钱进来", "Money comes in"))
    cases = _channels(in_form("案件有回复", "A case is answered"))
    threshold = forms.CharField(
        label=in_form("满多少才提醒", "From which sum on"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "placeholder": "0.00"}),
    )
    quiet = forms.BooleanField(label=in_form("夜里不打扰", "Quiet hours"), required=False)
    quiet_from = forms.TimeField(label=in_form("从", "From"), required=False, widget=_HOUR, error_messages=_TIME)
    quiet_to = forms.TimeField(label=in_form("到", "To"), required=False, widget=_HOUR, error_messages=_TIME)
    debits_pass = forms.BooleanField(
        label=in_form("付款提醒夜里也马上到", "Debits are told at once, also then"), required=False
    )

    @classmethod
    def of(cls, choices: Choices) -> AlertForm:
        """Filled with what holds now."""
        begins, ends = choices.quiet or NIGHT
        return cls(
            initial={
                **{subject: sorted(choices.channels[subject]) for subject in CHOSEN_SUBJECTS},
                "threshold": Amount(choices.threshold, CNY).plain if choices.threshold else "",
                "quiet": choices.quiet is not None,
                "quiet_from": begins,
                "quiet_to": ends,
                "debits_pass": choices.debits_pass_quiet,
            }
        )

    def clean_threshold(self) -> int:
        text = self.cleaned_data["threshold"].strip()
        if not text.strip("0.") and text.count(".") <= 1:
            return 0
        try:
            return read_amount(text, CNY).minor
        except Refusal as refusal:
            said = sentences(refusal)
            raise forms.ValidationError(f"{said.what}{in_form('，', '. ')}{said.next}") from refusal

    def clean(self) -> dict[str, Any]:
        read: dict[str, Any] = super().clean() or self.cleaned_data
        if read.get("quiet"):
            for name in ("quiet_from", "quiet_to"):
                if name not in self.errors and read.get(name) is None:
                    self.add_error(name, in_form("请填时间", "Give a time"))
        return read

    def choices(self) -> Choices:
        """What a valid form means."""
        read = self.cleaned_data
        return Choices(
            channels={subject: frozenset(read[subject]) for subject in CHOSEN_SUBJECTS},
            threshold=read["threshold"],
            asset=CNY.code,
            quiet=(read["quiet_from"], read["quiet_to"]) if read["quiet"] else None,
            debits_pass_quiet=read["debits_pass"],
        )
