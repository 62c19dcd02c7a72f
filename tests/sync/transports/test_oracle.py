"""Records out of a view: the same statement and the same changes as over REST, here on SQLite."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.errors import KnownError
from app.sync.transports import oracle
from app.sync.transports.oracle import COLUMNS, OracleReader, split_dsn

UID = "00000000-0000-4000-8000-000000000007"
RECORD: dict[str, Any] = dict.fromkeys(COLUMNS) | {
    "change_no": 5,
    "topic": "record",
    "item_key": "r1",
    "version": 2,
    "well_uid": UID,
    "field_name": "Северное",
    "pad": "5",
    "well_name": "101",
    "well_number": 7,
    "entry_id": "e",
    "author": "И. Петров",
    "saved_at": "2026-05-01T00:00:00Z",
    "action": "saved",
    "body": json.dumps({"kind": "note"}),
}


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[OracleReader]:
    """A view of twelve changes of two fields."""
    url = f"sqlite:///{tmp_path / 'centre.sqlite'}"
    engine = sa.create_engine(url)
    table = sa.Table("laptop_changes", sa.MetaData(), *(sa.Column(name) for name in COLUMNS))
    with engine.begin() as connection:
        connection.execute(sa.text(f"CREATE TABLE laptop_changes ({', '.join(COLUMNS)})"))
        for number in range(12, 0, -1):
            field = "Северное" if number % 2 else "Южное"
            connection.execute(table.insert().values(RECORD | {"change_no": number, "field_name": field}))
    engine.dispose()
    opened = OracleReader(url)
    yield opened
    opened.close()


def numbers(reader: OracleReader, after: int, field: str = "") -> list[int]:
    return [change.change_no for change in reader.changes(after, field).changes]


def test_changes_come_after_a_number_in_order_and_of_one_field_when_it_is_asked(
    reader: OracleReader,
) -> None:
    assert numbers(reader, 0) == list(range(1, 13))
    assert numbers(reader, 9) == [10, 11, 12]
    assert numbers(reader, 8, "Северное") == [9, 11]


def test_a_connection_that_broke_since_the_last_question_is_made_anew(reader: OracleReader) -> None:
    kept = reader._engine.raw_connection()
    kept.close()  # back to the pool, where its other end goes away
    broken = reader._engine.raw_connection()
    assert broken.driver_connection is not None
    broken.driver_connection.close()
    broken.close()
    assert numbers(reader, 9) == [10, 11, 12]


def test_at_most_so_many_are_told_at_once_and_whether_there_are_more(
    reader: OracleReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oracle, "MOST", 5)
    first = reader.changes(0)
    assert (len(first.changes), first.next, first.more) == (5, 5, True)
    last = reader.changes(7)
    assert (len(last.changes), last.next, last.more) == (5, 12, False)
    none = reader.changes(12)
    assert (none.changes, none.next, none.more) == ((), 12, False)


def test_a_view_that_is_not_there_is_a_refusal_and_a_database_that_is_not_a_network(tmp_path: Path) -> None:
    gone = OracleReader(f"sqlite:///{tmp_path / 'no' / 'folder'}")
    with pytest.raises(KnownError) as caught:
        gone.changes(0)
    assert (caught.value.code, caught.value.retry) == ("oracle_unreachable", True)
    gone.close()
    with pytest.raises(KnownError, match="oracle_refused"):
        OracleReader("no such thing")


def test_an_account_that_may_not_is_refused_and_is_no_network(
    reader: OracleReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(error: Exception) -> None:
        def connect() -> None:
            raise error

        monkeypatch.setattr(reader._engine, "connect", connect)

    fails(sa.exc.DatabaseError("SELECT", {}, Exception("ORA-00942 " + "x" * 300)))
    with pytest.raises(KnownError) as caught:
        reader.changes(0)
    assert (caught.value.code, caught.value.retry) == ("oracle_refused", False)
    assert caught.value.details["reason"] == ("ORA-00942 " + "x" * 300)[:200]
    fails(sa.exc.DatabaseError("SELECT", {}, Exception("gone"), connection_invalidated=True))
    with pytest.raises(KnownError, match="oracle_unreachable"):
        reader.changes(0)
    fails(sa.exc.InterfaceError("SELECT", {}, Exception("gone")))
    with pytest.raises(KnownError, match="oracle_unreachable"):
        reader.changes(0)
    fails(OSError("no route"))
    with pytest.raises(KnownError, match="no route"):
        reader.changes(0)


# ---- a row -------------------------------------------------------------------------------------------------


def of(**other: Any) -> Any:
    return oracle._change(RECORD | other)


def test_a_record_is_told_with_its_well_and_body() -> None:
    change = of()
    assert (change.change_no, change.topic, change.key, change.version) == (5, "record", "r1", 2)
    assert change.well is not None
    assert (change.well.uid, change.well.field, change.well.pad) == (UID, "Северное", "5")
    assert (change.well.name, change.well.number) == ("101", 7)
    assert (change.body, change.deleted, change.action) == ({"kind": "note"}, False, "saved")
    assert (change.entry_id, change.author, change.saved_at) == ("e", "И. Петров", "2026-05-01T00:00:00Z")
    assert change.attachments == ()


def test_numbers_of_oracle_are_decimals_and_long_texts_are_read() -> None:
    change = of(
        change_no=Decimal(5), version=Decimal(3), well_number=Decimal(7), body=io.StringIO('{"a": 1}')
    )
    assert (change.change_no, change.version, change.body) == (5, 3, {"a": 1})
    assert change.well is not None
    assert change.well.number == 7


def test_an_empty_text_is_null_to_oracle() -> None:
    bare = of(field_name=None, pad=None, entry_id=None, author=None, saved_at=None, action=None)
    assert bare.well is not None
    assert (bare.well.field, bare.well.pad) == ("", "")
    assert (bare.entry_id, bare.author, bare.saved_at, bare.action) == ("", "", "", "saved")


def test_what_has_no_well_has_none() -> None:
    assert of(well_uid=None).well is None


@pytest.mark.parametrize(
    ("row", "deleted"),
    [
        ({}, False),
        ({"action": "removed"}, True),
        ({"body": None}, True),
        ({"topic": "well", "body": None}, False),
        ({"topic": "well", "body": None, "action": "removed"}, True),
    ],
)
def test_what_was_removed_or_has_no_body_is_deleted_but_a_well_has_none(
    row: dict[str, Any], deleted: bool
) -> None:
    assert of(**row).deleted is deleted


def test_a_well_says_what_it_is_in_columns_of_its_own() -> None:
    told = {
        "topic": "well",
        "lift": "esp",
        "state": "runs",
        "aliases": '["101а"]',
        "depth_m": Decimal("2100.5"),
    }
    assert of(**told).body == {"lift": "esp", "state": "runs", "aliases": ["101а"], "depth_m": 2100.5}
    bare = of(topic="well", lift="esp", state="", aliases=None, depth_m=None).body
    assert bare == {"lift": "esp", "state": "", "aliases": [], "depth_m": None}


def test_files_of_a_record_come_along() -> None:
    [file] = of(files=json.dumps([{"sha256": "ab" * 32, "size": 5, "name": "act.pdf"}])).attachments
    assert (file.sha256, file.size, file.name) == ("ab" * 32, 5, "act.pdf")


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-05-01T05:00:00+05:00", "2026-05-01T00:00:00Z"),
        (datetime(2026, 5, 1), "2026-05-01T00:00:00Z"),
        (datetime(2026, 5, 1, tzinfo=UTC), "2026-05-01T00:00:00Z"),
    ],
)
def test_moments_are_utc_however_the_database_tells_them(moment: Any, told: str) -> None:
    assert of(saved_at=moment).saved_at == told


def test_an_address_of_oracle_has_three_parts_and_the_reader_goes_there() -> None:
    assert split_dsn("db.example:1521/WELLS") == ("db.example", 1521, "WELLS")
    reader = OracleReader.at("db.example:1521/WELLS", "reader", "p@ss/word")
    url = reader._engine.url
    assert (url.host, url.port, url.query["service_name"]) == ("db.example", 1521, "WELLS")
    assert (url.username, url.password, url.drivername) == ("reader", "p@ss/word", "oracle+oracledb")
    reader.close()
    with pytest.raises(KnownError) as caught:
        OracleReader.at("x" * 300, "a", "b")
    assert (caught.value.code, len(caught.value.details["dsn"])) == ("oracle_address", 200)


@pytest.mark.parametrize("module", ["sqlalchemy", "oracledb"])
def test_a_machine_without_the_extra_for_oracle_says_so(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(KnownError) as caught:
        OracleReader.at("db.example:1521/FIELD", "laptop", "a password")
    assert (caught.value.code, caught.value.details) == ("oracle_absent", {"module": module})
