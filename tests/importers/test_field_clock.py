"""The clock of the field: which sheets tell hours, whose zone they name, and of which of several times."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from app.core.zones import FieldZone
from app.importers.field_clock import (
    assumed_zone,
    by_the_field,
    tells_hours,
    which_time,
    zone_column,
    zone_said,
    zones_in,
)
from app.importers.own_names import READINGS
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.sheets import Layout, Sheet


def sheet(
    cells: Any, kind: pa.DataType | None = None, *, header: str = "Время", unit: str = "", **more: Any
) -> Sheet:
    table = pa.table({"c0": pa.array(cells, kind)})
    return Sheet("Л", Layout(0), (header,), (unit,), table, **more)


def plan(field: str = "time", header: str = "Время", **said: Any) -> SheetPlan:
    return SheetPlan("Л", "readings", Layout(0), (ColumnPlan(header, field),), **said)


@pytest.mark.parametrize(
    ("cells", "kind", "hours"),
    [
        (["01.03.2026 08:00"], None, True),
        (["01.03.2026", "01.03.2026 08:00"], None, True),
        (["01.03.2026"], None, False),
        (["20261001080000"], None, True),
        (["202610010800"], None, True),
        (["20261001 0800"], None, True),
        (["20261001"], None, False),
        (["46296,3333"], None, True),
        (["46296.5"], None, True),
        (["46296,0"], None, False),
        (["46296"], None, False),
        ([None, ""], None, False),
        ([datetime(2026, 3, 1, 8)], None, True),
        ([datetime(2026, 3, 1), None], None, False),
        ([datetime(2026, 3, 1, 0, 0, 0, 1)], pa.timestamp("us"), True),
        ([46_296.5], pa.float64(), True),
        ([46_296.0], pa.float64(), False),
        ([20_000.5], pa.float64(), True),
        ([19_999.5], pa.float64(), False),
        ([79_999.5], pa.float64(), True),
        ([80_000.5], pa.float64(), False),
        ([202_610_010_800.0], pa.float64(), True),
        ([20_261_001_080_000.0], pa.float64(), True),
        ([20_261_001.0], pa.float64(), False),
        ([1_790_812_800.0], pa.float64(), False),
        ([5], pa.int64(), False),
    ],
)
def test_a_column_of_times_tells_hours_or_only_days(
    cells: Any, kind: pa.DataType | None, hours: bool
) -> None:
    assert tells_hours(sheet(cells, kind), plan()) is hours


def test_a_clock_of_its_own_or_a_said_time_tells_hours_and_no_time_at_all_none() -> None:
    days = sheet(["01.03.2026"])
    assert tells_hours(days, plan("clock"))
    assert tells_hours(days, plan("", time="01.03.2026 08:00"))
    assert tells_hours(days, plan("", time="01.03.2026")) is False


OMSK, UTC = FieldZone("Asia/Omsk"), FieldZone("UTC")


def test_hours_of_no_zone_are_in_the_fields_and_days_are_not() -> None:
    hours, days = sheet(["01.03.2026 08:00"]), sheet(["01.03.2026"])
    assert by_the_field(hours, plan(), OMSK).zone == "Asia/Omsk"
    assert by_the_field(days, plan(), OMSK).zone == ""
    assert by_the_field(hours, plan(zone="UTC+5"), OMSK).zone == "UTC+5"
    assert by_the_field(hours, plan(), UTC).zone == ""


@pytest.mark.parametrize(
    ("header", "unit", "above", "zone"),
    [
        ("Время (UTC+5)", "", "", "UTC+5"),
        ("Время", "UTC+5", "", "UTC+5"),
        ("Время", "", "All times in CDT", "CDT"),
        ("Время (UTC+5)", "", "All times in CDT", "UTC+5"),
        ("Время", "", "", ""),
    ],
)
def test_a_header_goes_before_the_lines_above_it(header: str, unit: str, above: str, zone: str) -> None:
    made = sheet(["01.03.2026 08:00"], header=header, unit=unit, above=((above,),))
    assert zone_said(made, plan(header=header).columns) == zone
    of_value = replace(plan(header=header), columns=(ColumnPlan(header, "intake_pressure"),))
    assert zone_said(made, of_value.columns) == ("CDT" if above else "")


def test_the_programs_own_readings_are_in_utc() -> None:
    assert zone_said(replace(sheet(["x"]), headers=READINGS), ()) == "UTC"


@pytest.mark.parametrize(
    "header", ["Time zone", "TZ", "Часовой пояс", " зона ", "UTC offset", "Временная зона"]
)
def test_zones_may_stand_in_a_column(header: str) -> None:
    table = pa.table({"c0": ["01.03.2026 08:00"] * 3, "c1": ["UTC+5", "", "МСК"]})
    made = Sheet("Л", Layout(0), ("Время", header), ("", ""), table)
    columns = (ColumnPlan("Время", "time"), ColumnPlan(header))
    assert zone_column(made, columns) == 1
    assert zones_in(table, 1) == ["UTC+5", "МСК"]
    assert zone_said(made, columns) == "UTC+5"
    assert zone_column(made, (columns[0], ColumnPlan(header, "note"))) is None
    wrong = replace(made, table=pa.table({"c0": ["x"] * 2, "c1": ["UTC+5", "где-то"]}))
    assert zone_column(wrong, columns) is None
    empty = replace(made, table=pa.table({"c0": ["x"], "c1": pa.array([None], pa.string())}))
    assert zone_column(empty, columns) is None


@pytest.mark.parametrize(
    ("header", "worth"),
    [
        ("Time (UTC)", 0.04),
        ("Source time", 0.02),
        ("Время источника (UTC+5)", 0.06),
        ("Server time", -0.02),
        ("Time", 0.0),
        ("Source time, received", 0.0),
    ],
)
def test_of_several_times_the_one_of_the_source_and_of_a_zone_is_worth_more(
    header: str, worth: float
) -> None:
    assert which_time(header) == pytest.approx(worth)


@pytest.mark.parametrize(
    ("zoned", "zone", "said"),
    [
        ([False, True], "", [("zone_unknown", "UTC")]),
        ([False, True], "Asia/Omsk", [("zone_of_field", "Asia/Omsk")]),
        ([True, True], "Asia/Omsk", []),
        ([], "Asia/Omsk", [("zone_of_field", "Asia/Omsk")]),
    ],
)
def test_what_was_assumed_of_clocks_is_said(
    zoned: list[bool], zone: str, said: list[tuple[str, str]]
) -> None:
    found = assumed_zone(sheet(["01.03.2026 08:00"] * 2), plan(zone=zone), np.array(zoned, bool))
    assert [(code.removeprefix("import."), told["zone"]) for code, told in found] == said
    named = sheet(["01.03.2026 08:00"], header="Время (UTC+5)")
    assert assumed_zone(named, plan(header="Время (UTC+5)", zone=zone), np.array(zoned, bool)) == []
    assert assumed_zone(sheet(["01.03.2026"]), plan(zone=zone), np.array(zoned, bool)) == []
