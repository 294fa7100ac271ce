"""What an agent can do for a customer, what a second person decides, and what the customer reads of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.service import (
    a_desk,
    a_payer,
    a_payment,
    balance_of,
    charged_twice,
    everybody_hears,
    in_hand,
)
from tests.factories.trust import an_employee
from walletdesk.foundation.amount.public import AmountTooSmall
from walletdesk.foundation.audit.public import acts_on_customer, verify_chain
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.ledger.public import check_books
from walletdesk.money.payments.public import payment
from walletdesk.money.refunds.public import refund_of_approval, refunds_of
from walletdesk.money.wallets.public import freeze_wallet, wallets_of
from walletdesk.service.agent_actions.public import (
    CannotRefund,
    CaseNotInHand,
    FieldNotMasked,
    NoCase,
    NotVerified,
    OverCap,
    PaymentNotOnCase,
    acts_seen_by_customer,
    approve_refund,
    ask_verification,
    look_up,
    preview,
    preview_proposal,
    propose_refund,
    reject_refund,
    revise_refund,
    unmask,
    withdraw_refund,
)
from walletdesk.service.cases.public import (
    ReasonMissing,
    close_case,
    confirm_solved,
    take_case,
    the_customer,
    timeline,
)
from walletdesk.service.conversations.public import conversation
from walletdesk.service.notifications.public import notices
from walletdesk.trust.approvals.public import proposal
from walletdesk.trust.staff.public import ActNotAllowed
from walletdesk.trust.verification.public import answer_prompt

pytestmark = pytest.mark.django_db

REASON = "收银机多扣了一次"


def test_charged_twice_is_put_right_by_two_people() -> None:
    """The whole of J2 behind the doors: proposed, approved, posted, told, confirmed, closed."""
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    before = balance_of(story.lin)
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)
    assert balance_of(story.lin) == before, "a proposal moves nothing"
    decided = approve_refund(desk.he.id, made.id, made.payload_hash)
    assert balance_of(story.lin) == before + 3_800
    assert decided.state == "approved"
    (refund,) = refunds_of([story.first.id, story.second.id])
    assert (refund.payment_id, refund.amount.minor, refund.reason) == (story.second.id, 3_800, REASON)
    assert refund_of_approval(made.id) == refund
    assert payment(story.second.id).state == "refunded"  # type: ignore[union-attr]

    waiting = story.now()
    assert waiting.state == "resolved"
    assert waiting.promises[0].standing == "kept"
    assert [one.kind for one in timeline(story.case.id)][-5:] == [
        "proposal_made",
        "proposal_approved",
        "refund_posted",
        "promise_kept",
        "confirmation_asked",
    ]
    (message,) = conversation(story.case.id, the_customer(story.lin.id))
    assert message.text == f"¥38.00 已经回到您的余额。{REASON}。看到后请点“是的”。工号 1024"
    assert message.author_number == "1024"

    everybody_hears()
    closed = confirm_solved(story.lin.id, story.case.id)
    text = closed.summary["text"]["zh-hans"]  # type: ignore[index]
    assert "工号 1024 周岚" in text
    assert "退款 ¥38.00 已到账" in text
    assert "守约" in text
    assert check_books().findings == ()
    assert verify_chain() is None


def test_the_sheet_shows_what_the_ledger_will_do_and_what_was_checked() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    sheet = preview(desk.zhou.id, story.case.id, story.second.id, reason=REASON)
    assert sheet.amount.minor == 3_800, "what is left of the payment, unless told otherwise"
    assert {line.amount.minor for line in sheet.ledger.lines} == {3_800, 23}
    assert sheet.ledger.customer.after.minor - sheet.ledger.customer.before.minor == 3_800
    assert sheet.can_propose
    assert sheet.deciders == 1
    assert REASON in sheet.message.zh
    spoken = [check.words.en for check in sheet.checks]
    assert "Verified to level 2: enough" in spoken
    assert "Your limit is ¥500.00" in spoken


def test_the_sheet_says_what_speaks_against_it() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou, verified=False)
    sheet = preview(desk.zhou.id, story.case.id, story.second.id)
    assert not sheet.can_propose
    assert [check.code for check in sheet.checks if not check.ok] == ["not_verified"]


def test_a_proposal_needs_a_verified_customer() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou, verified=False)
    with pytest.raises(NotVerified) as refused:
        propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)
    assert refused.value.fields == {"level": 0, "needed": 2}


def test_a_customer_who_disowned_the_agent_is_not_verified_any_more() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    answer_prompt(story.lin.id, ask_verification(desk.zhou.id, story.case.id).id, genuine=False)
    with pytest.raises(NotVerified):
        propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)


def test_proposals_are_refused_in_the_order_that_the_front_door_tells() -> None:
    story, desk, stranger = charged_twice(), a_desk(), a_payer("王明")
    editor = an_employee("editor", "words")

    def propose(
        employee: object = desk.zhou, payment_id: object = story.second.id, minor: int = 3_800, reason: str = REASON
    ) -> None:
        propose_refund(employee.id, story.case.id, payment_id, minor, reason)  # type: ignore[attr-defined, arg-type]

    with pytest.raises(ActNotAllowed):
        propose(editor, minor=0, reason="")
    with pytest.raises(CaseNotInHand):
        propose(minor=0, reason="")
    in_hand(story, desk.zhou)
    with pytest.raises(ReasonMissing):
        propose(minor=0, reason=" ")
    with pytest.raises(AmountTooSmall):
        propose(minor=0, payment_id=a_payment(stranger, story.bakery).id)
    with pytest.raises(PaymentNotOnCase):
        propose(payment_id=a_payment(story.lin, story.bakery).id)
    with pytest.raises(CannotRefund):
        propose(minor=3_801)
    propose()
    with pytest.raises(Exception, match="proposal_open"):
        propose()


def test_nobody_proposes_above_the_cap() -> None:
    story, desk = charged_twice(), a_desk()
    modest = an_employee("agent", "care", refund_cap_minor=1_000)
    in_hand(story, modest)
    with pytest.raises(OverCap) as refused:
        propose_refund(modest.id, story.case.id, story.second.id, 1_001, REASON)
    assert str(refused.value.fields["cap"]) == "¥10.00"
    assert propose_refund(modest.id, story.case.id, story.second.id, 1_000, REASON).is_open
    assert desk.zhou.refund_cap_minor == 50_000, "the profile's, where nobody has set another"


def test_a_changed_proposal_needs_a_new_approval() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    old = propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)
    new = revise_refund(desk.zhou.id, old.id, 1_900, "只多扣了一半")
    with pytest.raises(Exception, match="proposal_decided"):
        approve_refund(desk.he.id, old.id, old.payload_hash)
    with pytest.raises(Exception, match="proposal_changed"):
        approve_refund(desk.he.id, new.id, old.payload_hash)
    before = balance_of(story.lin)
    approve_refund(desk.he.id, new.id, new.payload_hash)
    assert balance_of(story.lin) == before + 1_900


def test_a_proposal_can_be_taken_back() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)
    assert withdraw_refund(desk.zhou.id, made.id).state == "withdrawn"
    assert propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON).is_open


def test_sent_back_with_a_reason_that_the_maker_reads_and_the_customer_does_not() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)
    reject_refund(desk.he.id, made.id, "请先问店主")
    (notice,) = notices("employee", desk.zhou.id)
    assert "请先问店主" in notice.words["zh-hans"]
    assert "proposal_rejected" in [one.kind for one in timeline(story.case.id, "staff")]
    assert "请先问店主" not in str(timeline(story.case.id))
    assert not refunds_of([story.second.id])


def test_an_approval_that_cannot_be_posted_leaves_everything_as_it_was() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)
    freeze_wallet(wallets_of(story.lin.id)[0].id, "full", "可疑", "test")
    lines = len(timeline(story.case.id, "staff"))
    with pytest.raises(Exception, match=r"wallet_frozen|frozen"):
        approve_refund(desk.he.id, made.id, made.payload_hash)
    assert proposal(made.id).is_open  # type: ignore[union-attr]
    assert len(timeline(story.case.id, "staff")) == lines
    assert story.now().state == "open"
    assert not refunds_of([story.second.id])


def test_a_case_closed_meanwhile_is_not_paid() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)
    confirm_solved(story.lin.id, story.case.id)
    with pytest.raises(CaseNotInHand):
        approve_refund(desk.he.id, made.id, made.payload_hash)
    assert proposal(made.id).is_open  # type: ignore[union-attr]


def test_the_second_person_sees_the_ledger_the_reason_and_why_not() -> None:
    story, desk = charged_twice(), a_desk()
    colleague = an_employee("supervisor", "care")
    in_hand(story, desk.zhou)
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)
    slip = preview_proposal(desk.he.id, made.id)
    assert (slip.amount.minor, slip.reason, slip.objection) == (3_800, REASON, None)
    assert slip.case.id == story.case.id
    assert all(check.ok for check in slip.checks)
    assert "Nothing moved since it was proposed" in [check.words.en for check in slip.checks]
    theirs = preview_proposal(colleague.id, made.id)
    assert theirs.objection.code == "same_team"  # type: ignore[union-attr]
    assert [check.code for check in theirs.checks if not check.ok] == ["two_person_rule"]
    with pytest.raises(ActNotAllowed):
        preview_proposal(desk.zhou.id, made.id)


def test_before_verification_private_fields_are_masked_and_afterwards_shown() -> None:
    story, desk = charged_twice(a_payer(email="lin@example.com")), a_desk()
    take_case(desk.zhou.id, story.case.id)
    card = look_up(desk.zhou.id, story.case.id)
    assert card.masked == {"phone", "email", "balances", "other_payments"}
    assert (card.name, card.wallets, card.activity) == ("林晓雨", None, None)
    assert "lin@example.com" not in str(card)
    assert [one.id for one in card.case_payments] == [story.first.id, story.second.id]
    answer_prompt(story.lin.id, ask_verification(desk.zhou.id, story.case.id).id, genuine=True)
    card = look_up(desk.zhou.id, story.case.id)
    assert card.email == "lin@example.com"
    assert card.wallets[0].available.minor == balance_of(story.lin)  # type: ignore[index]
    assert card.masked == frozenset()


def test_a_colleague_over_the_shoulder_sees_the_masks_also_after_verification() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    assert look_up(desk.he.id, story.case.id).masked
    assert not look_up(desk.zhou.id, story.case.id).masked
    close_case(desk.zhou.id, story.case.id, "完成")
    assert look_up(desk.zhou.id, story.case.id).masked


def test_without_a_case_an_account_stays_closed() -> None:
    desk = a_desk()
    with pytest.raises(NoCase):
        look_up(desk.zhou.id, None)
    with pytest.raises(NoCase):
        unmask(desk.zhou.id, None, "phone", "好奇")


def test_unmasking_needs_the_own_case_a_field_and_a_reason() -> None:
    story, desk = charged_twice(a_payer(email="lin@example.com")), a_desk()
    with pytest.raises(CaseNotInHand):
        unmask(desk.zhou.id, story.case.id, "email", REASON)
    take_case(desk.zhou.id, story.case.id)
    with pytest.raises(FieldNotMasked):
        unmask(desk.zhou.id, story.case.id, "password", REASON)
    with pytest.raises(ReasonMissing):
        unmask(desk.zhou.id, story.case.id, "email", " \n ")
    assert not [act for act in acts_on_customer(story.lin.id) if act.verb == "unmask"]
    assert unmask(desk.zhou.id, story.case.id, "email", "要寄确认信") == "lin@example.com"
    assert unmask(desk.zhou.id, story.case.id, "balances", "核对到账")[0].available.minor == balance_of(story.lin)
    assert unmask(desk.zhou.id, story.case.id, "other_payments", "核对重复")


def test_the_customer_reads_who_looked_what_for_and_when() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    for _ in range(3):
        look_up(desk.zhou.id, story.case.id)
    unmask(desk.zhou.id, story.case.id, "phone", "线路断了，回拨")
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)
    approve_refund(desk.he.id, made.id, made.payload_hash)
    seen = acts_seen_by_customer(story.lin.id)
    assert [
        (act.verb, act.agent_number) for act in seen if act.verb in ("approve", "propose", "unmask", "look_up")
    ] == [
        ("approve", "0387"),
        ("propose", "1024"),
        ("unmask", "1024"),
        ("look_up", "1024"),
    ]
    unmasked = next(act for act in seen if act.verb == "unmask")
    assert (unmasked.what.zh, unmasked.reason) == ("看了您的手机号", "线路断了，回拨")
    assert {act.case_reference for act in seen} == {story.case.reference}
    assert "unmasked" in [line.kind for line in timeline(story.case.id)], "it stands on the case as well"
    assert not acts_seen_by_customer(a_payer("王明").id)


def test_a_look_is_written_down_again_after_half_an_hour() -> None:
    story, desk = charged_twice(), a_desk()
    look_up(desk.zhou.id, story.case.id)
    with at(now() + timedelta(minutes=31)):
        look_up(desk.zhou.id, story.case.id)
    assert [act.verb for act in acts_seen_by_customer(story.lin.id)] == ["look_up", "look_up"]
