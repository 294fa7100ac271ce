"""What a planner types: seconds and per cent as people say them."""

from __future__ import annotations

from django import forms

from walletdesk.doors._shared.form_words import in_form
from walletdesk.service.workforce.public import PlanWishes

_WORDS = {
    "required": in_form("这里要填", "This is needed"),
    "invalid": in_form("请填一个数", "Give a number"),
    "min_value": in_form("不能小于 %(limit_value)s", "At least %(limit_value)s"),
    "max_value": in_form("不能大于 %(limit_value)s", "At most %(limit_value)s"),
}


def _number(zh: str, en: str, least: float, most: float, required: bool = True) -> forms.FloatField:
    return forms.FloatField(
        label=in_form(zh, en), min_value=least, max_value=most, required=required, error_messages=_WORDS,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip


class PlannerForm(forms.Form):
    """``patience`` may be empty: then nobody is thought to give up."""

    aht = _number("每通处理秒数（通话＋整理）", "Handling of a call, seconds (talk + wrap-up)", 5, 7_200)
    target_level = _number("目标：接起的百分比", "Goal: per cent answered", 1, 99)
    target_seconds = _number("在多少秒内", "within seconds", 1, 3_600)
    patience = _number("来电者平均耐心秒数（可空）", "Callers’ mean patience, seconds (may be empty)", 5, 36_000, False)
    shrinkage = _number("缩减率 %（休假、培训、小休）", "Shrinkage % (leave, training, breaks)", 0, 80)
    most_busy = _number("最高占用率 %", "Highest occupancy %", 30, 99)
    for_high = forms.BooleanField(label=in_form("按预测上限排", "Plan for the upper end"), required=False)

    @classmethod
    def of(cls, wishes: PlanWishes) -> PlannerForm:
        """The form as these wishes would have filled it."""
        return cls(
            {
                "aht": f"{wishes.aht:g}",
                "target_level": f"{wishes.target_level * 100:g}",
                "target_seconds": f"{wishes.target_seconds:g}",
                "patience": "" if wishes.patience is None else f"{wishes.patience:g}",
                "shrinkage": f"{wishes.shrinkage * 100:g}",
                "most_busy": f"{wishes.most_busy * 100:g}",
                **({"for_high": "on"} if wishes.for_high else {}),
            }
        )

    def wishes(self) -> PlanWishes:
        """What was typed, in the room's own units."""
        typed = self.cleaned_data
        return PlanWishes(
            aht=typed["aht"],
            target_seconds=typed["target_seconds"],
            target_level=typed["target_level"] / 100,
            patience=typed["patience"],
            shrinkage=typed["shrinkage"] / 100,
            most_busy=typed["most_busy"] / 100,
            for_high=typed["for_high"],
        )
