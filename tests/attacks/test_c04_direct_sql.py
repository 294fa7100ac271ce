"""C04: direct SQL by the application's role on the books: permission denied; by their owner: refused by trigger."""

from __future__ import annotations

import psycopg
import pytest

from tests.databases import FreshDatabase
from tests.factories.ledger import told

TABLES = (
    "journal_entry",
    "journal_line",
    "funds_hold",
    "funds_hold_resolution",
    "ledger_account",
    "ledger_account_kind",
)
PRIVATE = (
    "SELECT ledger_end_holds(NULL)",
    "SELECT nextval('journal_line_id_seq')",
    "SELECT setval('journal_line_id_seq', 1)",
    "ALTER TABLE journal_line DISABLE TRIGGER ALL",
    "ALTER FUNCTION ledger_never() RENAME TO ledger_sometimes",
    "CREATE OR REPLACE FUNCTION ledger_never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET ROLE walletdesk_owner",
    "SET session_replication_role = replica",
    "UPDATE ledger_asset SET digits = 0",
    "UPDATE clock_simulation SET allowed = true",
)
CHANGES = ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE", "INSERT INTO {0} SELECT * FROM {0}")
FIRST_COLUMN = {"funds_hold_resolution": "hold_id", "ledger_account_kind": "name"}


def every_change() -> list[str]:
    return [act.format(table, FIRST_COLUMN.get(table, "id")) for table in TABLES for act in CHANGES]


def test_c04_the_application_s_role_can_change_nothing(fresh_database: FreshDatabase) -> None:
    told(LIFE)
    with psycopg.connect(fresh_database.url, autocommit=True) as connection:
        for statement in [*every_change(), *PRIVATE]:
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.WrongObjectType)):
                connection.execute(statement.encode())


def test_c04_not_even_the_owner_changes_a_posted_row(fresh_database: FreshDatabase) -> None:
    told(LIFE)
    for statement in every_change():
        if statement.startswith("INSERT") or "ledger_account_kind" in statement:
            continue
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="never change"):
            fresh_database.as_owner(statement)
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="never change"):
        fresh_database.as_owner("UPDATE funds_hold SET open = true")


def test_c04_a_hostile_search_path_finds_no_other_tables(fresh_database: FreshDatabase) -> None:
    """The functions run with their owner's rights, so they must not be led to somebody else's tables."""
    told(LIFE)
    with psycopg.connect(fresh_database.url, autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE ledger_account (id bigint, frozen text)")
        connection.execute("INSERT INTO ledger_account VALUES (1, 'none')")
        connection.execute("SET search_path = pg_temp, public")
        changed = connection.execute("SELECT ledger_set_freeze(ARRAY[1::bigint], 'full')").fetchone()
        assert changed == (1,)
        assert connection.execute("SELECT frozen FROM pg_temp.ledger_account").fetchone() == ("none",)
        assert connection.execute("SELECT frozen FROM public.ledger_account WHERE id = 1").fetchone() == ("full",)


LIFE = """
    account  anna  customer_wallet      CNY  50.00
    account  shop  merchant_settlement  CNY
    payment  1     anna > shop 10.00                      | posted
    hold     trip  anna 10.00                             | placed
    capture  2     anna > shop 7.00 captures trip         | posted
"""
