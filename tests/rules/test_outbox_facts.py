"""Facts as rows: told, written, read again the same; and how long a listener that fails is borne with."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from walletdesk.foundation.outbox.public import Fact, fact
from walletdesk.foundation.outbox.rules.facts import fact_from_json, told_in_columns
from walletdesk.foundation.outbox.rules.patience import TRIES, pause_after


@fact("rules.kettle_boiled")
@dataclass(frozen=True, slots=True)
class KettleBoiled(Fact):
    kettle: UUID
    name: str
    at: datetime
    cups: list[int]
    detail: dict[str, str]
    whistled: bool = False

    def topics(self) -> list[str]:
        return ["kitchen", f"kettle:{self.kettle}", "kitchen"]


BOILED = KettleBoiled(
    UUID(int=7), "旧水壶", datetime(2026, 5, 1, 8, 0, 0, 123456, tzinfo=UTC), [1, 2**53], {"谁": "me"}, whistled=True
)


def written(told: Fact) -> dict:
    (name,), (payload,), (topics,) = told_in_columns([told])
    return {"fact": name, "payload": json.loads(payload), "topics": topics}


def test_a_fact_is_read_as_it_was_told():
    row = written(BOILED)
    assert row["fact"] == "rules.kettle_boiled"
    assert fact_from_json(row["fact"], json.dumps(row["payload"])) == BOILED


def test_topics_are_told_once_each():
    assert written(BOILED)["topics"] == ["kitchen", f"kettle:{UUID(int=7)}"]


def test_a_row_from_before_a_field_existed_still_reads():
    old = written(BOILED)["payload"]
    del old["whistled"]
    assert fact_from_json("rules.kettle_boiled", json.dumps(old)).whistled is False


def test_a_row_that_does_not_fit_is_an_error_by_name():
    with pytest.raises(msgspec.ValidationError, match="kettle"):
        fact_from_json("rules.kettle_boiled", '{"name": "x"}')
    with pytest.raises(LookupError, match=r"rules\.pot_boiled"):
        fact_from_json("rules.pot_boiled", "{}")


def test_only_a_frozen_dataclass_with_an_own_name_is_a_fact():
    with pytest.raises(TypeError, match="frozen"):
        fact("rules.loose")(type("Loose", (Fact,), {}))
    with pytest.raises(TypeError, match="already"):

        @fact("rules.kettle_boiled")
        @dataclass(frozen=True)
        class PotBoiled(Fact):
            pass

    @dataclass(frozen=True)
    class Unnamed(Fact):
        pass

    with pytest.raises(TypeError, match="@fact"):
        told_in_columns([Unnamed()])


@pytest.mark.parametrize(("failures", "pause"), [(1, 1), (2, 5), (3, 30), (4, 300), (5, 3600), (6, None), (7, None)])
def test_pauses_grow_and_the_sixth_failure_is_the_last(failures, pause):
    assert pause_after(failures) == pause
    assert TRIES == 6
