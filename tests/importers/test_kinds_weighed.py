"""What speaks for a kind of table counts as much as it is said to, and what a kind cannot be without rules it
out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.importers import liquid_parts, mapping, weighing
from app.importers.mapping import propose
from app.importers.plan import ColumnPlan
from app.importers.sheets import SAMPLE
from app.importers.targets import TABLE_KINDS, TableKind
from app.importers.vocabulary import folded, vocabulary
from app.importers.weighing import NEVER
from tests.importers.test_mapping import proposed, sheet

SPEAKS = {
    "says_test": ("flow_test", 0.3),
    "begins_and_ends": ("flow_test", 1.0),
    "make_liquid": ("flow_test", 0.5),
    "by_volumes": ("flow_test", 2.5),
    "amounts_of_months": ("production", 1.0),
    "says_test_of_hours": ("production", -3.0),
    "untimed_volumes": ("flow_test", -2.0),
    "sampled": ("lab_result", 0.5),
    "only_hours": ("production", -0.5),
    "says_stops": ("workover", -3.0),
    "only_reasons": ("workover", -NEVER),
    "only_purpose": ("production", -NEVER),
    "only_state": ("workover", -NEVER),
    "one_point_each": ("pump_curve", -NEVER),
    "measured_by_the_hour": ("pumping_unit", -NEVER),
    "shot_by_hand": ("fluid_level", 3.0),
    "tells_rates": ("lab_result", -1.5),
    "is_ours": ("flow_test", 3.0),
    "title_words": ("flow_test", 0.8),
}


def kind_of(monkeypatch: pytest.MonkeyPatch, worth: dict[str, float], said: str = "") -> str:
    """What is proposed where columns are worth so much by kind, and one thing speaks for its kind."""
    spoken = SPEAKS[said][0] if said else ""

    def assigned(sheet: Any, looked: Any, kind: TableKind, *_: Any) -> tuple[list[ColumnPlan], float]:
        return [ColumnPlan("H", kind.key)], worth.get(kind.key, -1e6)

    def speaks(name: str) -> Any:
        def told(*about: Any) -> bool:
            kinds = [one.key if isinstance(one, TableKind) else one for one in about]
            named = [one for one in kinds if isinstance(one, str) and one in TABLE_KINDS]
            return name == said and (not named or spoken in named)

        return told

    monkeypatch.setattr(mapping, "_assign", assigned)
    for name in SPEAKS:
        module = mapping if name in ("is_ours", "title_words") else weighing
        monkeypatch.setattr(liquid_parts if name == "make_liquid" else module, name, speaks(name))
    monkeypatch.setattr(
        liquid_parts, "make_liquid", lambda _, taken: said == "make_liquid" and spoken in taken
    )
    words = [folded("Отбор")] if said == "title_words" else []
    monkeypatch.setattr(mapping, "title_words", lambda kind: words if kind == spoken else [])
    return propose(sheet(["H"], ["1"], name="Отбор за март"), vocabulary()).kind


@pytest.mark.parametrize("said", sorted(SPEAKS))
@pytest.mark.parametrize("off", [-0.01, 0.01])
def test_what_is_said_of_a_table_moves_its_kind_by_its_weight_and_no_more(
    monkeypatch: pytest.MonkeyPatch, said: str, off: float
) -> None:
    kind, weight = SPEAKS[said]
    worth = {kind: 10.0, "event": 10.0 + weight + off}
    assert kind_of(monkeypatch, worth, said) == ("event" if off > 0 else kind)


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("says_test", "production"),
        ("begins_and_ends", "readings"),
        ("by_volumes", "production"),
        ("says_test_of_hours", "flow_test"),
        ("sampled", "fluid"),
        ("only_hours", "flow_test"),
        ("says_stops", "flow_test"),
        ("shot_by_hand", "readings"),
        ("measured_by_the_hour", "readings"),
        ("tells_rates", "flow_test"),
    ],
)
def test_it_says_nothing_of_another_kind(monkeypatch: pytest.MonkeyPatch, said: str, other: str) -> None:
    for off in (-0.01, 0.01):
        worth = {other: 10.0, "event": 10.0 + off}
        assert kind_of(monkeypatch, worth, said) == ("event" if off > 0 else other)


def test_a_table_of_oil_beside_rates_is_no_analysis_either(monkeypatch: pytest.MonkeyPatch) -> None:
    for off in (-0.01, 0.01):
        worth = {"fluid": 10.0, "event": 8.5 + off}
        assert kind_of(monkeypatch, worth, "tells_rates") == ("event" if off > 0 else "fluid")


def test_of_kinds_that_are_as_good_the_first_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [kind.key for kind in TABLE_KINDS]
    one, later = keys[2], keys[6]
    assert kind_of(monkeypatch, {later: 5.0, one: 5.0}) == one


# ---- what a kind is not without ----------------------------------------------------------------------------


def whole(kind: str, *fields: str, worth: float = 10.0, dated: bool = False) -> tuple[list[str], float]:
    columns = [ColumnPlan(f"H{i}", field) for i, field in enumerate(fields)]
    made, told = mapping._made_whole(columns, TABLE_KINDS[kind], set(fields) - {""}, worth, dated=dated)
    return [column.field for column in made], told


@pytest.mark.parametrize(
    ("fields", "dated", "worth"),
    [
        (("time", "intake_pressure"), False, 10.0),
        (("intake_pressure",), False, 9.4),
        (("elapsed", "intake_pressure"), False, 10.0),
        (("clock", "intake_pressure"), False, 9.4),
        (("clock", "intake_pressure"), True, 10.0),
        (("year", "intake_pressure"), False, 9.4),
        (("year", "month", "intake_pressure"), False, 10.0),
    ],
)
def test_a_table_without_moments_is_worth_six_tenths_less(
    fields: tuple[str, ...], dated: bool, worth: float
) -> None:
    assert whole("readings", *fields, dated=dated) == (list(fields), pytest.approx(worth))


def test_a_long_form_is_worth_a_half_more_and_a_part_of_it_nothing() -> None:
    long = TABLE_KINDS["readings"].long
    assert len(long) > 1
    fields = ("time", *long)
    assert whole("readings", *fields) == (list(fields), pytest.approx(10.5))
    left, worth = whole("readings", "time", long[0], "intake_pressure")
    assert (left, worth) == (["time", "", "intake_pressure"], pytest.approx(9.0))


def test_a_duration_beside_a_moment_is_none_since_some_start() -> None:
    assert whole("readings", "time", "elapsed", "intake_pressure")[0] == ["time", "", "intake_pressure"]


def test_each_required_field_that_is_missing_costs_one_and_two_parts_make_a_liquid() -> None:
    required = [target.key for target in TABLE_KINDS["flow_test"].targets if target.required]
    assert liquid_parts.LIQUID in required
    without = whole("flow_test", "time")[1]
    assert without == pytest.approx(10.0 - len(required))
    assert whole("flow_test", "time", liquid_parts.LIQUID)[1] == pytest.approx(without + 1)
    assert whole("flow_test", "time", *liquid_parts.PARTS)[1] == pytest.approx(without + 1)


def test_a_list_of_wells_has_no_dates_and_says_of_wells_more_than_it_does_not() -> None:
    assert whole("wells", "well", "pad")[1] == pytest.approx(10.0)
    assert whole("wells", "well", "pad", "time")[1] == pytest.approx(9.0)
    assert whole("wells", "well")[1] == pytest.approx(10.0 - NEVER)
    assert whole("wells", "well", "pad", "")[1] == pytest.approx(10.0)
    assert whole("wells", "well", "pad", "", "")[1] == pytest.approx(10.0 - NEVER)


def test_a_remark_alone_is_no_equipment() -> None:
    kind = next(kind.key for kind in TABLE_KINDS if kind.undated and not kind.one_of and not kind.parts)
    assert whole(kind, "well", "note")[1] < 10.0 - 0.9 * NEVER


# ---- one unit of pressures, a title, a name ----------------------------------------------------------------


@pytest.mark.parametrize(("unusual", "unit"), [(1, "bar"), (2, "")])
def test_a_shared_unit_is_taken_where_nine_values_of_ten_are_usual_in_it(unusual: int, unit: str) -> None:
    rows = [[f"{i + 1:02}.03.2026", 52, 0.001 if i < unusual else 150] for i in range(10)]
    plan = proposed(["Дата", "Рпр", "Рвык"], *rows, kind="readings")
    assert [column.unit for column in plan.columns][1:] == ["bar", unit]


def test_what_is_looked_at_of_a_column_is_its_beginning() -> None:
    rows = [[f"{i % 28 + 1:02}.03.2026", 5.0] for i in range(SAMPLE)] + [["31.03.2026", "x"]] * 9
    assert proposed(["Дата", "Рпр, МПа"], *rows, kind="readings").columns[1].unit == "МПа"


@pytest.mark.parametrize(
    ("name", "file", "near", "own"),
    [
        ("f", "a/f.xlsx", "", True),
        ("Книга › f", "f.csv", "g", True),
        ("f", "", "f", True),
        ("Лист1", "f.xlsx", "", False),
        ("f", "g.xlsx", "f", False),
    ],
)
def test_a_sheet_that_is_called_as_its_file_has_no_name_of_its_own(
    name: str, file: str, near: str, own: bool
) -> None:
    assert mapping.named_by_file(replace(sheet(["H"], ["1"], name=name), file=file), near) is own


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("Elapsed time", ["1 d 02:00:00", "25:30:00"], "lasted"),
        ("Elapsed time", ["08:00", "09:30"], "clock"),
        ("Заметка", ["1 d 02:00:00", "25:30:00"], "text"),
        ("Час", ["7", "14"], "clock"),
        ("Насос", ["7", "14"], "number"),
        ("Дата", ["10.2026", "11.2026"], "time"),
        ("Дебит", ["10.2026", "11.2026"], "number"),
    ],
)
def test_what_a_column_holds_is_told_by_its_cells_and_its_header_together(
    header: str, cells: list[str], kind: str
) -> None:
    one = sheet([header], *([cell] for cell in cells))
    assert mapping._profile(one, 0, vocabulary()).kind == kind
