"""The simulators were made fast: what they give is what they gave."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.analysis.simulate.esp import EspRuns, run_esp
from app.analysis.simulate.esp_conditions import Conditions
from app.analysis.simulate.esp_wells import EspWells
from tests.analysis import simulated

GIVEN_BEFORE = json.loads((Path(__file__).parents[1] / "data" / "simulators.json").read_text("utf-8"))


@pytest.mark.slow
def test_every_fault_of_an_esp_gives_the_readings_that_it_gave_to_the_last_bit() -> None:
    assert simulated.lives_of_every_fault() == GIVEN_BEFORE["lives"]


def test_the_demo_field_gives_the_readings_that_it_gave_to_the_last_bit() -> None:
    assert simulated.demo_field() == GIVEN_BEFORE["demo"]


@pytest.mark.slow
def test_every_fault_of_a_rod_pump_gives_the_card_that_it_gave() -> None:
    assert simulated.rod_pumps() == GIVEN_BEFORE["rod_pumps"]


def test_a_well_is_the_same_whichever_is_run_first_and_however_often() -> None:
    def story(day: float, c: Conditions) -> None:
        c.switched_on[1] = day < 0.5

    def runs() -> EspRuns:
        rng = np.random.default_rng(3)
        return EspRuns(EspWells.varied(3, rng), 1441, story, rng)

    rng = np.random.default_rng(3)
    together = run_esp(EspWells.varied(3, rng), 1441, story, rng)
    apart = runs()
    for well in (2, 0, 1, 2):
        for name, values in apart.well(well).values.items():
            assert np.array_equal(values, together.values[name][well]), (well, name)
