"""C08: a database administrator changes one byte of the books by hand: the checker names the record.

Every column of every row that must not change is tried, one at a time, with triggers switched off as only the owner can.
"""

from __future__ import annotations

import psycopg
import pytest

from tests.databases import FreshDatabase
from tests.factories.ledger import SEALED_TABLES, tampered, told
from walletdesk.money.ledger.public import check_books
from walletdesk.money.ledger.services.check_books import look_through

# How one byte of a value differs, by the type of its column.
ONE_BYTE = {
    "bigint": "{0} # 1",
    "uuid": "encode(set_byte(uuid_send({0}), 15, get_byte(uuid_send({0}), 15) # 1), 'hex')::uuid",
    "text": "overlay({0} placing chr(ascii({0}) # 1) from 1 for 1)",
    "character varying": "overlay({0} placing chr(ascii({0}) # 1) from 1 for 1)",
    "boolean": "NOT {0}",
    "timestamp with time zone": "{0} + interval '1 microsecond'",
    "bytea": "set_byte({0}, 7, get_byte({0}, 7) # 1)",
}
NULL_BECOMES = {"uuid": "gen_random_uuid()", "bigint": "1"}
KEY_OF = {"funds_hold_resolution": "hold_id"}

LIFE = """
    account  anna   customer_wallet      CNY  50.00
    account  shop   merchant_settlement  CNY
    payment  1      anna > shop 10.00 + shop > fee_income:CNY 0.06    | posted
    refund   2      shop > anna 2.00 refunds 1                        | posted
    hold     trip   anna 10.00                                        | placed
    hold     taxi   anna 5.00                                         | placed
    capture  3      anna > shop 7.00 captures trip                    | posted
"""


def columns_of(database: FreshDatabase, table: str) -> list[tuple[str, str]]:
    return [
        (name, kind)
        for name, kind in database.as_owner(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
            table,
        )
    ]


@pytest.mark.parametrize("table", SEALED_TABLES)
def test_c08_one_byte_changed_by_hand_is_found_and_named(fresh_database: FreshDatabase, table: str) -> None:
    told(LIFE)
    key = KEY_OF.get(table, "id")
    tried = 0
    for [row] in fresh_database.as_owner(f"SELECT {key} FROM {table} ORDER BY {key}"):
        owner = row
        if table == "journal_line":
            [[owner]] = fresh_database.as_owner("SELECT entry_id FROM journal_line WHERE id = %s", row)
        for column, kind in columns_of(fresh_database, table):
            name = f'"{column}"'
            otherwise = NULL_BECOMES.get(kind, "NULL")
            change = f"UPDATE {table} SET {name} = coalesce({ONE_BYTE[kind].format(name)}, {otherwise}) WHERE {key} = '{row}'"
            try:
                with tampered(fresh_database, change) as cursor:
                    findings = look_through(cursor)
            except psycopg.IntegrityError:
                continue  # a constraint of the table did not let it happen
            tried += 1
            assert findings, change
            named = {part for finding in findings[:3] for part in finding.record.split()}
            if column != key and column != "entry_id":
                assert findings[0].record.split()[-1] in {str(row), str(owner)}, (change, findings)
            elif column == "entry_id":
                assert str(owner) in named, (change, findings)
    assert tried >= 4
    assert check_books().true
