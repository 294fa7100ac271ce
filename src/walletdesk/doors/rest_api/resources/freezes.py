"""The customer's own switch: nothing goes out any more. It is thrown here and never taken back here: a key that was stolen can
stop money, and cannot start it.
"""

from __future__ import annotations

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.once import once
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.parts import Said
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import case
from walletdesk.service.freezes.public import FreezeState, freeze_own, freeze_state


def get(asked: Asked) -> Answer:
    return as_json(200, _shown(freeze_state(asked.customer_id)))


def freeze(asked: Asked) -> Answer:
    customer_id = asked.customer_id
    return once(asked, 200, lambda: _shown(freeze_own(customer_id, "api")))


def _shown(state: FreezeState) -> answers.FreezeState:
    return answers.FreezeState(
        frozen=state.frozen,
        mode=state.mode,  # type: ignore[arg-type]
        ordered_by=state.ordered_by or None,  # type: ignore[arg-type]
        reason=Said(state.reason.zh, state.reason.en) if state.reason else None,
        since=state.since,
        case_reference=case(state.case_id).reference if state.case_id else None,
    )


ENDPOINTS = [
    Endpoint(
        "GET",
        "/v1/freeze",
        "freeze.get",
        Words("账户是否冻结，为什么", "Whether the account is frozen, and why"),
        answers.FreezeState,
        get,
        scope="wallets:read",
        refuses="not_for_this_owner",
    ),
    Endpoint(
        "POST",
        "/v1/freeze",
        "freeze.throw",
        Words("马上冻结：钱出不去，还能进来", "Freeze at once: nothing goes out, money may come in"),
        answers.FreezeState,
        freeze,
        scope="wallets:freeze",
        refuses="not_for_this_owner",
        idempotent="optional",
        route="v1.freeze",
        may_be_unknown=True,
        about=Words("解冻要本人在应用里证明身份", "It is lifted by its owner in the app, with a proof"),
    ),
]
