"""The table of what each figure is made of, held against the figures themselves."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.analysis import needs
from app.analysis.cards.figures import analyse
from app.core.texts import Speaker
from app.importers.card_json import bore_from
from app.models.cards import Card
from app.models.kinds import KINDS
from app.models.wells import ESP, SRP
from app.reports.gap_words import gap_words
from tests.conftest import shared_file

EVERYTHING = {
    "rods": [
        {
            "length_m": length,
            "diameter_m": diameter,
            "mass_kg_per_m": mass,
            "modulus_pa": 2.1e11,
            "minimum_tensile_pa": 793e6,
        }
        for length, diameter, mass in (
            (739.0, 0.022225, 3.31),
            (1052.0, 0.01905, 2.432),
            (76.0, 0.0381, 9.86),
        )
    ],
    "damping": {"up": 0.0, "down": 0.0},
    "pump": {"depth_m": 1892.2, "plunger_diameter_m": 0.04445},
    "tubing": {"pressure_pa": 0.7e6, "anchored": True},
    "casing": {"pressure_pa": 0.7e6},
    "unit": {
        "api_A_m": 5.334,
        "api_C_m": 3.0485,
        "api_I_m": 3.048,
        "api_K_m": 4.8989,
        "api_P_m": 3.7719,
        "api_R_m": 1.0414,
        "counterbalance_moment_n_m": 5e4,
        "gearbox_rating_n_m": 72310.0,
        "beam_rating_n": 162360.0,
    },
    "fluid": {"water_cut": 0.78, "viscosity_pa_s": 1e-3},
    "survey": [
        {"measured_depth_m": depth, "inclination_rad": 0.01, "azimuth_rad": 0.0}
        for depth in (0.0, 1000.0, 2000.0)
    ],
    "well_test": {"runtime_s": 80_000.0},
}


def without(path: str) -> dict[str, Any]:
    left = copy.deepcopy(EVERYTHING)
    if path in ("unit.api", "unit.dimensions"):
        left["unit"].pop("api_A_m")
        if path == "unit.api":
            left["unit"]["geometry"] = "mark2"  # no usual unit stands in for that
    elif path == "fluid.density":
        left["fluid"].pop("water_cut")
    elif path.startswith("rods."):
        for rod in left["rods"]:
            rod.pop(path.removeprefix("rods."))
    else:
        *place, last = path.split(".")
        target: Any = left
        for name in place:
            target = target[name]
        target.pop(last)
    return left


def measures(equipment: dict[str, Any]) -> dict[str, Any]:
    given = json.loads(Path(shared_file("data/well-c.json")).read_text(encoding="utf-8"))
    surface = given["surface"]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    points = np.array(surface["position_m"]), np.array(surface["load_n"])
    bore = bore_from(equipment, Path("equipment"), partly=True)
    found = analyse(Card("C", at, 6.7, *points, bore=bore)).measures
    gearbox, rods = found["gearbox"] or {}, found["rods"] or [{}]
    return found | {
        "gearbox_fraction": gearbox.get("load_fraction"),
        "goodman_fraction": rods[0].get("goodman_fraction"),
    }


def test_with_everything_told_nothing_is_missing_and_every_figure_is_there() -> None:
    assert needs.gaps(EVERYTHING, SRP) == []
    found = measures(EVERYTHING)
    assert [key for key in needs.NEEDS[SRP] if found[key] is None] == []


@pytest.mark.parametrize("path", sorted({path for paths in needs.NEEDS[SRP].values() for path in paths}))
def test_exactly_the_figures_that_the_table_names_go_with_an_input(path: str) -> None:
    equipment = without(path)
    found = measures(equipment)
    (gap, *_) = needs.gaps(equipment, SRP)
    lost = {key for key in needs.NEEDS[SRP] if found[key] is None}
    assert gap.path == path
    assert set(gap.lost) == lost


@pytest.mark.parametrize("path", sorted(needs.TAKEN))
def test_what_is_taken_instead_costs_no_figure_and_is_told(path: str) -> None:
    equipment = without(path)
    (gap,) = needs.gaps(equipment, SRP)
    assert (gap.path, gap.lost) == (path, ())
    found = measures(equipment)
    assert [key for key in needs.NEEDS[SRP] if found[key] is None] == []
    for language in ("ru", "en"):
        words = gap_words(gap, Speaker(language))
        assert "gap." not in words
        assert "?" not in words


def test_every_input_is_entered_in_a_field_of_a_form() -> None:
    for path, (kind, key) in needs.INPUTS.items():
        fields = KINDS[kind].fields
        cells = [cell.key for field in fields for cell in field.cells]
        assert key in [field.key for field in fields] + cells, path


def test_of_a_well_of_which_nothing_is_known_each_input_is_told_with_what_it_costs() -> None:
    words = [gap_words(gap, Speaker("en")) for gap in needs.gaps({}, SRP)]
    assert words[0].startswith("No rod string: cannot be had: fillage, fluid load")
    assert not any("gap." in one or "measure." in one for one in words)
    assert "КПД" in gap_words(needs.gaps({}, SRP)[0], Speaker("ru"))
    assert [gap.path for gap in needs.gaps({}, ESP)] == ["pump_type", "stages", "rated_current_a"]
    assert needs.gaps({}, "flowing") == []
    assert needs.gaps({}, "other") == []


def test_the_assumed_wave_speed_is_the_one_that_the_card_is_computed_with() -> None:
    (gap,) = needs.gaps(without("rods.modulus_pa"), SRP)
    bore = bore_from(without("rods.modulus_pa"), Path("equipment"), partly=True)
    assert gap.taken == {"speed": min(rod.wave_speed_m_per_s for rod in bore.rods)}
