"""Volumes told by mass, rates told by how long, worked out by hand; what stands for nothing in a column."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.core.api_gravity import WATER_KG_PER_M3
from app.importers.by_density import relative
from app.importers.by_density import unit_of as mass_of
from app.importers.by_duration import unit_of as volume_of
from app.importers.nothing_said import (
    fillers,
    good_as_taken,
    is_bad_word,
    is_only_words,
    is_quality_word,
    maybe_fillers,
    not_good,
    not_understood,
)
from app.importers.rows import Rows
from tests.importers.cells_at_hand import target
from tests.importers.sheets_at_hand import Column, extracted, marks, numbers, under

DAY = "01.03.2026"
A_DAY = 1 / 86_400


def told(found: Rows) -> dict[str, Any]:
    return {code.removeprefix("import."): details for code, details in found.remarks}


# ---- by density --------------------------------------------------------------------------------------------

LIQUID: list[Column] = ["time", ("liquid_m3_per_s", "т/сут"), ("water_cut", "%")]


@pytest.mark.parametrize(
    ("cut", "said", "density"),
    [
        (50, "950", 950.0),
        (50, "0,95", 950.0),
        (50, "1.9", None),
        (25, "860/1080", 915.0),
        (100, "860/1080", 1080.0),
        (0, "0.86 / 1.08", 860.0),
        (50, "500", 500.0),
        (50, "1400", 1400.0),
        (50, "499", None),
        (50, "1401", None),
        (50, "860/1401", None),
        (50, "860/1080/5", None),
        (50, "тяжёлая", None),
    ],
)
def test_a_liquid_is_by_the_density_that_was_said(cut: float, said: str, density: float | None) -> None:
    """By parts of oil and water: 860 · ¾ + 1080 · ¼ are 915."""
    found = extracted("flow_test", LIQUID, [DAY, 95, cut], answers={"liquid_density": said})
    if density is None:
        assert [p.code for p in found.problems if p.severity == "question"] == ["liquid_density"]
        return
    assert found.values["liquid_m3_per_s"] == pytest.approx([95_000 / density * A_DAY])
    assert told(found)["by_density"]["density"] == f"{density:.0f}"


def test_each_row_is_by_its_own_water_and_one_without_it_is_an_error() -> None:
    rows = [[DAY, 95, 0], [DAY, 95, 100], [DAY, 95, ""]]
    found = extracted("flow_test", LIQUID, *rows, answers={"liquid_density": "860/1080"})
    assert numbers(found.values["liquid_m3_per_s"]) == [
        pytest.approx(95_000 / 860 * A_DAY),
        pytest.approx(95_000 / 1080 * A_DAY),
        None,
    ]
    assert (4, 1, "density_missing", "error") in marks(found)
    assert told(found)["by_density"]["density"] == "860…1080"


@pytest.mark.parametrize(
    ("columns", "row", "shown"),
    [
        (LIQUID, [DAY, 95, 25], {"860/1080": "103.8 m³/d (860/1080 kg/m³)", "leave_out": "—"}),
        (LIQUID[:2], [DAY, 95], {"1000": "95 m³/d (1000 kg/m³)", "leave_out": "—"}),
    ],
)
def test_without_a_density_it_is_asked_with_what_it_would_be(
    columns: list[Column], row: list[Any], shown: dict[str, str]
) -> None:
    """95 t of 915 kg/m³ are 103.8 m³."""
    found = extracted("flow_test", columns, row)
    (problem,) = [p for p in found.problems if p.severity == "question"]
    assert (problem.line, problem.column, problem.value) == (2, 1, "95 т/сут")
    texts = {key: text["en"] if isinstance(text, dict) else text for key, text in problem.options.items()}
    assert texts == shown


def test_oil_and_water_of_months_are_by_densities_of_their_own() -> None:
    columns: list[Column] = ["time", ("oil_m3", "т"), ("water_m3", "т")]
    found = extracted("production", columns, [DAY, 86, 108], answers={"liquid_density": "860/1080"})
    assert found.values["oil_m3"] == pytest.approx([100.0])
    assert found.values["water_m3"] == pytest.approx([100.0])


@pytest.mark.parametrize(("text", "one"), [("кг/м3", WATER_KG_PER_M3), ("г/см3", WATER_KG_PER_M3 / 1000)])
def test_a_relative_density_in_a_unit_of_density_is_one_to_waters(text: str, one: float) -> None:
    unit = relative(text)
    assert unit is not None
    assert unit.to_si(0.85 * one) == pytest.approx(0.85)
    assert unit.from_si(0.85) == pytest.approx(0.85 * one)


def test_degrees_of_api_are_relative_by_themselves() -> None:
    """10 °API is water's."""
    unit = relative("°API")
    assert unit is not None
    assert unit.to_si(10.0) == pytest.approx(1.0)
    assert unit.from_si(1.0) == pytest.approx(10.0)
    assert relative("м") is None


