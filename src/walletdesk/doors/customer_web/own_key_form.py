"""The form of a new API key: what it may do, how much it may move, until when, from where."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms

from walletdesk.doors._shared.form_words import in_form
from walletdesk.doors.customer_web.forms import AmountField
from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.foundation.clock.public import now
from walletdesk.money.agreements.public import MOVES_MONEY, KeyWish
from walletdesk.trust.api_keys.public import scopes_for

LIVES = (("30", in_form("30 天", "30 days")), ("90", in_form("90 天", "90 days")), ("365", in_form("一年", "A year")))
_READS = ["wallets:read", "transfers:read", "statements:read"]


def _choices() -> list[tuple[str, Any]]:
    return [(scope.name, in_form(scope.words.zh, scope.words.en)) for scope in scopes_for("customer")]


class OwnKeyForm(forms.Form):
    name = forms.CharField(
        label=in_form("叫什么", "What to call it"),
        max_length=60,
        error_messages={"required": in_form("请写用在哪里", "Say where it is used")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=in_form("它可以做什么", "What it may do"),
        choices=_choices,
        initial=_READS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": in_form("至少选一项", "Choose at least one"),
            "invalid_choice": in_form("没有这一项", "There is no such thing"),
        },
    )
    max_single = AmountField(label=in_form("每次最多", "At most each time"), required=False)
    max_day = AmountField(label=in_form("每天最多", "At most a day"), required=False)
    days = forms.ChoiceField(
        label=in_form("多久到期", "Until when"),
        choices=LIVES,
        initial="90",
        widget=forms.RadioSelect,
        error_messages={"required": in_form("请选一个", "Choose one")},
    )
    addresses = forms.CharField(
        label=in_form("只许从这些网络地址用，可不填", "Only from these network addresses, if you wish"),
        help_text=in_form("每行一个", "One a line"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if MOVES_MONEY.intersection(said.get("scopes") or ()):
            for cap in ("max_single", "max_day"):
                if not said.get(cap) and cap not in self.errors:
                    self.add_error(cap, in_form("能动钱的密钥要有上限", "A key that moves money needs a cap"))
        return said

    def wish(self, key: str, customer_id: UUID) -> KeyWish:
        said, nothing = self.cleaned_data, Amount(0, CNY)
        return KeyWish(
            key=key,
            customer_id=customer_id,
            name=said["name"],
            scopes=said["scopes"],
            mode="live",
            addresses=said["addresses"].replace(",", " ").split(),
            expires_at=now() + timedelta(days=int(said["days"])),
            max_single=said["max_single"] or nothing,
            max_day=said["max_day"] or nothing,
        )
