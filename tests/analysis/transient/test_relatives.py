"""What imitates what: two edges and rock in two rings, a part of the thickness and the same, a history that
was told wrongly and edges. Records by SciPy's exponential integral and by Hantush's sum in time.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from scipy.special import exp1

from app.analysis.transient import fitting
from app.analysis.transient import interpret as told
from app.analysis.transient.contest import Contest
from app.analysis.transient.fitting import Fit
from app.analysis.transient.models import Model
from app.analysis.transient.radial import Window
from app.analysis.transient.record import Response
from app.analysis.transient.regimes import Regime
from app.analysis.transient.relatives import relatives, unseen
from app.analysis.transient.untold import Untold, history_alike
from app.importers.welltest_json import test_from as read
from app.services.wells.well_tests import analyse
from tests.analysis.transient.test_contest import MD, RATE, ROCK
from tests.analysis.transient.test_interpret import LINE, fit, speaks

PLAIN, FAULT, RINGS = Model(), Model(edges="fault"), Model(edges="composite")
WEDGE, CHANNEL = Model(edges="wedge"), Model(edges="channel")
DAY, HOUR, K = 86_400.0, 3_600.0, 40 * MD
ETA = K / (0.15 * 1e-3 * 1.5e-9)
UNIT = 1e-3 * 1.2 / (4 * np.pi * K * 10.0)


def line_source(time_s: np.ndarray, far_m: float) -> np.ndarray:
    return np.asarray(exp1(far_m**2 / (4 * ETA * time_s)))


def told_of(kind: str, time_s: np.ndarray, change: np.ndarray, **more: Any) -> dict[str, Any]:
    noisy = change + np.random.default_rng(3).normal(0, 300, len(change))
    record = {
        "kind": kind,
        "time_s": [0.0, *time_s.tolist()],
        "pressure_pa": [25e6, *(25e6 + noisy * (1 if kind == "buildup" else -1)).tolist()],
        "rate_m3_per_s": 35 / DAY,
        "formation_volume_factor": 1.2,
        "viscosity_pa_s": 1e-3,
        "porosity": 0.15,
        "thickness_m": 10.0,
        "total_compressibility_per_pa": 1.5e-9,
        "wellbore_radius_m": 0.1,
        **more,
    }
    return analyse(read(record, Path("made.json")))[0]


def codes(answer: dict[str, Any]) -> set[str]:
    return {one["code"] for one in answer["quality"]}


def open_at_the_top(opened: float, anisotropy: float) -> tuple[np.ndarray, np.ndarray]:
    """Hantush: W(u) + 2/(π·b)²·Σ sin²(nπb)/n²·W(u, nπr/h·√(k_v/k_h)), W by its integral over time."""
    time_s, tau = np.geomspace(10.0, 60 * HOUR, 90), np.geomspace(1e-3, 60 * HOUR, 4000)
    n = np.arange(1, 200)[:, None]
    swept = np.exp(-((n * np.pi / 10.0) ** 2) * anisotropy * ETA * tau)
    parts = (np.sin(n * np.pi * opened) ** 2 / n**2 * swept).sum(0)
    decayed = np.exp(-0.01 / (4 * ETA * tau)) * (1 + 2 / (np.pi * opened) ** 2 * parts)
    steps = np.diff(np.log(tau)) * (decayed[1:] + decayed[:-1]) / 2
    return time_s, 35 / DAY * UNIT * np.interp(np.log(time_s), np.log(tau), np.r_[0, np.cumsum(steps)])


@pytest.mark.slow
def test_two_faults_at_a_right_angle_are_no_rock_in_two_rings() -> None:
    """Its end lies flat, four times as high: no edge was asked for, and rings of 47 m were told."""
    time_s = np.geomspace(10.0, 150 * HOUR, 90)
    pd = line_source(time_s, 0.1) + 6.0
    pd = pd + sum(line_source(time_s, 2 * far) for far in (40.0, 60.0, float(np.hypot(40, 60))))
    answer = told_of("drawdown", time_s, 35 / DAY * UNIT * pd)
    assert answer["match"]["model"] == "wedge"
    assert answer["permeability_m2"] == pytest.approx(K, rel=0.02, abs=0)
    found = answer["match"]["parameters"]
    assert sorted([found["fault_distance_m"], found["second_fault_distance_m"]]) == pytest.approx(
        [40, 60], rel=0.05
    )


@pytest.mark.slow
def test_a_well_open_at_the_top_has_the_permeability_of_the_whole_layer() -> None:
    """k of a third of it was told, as that of an inner ring."""
    answer = told_of("drawdown", *open_at_the_top(0.3, 0.1))
    assert answer["match"]["model"] == "partial"
    assert answer["permeability_m2"] == pytest.approx(K, rel=0.05, abs=0)
    assert answer["match"]["parameters"]["open_share"] == pytest.approx(0.3, rel=0.1)


@pytest.mark.slow
def test_hours_of_flow_that_were_days_are_told_beside_the_edges_that_they_look_like() -> None:
    time_s, flowed = np.geomspace(10.0, 50 * HOUR, 90), 7 * DAY
    change = line_source(time_s, 0.1) + 4 + line_source(np.array([flowed]), 0.1)
    change = change - line_source(flowed + time_s, 0.1)
    answer = told_of("buildup", time_s, 35 / DAY * UNIT * change, producing_time_s=flowed / 24)
    [said] = [one["detail"] for one in answer["quality"] if one["code"] == "history_alike"]
    assert said["told"] == flowed / 24
    assert said["other"] == pytest.approx(flowed, rel=0.3)
    assert said["permeability"] == pytest.approx(K, rel=0.03, abs=0)
    right = told_of("buildup", time_s, 35 / DAY * UNIT * change, producing_time_s=flowed)
    assert "history_alike" not in codes(right)


@pytest.mark.parametrize(
    ("ratio", "asked"),
    [(3.0, (WEDGE, CHANNEL)), (0.4, (Model(well="partial"), Model(storage="changing")))],
)
def test_where_rock_in_two_rings_is_nearest_what_it_imitates_is_asked(
    ratio: float, asked: tuple[Model, ...]
) -> None:
    rings = fit(RINGS, misfit=0.3, composite_radius_m=30.0, permeability_ratio=ratio)
    assert relatives([fit(misfit=2.0), rings], ()) == asked
    assert relatives([fit(asked[0], misfit=0.4, **OWN.get(asked[0], {})), rings], ()) == asked[1:]
    assert relatives([fit(misfit=0.2), rings], ()) == (), "the plain well is nearer"


OWN = {
    WEDGE: {"fault_distance_m": 30.0, "second_fault_distance_m": 40.0},
    Model(well="partial"): {"open_share": 0.3, "vertical_anisotropy": 0.1},
}


def test_a_well_along_the_layer_is_asked_for_where_flow_is_linear_and_nothing_is_near() -> None:
    linear, radial = (Regime(name, 1.0, 10.0, 1e4) for name in ("linear", "radial"))
    along = (Model(well="horizontal"),)
    assert relatives([fit(misfit=0.71)], (radial, linear)) == along
    assert relatives([fit(misfit=0.69)], (radial, linear)) == ()
    assert relatives([fit(misfit=0.71)], (radial,)) == ()
    rings = {"composite_radius_m": 30.0, "permeability_ratio": 3.0}
    assert relatives([fit(RINGS, misfit=0.71, **rings)], ())[-1:] == along, (
        "its two levels are rings of tight rock"
    )
    assert along[0] not in relatives([fit(RINGS, misfit=0.69, **rings)], ())


FISSURES = {"storativity_ratio": 0.1, "interporosity_flow": 1e-6}


def test_a_part_of_the_thickness_is_asked_for_where_fissures_or_a_held_edge_are_nearest() -> None:
    part = (Model(well="partial"),)
    held = fit(Model(edges="constant_pressure"), misfit=0.26, edge_distance_m=90.0)
    for misfit, asked in ((0.26, part), (0.24, ())):
        assert relatives([fit(Model(rock="double_slabs"), misfit=misfit, **FISSURES)], ()) == asked
    assert relatives([held], ()) == part
    assert relatives([fit(FAULT, misfit=0.26)], ()) == ()


@pytest.mark.slow
def test_a_well_open_over_a_third_is_no_fissured_rock() -> None:
    """k of the open part was told, as that of fissures."""
    answer = told_of("drawdown", *open_at_the_top(0.37, 0.013))
    assert answer["match"]["model"] == "partial"
    assert answer["permeability_m2"] == pytest.approx(K, rel=0.08, abs=0)


@pytest.mark.parametrize(("since", "asked"), [(5.0, False), (15.0, True)])
def test_storage_that_changed_before_the_record_is_not_seen(since: float, asked: bool) -> None:
    """A drawdown in which storage ruled to its end had k by a change of storage after a third of a second."""
    changing = fit(Model(storage="changing"), storage_ratio=0.5, storage_time_s=since)
    assert unseen(changing, 10.0) is not asked
    assert not unseen(fit(), 10.0)


@pytest.mark.parametrize(("misfit", "said"), [(0.99, False), (1.01, True)])
def test_a_model_that_misses_by_more_than_the_gauge_is_called_rough(misfit: float, said: bool) -> None:
    codes_said = [code for code, _ in told._beyond(fit(FAULT, misfit=misfit))]
    assert codes_said == ["model_chosen", *(["model_rough"] if said else [])]


@pytest.mark.parametrize(("misfit", "by"), [(0.71, "line"), (0.69, "match")])
def test_rock_in_two_rings_that_is_not_the_well_leaves_the_word_to_the_last_level(
    misfit: float, by: str
) -> None:
    rings = fit(RINGS, misfit=misfit, composite_radius_m=30.0, permeability_ratio=0.4)
    assert (
        speaks(rings, fit(misfit=2.4), line=replace(LINE, permeability_m2=2 * LINE.permeability_m2))[0] == by
    )
    found = Contest((rings, fit(misfit=2.4)), (0.0, 90.0), 30.0)
    levels = tuple(Regime("radial", float(n), 3.0 * n, 1e4) for n in (1, 100))
    assert told._outer(found, levels) == ((100.0, 300.0) if by == "line" else None)
    assert told._outer(found, ()) is None


@pytest.mark.parametrize(
    ("misfit", "behind", "first"),
    [(0.26, 19.0, False), (0.26, 21.0, True), (0.24, 9.0, False), (0.24, 11.0, True)],
)
def test_rings_have_to_be_better_by_ten_and_above_the_noise_by_twenty(
    misfit: float, behind: float, first: bool
) -> None:
    changing = fit(Model(storage="changing"), storage_ratio=0.5, storage_time_s=60.0)
    rings = fit(RINGS, misfit=misfit, composite_radius_m=30.0, permeability_ratio=0.4)
    assert (Contest((rings, changing), (0.0, behind), 30.0).simplest is rings) is first


@pytest.mark.parametrize(
    ("misfit", "behind", "first"), [(0.26, 19.0, False), (0.26, 21.0, True), (0.24, 1.0, True)]
)
def test_an_angle_of_edges_above_the_noise_has_to_be_better_than_fissures_by_twenty(
    misfit: float, behind: float, first: bool
) -> None:
    """Bourdet's fissured record (1984) of 252 md lies nearer to an angle of edges in 927 md."""
    fissures = fit(Model(rock="double_slabs"), storativity_ratio=0.1, interporosity_flow=1e-6)
    angle = fit(WEDGE, misfit=misfit, **OWN[WEDGE])
    assert (Contest((angle, fissures), (0.0, behind), 30.0).simplest is angle) is first
    rings = fit(RINGS, composite_radius_m=30.0, permeability_ratio=4.0)
    assert Contest((angle, rings), (0.0, 1.0), 30.0).simplest is angle, "the one is no rarer than the other"