def test_only_a_mass_where_a_volume_is_kept_is_told_by_mass() -> None:
    liquid = target("flow_test", "liquid_m3_per_s")
    assert mass_of("т/сут", liquid) is not None
    assert mass_of("м3/сут", liquid) is None
    assert mass_of("", liquid) is None
    assert mass_of("т", liquid) is None
    assert mass_of("т/сут", target("flow_test", "gas_m3_per_s")) is None


# ---- by duration -------------------------------------------------------------------------------------------


def test_a_volume_and_how_long_are_a_rate() -> None:
    """3 m³ in 240 minutes are 18 m³/d."""
    columns: list[Column] = ["time", ("liquid_m3_per_s", "м3"), ("duration_s", "мин")]
    rows = [[DAY, 3, 240], [DAY, 3, 0], [DAY, 3, ""], [DAY, 3, "4:00"]]
    found = extracted("flow_test", columns, *rows)
    assert numbers(found.values["liquid_m3_per_s"])[:3] == [pytest.approx(18 * A_DAY), None, None]
    assert marks(found)[:2] == [(3, 1, "duration_missing", "error"), (4, 1, "duration_missing", "error")]
    assert told(found)["by_duration"]["other"] == "H2"
    assert found.shown["liquid_m3_per_s"][0] == 3.0


def test_a_duration_without_a_unit_is_in_hours_or_as_a_clock() -> None:
    columns: list[Column] = ["time", ("liquid_m3_per_s", "м3"), "duration_s"]
    found = extracted("flow_test", columns, [DAY, 3, 4], [DAY, 3, "4:00"])
    assert found.values["liquid_m3_per_s"] == pytest.approx([18 * A_DAY] * 2)


def test_only_the_rates_of_a_test_are_told_by_volume() -> None:
    liquid = target("flow_test", "liquid_m3_per_s")
    assert volume_of("м3", liquid) is not None
    assert volume_of("м3/сут", liquid) is None
    assert volume_of("", liquid) is None
    assert volume_of("м3", target("flow_test", "oil_kg_per_s")) is None


# ---- what stands for nothing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "beside", "impossible", "alone", "nothing"),
    [
        (-999.25, [5.0], False, False, True),
        (-9999.0, [], False, False, True),
        (1e29, [5.0], False, False, True),
        (9.9e28, [5.0], False, False, False),
        (-1e30, [5.0], False, False, True),
        (9999.0, [5.0], False, False, False),
        (9999.0, [5.0], True, False, True),
        (9999.0, [333.3], False, True, False),
        (9999.0, [333.2], False, True, True),
        (9999.0, [-333.2], False, True, True),
        (9999.0, [], False, True, False),
        (5000.0, [1.0], True, True, False),
        (np.nan, [5.0], True, True, False),
    ],
)
def test_a_filler_is_what_no_well_ever_had_or_what_is_far_beyond_the_rest(
    value: float, beside: list[float], impossible: bool, alone: bool, nothing: bool
) -> None:
    shown = np.array([value, *beside])
    beyond = np.array([impossible, *[False] * len(beside)])
    assert fillers(shown, beyond, alone=alone).tolist() == [nothing, *[False] * len(beside)]


@pytest.mark.parametrize(
    ("beside", "maybe"), [([], True), ([900.0], True), ([4999.4], True), ([4999.5], False), ([9500.0], False)]
)
def test_what_is_written_as_a_filler_may_be_one_where_the_rest_is_under_half_of_it(
    beside: list[float], maybe: bool
) -> None:
    assert maybe_fillers(np.array([9999.0, *beside])).tolist() == [maybe, *[False] * len(beside)]
    assert maybe_fillers(np.array([9999.0, -999.25, 1e30, *beside])).tolist()[0] is maybe


@pytest.mark.parametrize(
    ("cell", "bad", "words"),
    [
        ("I/O Timeout", True, True),
        ("Bad  Input", True, True),
        ("no data", True, True),
        ("нет связи", True, True),
        ("---", True, True),
        ("???", True, True),
        ("1.#INF", True, False),
        ("#N/A 5", False, False),
        ("[-11059] No Good Data For Calculation", False, True),
        ("[-11059] No", False, False),
        ("много", False, True),
        ("5O1", False, False),
    ],
)
def test_words_of_historians_are_known(cell: str, bad: bool, words: bool) -> None:
    assert (is_bad_word(cell), is_only_words(cell)) == (bad, words)


