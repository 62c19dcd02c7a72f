"""Tables that this program has written: known by their keys alone, read in SI."""

from __future__ import annotations

import pytest

from app.importers.own_names import in_si, is_ours, moments_of_ours
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.sheets import Layout
from app.importers.targets import TABLE_KINDS


@pytest.mark.parametrize(
    ("kind", "headers", "ours"),
    [
        ("flow_test", "taken_at well liquid_m3_per_s water_cut", True),
        ("flow_test", "taken_at well", True),
        ("flow_test", "taken_at liquid_m3_per_s", False),  # of which well nothing says
        ("flow_test", "well liquid_m3_per_s", False),
        ("flow_test", "taken_at well liquid_m3_per_s remark_of_mine", False),
        ("flow_test", "time well liquid_m3_per_s", False),
        ("readings", "time well intake_pressure", False),
        ("wells", "well pad", False),
    ],
)
def test_a_table_is_ours_that_has_its_moment_its_well_and_keys_alone(
    kind: str, headers: str, ours: bool
) -> None:
    assert is_ours(kind, headers.split()) is ours
    assert is_ours(kind, [*headers.split(), ""]) is ours, "a column without a name says nothing"


def test_moments_of_records_are_called_as_records_call_them() -> None:
    assert moments_of_ours(TABLE_KINDS["readings"]) == {}
    found = {kind.key: moments_of_ours(kind) for kind in TABLE_KINDS}
    assert found["flow_test"] == {"taken_at": "time"}
    assert (
        [key for key, told in found.items() if "until" in told.values()]
        == [key for key, told in found.items() if len(told) == 2]
        != []
    )


def plan(kind: str, *columns: ColumnPlan) -> SheetPlan:
    return SheetPlan("Л", kind, Layout(0), columns)


def test_what_is_called_by_its_key_is_in_si_and_a_text_in_no_unit() -> None:
    columns = (
        ColumnPlan("taken_at", "time"),
        ColumnPlan("well", "well"),
        ColumnPlan("liquid_m3_per_s", "liquid_m3_per_s", "m³/d", guessed=True),
        ColumnPlan("water_cut", "water_cut", "%", why="chosen"),
        ColumnPlan("line_pressure_pa", "line_pressure_pa"),
        ColumnPlan("note", "note"),
        ColumnPlan("valid", "valid"),
    )
    found = in_si(plan("flow_test", *columns), [column.header for column in columns]).columns
    assert [(column.unit, column.guessed) for column in found] == [
        ("", False),
        ("", False),
        ("m³/s", False),
        ("%", False),  # somebody has chosen it
        ("Pa", False),
        ("", False),
        ("", False),
    ]


def test_a_table_of_others_keeps_its_units() -> None:
    columns = (ColumnPlan("taken_at", "time"), ColumnPlan("Qж", "liquid_m3_per_s", "m³/d"))
    others = plan("flow_test", *columns)
    assert in_si(others, ["taken_at", "Qж"]) == others