def test_what_rings_may_be_instead_is_said_with_both_permeabilities() -> None:
    rings = fit(RINGS, composite_radius_m=30.0, permeability_ratio=0.4)
    [(code, details)] = told._alike(Contest((rings,), (0.0,), 30.0), rings, (), None)
    assert code == "rings_or_edges"
    expected = {"near": rings.permeability_m2, "beyond": rings.permeability_m2 / 0.4, "radius": 30.0}
    assert details == pytest.approx(expected, rel=1e-9, abs=0)


TIME_S = np.geomspace(10.0, 1e5, 50)
SHUT_IN = Response(TIME_S, 1e7 + 1e5 * np.log(TIME_S), 1e7, RATE, ((6 * HOUR, RATE),), False, ROCK)


def alike(
    monkeypatch: pytest.MonkeyPatch, factor: float, response: Response = SHUT_IN, answer: Fit | None = None
) -> Untold | None:
    """A plain model that misses least where the flow was `factor` times as long."""

    def fitted(moved: Response) -> Any:
        off = abs(np.log(moved.steps[0][0] / (factor * response.steps[0][0])))
        return SimpleNamespace(fit=lambda *_, **__: fit(misfit=0.1 + 5 * off))

    monkeypatch.setattr(fitting, "fitter", fitted)
    speaking = answer or fit(FAULT, misfit=0.3)
    return history_alike(response, Contest((speaking, fit(misfit=2.0)), (0.0, 60.0), 30.0), speaking)