@pytest.mark.parametrize(
    ("cells", "bad", "as_good"),
    [
        (["192", "0", "216"], [False, True, False], ""),
        (["192", "64", "448"], [False, True, False], ""),
        (["0", "1", "4"], [False, True, True], "0"),
        (["1", "1", "0"], [False, False, True], "1"),
        (["1", "0", "0"], [True, False, False], "0"),
        (["1", "0"], [False, True], "1"),
        (["100", "50", "49"], [False, False, True], "50…100 %"),
        (["0", "1073741824", "2147483648"], [False, True, True], ""),
        (["0xC0", "0x00"], [False, True], ""),
        (["Good", "Bad", ""], [False, True, False], ""),
        (["GoodClamped", "BadSensorFailure", "Uncertain"], [False, True, True], ""),
        (["Good, local override", "bad [device failure]", "not good"], [False, True, True], ""),
        (["хор.", "недостоверно", "Б?"], [False, True, False], ""),
    ],
)
def test_which_rows_a_source_calls_bad_is_told_by_the_whole_column(
    cells: list[str], bad: list[bool], as_good: str
) -> None:
    column = np.array(cells, object)
    assert not_good(column).tolist() == bad
    assert good_as_taken(column) == as_good


def test_words_of_quality_that_nobody_knows_are_told() -> None:
    assert not_understood(np.array(["Good", "192", "Плюшевый", "", "Bad"], object)) == ["Плюшевый"]
    assert is_quality_word("Bad (0)")
    assert is_quality_word("хор.")
    assert not is_quality_word("Плюшевый")


# ---- densities in columns of their own ---------------------------------------------------------------------

BESIDE: list[Column] = [*LIQUID, "", ""]
DENSITIES = {3: "Плотность нефти", 4: "Плотность воды"}


@pytest.mark.parametrize(
    ("oil", "water", "density"),
    [
        (860, 1080, 915.0),
        (0.86, 1.08, (0.86 * 0.75 + 1.08 * 0.25) * WATER_KG_PER_M3),
        (500, 1400, 725.0),
        (499, 1080, None),
        (860, 1401, None),
        (860, "", None),
    ],
)
def test_densities_beside_the_liquid_are_those_of_its_parts(
    oil: Any, water: Any, density: float | None
) -> None:
    found = under("flow_test", BESIDE, [DAY, 95, 25, oil, water], headers=DENSITIES)
    if density is None:
        assert "liquid_density" in [p.code for p in found.problems if p.severity == "question"]
        return
    assert found.values["liquid_m3_per_s"] == pytest.approx([95_000 / density * A_DAY])
    assert {3, 4} <= found.beside


def test_a_density_out_of_range_leaves_the_next_column_of_it() -> None:
    headers = {3: "Плотность нефти", 4: "Плотность воды", 5: "Плотность нефти при 20 °С"}
    row = [DAY, 95, 25, 5, 1080, 860]
    found = under("flow_test", [*BESIDE, ""], row, headers=headers)
    assert found.values["liquid_m3_per_s"] == pytest.approx([95_000 / 915 * A_DAY])


@pytest.mark.parametrize(("cut", "known"), [(0, True), (100, True), (-1, False), (101, False)])
def test_a_water_cut_is_between_nothing_and_all(cut: float, known: bool) -> None:
    found = under("flow_test", BESIDE, [DAY, 95, cut, 860, 1080], headers=DENSITIES)
    rate = found.values["liquid_m3_per_s"]
    assert np.isfinite(rate).tolist() == [known]


def test_a_gas_ratio_by_mass_is_multiplied_and_asked_of_with_the_oils_density() -> None:
    """100 m³/t of 860 kg/m³ are 86 m³/m³."""
    found = extracted("lab_result", ["time", ("gas_oil_ratio", "м3/т")], [DAY, 100])
    (problem,) = [p for p in found.problems if p.severity == "question"]
    first = problem.options["860"]
    assert isinstance(first, dict)
    assert first == {"ru": "86 м³/м³ (860 кг/м³)", "en": "86 m³/m³ (860 kg/m³)"}
    by_water = extracted("production", ["time", ("water_m3", "т")], [DAY, 108])
    (problem,) = [p for p in by_water.problems if p.severity == "question" and p.code == "liquid_density"]
    assert list(problem.options) == ["1080", "leave_out"]
    first = problem.options["1080"]
    assert isinstance(first, dict)
    assert first["en"] == "100 m³ (1080 kg/m³)"
