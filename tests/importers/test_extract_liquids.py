"""A liquid out of its parts, and a liquid that is oil."""

from __future__ import annotations

import pytest

from app.importers.liquid_parts import make_liquid, where_needed
from app.importers.plan import ColumnPlan
from tests.importers.sheets_at_hand import Column, extracted, marks, numbers, told, under

DAY = "01.03.2026"
M3_PER_DAY = 1 / 86_400
PARTS: list[Column] = ["time", ("oil_part", "м3/сут"), ("water_part", "м3/сут")]


def test_oil_and_water_are_a_liquid_and_its_cut() -> None:
    found = extracted("flow_test", PARTS, [DAY, 30, 10], [DAY, 0, 0], [DAY, 30, ""])
    assert found.values["liquid_m3_per_s"] == pytest.approx([40 * M3_PER_DAY, 0.0])
    assert numbers(found.values["water_cut"]) == [0.25, None]
    assert not {"oil_part", "water_part"} & set(found.values)
    assert marks(found) == [(4, 2, "part_missing", "warning")]
    assert "by_parts" in told(found)


def test_a_liquid_of_its_own_and_a_cut_of_its_own_stay() -> None:
    found = extracted("flow_test", [*PARTS, ("water_cut", "%")], [DAY, 30, 10, 77])
    assert found.values["water_cut"] == pytest.approx([0.77])
    found = extracted("flow_test", [*PARTS, ("liquid_m3_per_s", "м3/сут")], [DAY, 30, 10, 50])
    assert found.values["liquid_m3_per_s"] == pytest.approx([50 * M3_PER_DAY])
    assert "water_cut" not in found.values
    assert extracted("flow_test", PARTS[:2], [DAY, 30]).values == {}


WET: list[Column] = ["time", ("liquid_m3", "м3"), ("water_m3", "м3")]
LIQUID = {1: "Liquid"}


def test_less_liquid_than_water_is_oil_and_otherwise_it_is_asked() -> None:
    found = under("production", WET, [DAY, 10, 100], headers=LIQUID)
    assert found.values["oil_m3"].tolist() == [10.0]
    assert "liquid_m3" not in found.values
    assert "liquid_is_oil" in told(found)
    for water in (100, 100.1):
        found = under("production", WET, [DAY, 100, water], headers=LIQUID)
        assert found.values["liquid_m3"].tolist() == [100.0]
        assert [(p.line, p.column, p.code, p.severity) for p in found.problems if p.code != "period"] == [
            (2, 1, "liquid_or_oil", "question")
        ]
    assert "oil_m3" in under("production", WET, [DAY, 100, 100.2], headers=LIQUID).values


@pytest.mark.parametrize(
    ("headers", "answers", "oil"),
    [
        (LIQUID, {"liquid_or_oil": "oil"}, True),
        (LIQUID, {"liquid_or_oil": "total"}, False),
        ({1: "Total liquid"}, {}, False),
        ({1: "Жидкость"}, {}, False),
    ],
)
def test_what_was_answered_or_is_called_all_of_it_is_asked_no_more(
    headers: dict[int, str], answers: dict[str, str], oil: bool
) -> None:
    found = under("production", WET, [DAY, 100, 50], headers=headers, answers=answers)
    assert ("oil_m3" in found.values) is oil
    assert "liquid_or_oil" not in [p.code for p in found.problems]
    assert "liquid_is_oil" not in told(found)


def test_a_liquid_is_made_of_oil_and_water_and_of_nothing_less() -> None:
    assert make_liquid("liquid_m3_per_s", ["time", "oil_part", "water_part"])
    assert not make_liquid("liquid_m3_per_s", ["oil_part"])
    assert not make_liquid("water_cut", ["oil_part", "water_part"])


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ([("oil_part", "bbl/d"), ("water_part", "bbl/d")], ["oil_part", "water_part"]),
        ([("oil_part", "bbl"), ("water_part", "bbl")], ["", ""]),
        (
            [("oil_part", "bbl"), ("water_part", "bbl"), ("duration_s", "ч")],
            ["oil_part", "water_part", "duration_s"],
        ),
        ([("oil_part", "bbl/d")], [""]),
        (
            [("oil_part", "bbl/d"), ("water_part", "bbl/d"), ("liquid_m3_per_s", "")],
            ["", "", "liquid_m3_per_s"],
        ),
    ],
)
def test_parts_are_kept_where_a_liquid_is_made_of_them(
    fields: list[tuple[str, str]], kept: list[str]
) -> None:
    columns = [ColumnPlan(f"H{i}", field, unit) for i, (field, unit) in enumerate(fields)]
    assert [column.field for column in where_needed(columns)] == kept