def test_the_time_of_flow_that_explains_a_shut_in_as_well_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for factor in (24.0, 1 / 24, 1.5):
        found = alike(monkeypatch, factor)
        assert found is not None
        assert found.told_s == 6 * HOUR
        assert found.other_s == pytest.approx(6 * HOUR * factor, rel=0.07)
    assert alike(monkeypatch, 1.05) is None, "that was told"
    assert alike(monkeypatch, 24.0, answer=fit(misfit=0.3)) is None, "no edge is seen"


def test_a_history_of_several_rates_is_not_questioned(monkeypatch: pytest.MonkeyPatch) -> None:
    two = Response(TIME_S, SHUT_IN.pressure_pa, 1e7, RATE, ((9 * HOUR, RATE), (6 * HOUR, RATE)), False, ROCK)
    assert alike(monkeypatch, 24.0, response=two) is None


def test_the_last_levels_line_is_what_is_laid(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    rings = fit(RINGS, misfit=1.2, composite_radius_m=30.0, permeability_ratio=0.4)
    found = Contest((rings, fit(misfit=2.6)), (0.0, 90.0), 30.0)
    monkeypatch.setattr(told.contest, "contest", lambda *_: found)
    monkeypatch.setattr(told, "regimes", lambda *_: (Regime("radial", 1e3, 1e4, 1e4),))

    def laid(_: Response, first: float, last: float) -> Window | None:
        asked.append((first, last))
        return None

    monkeypatch.setattr(told.radial, "between", laid)
    monkeypatch.setattr(told, "drift_alike", lambda *_: None)
    monkeypatch.setattr(told, "history_alike", lambda *_: None)
    monkeypatch.setattr(told.rivals, "highest_permeability_m2", lambda *_: 7e-14)
    told.interpret(cast(Response, SHUT_IN))
    assert asked == [(1e3, 1e4)]
