"""What title, name and file say of a table goes into its plan where no column says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.importers import mapping
from app.importers.plan import UNDATED, ColumnPlan, SheetPlan
from app.importers.regimes import ANSWER
from app.importers.remarks import LEAVE
from app.importers.vocabulary import vocabulary
from tests.importers.sheets_at_hand import sheet_of_headers

Planned = Callable[..., SheetPlan]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Planned:
    """The plan of a sheet whose columns are these fields of that kind."""

    def plan(
        kind: str,
        fields: str,
        *,
        title: str = "",
        name: str = "Лист1",
        file: str = "f.xlsx",
        near: str = "",
        asked: bool = True,
        headers: list[str] | None = None,
    ) -> SheetPlan:
        columns = [ColumnPlan(field, field) for field in fields.split(" ")]
        if headers:
            columns = [replace(one, header=header) for one, header in zip(columns, headers, strict=True)]
        monkeypatch.setattr(
            mapping, "_assign", lambda sheet, looked, of, *_: (columns, 9.0 * (of.key == kind))
        )
        sheet = sheet_of_headers([one.header for one in columns], name=name, above=title)
        sheet = replace(sheet, file=file)
        return mapping.propose(sheet, vocabulary(), kind=kind if asked else None, near=near)

    return plan


@pytest.mark.parametrize(
    ("fields", "around", "well"),
    [
        ("time frequency", {"title": "Скважина 7", "name": "скв 5"}, "7"),
        ("time frequency", {"title": "Отчёт", "name": "скв 5"}, "5"),
        ("time frequency", {"name": "скв 5", "file": "скв 5.csv"}, ""),
        ("time frequency", {"title": "Скважина 7", "name": "скв 5", "file": "скв 5.csv"}, "7"),
        ("well time frequency", {"title": "Скважина 7", "name": "скв 5"}, ""),
    ],
)
def test_the_well_is_the_titles_then_the_sheets_and_never_the_files(
    planned: Planned, fields: str, around: dict[str, Any], well: str
) -> None:
    assert planned("readings", fields, **around).well == well


@pytest.mark.parametrize(
    ("kind", "fields", "around", "time"),
    [
        ("flow_test", "liquid_m3_per_s", {"title": "Дата: 05.10.2026", "name": "06.10.2026"}, "05.10.2026"),
        ("flow_test", "liquid_m3_per_s", {"name": "06.10.2026"}, "06.10.2026"),
        ("flow_test", "liquid_m3_per_s", {"name": "06.10.2026", "file": "06.10.2026.csv"}, ""),
        ("flow_test", "time liquid_m3_per_s", {"name": "06.10.2026"}, ""),
        ("flow_test", "year month liquid_m3_per_s", {"name": "06.10.2026"}, ""),
        ("flow_test", "liquid_m3_per_s", {"title": "Дата: 05.10.2026\nTime: 07:30"}, "05.10.2026 07:30"),
        ("flow_test", "clock liquid_m3_per_s", {"title": "Дата: 05.10.2026\nTime: 07:30"}, "05.10.2026"),
        ("flow_test", "liquid_m3_per_s", {}, ""),
        ("pumping_unit", "well unit_name", {}, UNDATED),
        ("pumping_unit", "well unit_name", {"title": "Дата: 05.10.2026"}, "05.10.2026"),
        ("pumping_unit", "well time unit_name", {}, ""),
        ("pumping_unit", "well year unit_name", {}, ""),
    ],
)
def test_the_moment_is_the_titles_then_the_sheets_and_equipment_holds_without_one(
    planned: Planned, kind: str, fields: str, around: dict[str, Any], time: str
) -> None:
    assert planned(kind, fields, **around).time == time


@pytest.mark.parametrize(("fields", "name"), [("time frequency", "Ключевское"), ("field time frequency", "")])
def test_the_field_is_the_titles_where_no_column_names_it(planned: Planned, fields: str, name: str) -> None:
    assert planned("readings", fields, title="куст 31, месторождение Ключевское").field_name == name


@pytest.mark.parametrize(("fields", "skip"), [("", True), (" ", True), ("time", False), (" time ", False)])
def test_a_sheet_of_which_no_column_is_known_is_left_out(planned: Planned, fields: str, skip: bool) -> None:
    assert planned("readings", fields).skip is skip


@pytest.mark.parametrize(
    ("title", "asked", "kind"),
    [("", False, "passport"), ("", True, "installation"), ("Дата: 05.10.2026", False, "installation")],
)
def test_what_stands_in_a_well_and_says_no_date_is_its_passport(
    planned: Planned, title: str, asked: bool, kind: str
) -> None:
    assert planned("installation", "well pump_name", title=title, asked=asked).kind == kind


@pytest.mark.parametrize("dated", ["time", "year"])
def test_what_stands_in_a_well_since_a_day_is_no_passport(planned: Planned, dated: str) -> None:
    assert planned("installation", f"well {dated} pump_name", asked=False).kind == "installation"


RUN = ["Скважина", "Дата спуска", "Насос", "Qж"]


@pytest.mark.parametrize(
    ("kind", "around", "answers", "second"),
    [
        ("passport", {"title": "Технологический режим на 10.2026"}, {ANSWER: LEAVE}, ""),
        ("passport", {"title": "Технологический режим"}, {ANSWER: LEAVE}, "time"),
        ("passport", {"near": "Технологический режим"}, {ANSWER: LEAVE}, "time"),
        ("passport", {"title": "Паспорта на 10.2026"}, {}, "time"),
        ("installation", {"title": "Технологический режим на 10.2026"}, {}, "time"),
    ],
)
def test_what_a_regime_says_of_equipment_is_left_and_its_month_goes_before_dates_of_runs(
    planned: Planned, kind: str, around: dict[str, Any], answers: dict[str, str], second: str
) -> None:
    plan = planned(kind, "well time pump_name liquid_m3_per_s", headers=RUN, **around)
    assert (plan.answers, plan.columns[1].field) == (answers, second)


@pytest.mark.parametrize(
    ("kind", "field"), [("readings", "quality"), ("event", "")], ids=["readings", "another kind"]
)
def test_columns_of_qualities_are_looked_for_among_readings_alone(
    planned: Planned, monkeypatch: pytest.MonkeyPatch, kind: str, field: str
) -> None:
    monkeypatch.setattr(
        mapping.quality_columns, "proposed", lambda _, columns: [replace(columns[0], field="quality")]
    )
    assert (planned(kind, "time").columns[0].field == "quality") is bool(field)
