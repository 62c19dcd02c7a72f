"""Storage and skin: limits of the dimensionless solution, Stehfest's weights, superposition by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.special import exp1

from app.analysis.transient.record import Formation, Response
from app.analysis.transient.wellbore import _weights, change_pa, pressure_d

ROCK = Formation(1.1, 1e-3, 0.15, 10.0, 1e-9, 0.1)
TIME_S = np.array([60.0, 600.0, 6_000.0])


def response(*steps: tuple[float, float], rate: float = 1e-3) -> Response:
    return Response(TIME_S, np.full(3, 1e7), 1e7, rate, steps, rate < 0, ROCK)


def test_stehfests_weights_are_the_published_ones() -> None:
    """CACM 13 (1970): they add up to nothing; the first of N = 12 is −1/60; of N = 2, 2 and −2."""
    assert _weights(2).tolist() == [2.0, -2.0]
    weights = _weights(12)
    assert weights[0] == pytest.approx(-1 / 60)
    assert weights[1] == pytest.approx(961 / 60)
    assert weights[2] == pytest.approx(-1247.0)
    assert abs(weights.sum()) < 1e-6 * np.abs(weights).max()


@pytest.mark.parametrize("time_d", [1e3, 1e5, 1e7])
def test_without_storage_it_is_the_line_source_late(time_d: float) -> None:
    """Theis: ½·E1(1/(4·t_D)), another function altogether."""
    found = float(pressure_d(np.array([time_d]), 0.0, 0.0)[0])
    assert found == pytest.approx(0.5 * exp1(1 / (4 * time_d)), abs=3e-3)


@pytest.mark.parametrize("skin", [0.0, 1.0, 7.5])
def test_skin_adds_itself_where_nothing_is_stored(skin: float) -> None:
    time_d = np.array([1e2, 1e4, 1e6])
    more = pressure_d(time_d, 0.0, skin) - pressure_d(time_d, 0.0, 0.0)
    assert more == pytest.approx(skin, abs=1e-4)


@pytest.mark.parametrize("skin", [0.0, 5.0])
@pytest.mark.parametrize("storage", [1e2, 1e4])
def test_early_all_comes_from_the_well_itself(skin: float, storage: float) -> None:
    time_d = np.array([1e-3, 1e-2]) * storage / 1e2
    assert pressure_d(time_d, storage, skin) == pytest.approx(time_d / storage, rel=0.05)


def test_late_storage_is_forgotten() -> None:
    late = np.array([1e9])
    assert pressure_d(late, 1e3, 3.0) == pytest.approx(pressure_d(late, 0.0, 3.0), rel=1e-4)


def test_a_stimulated_well_is_a_wider_one() -> None:
    time_d = np.array([1e4, 1e6])
    wide = math.exp(-4)
    found = pressure_d(time_d, 100.0, -2.0)
    assert found == pytest.approx(pressure_d(time_d * wide, 100.0 * wide, 0.0))
    assert pressure_d(np.array([1e7]), 0.0, -2.0) == pytest.approx(
        0.5 * (math.log(1e7) + 0.80907) - 2.0, abs=1e-3
    )


def test_pressure_only_rises() -> None:
    rise = pressure_d(np.geomspace(1, 1e8, 60), 500.0, 4.0)
    assert (rise > 0).all()
    assert (np.diff(rise) > 0).all()


WELL: dict[str, Any] = {"permeability_m2": 2e-14, "storage_m3_per_pa": 1e-9, "skin": 2.0}


def alone(time_s: np.ndarray) -> np.ndarray:
    """q·B·μ/(2π·k·h)·p_D."""
    factor = 1e-3 * 1.1 * 1e-3 / (2 * math.pi * 2e-14 * 10)
    moment = 2e-14 * time_s / (0.15 * 1e-3 * 1e-9 * 0.01)
    storage = 1e-9 / (2 * math.pi * 0.15 * 1e-9 * 10 * 0.01)
    return factor * pressure_d(moment, storage, 2.0)


def test_without_a_history_the_change_is_the_solution_in_pascal() -> None:
    assert change_pa(response(), **WELL) == pytest.approx(alone(TIME_S))


def test_after_a_production_time_it_is_superposed() -> None:
    """p_D(Δt) + p_D(t_p) − p_D(t_p + Δt)."""
    produced = np.array([5e4])
    found = change_pa(response((5e4, 1e-3)), **WELL)
    assert found == pytest.approx(alone(TIME_S) + alone(produced) - alone(produced + TIME_S))


def test_two_rates_before_count_by_their_shares() -> None:
    first, second = np.array([5e4]), np.array([2e4])
    found = change_pa(response((5e4, 0.3e-3), (2e4, 0.7e-3)), **WELL)
    by_hand = (
        alone(TIME_S)
        + 0.3 * (alone(first) - alone(first + TIME_S))
        + 0.7 * (alone(second) - alone(second + TIME_S))
    )
    assert found == pytest.approx(by_hand)


def test_other_times_may_be_asked_for() -> None:
    other = np.array([30.0, 9e4])
    assert change_pa(response(), **WELL, time_s=other) == pytest.approx(alone(other))


def test_a_drawdown_changes_as_much_as_a_buildup_without_history() -> None:
    assert change_pa(response(rate=-1e-3), **WELL) == pytest.approx(change_pa(response(), **WELL))
