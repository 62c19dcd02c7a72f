"""The audit trail: who did what is there, and what was done to the trail itself is found and named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.clock import utc_now
from central.accept import accept
from central.refused import Refusals, _Told
from central.stores import audit, devices
from central.stores.audit import End, Fault
from central.stores.engine import changing, reading
from central.stores.tables import AUDIT, AUDIT_END
from tests.central.at_the_command_line import Line
from tests.central.test_api import entry
from tests.profiles import centre_tables


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = centre_tables(tmp_path / "centre.sqlite")
    with changing(made) as connection:
        for number in range(1, 11):
            audit.add(connection, "it", "tags saved", {"number": number}, utc_now())
    yield made
    made.dispose()


def told(engine: sa.Engine) -> list[dict[str, Any]]:
    with reading(engine) as connection:
        return [row.told() for row in audit.rows(connection)]


def verified(engine: sa.Engine, noted: End | None = None) -> list[Fault]:
    with reading(engine) as connection:
        return audit.verify(connection, noted)[1]


def edited(engine: sa.Engine, *statements: str) -> list[Fault]:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    return verified(engine)


def test_a_trail_that_nobody_touched_is_whole(engine: sa.Engine) -> None:
    assert verified(engine) == []
    with changing(engine) as connection:
        audit.add(connection, "it", "later", {}, utc_now())
    assert verified(engine) == []
    assert [row["no"] for row in told(engine)] == list(range(1, 12))


@pytest.mark.parametrize("column", ["actor", "act", "about", "done_at", "row_hash", "hash_before"])
def test_a_row_that_was_changed_is_named(engine: sa.Engine, column: str) -> None:
    other = "'{\"number\": 7}'" if column == "about" else f"'{'ab' * 32}'"
    faults = edited(engine, f"UPDATE audit_trail SET {column} = {other} WHERE row_no = 4")
    assert Fault(4, "changed") in faults
    assert {fault.no for fault in faults} <= {4, 5}


@pytest.mark.parametrize("number", [0, -3])
def test_a_row_under_a_number_that_none_has_is_named(engine: sa.Engine, number: int) -> None:
    """It was neither told nor looked at."""
    columns = "done_at, actor, act, about, hash_before, row_hash"
    copy = f"SELECT {number}, {columns} FROM audit_trail WHERE row_no = 4"
    assert edited(engine, f"INSERT INTO audit_trail (row_no, {columns}) {copy}") == [Fault(number, "added")]


def test_a_row_that_was_taken_out_is_named_in_the_middle_and_at_both_ends(engine: sa.Engine) -> None:
    assert edited(engine, "DELETE FROM audit_trail WHERE row_no IN (4, 5)") == [
        Fault(4, "missing"),
        Fault(5, "missing"),
    ]
    assert Fault(1, "missing") in edited(engine, "DELETE FROM audit_trail WHERE row_no = 1")
    assert Fault(10, "cut") in edited(engine, "DELETE FROM audit_trail WHERE row_no = 10")


def test_rows_whose_numbers_were_closed_up_or_exchanged_are_named(engine: sa.Engine) -> None:
    faults = edited(
        engine,
        "UPDATE audit_trail SET row_no = 99 WHERE row_no = 3",
        "UPDATE audit_trail SET row_no = 3 WHERE row_no = 7",
        "UPDATE audit_trail SET row_no = 7 WHERE row_no = 99",
    )
    assert {Fault(3, "moved"), Fault(7, "moved")} <= set(faults)


def test_rows_that_moved_up_over_a_removed_one_are_named(engine: sa.Engine) -> None:
    faults = edited(
        engine,
        "DELETE FROM audit_trail WHERE row_no = 4",
        "UPDATE audit_trail SET row_no = row_no - 1 WHERE row_no = 5",
        "UPDATE audit_trail SET row_no = row_no - 1 WHERE row_no > 5",
        "UPDATE audit_end SET row_no = 9",
    )
    assert {fault.no for fault in faults} >= {4, 5, 6, 7, 8, 9}


def test_a_chain_that_was_made_anew_is_found_by_an_end_that_was_noted(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        noted = audit.end(connection)
        rows = list(audit.rows(connection))
    with changing(engine) as connection:
        connection.execute(sa.delete(AUDIT))
        connection.execute(sa.delete(AUDIT_END))
        for row in rows:
            audit.add(connection, "somebody else", row.act, {}, utc_now())
    assert verified(engine) == []
    assert verified(engine, noted) == [Fault(10, "rewritten")]
    with changing(engine) as connection:
        connection.execute(sa.delete(AUDIT))
        connection.execute(sa.delete(AUDIT_END))
    assert verified(engine, noted) == [Fault(10, "cut")]


# ---- what is in it -----------------------------------------------------------------------------------------


def test_entries_that_came_and_those_of_others_fields_are_in_the_trail_with_their_device(
    engine: sa.Engine,
) -> None:
    with changing(engine) as connection:
        device = devices.add(connection, "laptop A", ("Мое",), devices.SCOPES, utc_now())[0]
    accept(engine, device, (entry("Мое"), entry("Чужое")), utc_now)
    entries, refused = told(engine)[-2:]
    assert entries["actor"] == f"device laptop A {device.id}"
    assert (entries["act"], entries["count"]) == ("entries", 1)
    assert (refused["act"], refused["code"], refused["times"]) == ("refused", "field_not_yours", 1)


def test_asking_for_what_is_others_is_written_once_and_then_counted(engine: sa.Engine) -> None:
    now = [0.0]
    refusals = Refusals(engine, utc_now, lambda: now[0])
    for _ in range(500):
        refusals.note("device d", "GET /v1/documents/{sha256}", "404")
    assert [row["times"] for row in told(engine)[10:]] == [1]
    now[0] = 601.0
    refusals.note("device d", "GET /v1/documents/{sha256}", "404")
    assert [row["times"] for row in told(engine)[10:]] == [1, 500]
    full = Refusals(engine, utc_now, lambda: 0.0)
    for number in range(1_010):
        full._told[f"address {number}", "", ""] = _Told(0.0)
    full.note("address new", "x", "401")
    assert told(engine)[-1]["actor"] == "others", "nobody fills the memory by asking"


def test_commands_of_operators_are_in_the_trail_and_the_command_line_verifies_it(line: Line) -> None:
    line("stream", "bind", "north/#", "--field", "Северное")
    line("stream", "unbind", "north/#")
    shown = line("audit", "show")
    assert [row["act"] for row in shown] == ["stream bound", "stream unbound"]
    assert all(row["actor"].endswith("(centre)") for row in shown)
    assert shown[0]["fields"] == ["Северное"]
    (whole,) = line("audit", "verify")
    assert whole["rows"] == 2
    assert line("audit", "verify", "--noted", whole["end"])[0]["rows"] == 2
    engine = sa.create_engine(f"sqlite:///{line.folder / 'centre.sqlite'}")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE audit_trail SET actor = 'nobody' WHERE row_no = 1"))
    engine.dispose()
    assert line("audit", "verify") == [{"no": 1, "fault": "changed"}]
    assert "not whole" in line.complaint
