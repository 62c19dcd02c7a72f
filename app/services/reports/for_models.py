"""What an integrated model of a well (PIPESIM, PROSPER, …) is built and matched with, as tables that can be
pasted there: rates a day, pressures in absolute bars, shares in per cent; the unit stands in each title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from app.analysis.advice.advised import Model
from app.analysis.advice.gas_lift import GasLiftKnobs, GasLiftNow, needed_pa
from app.core.clock import iso
from app.core.errors import KnownError
from app.core.units import BAR, CELSIUS, M3_PER_DAY, PERCENT, T_PER_DAY, Unit
from app.models.records import FlowTest
from app.models.store import records
from app.models.wells import Well
from app.services.wells import advice, flow
from app.services.wells.equipment import equipment_at
from app.services.wells.power import medians
from app.services.workspace import Workspace

POINTS, DIGITS = 21, 6
EVER = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
READ = {
    "wellhead_pressure": "wellhead_pressure_bara",
    "line_pressure": "line_pressure_bara",
    "annulus_pressure": "annulus_pressure_bara",
    "intake_pressure": "intake_pressure_bara",
    "discharge_pressure": "discharge_pressure_bara",
}
OURS = "Wellside"
"""The model's name in what is exported: read back, a curve says whose it is."""
_CASE = ("well", "date", "model", "case", "curve", "node_depth_m")
_TITLES = ("liquid_m3_per_day", "pressure_bara")


def matching(workspace: Workspace, well: Well) -> pa.Table:
    """A row for each good flow test, with the medians of what was read while it ran; empty where nobody
    measured.
    """
    tests = records.flow_tests(workspace.store, well.id, *EVER)
    rows = [_test(workspace, well, test) for test in tests if test.valid]
    titles = (
        *("tested_at", "well", "liquid_m3_per_day", "oil_t_per_day", "water_cut_percent"),
        *("gas_m3_per_day", *READ.values(), "intake_temperature_c", "frequency_hz"),
    )
    return _curve(titles, [tuple(row.get(title) for title in titles) for row in rows])


def _test(workspace: Workspace, well: Well, test: FlowTest) -> dict[str, object]:
    read = medians(workspace, well, (*READ, "intake_temperature", "frequency"), *flow.window_us(test))
    line = read.get("line_pressure", test.line_pressure_pa)
    pressures = {title: _shown(read.get(code), BAR) for code, title in READ.items()}
    kelvin = read.get("intake_temperature")
    return {
        "tested_at": iso(test.taken_at),
        "well": well.name,
        "liquid_m3_per_day": M3_PER_DAY.from_si(test.liquid_m3_per_s),
        "oil_t_per_day": _shown(test.oil_kg_per_s, T_PER_DAY),
        "water_cut_percent": _shown(test.water_cut, PERCENT),
        "gas_m3_per_day": _shown(test.gas_m3_per_s, M3_PER_DAY),
        **pressures,
        READ["line_pressure"]: _shown(line, BAR),
        "intake_temperature_c": _shown(kelvin, CELSIUS),
        "frequency_hz": read.get("frequency"),
    }


def _shown(value: float | None, unit: Unit) -> float | None:
    return None if value is None else float(unit.from_si(value))


def inflow(workspace: Workspace, well: Well) -> pa.Table:
    """Bottom-hole pressure against rate by the three inflows through the last good test, at the depth of the
    pump or the valve. Raises KnownError (no_model_table) with what is missing.
    """
    model = _model(workspace, well, "inflow")
    of_it, depth = _of(workspace, well, model)
    rows = []
    for case, one in zip(("least", "likeliest", "most"), model.inflows.each, strict=True):
        pressure = np.linspace(one.reservoir_pressure_pa, 0.0, POINTS)
        told = zip(M3_PER_DAY.from_si(one.rate(pressure)), BAR.from_si(pressure), strict=True)
        cut = PERCENT.from_si(one.water_cut)
        rows += [(*of_it, case, "IPR", depth, *map(float, point), cut) for point in told]
    return _curve((*_CASE, *_TITLES, "water_cut_percent"), rows)


def lift_curve(workspace: Workspace, well: Well) -> pa.Table:
    """Pressure that the tubing of a gas-lifted well needs at its valve, against rate, for three rates of gas.
    Raises KnownError (no_model_table).
    """
    model = _model(workspace, well, "lift_curve")
    if not isinstance(model, GasLiftNow):
        raise KnownError("no_model_table", well=well.name, what="lift_curve", missing="lift")
    most = model.inflows.most.most
    of_it, depth = _of(workspace, well, model)
    rows = []
    for share in (0.5, 1.0, 1.5):
        gas = model.knobs.gas_m3_per_s * share
        for rate in np.linspace(0.05 * most, most, POINTS):
            needed = needed_pa(model, GasLiftKnobs(gas, model.knobs.wellhead_pa), float(rate))
            rows.append(
                (
                    *(*of_it, "lift", "VLP", depth),
                    *(M3_PER_DAY.from_si(gas), BAR.from_si(model.knobs.wellhead_pa)),
                    *(M3_PER_DAY.from_si(float(rate)), BAR.from_si(needed)),
                )
            )
    return _curve((*_CASE, "gas_injected_m3_per_day", "wellhead_pressure_bara", *_TITLES), rows)


def _of(workspace: Workspace, well: Well, model: Model) -> tuple[tuple[str, str, str], float | None]:
    """Well, moment of the test that the model goes through, and whose model it is; and where its pressures
    are: at the valve of gas lift, at the pump of the others.
    """
    test = flow.last_good_test(workspace, well)
    told = well.name, iso(test.taken_at if test is not None else workspace.clock()), OURS
    if isinstance(model, GasLiftNow):
        return told, model.depth_m
    if test is None:
        return told, None
    return told, flow.pump_m(equipment_at(workspace, well.id, test.taken_at).equipment)


def _model(workspace: Workspace, well: Well, what: str) -> Model:
    found = advice.advise(workspace, well, workover=False)
    if found.model is None:
        raise KnownError("no_model_table", well=well.name, what=what, missing=", ".join(found.missing))
    return found.model


def _curve(titles: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> pa.Table:
    kept = [[_rounded(value) for value in row] for row in rows]
    return pa.table({title: pa.array([row[n] for row in kept]) for n, title in enumerate(titles)})


def _rounded(value: object) -> object:
    """No rate of 6e-17 where the curve begins."""
    return round(value, DIGITS) if isinstance(value, float) else value


MODEL_TABLES: dict[str, Callable[[Workspace, Well], pa.Table]] = {
    "matching": matching,
    "inflow": inflow,
    "lift_curve": lift_curve,
}
