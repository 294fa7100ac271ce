"""Risk judges batches from its own memory, writes each decision down, and honours what stands on whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from bench.risk_labels import Kept, Memory
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories.foundation import a_moment
from walletdesk.foundation.clock.public import at, now, uuid7
from walletdesk.foundation.outbox.public import events_after
from walletdesk.trust.risk.errors import MarkNeedsReason, OwnRules, RulesNeedNote, RulesNotUsable, RulesPublished
from walletdesk.trust.risk.models import RiskDecision, RiskMark, RuleVersion
from walletdesk.trust.risk.public import (
    FreezeOrdered,
    Origin,
    PaymentOnHold,
    PaymentStopped,
    RiskAsk,
    StepUpNeeded,
    decide_many,
    dry_run,
    is_frozen,
    keep_decisions,
    lift_restrictions,
    publish_rules,
    refusal_of,
    restrict,
    restrictions_of,
    rule_version,
    rules_in_force,
    stopped_lately,
    write_rules,
    written,
)
from walletdesk.trust.risk.queries.recall import recall
from walletdesk.trust.risk.queries.rule_sets import forget_remembered

pytestmark = pytest.mark.django_db
ANNA, BERT, SHOP = uuid7(), uuid7(), uuid7()
PAGE = Origin("page")


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget_remembered()
    yield
    forget_remembered()


def an_ask(yuan: int, payee: UUID = BERT, payer: UUID = ANNA, has: int | None = 3_000, **more: object) -> RiskAsk:
    origin = more.pop("origin", PAGE)
    kind = "payment" if payee == SHOP else "transfer"
    available = None if has is None else has * 100
    return RiskAsk(payer, kind, payee, yuan * 100, "CNY", origin, available)  # type: ignore[arg-type]


def asked(*asks: RiskAsk) -> list[str]:
    """What is answered; what is allowed is paid and written down."""
    decisions = decide_many(asks)
    keep_decisions(decisions, [one.outcome == "allow" for one in decisions])
    return [one.outcome for one in decisions]


def a_thief() -> Origin:
    return Origin("page", uuid7(), now() + timedelta(hours=12))


def test_an_ordinary_payment_passes_and_is_written_down() -> None:
    (one,) = decide_many([an_ask(38, SHOP)])
    assert (one.outcome, one.rule_version, refusal_of(one)) == ("allow", rules_in_force().version, None)
    keep_decisions([one], [True])
    row = RiskDecision.objects.get()
    assert (row.id, row.done, row.inputs["amount_minor"], row.channel) == (one.id, True, 3_800, "page")


def test_a_challenge_is_answered_by_a_fresh_proof() -> None:
    thief = a_thief()
    (one,) = decide_many([an_ask(1_100, SHOP, has=9_000, origin=thief)])
    assert isinstance(refusal_of(one), StepUpNeeded)
    owner = Origin("page", thief.device_id, thief.device_limits_until, now())
    assert asked(an_ask(1_100, SHOP, has=9_000, origin=owner)) == ["allow"]
    stale = Origin("page", thief.device_id, thief.device_limits_until, now() - timedelta(minutes=6))
    assert asked(an_ask(1_100, SHOP, has=9_000, origin=stale)) == ["challenge"]


def test_an_odd_sign_in_and_a_drain_freeze_at_once_and_are_told_once() -> None:
    thief = a_thief()
    asks = [an_ask(2_900, origin=thief), an_ask(10, SHOP, origin=thief), an_ask(2_900, origin=thief)]
    decisions = decide_many(asks)
    assert [one.outcome for one in decisions] == ["freeze", "deny", "deny"]
    assert isinstance(refusal_of(decisions[0]), PaymentStopped)
    assert is_frozen(decisions[1]) and not is_frozen(decisions[0])
    keep_decisions(decisions, [False] * 3)
    (event,) = [one for one in events_after(["risk"], 0, 10) if isinstance(one.fact, FreezeOrdered)]
    assert (event.fact.customer_id, event.fact.decision_id) == (ANNA, decisions[0].id)
    assert asked(an_ask(1, SHOP)) == ["deny"]
    assert [one.kind for one in restrictions_of(ANNA)] == ["frozen"]


def test_a_batch_hides_nothing_that_single_asks_would_show() -> None:
    singly = [asked(an_ask(20, SHOP, payer=BERT))[0] for _ in range(14)]
    together = asked(*(an_ask(20, SHOP) for _ in range(14)))
    assert singly == together == ["allow"] * 11 + ["challenge"] * 3


def test_many_asks_cost_as_many_statements_as_one() -> None:
    asked(an_ask(5, SHOP))

    def statements(count: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            asked(*(an_ask(5, SHOP, payer=uuid7()) for _ in range(count)))
        return len(seen)

    assert statements(1) == statements(200) == 3


def test_memory_in_the_database_is_the_memory_of_the_labelled_town() -> None:
    """The statement of ``recall.sql`` against the Python that the claims of recall and false alarms stand on."""
    dice, memory, moment = Random(20261122), Memory(), a_moment()
    people, shops = [uuid7() for _ in range(6)], [uuid7() for _ in range(3)]
    for step in range(160):
        moment += timedelta(seconds=dice.choice([1, 30, 400, 4_000, 40_000, 400_000]))
        payer, person = dice.choice(people), dice.random() < 0.6
        payee = dice.choice([one for one in people if one != payer] if person else shops)
        ask = RiskAsk(payer, "transfer" if person else "payment", payee, dice.randint(1, 10**6), "CNY", PAGE, 10**7)
        with at(moment):
            (seen,) = recall([ask], moment)
            assert seen.past == memory.past(payer, moment), step
            assert seen.payee == memory.payee(payer, payee, moment, person=person), step
            (one,) = decide_many([ask])
            done = one.outcome == "allow" and dice.random() < 0.9
            keep_decisions([one], [done])
        stopped = one.outcome != "allow"
        row = Kept(moment, payer, payee, ask.amount_minor, done, stopped, one.look.new_payee, one.look.night)
        memory.keep(row, person=person)
        lift_restrictions(payer, ["frozen"], "test")


def test_a_weak_way_back_holds_all_that_goes_out_until_its_time() -> None:
    until = now() + timedelta(hours=24)
    restrict(ANNA, "weak_recovery", until, "proved by mail alone")
    (one,) = decide_many([an_ask(1, SHOP)])
    refusal = refusal_of(one)
    assert isinstance(refusal, PaymentOnHold) and refusal.fields["until"] == until
    proved = Origin("page", stepped_up_at=now())
    assert asked(an_ask(1, SHOP, origin=proved)) == ["deny"]
    with at(until + timedelta(seconds=1)):
        assert asked(an_ask(1, SHOP)) == ["allow"]


def test_a_changed_address_holds_new_payees_alone() -> None:
    with at(now() - timedelta(days=3)):
        assert asked(an_ask(30, BERT)) == ["allow"]
    restrict(ANNA, "address_changed", now() + timedelta(hours=24), "telephone number changed")
    assert asked(an_ask(30, BERT), an_ask(30, uuid7())) == ["allow", "deny"]


def test_a_reported_payee_is_nobodys_payee_until_looked_into() -> None:
    restrict(SHOP, "reported", None, "three people said so", by="employee:x")
    system = Origin()
    assert asked(an_ask(1, SHOP), an_ask(1, SHOP, origin=system)) == ["deny", "deny"]
    assert lift_restrictions(SHOP, ["reported"], "employee:x") == 1
    assert asked(an_ask(1, SHOP)) == ["allow"]


def test_a_mark_says_why_and_is_only_ended() -> None:
    with pytest.raises(MarkNeedsReason):
        restrict(ANNA, "weak_recovery", None, " ")
    mark = restrict(ANNA, "frozen", None, "stolen")
    assert restrict(ANNA, "frozen", None, "again") == mark
    for change in ({"reason": "other"}, {"until": now()}, {"subject_id": BERT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RiskMark.objects.filter(id=mark).update(**change)
    lift_restrictions(ANNA, ["frozen"], "it was me")
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskMark.objects.filter(id=mark).update(ended_at=None, ended_by="")


def a_version(**changed: object) -> int:
    rules = written(rules_in_force())
    rules["rules"]["velocity"] = {**rules["rules"]["velocity"], **changed}
    return write_rules(rules, "bots pay faster", "employee:a").number


def test_rules_are_written_by_one_and_published_by_another() -> None:
    number = a_version(count=3)
    assert rule_version(number).state == "draft"
    assert asked(*(an_ask(5, SHOP) for _ in range(4))) == ["allow"] * 4
    with pytest.raises(OwnRules):
        publish_rules(number, "employee:a")
    assert publish_rules(number, "employee:b").state == "in_force"
    with pytest.raises(RulesPublished):
        publish_rules(number, "employee:c")
    assert asked(an_ask(5, SHOP)) == ["challenge"]
    assert stopped_lately()[0].rule_version == number
    assert rule_version(1).state == "past"


def test_rules_that_cannot_be_used_are_never_written() -> None:
    with pytest.raises(RulesNeedNote):
        write_rules(written(rules_in_force()), " ", "employee:a")
    with pytest.raises(RulesNotUsable) as refused:
        a_version(count="many")
    assert refused.value.fields["where"] == "velocity.count"
    assert RuleVersion.objects.count() == 1


def test_the_database_keeps_versions_and_decisions_as_they_were() -> None:
    asked(an_ask(5, SHOP))
    number = a_version(count=4)
    for change in (
        lambda: RuleVersion.objects.filter(number=number).update(note="nothing"),
        lambda: RuleVersion.objects.filter(number=number).update(published_at=now(), published_by="employee:a"),
        lambda: RuleVersion.objects.filter(number=1).update(published_by="somebody"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(Exception, match=r"only added|permission denied"), transaction.atomic():
        RiskDecision.objects.update(done=False)


def test_a_dry_run_says_what_would_have_been() -> None:
    asked(*(an_ask(5, SHOP) for _ in range(5)))
    restrict(BERT, "weak_recovery", now() + timedelta(hours=1), "x")
    asked(an_ask(5, SHOP, payer=BERT))
    changed = rule_version(a_version(count=4))
    run = dry_run(changed.rules, rules_in_force())
    assert (run.looked_at, run.before, run.after) == (5, {"allow": 5}, {"allow": 3, "challenge": 2})
    assert run.moved == {("allow", "allow"): 3, ("allow", "challenge"): 2}
    assert [one.after for one in run.changed] == ["challenge"] * 2
    assert run.changed[0].reasons == ("velocity",)
    assert RiskDecision.objects.filter(outcome="challenge").count() == 0


def test_inputs_are_stored_whole() -> None:
    asked(an_ask(2_900, origin=a_thief()))
    (one,) = stopped_lately()
    assert json.dumps(one.inputs) and one.inputs["new_device"] is True and one.inputs["available_minor"] == 300_000
