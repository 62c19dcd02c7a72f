"""No figure of a card is one that cannot be: the declared table, walked by random and by extreme inputs."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards.bounds import BOUNDS, PARTS, determined
from app.analysis.cards.figures import MEASURES, analyse
from app.core.errors import KnownError
from app.importers.card_json import read_card
from app.models.cards import Fluid
from app.services.diagnosis.cards import answer
from tests.analysis.test_cards import CARD
from tests.conftest import shared_file
from tests.proofs import examples

ANY = st.floats(allow_nan=True, allow_infinity=True)


@pytest.mark.parametrize(
    ("measure", "possible", "not_possible"),
    [
        ("gross_stroke_m", (0.0, 0.5, 30.0), (-0.1, 30.1)),
        ("fillage", (0.0, 0.5, 1.0), (-0.1, 1.1)),
        ("system_efficiency", (0.0, 0.4, 1.0), (-0.1, 1.1)),
    ],
)
def test_a_figure_is_possible_up_to_the_ends_and_not_beyond(
    measure: str, possible: tuple[float, ...], not_possible: tuple[float, ...]
) -> None:
    nothing = dict.fromkeys(BOUNDS) | {"rods": [], "gearbox": {}}
    for value in possible:
        assert determined({**nothing, measure: value}, {}, [])[measure] == value
    for value in not_possible:
        said: list[Any] = []
        assert determined({**nothing, measure: value}, {}, said)[measure] is None
        assert [remark.details["measure"] for remark in said] == [measure]


FIGURES = {
    "surface_stroke_m": (0.0, 15.0),
    "peak_polished_rod_load_n": (None, 400e3),
    "minimum_polished_rod_load_n": (-400e3, 400e3),
    "polished_rod_power_w": (0.0, 1e6),
    "buoyant_rod_weight_n": (0.0, 400e3),
    "gross_stroke_m": (0.0, 30.0),
    "net_stroke_m": (0.0, None),
    "fillage": (0.0, 1.0),
    "fluid_load_n": (0.0, 400e3),
    "pump_discharge_pressure_pa": (0.0, 150e6),
    "pump_intake_pressure_pa": (None, None),
    "fluid_above_pump_m": (0.0, None),
    "pump_displacement_m3_per_s": (0.0, 0.1),
    "leakage_m3_per_s": (0.0, 0.1),
    "inferred_liquid_m3_per_s": (0.0, None),
    "pump_power_w": (-1e6, 1e6),
    "system_efficiency": (0.0, 1.0),
    "beam_load_fraction": (-10.0, 10.0),
}
OF_PARTS = {
    "stress_max_pa": (None, 2e9),
    "stress_min_pa": (-2e9, 2e9),
    "reduced_stress_pa": (0.0, 2e9),
    "goodman_fraction": (0.0, 100.0),
    "peak_torque_n_m": (0.0, 2e6),
    "load_fraction": (0.0, 100.0),
    "balanced_counterbalance_moment_n_m": (0.0, 2e6),
    "balanced_peak_torque_n_m": (0.0, 2e6),
}


@pytest.mark.parametrize("name", [*FIGURES, *OF_PARTS])
def test_each_figure_is_one_up_to_its_ends_and_none_a_millionth_beyond(name: str) -> None:
    for end, outwards in zip((FIGURES | OF_PARTS)[name], (-1, 1), strict=True):
        if end is None:  # another figure is
            continue
        for value, is_one in ((end, True), (end + outwards * 1e-6 * max(abs(end), 1.0), False)):
            said: list[Any] = []
            if name in FIGURES:
                found = determined({name: value}, {}, said)[name]
            else:
                found = determined({"rods": [{}, {name: value}]}, {}, said)["rods"][1][name]
            assert found == (value if is_one else None)
            assert len(said) == (not is_one)
            broken = "high" if outwards > 0 else "low"
            assert all(remark.details[broken] == end for remark in said)


@pytest.mark.parametrize(
    ("under", "over"),
    [
        ("minimum_polished_rod_load_n", "peak_polished_rod_load_n"),
        ("net_stroke_m", "gross_stroke_m"),
        ("pump_intake_pressure_pa", "pump_discharge_pressure_pa"),
        ("inferred_liquid_m3_per_s", "pump_displacement_m3_per_s"),
    ],
)
def test_of_two_figures_the_one_is_never_over_the_other(under: str, over: str) -> None:
    said: list[Any] = []
    assert determined({under: 0.05, over: 0.05}, {}, said) == {under: 0.05, over: 0.05}
    assert said == []
    held = determined({under: 0.06, over: 0.05}, {}, said)
    assert sum(value is None for value in held.values()) == len(said) == 1


@pytest.mark.parametrize(("off", "told"), [(9e-10, 1.0), (-9e-10, 0.0), (1.1e-9, None), (-1.1e-9, None)])
def test_what_sums_of_floats_add_is_no_finding_and_is_not_shown(off: float, told: float | None) -> None:
    assert determined({"fillage": (1.0 if off > 0 else 0.0) + off}, {}, [])["fillage"] == told


def test_a_part_that_breaks_its_bound_is_named_with_its_place_and_the_others_stay() -> None:
    said: list[Any] = []
    given = {
        "rods": [{"goodman_fraction": 0.5}, {"goodman_fraction": -1.0}],
        "gearbox": {"load_fraction": 101.0},
    }
    held = determined(given, {}, said)
    assert held == {
        "rods": [{"goodman_fraction": 0.5}, {"goodman_fraction": None}],
        "gearbox": {"load_fraction": None},
    }
    assert [remark.details["measure"] for remark in said] == [
        "rods[1].goodman_fraction",
        "gearbox.load_fraction",
    ]
    assert given["rods"][1] == {"goodman_fraction": -1.0}, "what was given is left as it was"


def test_every_measure_has_its_bounds() -> None:
    assert (set(FIGURES), set(OF_PARTS)) == (set(BOUNDS), set(PARTS))
    assert set(BOUNDS) == set(MEASURES) - {"rods", "gearbox"}


def test_every_part_of_rods_and_gearbox_that_a_whole_card_tells_has_its_bounds() -> None:
    measures = analyse(read_card(shared_file("data/well-c.json"))).measures
    assert {name for part in (*measures["rods"], measures["gearbox"]) for name in part} == set(PARTS)


@given(
    values=st.fixed_dictionaries(dict.fromkeys(BOUNDS, ANY)),
    parts=st.fixed_dictionaries(dict.fromkeys(PARTS, ANY)),
)
@settings(max_examples=examples(100))
def test_whatever_comes_out_of_a_formula_a_figure_is_possible_or_has_a_reason(
    values: dict[str, float], parts: dict[str, float]
) -> None:
    said: list[Any] = []
    held = determined({**values, "rods": [parts], "gearbox": parts}, {"pump_depth_m": 1500.0}, said)
    _is_possible(held)
    named = {remark.details["measure"] for remark in said}
    assert named >= {name for name in BOUNDS if held[name] is None}
    json.dumps([held, [remark.details for remark in said]], allow_nan=False)


@given(
    load=st.floats(0.3, 3.0),
    shift=st.floats(-60e3, 90e3),
    depth=st.floats(50, 4000),
    plunger=st.floats(0.02, 0.12),
    cut=st.floats(0, 1),
    water=st.floats(0.5, 9.0),
    tubing=st.floats(-1e6, 40e6),
    casing=st.one_of(st.none(), st.floats(-1e6, 40e6)),
    ratio=st.one_of(st.none(), st.floats(0, 5000)),
    noise=st.integers(0, 2**31),
)
@settings(max_examples=examples(40))
def test_no_input_however_wild_makes_a_figure_that_cannot_be_or_json_that_is_none(
    load: float,
    shift: float,
    depth: float,
    plunger: float,
    cut: float,
    water: float,
    tubing: float,
    casing: float | None,
    ratio: float | None,
    noise: int,
) -> None:
    rng = np.random.default_rng(noise)
    bore = replace(
        CARD.bore,
        pump_depth_m=depth,
        plunger_diameter_m=plunger,
        tubing_pressure_pa=tubing,
        casing_pressure_pa=casing,
        fluid=Fluid(cut, 0.86, water, gas_oil_ratio=ratio),
    )
    wild = CARD.load_n * load + shift + rng.normal(0, rng.uniform(0, 3e3), len(CARD.load_n))
    try:
        analysis = analyse(replace(CARD, load_n=wild, bore=bore))
    except KnownError:
        return  # refused with a reason
    _is_possible(analysis.measures, depth)
    for name, (low, high) in analysis.ranges.items():
        assert low - 1e-6 <= analysis.measures[name] <= high + 1e-6, name
    missing = {name for name, value in analysis.measures.items() if value is None}
    told = {remark.details.get("measure") for remark in analysis.remarks}
    told |= {"pump_intake_pressure_pa", "fluid_above_pump_m"} & missing if _lift_told(analysis) else set()
    assert missing - told <= {"fluid_above_pump_m", "leakage_m3_per_s", "system_efficiency"}, missing - told
    json.dumps(answer(analysis), allow_nan=False)


def _lift_told(analysis: Any) -> bool:
    return any(remark.code == "intake_impossible" for remark in analysis.remarks)


def _is_possible(measures: dict[str, Any], depth: float = 1500.0) -> None:
    for name, bound in BOUNDS.items():
        value = measures[name]
        if value is None:
            continue
        assert math.isfinite(value), name
        for end, beyond in ((bound.low, value < 0), (bound.high, value > 0)):
            if isinstance(end, float):
                slack = 1e-6 * max(abs(value), 1.0)
                assert value >= end - slack if end is bound.low else value <= end + slack, (name, beyond)
    net, gross = measures["net_stroke_m"], measures["gross_stroke_m"]
    assert net is None or gross is None or net <= gross
    intake, discharge = measures["pump_intake_pressure_pa"], measures["pump_discharge_pressure_pa"]
    assert intake is None or discharge is None or intake <= discharge
    assert measures["fluid_above_pump_m"] is None or measures["fluid_above_pump_m"] <= depth
    for part in [*(measures["rods"] or []), measures["gearbox"] or {}]:
        for name, value in part.items():
            assert value is None or math.isfinite(value), name


def test_a_bound_that_is_not_known_bounds_nothing() -> None:
    said: list[Any] = []
    assert determined({"fluid_above_pump_m": 900.0}, {}, said) == {"fluid_above_pump_m": 900.0}
    assert (
        determined({"fluid_above_pump_m": 900.0}, {"pump_depth_m": 500.0}, said)["fluid_above_pump_m"] is None
    )
    assert said[0].details == {"measure": "fluid_above_pump_m", "value": 900.0, "low": 0.0, "high": 500.0}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_determined(value: float) -> None:
    said: list[Any] = []
    assert determined({"fillage": value}, {}, said) == {"fillage": None}
    assert said[0].details["value"] is None
