"""A load that comes later than its place is said to be the record's, on cards made by the method of
characteristics and by masses and springs; what leaks, fills in part or rubs is not.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.cards.figures import CardAnalysis, analyse
from app.analysis.diagnosis import case_of, diagnose_card
from app.analysis.rules.base import Verdict
from app.analysis.rules.card_sensor_fault import late
from app.analysis.simulate import rod_faults, rod_wells
from app.analysis.simulate.recorder import WHEN, known
from app.models.cards import Card
from tests.analysis.characteristics import Well, make

FULL, POUND, GAS = Well(), Well(liquid=0.55, intake_pa=6e5), Well(gas=0.3)


@cache
def made(well: Well, delay: float = 0.0, filtered: float = 0.0) -> tuple[float, CardAnalysis]:
    """Its true fillage, and what is made of a card whose load comes later by so much of the period."""
    card = make(well, late=filtered)
    return card.fillage, analyse(delayed(card.card, delay))


def delayed(card: Card, share: float) -> Card:
    spectrum = np.fft.rfft(card.load_n)
    shift = np.exp(-2j * np.pi * share * np.arange(len(spectrum)))
    return replace(card, load_n=np.fft.irfft(spectrum * shift, len(card.load_n)))


def said(analysis: CardAnalysis) -> dict[str, Verdict]:
    return dict(diagnose_card(analysis))


@pytest.mark.parametrize(
    ("well", "seconds", "points"),
    [(FULL, 0.06, 0.02), (POUND, 0.06, 0.02), (GAS, 0.16, 0.035)],
    ids=["full", "pound", "gas"],
)
@pytest.mark.parametrize("delay", [0.03, 0.05, 0.08])
def test_a_load_that_comes_late_is_told_with_its_delay_and_the_fillage_without_it(
    well: Well, seconds: float, points: float, delay: float
) -> None:
    """Gas that has been squeezed takes up the load late by itself: it is told as a longer delay."""
    fillage, found = made(well, delay)
    told = said(found)["sensor_fault"]
    assert told.confidence >= 0.5
    [evidence] = told.evidence
    assert evidence.code == "load_late"
    assert evidence.details["late"] == pytest.approx(delay * 10, abs=seconds)
    assert evidence.details["fillage"] == pytest.approx(fillage, abs=points)
    low, high = found.ranges["fillage"]
    assert low <= fillage <= high


@pytest.mark.parametrize("well", [FULL, POUND], ids=["full", "pound"])
def test_a_filter_of_the_load_is_told_too(well: Well) -> None:
    fillage, found = made(well, filtered=0.03)
    assert said(found)["sensor_fault"].confidence >= 0.5
    low, high = found.ranges["fillage"]
    assert low <= fillage <= high


def test_a_full_pump_under_a_late_cell_neither_fills_in_part_nor_locks_with_gas() -> None:
    for delay in (0.03, 0.05, 0.08):
        found = said(made(FULL, delay)[1])
        assert next(iter(found)) == "sensor_fault"
        assert not found.keys() & {"fluid_pound", "gas_interference", "gas_lock"}


@pytest.mark.parametrize(
    "well",
    [
        FULL,
        POUND,
        GAS,
        replace(FULL, box_rubs_n=4e3),
        replace(POUND, rods_rub_n=3e3),
        replace(GAS, plunger_rubs_n=2.5e3),
        replace(POUND, damping=0.15),
    ],
)
def test_a_cell_in_time_is_not_called_late(well: Well) -> None:
    assert late(case_of(made(well)[1])) < 0.3


def test_a_load_ahead_of_its_place_is_no_sure_leak_of_the_standing_valve() -> None:
    """Half filled, 4 % ahead: it was one, 0.96."""
    leak = said(made(POUND, -0.04)[1]).get("standing_valve_leak")
    assert leak is None or leak.confidence <= 0.75


def test_where_the_time_is_the_units_no_delay_is_told() -> None:
    card = make(FULL).card
    along = np.r_[0, np.cumsum(np.hypot(np.diff(card.position_m) / 3, np.diff(card.load_n) / 2e4))]
    at = np.linspace(0, along[-1], 120)
    drawn = replace(
        card, position_m=np.interp(at, along, card.position_m), load_n=np.interp(at, along, card.load_n)
    )
    found = analyse(drawn)
    assert any(remark.code == "time_from_unit" for remark in found.remarks)
    assert found.lateness is None


def test_a_lens_of_locked_gas_is_no_late_load() -> None:
    """Both turns are late there; of 200 simulated ones 16 were a late cell first when it was told from 0.1
    that is not square.
    """
    rng = np.random.default_rng(31)
    truths = [("gas_lock",)] * 60
    made_ = rod_faults.simulate(truths, [rod_wells.draw(rng) for _ in truths], rng)
    cards = made_.cards
    lags = [
        late(
            case_of(analyse(Card("t", WHEN, well.strokes_per_minute, place, load, bore=known(made_, i, rng))))
        )
        for i, (well, place, load) in enumerate(
            zip(made_.wells, cards.surface_position_m, cards.surface_load_n, strict=True)
        )
    ]
    assert sum(lag >= 0.5 for lag in lags) <= 1
    assert max(lags) < 0.75


def test_a_card_without_lines_has_no_delay() -> None:
    card = examples.card().card
    flat = replace(card, load_n=card.load_n.mean() + 300 * np.sin(np.arange(len(card.load_n))))
    assert analyse(flat).lateness is None or late(case_of(analyse(flat))) < 0.3
