"""Well tests: from the record to its interpretation, as the stable JSON of `wellside welltest` gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient import design, fitting, interpret
from app.analysis.transient.derivative import derivative_pa
from app.analysis.transient.fitting import Fit
from app.analysis.transient.interpret import Interpretation
from app.analysis.transient.models import Model
from app.analysis.transient.opened import ModelCurve, OpenedTest
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.superposed import change_pa
from app.analysis.wells import inflow
from app.analysis.wells.natural_gas import PressureScale
from app.core.errors import KnownError
from app.core.plain import as_json
from app.importers.welltest_json import test_from
from app.models.records import FlowTest
from app.models.values import Values, rows_of
from app.models.well_tests import RecordedTest, StoredTest
from app.services.wells import gas_tests
from app.services.wells.gas_flows import inflow_of_gas
from app.services.wells.tests_beside import against_flow_tests
from app.services.wells.two_gauges import beside_the_second
from app.services.wells.unlikely import unlikely
from app.services.wells.whole_history import RISING, SHUT_IN, answer_of, as_one_drawdown, flow_history

Floats = NDArray[np.float64]
LEAST_CHANGE_PA = 1_000.0
KNOWN_PRESSURE_SHARE = 0.1
"""Of the drawdown: p* further off than that from a known reservoir pressure is said."""

EMPTY: Values = dict.fromkeys(
    (
        "permeability_m2",
        "skin",
        "wellbore_storage_m3_per_pa",
        "p_star_pa",
        "radial_flow_from_s",
        "radial_flow_to_s",
        "horner",
        "mdh",
        "derivative",
        "regimes",
        "match",
        "rivals",
        "inflow",
        "next_test",
        "deconvolution",
    )
)
Quality = list[Values]


def response_of(test: RecordedTest, quality: Quality) -> Response:
    """The part after the last change of rate. Raises KnownError (welltest_*) when there is nothing to
    analyse.
    """
    scale = gas_tests.scale_of(test)
    formation = formation_of(test, scale, quality)
    rising = test.kind in RISING
    change_at, steps, last_change = _rates_before(test, rising=rising)
    time_s = test.time_s - change_at
    pressure = test.pressure_pa if scale is None else scale.normalised(test.pressure_pa)
    before = np.flatnonzero(time_s <= 0)
    after = time_s > 0
    if int(after.sum()) < 6:
        raise KnownError("welltest_too_short", file=test.kind, count=int(after.sum()), least=6)
    if len(before):
        start = float(pressure[before[-1]])
    elif test.reservoir_pressure_pa is not None and not steps:
        # nothing has flowed yet: the well stands at it
        start = _in_the_tests_scale(test.reservoir_pressure_pa, scale)
    else:
        start = _start_extrapolated(time_s[after], pressure[after], rising=rising)
        quality.append({"code": "start_pressure_extrapolated", "detail": {"pressure": start}})
    response = Response(time_s[after], pressure[after], start, -last_change, steps, not rising, formation)
    if scale is not None and test.kind == "buildup":
        response = gas_tests.in_pseudo_time(response, test, scale, quality)
    moved = float(response.change_pa[-max(len(response.time_s) // 4, 1) :].mean())
    if moved < LEAST_CHANGE_PA:
        raise KnownError("welltest_no_response", kind=test.kind, change=moved)
    backwards = float(np.mean(np.diff(response.change_pa) < -0.02 * moved))
    if backwards > 0.1:
        quality.append({"code": "pressure_ragged", "detail": {"share": backwards}})
    return response


def formation_of(test: RecordedTest, scale: PressureScale | None, quality: Quality) -> Formation:
    """The rock with its fluid; of a gas at the reference pressure."""
    if scale is not None:
        return gas_tests.formation_of(test, scale, quality)
    return Formation(
        *(
            float(value or 0)
            for value in (
                test.formation_volume_factor,
                test.viscosity_pa_s,
                test.porosity,
                test.thickness_m,
                test.total_compressibility_per_pa,
                test.wellbore_radius_m,
            )
        )
    )


def _in_the_tests_scale(pressure_pa: float, scale: PressureScale | None) -> float:
    return pressure_pa if scale is None else float(scale.normalised(np.array([pressure_pa]))[0])


def _rates_before(
    test: RecordedTest, *, rising: bool
) -> tuple[float, tuple[tuple[float, float], ...], float]:
    """(time of the last change in the record's clock, earlier changes as (time before it, change), the last
    change).
    """
    rates = flow_history(test)
    changes = [
        (at, rate - before)
        for (at, rate), before in zip(rates, [0.0, *(rate for _, rate in rates)], strict=False)
    ]
    changes = [(at, change) for at, change in changes if change != 0]
    if not changes or (changes[-1][1] > 0) == rising:
        raise KnownError("welltest_rates", kind=test.kind)
    last_at, last = changes[-1]
    return last_at, tuple((last_at - at, change) for at, change in changes[:-1]), last


def _start_extrapolated(time_s: Floats, pressure: Floats, *, rising: bool) -> float:
    """No sample at the change: the first rise is carried back straight, as wellbore storage makes it."""
    n = min(4, len(time_s))
    slope, start = np.polyfit(time_s[:n], pressure[:n], 1)
    sensible = (slope > 0) == rising and abs(start - pressure[0]) < np.ptp(pressure)
    return float(start) if sensible else float(pressure[0])


@dataclass(frozen=True)
class Wanted:
    """What the engineer wants instead of what is found by itself.

    `window` [s] of radial flow; `model` to lay through the record, with `fixed` values of its parameters;
    `beside`: a second model to compare with; `boundary_m` [m]: what the next test should see; `whole`: the
    whole history of rates as one drawdown; `undrift`: the drift against the second gauge is taken out.
    """

    window: tuple[float, float] | None = None
    model: Model | None = None
    boundary_m: float | None = None
    fixed: dict[str, float] = field(default_factory=dict)
    beside: Model | None = None
    whole: bool = False
    undrift: bool = False


def analyse(test: RecordedTest, wanted: Wanted | None = None) -> tuple[Values, Interpretation | None]:
    """(the stable JSON, the interpretation for the plots; None for inflow). Raises KnownError
    (welltest_*).
    """
    wanted = wanted or Wanted()
    quality: Quality = []
    if test.kind == "inflow":
        return _inflow(test, quality), None
    test = beside_the_second(test, quality, undrift=wanted.undrift)
    deconvolved = None
    if wanted.whole:
        scale = gas_tests.scale_of(test)
        response, deconvolved = as_one_drawdown(test, formation_of(test, scale, quality), scale, quality)
    else:
        response = response_of(test, quality)
    found = interpret.interpret(response, wanted.window, wanted.model, wanted.fixed)
    quality += [{"code": code, "detail": as_json(details)} for code, details in found.remarks]
    if test.kind == "fluid_level_rise" and found.permeability_m2 is None:
        quality.append({"code": "level_rise_storage_only", "detail": {}})
    quality += _against_known_pressure(test, found) + unlikely(test, found)
    quality.append(_taken_as(test))
    figures = gas_tests.in_pressures(_figures(found), test)
    figures["deconvolution"] = None if deconvolved is None else answer_of(deconvolved)
    figures["next_test"] = _next_test(test, found, wanted.boundary_m)
    return {**EMPTY, **figures, "quality": quality}, found


def _next_test(test: RecordedTest, found: Interpretation, boundary_m: float | None) -> Values | None:
    """How long a test like this must last, by what it said; None where it said too little."""
    permeability, storage = found.permeability_m2, found.storage_m3_per_pa
    if permeability is None or storage is None or found.skin is None:
        return None
    formation = found.response.formation
    plan = design.next_test(formation, permeability, storage, found.skin, shut_in=test.kind in SHUT_IN)
    answer: Values = {"radial_from_s": plan.radial_from_s, "enough_s": plan.enough_s}
    if boundary_m is not None:
        seen, doubled = design.boundary_felt_s(formation, permeability, boundary_m)
        answer |= {"boundary_m": boundary_m, "boundary_seen_s": seen, "boundary_told_s": doubled}
    return answer


def _against_known_pressure(test: RecordedTest, found: Interpretation) -> Quality:
    """p* stands beside the reservoir pressure that is known."""
    star = found.p_star_pa
    if test.reservoir_pressure_pa is None or star is None or test.kind == "drawdown":
        return []
    scale = gas_tests.scale_of(test)
    known = _in_the_tests_scale(test.reservoir_pressure_pa, scale)
    drawdown = abs(star - found.response.start_pa)
    if abs(star - known) <= KNOWN_PRESSURE_SHARE * drawdown:
        return []
    told = star if scale is None else scale.pressure(star)
    return [{"code": "p_star_off", "detail": {"p_star": told, "known": test.reservoir_pressure_pa}}]


def _taken_as(test: RecordedTest) -> Values:
    """What the figures rest on, in the units that were taken: a wrong one moves them without a sign."""
    rate = max((abs(rate) for _, rate in test.rates), default=0.0)
    detail: Values = {
        "rate": rate,
        "hours": float(test.time_s[-1] - test.time_s[0]) / 3600,
        "low": float(test.pressure_pa.min()),
        "high": float(test.pressure_pa.max()),
    }
    return {"code": "taken_as" if test.gas is None else "taken_as_gas", "detail": detail}


def opened(stored: StoredTest, wanted: Wanted | None = None, flowed: Sequence[FlowTest] = ()) -> OpenedTest:
    """With the models for the plots; `flowed`: flow tests of the well that its rate is held against. Raises
    KnownError (welltest_*).
    """
    wanted = wanted or Wanted()
    recorded = test_from(stored.body, Path(stored.id))
    answer, found = analyse(recorded, wanted)
    asked = against_flow_tests(recorded, stored.taken_at, flowed)
    answer["quality"] = [*rows_of(answer, "quality"), *asked]
    if found is None:
        return OpenedTest(stored, answer, found)
    curve = _curve(found, found.match)
    beside = None
    if wanted.beside is not None:
        beside = _curve(found, interpret.chosen(fitting.fitter(found.response), wanted.beside))
    return OpenedTest(stored, answer, found, curve, beside)


def _curve(found: Interpretation, fit: Fit) -> ModelCurve:
    modelled = change_pa(found.response, fit.model, fit.values)
    return ModelCurve(fit, modelled, derivative_pa(found.response, change_pa=modelled))


def _figures(found: Interpretation) -> Values:
    response = found.response
    return {
        "permeability_m2": found.permeability_m2,
        "permeability_upper_bound_m2": found.upper_bound_m2,
        "skin": found.skin,
        "wellbore_storage_m3_per_pa": found.storage_m3_per_pa,
        "p_star_pa": found.p_star_pa,
        "radial_flow_from_s": found.window.from_s if found.window else None,
        "radial_flow_to_s": found.window.to_s if found.window else None,
        "radius_of_investigation_m": found.investigated_m,
        "horner": found.horner.answer() if found.horner else None,
        "mdh": found.mdh.answer() if found.mdh else None,
        "derivative": {"time_s": response.time_s.tolist(), "value_pa": found.derivative_pa.tolist()},
        "regimes": [{"name": one.name, "from_s": one.from_s, "to_s": one.to_s} for one in found.regimes],
        "match": _match(found),
        "rivals": [
            {
                "model": one.fit.model.code,
                "permeability_m2": one.fit.permeability_m2,
                "skin": one.skin,
                "told_apart_after_s": one.until_s,
                "parameters": one.fit.values,
            }
            for one in found.rivals
        ],
    }


def _match(found: Interpretation) -> Values:
    match = found.match
    intervals = match.intervals
    return {
        "model": match.model.code,
        "residual_pa": match.residual_pa,
        "misfit": match.misfit,
        "used": found.by,
        "permeability_m2": match.permeability_m2,
        "skin": match.model.skin_of(match.values, found.response.formation),
        "wellbore_storage_m3_per_pa": match.storage_m3_per_pa,
        "parameters": match.values,
        "intervals": {name: _told(*interval) for name, interval in intervals.items()},
        "correlation": match.correlation.tolist(),
        "permeability_interval_m2": _told(*intervals["permeability_m2"]),
        "skin_interval": _told(*intervals["skin"], least=1.0) if "skin" in intervals else None,
        "wellbore_storage_interval_m3_per_pa": _told(*intervals["wellbore_storage_m3_per_pa"]),
    }


def _told(low: float, high: float, least: float = 0.0) -> list[float] | None:
    """None where the record says nothing of it: an interval wider than a thousand times the value."""
    return [low, high] if high - low < 2e3 * max(abs(low + high) / 2, least) else None


def _inflow(test: RecordedTest, quality: Quality) -> Values:
    if test.gas is not None:
        models = inflow_of_gas(test, quality)
        return {**EMPTY, "inflow": models, "p_star_pa": test.reservoir_pressure_pa, "quality": quality}
    fitted = inflow.fitted(
        test.rate_m3_per_s,
        test.pressure_pa,
        reservoir_pressure_pa=test.reservoir_pressure_pa,
        bubble_pressure_pa=test.bubble_pressure_pa,
        water_cut=test.water_cut or 0.0,
    )
    if fitted["pi"] is None and fitted["vogel"] is None:
        raise KnownError("welltest_inflow_points", count=len(test.pressure_pa))
    if test.bubble_pressure_pa is None:
        quality.append(
            {
                "code": "missing_input",
                "detail": {"input": "bubble_pressure_pa", "measure": "inflow.composite"},
            }
        )
    return {**EMPTY, "inflow": fitted, "p_star_pa": test.reservoir_pressure_pa, "quality": quality}
