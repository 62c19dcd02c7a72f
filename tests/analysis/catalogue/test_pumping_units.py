"""Units of the catalogue against what their tables print and against the kinematics of `cards.unit`."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from app.analysis.cards.unit import linkage_of
from app.analysis.catalogue.library import built_in
from app.analysis.catalogue.pumping_units import PUMPING_UNITS, ratings_of
from app.core.errors import KnownError

INCH = 0.0254
UNITS = tuple(built_in(PUMPING_UNITS))
WITH_DIMENSIONS = [found for found in UNITS if found.item.lengths_m]


def level_factor(unit: dict[str, Any]) -> float:
    """Polished rod's way per angle of a crank that lies level [m]."""
    linkage = linkage_of(unit)
    assert linkage is not None
    level, step = math.pi / 2 - math.asin(unit["api_I_m"] / linkage.k_m), 1e-4
    before, after = linkage.position(np.array([level - step, level + step]))
    return float(abs(after - before) / (2 * step))


def test_there_are_as_many_units_as_the_program_promises() -> None:
    assert len(UNITS) >= 75
    assert len(WITH_DIMENSIONS) >= 60
    assert sum(not found.name.isascii() for found in UNITS) >= 15, "Russian rows"


def test_ratings_and_stroke_are_those_of_the_designation() -> None:
    off = {}
    for found in UNITS:
        said, unit = ratings_of(found.name), found.item
        assert said is not None, found.name
        pairs = (
            (unit.gearbox_rating_n_m, said.gearbox_n_m),
            (unit.beam_rating_n, said.beam_n),
            (unit.stroke_m, said.stroke_m),
        )
        if unit.geometry != said.geometry or any(abs(told / of - 1) > 1e-3 for told, of in pairs):
            off[found.name] = pairs
    assert not off


def test_the_kinematics_give_the_published_strokes() -> None:
    """Designations round down to the API's row, by 4 % at most; printed strokes are met within 0.8 %."""
    off = {}
    for found in WITH_DIMENSIONS:
        unit, computed = found.item, found.item.computed_strokes_m()
        printed = [abs(stroke / told - 1) for stroke, told in zip(computed, unit.strokes_m, strict=False)]
        longest = computed[0] / unit.stroke_m
        if (
            not 0.99 < longest < 1.04
            or list(computed) != sorted(computed)[::-1]
            or max(printed, default=0) > 0.008
        ):
            off[found.name] = (longest, computed, unit.strokes_m)
    assert not off


def test_the_kinematics_give_the_printed_torque_factor() -> None:
    """Of a level crank: no length of the linkage can be off by more than a few tenths of an inch."""
    off = {
        found.name: (factor / INCH, found.item.torque_factor_m / INCH)
        for found in WITH_DIMENSIONS
        if found.item.torque_factor_m is not None
        and abs((factor := level_factor(found.item.as_unit())) - found.item.torque_factor_m) > 0.07 * INCH
    }
    assert not off
    assert sum(found.item.torque_factor_m is not None for found in WITH_DIMENSIONS) >= 60


def test_a_length_off_by_two_inches_is_seen_by_the_torque_factor() -> None:
    """What the test above is worth: all of its lengths matter to it."""
    unit = built_in(PUMPING_UNITS).find("C-320D-256-100").item.as_unit()
    for letter in "ACKPR":
        key = f"api_{letter}_m"
        assert abs(level_factor({**unit, key: unit[key] + 2 * INCH}) - level_factor(unit)) > 0.07 * INCH, (
            letter
        )


@pytest.mark.parametrize(
    ("spelt", "name"),
    [
        ("C-228D-213-86", "C-228D-213-86"),
        ("С-228-213-86", "C-228D-213-86"),  # a Cyrillic С
        ("c 228 – 213 – 86", "C-228D-213-86"),
        ("Lufkin C-228D-213-86", "C-228D-213-86"),
        ("М-912-365-168", "M-912D-365-168"),  # a Cyrillic М
        ("CP57D-76-54", "C-P57D-76-54"),
        ("СКД 8-3-4000", "СКД8-3-4000"),
        ("СКД8-3,0-4000", "СКД8-3-4000"),
        ("8СКД-3-4000", "СКД8-3-4000"),
        ("7СК8-3,5-4000", "СК8-3,5-4000"),
        ("ск8-3.5-4000", "СК8-3,5-4000"),
        ("CK6-2,1-2500", "СК6-2,1-2500"),  # Latin letters
        ("ПНШ80-3-40", "ПНШ 80-3-40"),
    ],
)
def test_a_unit_is_found_however_it_is_spelt(spelt: str, name: str) -> None:
    assert built_in(PUMPING_UNITS).find(spelt).name == name


def test_an_unknown_unit_names_those_most_like_it() -> None:
    with pytest.raises(KnownError) as caught:
        built_in(PUMPING_UNITS).find("C-228D-213-88")
    assert caught.value.code == "catalogue_unknown"
    assert "C-228D-213-86" in str(caught.value.details["near"])


def test_ratings_of_a_unit_that_is_not_there_come_from_its_designation() -> None:
    said = ratings_of("C-1280D-427-216")
    assert said is not None
    assert said.gearbox_n_m == pytest.approx(1280e3 * 4.4482216 * INCH)
    assert ratings_of("C-228D") is None
    assert ratings_of("станок") is None


def test_well_c_s_unit_is_the_second_hole_of_its_entry() -> None:
    """A field unit that another system described: [m], data/well-c.json."""
    unit = built_in(PUMPING_UNITS).find("C-640D-365-168").item.as_unit(1)
    seen = {"A": 5.334, "C": 3.048508, "I": 3.048, "K": 4.898898, "P": 3.7719, "R": 1.0414}
    assert {letter: unit[f"api_{letter}_m"] for letter in seen} == pytest.approx(seen, abs=3e-4)
    assert unit["structural_imbalance_n"] == pytest.approx(-6672.3, abs=1)
    assert unit["gearbox_rating_n_m"] == pytest.approx(72_310, abs=5)
    assert unit["beam_rating_n"] == pytest.approx(162_360, abs=5)
