"""Where fits begin: what the plots show at a glance, and the skin by the height of the last points."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from app.analysis.transient import fitting
from app.analysis.transient.fitting import Fitter
from app.analysis.transient.models import Model
from app.analysis.transient.starting import beside, first_values, starts
from tests.analysis.transient.test_contest import MD, RATE, ROCK, WELL, record
from tests.analysis.transient.test_interpret import fit

K = 30 * MD


def flat(stored_seen: bool = True) -> Fitter:
    """A derivative of one height, of 30 md; 1 kPa a second to the end."""
    made = fitting.fitter(record(Model(), 24.0, noise=0.0))
    n = len(made.slope_pa)
    time_s = made.response.time_s
    response = replace(made.response, pressure_pa=1e7 + 1e3 * time_s)
    part = replace(made.whole, response=response)
    level = np.full(n, ROCK.slope_pa(RATE, K))
    return cast(
        Fitter, replace(made, whole=part, slope_pa=level, off_pressure_pa=np.ones(n), stored_seen=stored_seen)
    )


def test_k_is_drawn_from_half_to_twice_of_what_the_level_says() -> None:
    k = first_values(flat(), 86_400.0)["permeability_m2"] / K
    assert (k.min(), k.max()) == (pytest.approx(0.5, rel=0.05), pytest.approx(2.0, rel=0.05))


def test_storage_is_drawn_about_the_unit_slope_where_one_was_seen_and_below_it_elsewhere() -> None:
    """C = q·B·Δt/Δp of a kilopascal a second."""
    unit = RATE * 1.2 / 1e3
    seen = first_values(flat(), 86_400.0)["wellbore_storage_m3_per_pa"] / unit
    unseen = first_values(flat(stored_seen=False), 86_400.0)["wellbore_storage_m3_per_pa"] / unit
    assert (seen.min(), seen.max()) == (pytest.approx(0.8, rel=0.02), pytest.approx(1.05, rel=0.02))
    assert (unseen.min(), unseen.max()) == (pytest.approx(0.02, rel=0.1), pytest.approx(1.0, rel=0.1))


def test_the_skin_of_a_start_is_set_by_the_height_of_the_last_points() -> None:
    lee = fitting.fitter(record(Model(), 48.0, noise=0.0))
    drawn = {name: np.full(8, value) for name, value in WELL.items()} | {"skin": np.linspace(-2, 9, 8)}
    found = starts(lee, Model(), drawn, 4)
    assert found.shape == (4, 3)
    assert found[:, 2] == pytest.approx(np.full(4, WELL["skin"]), abs=0.02)


def test_a_model_that_has_all_of_the_plain_ones_begins_where_that_one_ended_and_another_does_not() -> None:
    plain = fit(skin=4.0)
    drawn = first_values(flat(), 86_400.0)
    same, fault = beside(plain, Model(), drawn), beside(plain, Model(edges="fault"), drawn, 3)
    assert same == pytest.approx(np.repeat(plain.vector[None], 2, axis=0))
    assert fault.shape == (3, 4)
    assert fault[:, :3] == pytest.approx(np.repeat(plain.vector[None], 3, axis=0))
    assert beside(plain, Model("fracture_infinite"), drawn).shape == (0, 3)
