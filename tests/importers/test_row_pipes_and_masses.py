"""Cells that say more than a number: pipes by diameter and wall, volumes told by mass, results in
milliequivalents.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.importers.row_values import number_of
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from tests.importers.sheets_at_hand import Column, marks, numbers, reading_at_hand

OUTER, INNER = "tubing_outer_diameter_m", "tubing_inner_diameter_m"


def column_of(
    kind: str, columns: tuple[Column, ...], *rows: list[Any], **said: Any
) -> tuple[Rows, SheetReading]:
    """The first column's values."""
    reading = reading_at_hand(kind, columns, *rows, **said)
    n = len(reading.line)
    found = Rows(kind, reading.line, np.full(n, "1", object), np.zeros(n, np.int64), None, {})
    field = reading.plan.columns[0].field
    target = reading.kind.target(field)
    assert target is not None
    number_of(reading, found, 0, reading.plan.columns[0], target)
    return found, reading


# ---- pipes -------------------------------------------------------------------------------------------------


def pipes(unit: str, *cells: Any) -> tuple[Rows, SheetReading]:
    return column_of("installation", ((OUTER, unit),), *([cell] for cell in cells))


def test_a_diameter_with_its_wall_is_the_outer_and_the_inner_one() -> None:
    found, reading = pipes("", "НКТ 73х5,5", "60,3х5")
    assert found.values[OUTER] == pytest.approx([0.073, 0.0603])
    assert found.values[INNER] == pytest.approx([0.062, 0.0503])
    assert found.shown[OUTER] == pytest.approx([73, 60.3])
    assert found.shown[INNER] == pytest.approx([62, 50.3])
    assert reading.problems == []


def test_a_pipe_without_a_wall_and_a_plain_number_have_no_inner_diameter() -> None:
    found, reading = pipes("мм", "НКТ 73", 60.3, "НКТ 89х6,5")
    assert found.values[OUTER] == pytest.approx([0.073, 0.0603, 0.089])
    assert numbers(found.values[INNER]) == [None, None, pytest.approx(0.076)]
    assert reading.problems == []
    assert INNER not in pipes("мм", "НКТ 73", 60.3)[0].values


def test_inches_are_read_with_their_sign_and_without_it_where_the_column_says_so() -> None:
    assert pipes("", '2 7/8"', "73 мм")[0].values[OUTER] == pytest.approx([2.875 * 0.0254, 0.073])
    assert pipes("дюйм", "2 7/8", 3.5)[0].values[OUTER] == pytest.approx([2.875 * 0.0254, 3.5 * 0.0254])


def test_words_that_are_no_pipe_are_said_and_have_no_diameter() -> None:
    found, reading = pipes("мм", "НКТ 73х5,5", "см. акт")
    assert numbers(found.values[OUTER]) == [pytest.approx(0.073), None]
    assert marks(reading) == [(3, 0, "value_odd", "warning")]


def test_a_pipe_that_no_well_has_is_refused_like_any_number() -> None:
    assert marks(pipes("мм", "НКТ 73х5,5", "НКТ 990")[1]) == [(3, 0, "value_out_of_range", "error")]


def test_an_inner_diameter_that_has_a_column_of_its_own_is_that_one() -> None:
    found, _ = column_of("installation", ((OUTER, ""), (INNER, "мм")), ["НКТ 73х5,5", 61])
    assert INNER not in found.values


# ---- volumes by mass ---------------------------------------------------------------------------------------


def test_liquid_in_tonnes_a_day_is_a_volume_by_the_density_that_was_said() -> None:
    """95 t/d of 950 kg/m³ are 100 m³/d."""
    found, reading = column_of(
        "flow_test", (("liquid_m3_per_s", "т/сут"),), [95], answers={"liquid_density": "950"}
    )
    assert found.values["liquid_m3_per_s"] == pytest.approx([100 / 86_400])
    assert found.shown["liquid_m3_per_s"].tolist() == [95.0]
    assert reading.problems == []


def test_without_a_density_it_is_asked_and_when_it_is_left_out_there_is_no_rate() -> None:
    columns = (("liquid_m3_per_s", "т/сут"),)
    found, reading = column_of("flow_test", columns, [95])
    assert "liquid_m3_per_s" not in found.values
    assert [problem.code for problem in reading.problems] == ["liquid_density"]
    found, reading = column_of("flow_test", columns, [95], answers={"liquid_density": "leave_out"})
    assert "liquid_m3_per_s" not in found.values
    assert reading.problems == []


def test_the_volume_is_held_to_the_limits_of_a_volume() -> None:
    """2,500 m³/d are the most; 2,470 t/d of 950 kg/m³ are 2,600."""
    found, reading = column_of(
        "flow_test", (("liquid_m3_per_s", "т/сут"),), [2470], [2300], answers={"liquid_density": "950"}
    )
    assert marks(reading) == [(2, 0, "value_out_of_range", "error")]
    assert numbers(found.values["liquid_m3_per_s"]) == [None, pytest.approx(2300 / 0.95 / 86_400)]


def test_a_reading_by_mass_is_kept_and_said_once_where_its_volume_is_out_of_range() -> None:
    found, reading = column_of(
        "readings", (("liquid_rate", "т/сут"),), [95], [95e3], answers={"liquid_density": "950"}
    )
    assert found.values["liquid_rate"] == pytest.approx([100 / 86_400, 1e5 / 86_400])
    assert marks(reading) == [(3, 0, "value_out_of_range", "warning")]


@pytest.mark.parametrize(("cell", "kept"), [(999.25, True), (9999, False)])
def test_what_may_fill_a_cell_is_a_rate_by_mass_where_so_much_water_a_day_may_be(
    cell: float, kept: bool
) -> None:
    """2,500 m³/d are the most: 999.25 t of water are under a thousand, 9,999 t are four times as much."""
    columns = (("liquid_m3_per_s", "т/сут"),)
    found, reading = column_of("flow_test", columns, [cell], answers={"liquid_density": "1000"})
    rate = pytest.approx(cell / 86_400) if kept else None
    assert numbers(found.values["liquid_m3_per_s"]) == [rate]
    assert marks(reading) == ([(2, 0, "maybe_filler", "question")] if kept else []), "alone it may fill"


def test_gas_by_tonne_of_oil_is_a_laboratorys_ratio_by_volume() -> None:
    """100 m³/t of oil of 850 kg/m³ are 85 m³/m³."""
    found, _ = column_of("lab_result", (("gas_oil_ratio", "м3/т"),), [100], answers={"liquid_density": "850"})
    assert found.values["gas_oil_ratio"] == pytest.approx([85.0])


# ---- laboratories ------------------------------------------------------------------------------------------


def test_an_ion_in_milliequivalents_is_read_and_what_is_no_ion_is_not() -> None:
    """Of chloride 35.45 mg."""
    found, reading = column_of("lab_result", (("chloride_ion", "мг-экв/л"),), [2])
    assert found.values["chloride_ion"] == pytest.approx([70.9])
    assert reading.problems == []
    found, reading = column_of("lab_result", (("salts", "мг-экв/л"),), [2])
    assert "salts" not in found.values
    assert [problem.code for problem in reading.problems] == ["unit_unknown"]
