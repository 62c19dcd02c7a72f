"""What is said of a column beside its numbers, and what is not said of others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.importers.row_values import number_of, text_of
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.models import limits
from tests.importers.sheets_at_hand import marks, numbers, plan_at_hand, reading_at_hand, sheet_at_hand


def column(
    kind: str,
    field: str,
    unit: str,
    *cells: Any,
    header: str = "H0",
    asks: bool = True,
    strict: bool = True,
    **said: Any,
) -> tuple[Rows, SheetReading]:
    sheet = sheet_at_hand([[cell] for cell in cells], 1)
    plan = plan_at_hand(kind, ((field, unit),), **said)
    reading = SheetReading(sheet, sheet.table, plan, False, strict, asks)
    one = type(plan.columns[0])(header, field, unit)
    n = len(reading.line)
    rows = Rows(
        kind, reading.line, np.full(n, "1", object), np.zeros(n, np.int64), None, {}, strict=strict, asks=asks
    )
    target = reading.kind.target(field)
    assert target is not None
    number_of(reading, rows, 0, one, target)
    return rows, reading


def told(rows: Rows) -> dict[str, Any]:
    return {code.removeprefix("import."): details for code, details in rows.remarks}


@pytest.mark.parametrize(("unit", "pa", "gauge"), [("бар", 50e5, False), ("bar(g)", 50e5 + 101_325, True)])
def test_what_is_added_to_a_pressure_above_the_atmospheres_is_said(unit: str, pa: float, gauge: bool) -> None:
    rows, _ = column("readings", "intake_pressure", unit, 50)
    assert rows.values["intake_pressure"] == pytest.approx([pa])
    assert ("gauge" in told(rows)) is gauge


@pytest.mark.parametrize(
    ("header", "asks", "said"),
    [
        ("Обводненность масс., %", True, True),
        ("Water cut wt%", True, True),
        ("Вода, % вес", True, True),
        ("Обводненность, %", True, False),
        ("Обводненность масс., %", False, False),
    ],
)
def test_a_share_by_mass_is_said_to_be_one(header: str, asks: bool, said: bool) -> None:
    rows, _ = column("flow_test", "water_cut", "%", 50, header=header, asks=asks)
    assert ("share_by_mass" in told(rows)) is said
    assert "share_by_mass" not in told(column("flow_test", "liquid_m3_per_s", "м3/сут", 50, header=header)[0])


def test_parts_per_million_of_a_laboratory_are_said() -> None:
    assert "parts_per_million" in told(column("lab_result", "chlorides", "ppm", 50)[0])
    assert "parts_per_million" not in told(column("lab_result", "chlorides", "мг/л", 50)[0])
    assert "parts_per_million" not in told(column("lab_result", "chlorides", "ppm", 50, asks=False)[0])


def test_numbers_with_a_star_are_taken_and_said() -> None:
    rows, reading = column("flow_test", "water_cut", "%", "50*", "60")
    assert rows.values["water_cut"].tolist() == [0.5, 0.6]
    assert told(rows)["starred"]["lines"] == [2]
    assert reading.problems == []


def test_fillers_of_a_record_are_empty_and_said_and_of_readings_kept() -> None:
    rows, reading = column("flow_test", "liquid_m3_per_s", "м3/сут", -999.25, 50, -999.25)
    assert numbers(rows.values["liquid_m3_per_s"]) == [None, pytest.approx(50 / 86_400), None]
    assert (told(rows)["sentinels"]["lines"], told(rows)["sentinels"]["value"]) == ([2, 4], "-999.25")
    assert reading.problems == []
    rows, reading = column("readings", "intake_pressure", "МПа", -999.25, 5)
    assert rows.values["intake_pressure"] == pytest.approx([-999.25e6, 5e6])
    assert told(rows)["sentinels"]["lines"] == [2]
    assert reading.problems == []


def test_a_zero_that_cannot_be_is_a_gauge_without_a_signal() -> None:
    rows, reading = column("readings", "motor_temperature", "K", 0, 350)
    assert told(rows)["sentinels"]["lines"] == [2]
    assert reading.problems == []
    rows, reading = column("readings", "frequency", "Гц", 0, 50)
    assert "sentinels" not in told(rows)
    assert reading.problems == []


@pytest.mark.parametrize(
    ("answer", "value", "asked"), [("", 9999, True), ("value", 9999, False), ("nothing", None, False)]
)
def test_what_may_be_a_filler_is_asked_of_and_what_was_answered_is_done(
    answer: str, value: float | None, asked: bool
) -> None:
    said = {"answers": {"maybe_filler": answer}} if answer else {}
    rows, reading = column("production", "liquid_m3", "м3", 900, 9999, **said)
    assert numbers(rows.values["liquid_m3"]) == [900.0, value]
    found = [(p.line, p.severity, p.options) for p in reading.problems if p.code == "maybe_filler"]
    assert found == ([(3, "question", {"value": "9999", "nothing": "—"})] if asked else [])


def test_a_file_taken_before_limits_were_errors_keeps_what_it_brought() -> None:
    rows, reading = column("flow_test", "water_cut", "%", 150, strict=False)
    assert rows.values["water_cut"] == pytest.approx([1.5])
    assert marks(reading) == [(2, 0, "value_out_of_range", "warning")]
    rows, reading = column("flow_test", "water_cut", "%", 150)
    assert numbers(rows.values["water_cut"]) == [None]


def test_an_unknown_unit_is_told_once_in_its_first_row_and_before_there_were_questions_not_at_all() -> None:
    rows, reading = column("flow_test", "liquid_m3_per_s", "попугаев", 5, 6)
    assert [(p.line, p.code) for p in reading.problems] == [(2, "unit_unknown")]
    assert "liquid_m3_per_s" not in rows.values
    rows, reading = column("flow_test", "liquid_m3_per_s", "попугаев", 5, 6, asks=False)
    assert reading.problems == []
    assert rows.values["liquid_m3_per_s"] == pytest.approx([5 / 86_400, 6 / 86_400])


def test_oil_that_no_oil_is_so_heavy_as_may_be_waters_unless_it_is_called_oils() -> None:
    _, reading = column("lab_result", "oil_density_20c", "кг/м3", 1080, header="Плотность")
    assert marks(reading) == [(2, 0, "value_out_of_range", "error")]
    assert column("lab_result", "oil_density_20c", "кг/м3", 900, header="Плотность")[1].problems == []


@pytest.mark.parametrize(("field", "longest"), [("pad", limits.LONGEST_NAME), ("note", limits.LONGEST_TEXT)])
def test_a_text_is_as_long_as_its_field_may_be(field: str, longest: int) -> None:
    for more, code in ((0, []), (1, ["cell_too_long"])):
        reading = reading_at_hand("flow_test", (field, ""), ["a" * (longest + more), "x"])
        target = reading.kind.target(field)
        assert target is not None
        assert [len(text) for text in text_of(reading, 0, target).tolist()] == [0 if more else longest]
        assert [p.code for p in reading.problems] == code
