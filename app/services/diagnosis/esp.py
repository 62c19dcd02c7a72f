"""An ESP well from a file: operating point, episodes, health, as the stable JSON of `wellside esp` gives
it.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.analysis.catalogue.esp_pumps import ESP_PUMPS, EspPump
from app.analysis.catalogue.library import Library, built_in
from app.analysis.diagnosis import diagnose_esp
from app.analysis.esp.changes import change_points
from app.analysis.esp.grid import Samples, grid_of
from app.analysis.esp.health import health_of
from app.analysis.esp.modes import stretches
from app.analysis.esp.operating import Motor, OperatingPoint, operating_point
from app.analysis.esp.pump import Curve, curve_of
from app.analysis.quality.marks import quality_of
from app.analysis.rules.base import EspCase, Verdict, esp_case
from app.analysis.wells.gradient import Stream
from app.analysis.wells.pvt import BlackOil
from app.core.api_gravity import WATER_KG_PER_M3
from app.core.clock import from_us, iso
from app.core.errors import KnownError
from app.core.plain import as_json
from app.core.units import DAY_S
from app.models.esp import EspFile
from app.models.readings import Quality
from app.models.sensors import SENSORS
from app.models.values import Values

Floats = NDArray[np.float64]
Remarks = list[Values]
USUAL_DENSITY = 950.0
LAST_H = 6.0
TUBING_OUTER_M = 0.073


def analyse(file: EspFile, pumps: Library[EspPump] | None = None) -> Values:
    """`pumps`: the catalogue that the file's pump is looked up in, else that which ships. Raises KnownError
    (pump_*, esp_*) for input that no answer can be made of.
    """
    quality: Remarks = []
    curve = _curve(file, pumps or built_in(ESP_PUMPS), quality)
    samples = _samples(file, quality)
    grid = grid_of(samples, file.events)
    case = esp_case(grid)
    if case is None:
        quality.append(
            {"code": "missing_input", "detail": {"input": "readings.frequency", "measure": "episodes"}}
        )
    elif case.departures is None:
        quality.append({"code": "no_baseline", "detail": {}})
    found = diagnose_esp(case) if case is not None else []
    point = _point(file, curve, case, samples, quality)
    last_us = int(max(int(part.time_us[-1]) for part in samples.values()))
    return {
        "well": file.well,
        "operating_point": _point_json(point),
        "findings": [_finding(code, verdict) for code, verdict in found if _present(verdict, last_us)],
        "episodes": [
            {**_finding(code, verdict), "from": _moment(verdict.from_us), "to": _moment(verdict.to_us)}
            for code, verdict in found
        ],
        "modes": _modes(case),
        "change_points": _changes(case),
        "health": round(health_of(found, last_us), 3),
        "quality": quality,
    }


def _modes(case: EspCase | None) -> list[Values]:
    if case is None:
        return []
    return [
        {"mode": name, "from": _moment(start), "to": _moment(stop), "frequency_hz": hertz}
        for name, start, stop, hertz in stretches(case.grid, case.modes)
    ]


def _changes(case: EspCase | None) -> list[Values]:
    if case is None or case.departures is None:
        return []
    return [
        {
            "parameter": change.parameter,
            "at": _moment(change.time_us),
            "before": change.before,
            "after": change.after,
            "event": change.event or None,
        }
        for change in change_points(case.grid, case.departures)
    ]


def _present(verdict: Verdict, last_us: int) -> bool:
    """Whether an episode still holds at the end of the record: it ended within its last day."""
    return verdict.to_us is not None and verdict.to_us >= last_us - 86_400_000_000


def _moment(time_us: int | None) -> str | None:
    return None if time_us is None else iso(from_us(time_us))


def _finding(code: str, verdict: Verdict) -> Values:
    return {
        "code": code,
        "confidence": round(verdict.confidence, 4),
        "severity": verdict.severity,
        "evidence": {
            item.code: as_json({**item.details, **({"sensor": item.sensor} if item.sensor else {})})
            for item in verdict.evidence
        },
        "against": {item.code: as_json(item.details) for item in verdict.against},
        "contradicted_by": f"contradict.{code}",
        "settled_by": list(verdict.settled_by),
        "advice": f"advice.{code}",
    }


def _curve(file: EspFile, pumps: Library[EspPump], quality: Remarks) -> Curve | None:
    if file.head_curve is not None:
        h = file.head_curve
        return curve_of(h.rate, h.head, h.power, h.efficiency, file.rated_frequency_hz)
    if file.catalogue is not None:
        return pumps.find(file.catalogue).item.curve
    quality.append(
        {"code": "missing_input", "detail": {"input": "pump.head_curve", "measure": "operating_point"}}
    )
    return None


def _samples(file: EspFile, quality: Remarks) -> dict[str, Samples]:
    """In order of time, marked; what was put right is said."""
    order = np.argsort(file.time_us, kind="stable")
    back = int((np.diff(file.time_us) < 0).sum())
    if back:
        steps = np.diff(file.time_us)
        quality.append({"code": "clock_shift", "detail": {"count": back, "shift": float(-steps.min() / 1e6)}})
    time_us = file.time_us[order]
    twice = np.r_[False, np.diff(time_us) == 0]
    if twice.any():
        quality.append({"code": "repeats_dropped", "detail": {"count": int(twice.sum())}})
    if (time_us[-1] - time_us[0]) <= 0:
        raise KnownError("esp_few_readings", file=file.well, count=1, least=3)
    result = {}
    for code, column in file.readings.items():
        value = column[order][~twice]
        there = np.isfinite(value)
        marks = quality_of(SENSORS[code], time_us[~twice][there], value[there])
        result[code] = Samples(time_us[~twice][there], value[there], marks)
        for bit in Quality:
            count = int(((marks & np.uint8(bit)) != 0).sum()) if bit else 0
            if count:
                quality.append(
                    {
                        "code": f"marked_{bit.name.lower() if bit.name else bit}",
                        "detail": {"sensor": code, "count": count},
                    }
                )
    known = {code: part for code, part in result.items() if len(part.time_us)}
    if not known:
        raise KnownError("esp_few_readings", file=file.well, count=0, least=3)
    return known


def _point(
    file: EspFile, curve: Curve | None, case: EspCase | None, samples: dict[str, Samples], quality: Remarks
) -> OperatingPoint:
    readings = last_steady(case, samples)
    oil = None
    if file.oil_relative_density is not None:
        oil = BlackOil(file.oil_relative_density, file.gas_relative_density, file.gas_oil_ratio or 0.0)
    density = _dead_density(file)
    if density is None:
        density = USUAL_DENSITY
        quality.append({"code": "assumed_fluid_density", "detail": {"density": density}})
    stages = file.stages
    if stages is None:
        quality.append(
            {"code": "missing_input", "detail": {"input": "pump.stages", "measure": "operating_point"}}
        )
        curve, stages = None, 1.0
    rate = readings.get("liquid_rate") or (curve.best_rate if curve is not None else None)
    stream = None
    if oil is not None and rate and file.water_cut is not None and file.gas_oil_ratio is not None:
        water = WATER_KG_PER_M3 * file.water_relative_density
        stream = Stream(rate, file.water_cut, file.gas_oil_ratio, oil, water)
    elif file.gas_oil_ratio is None:
        quality.append(
            {
                "code": "missing_input",
                "detail": {
                    "input": "fluid.gas_oil_ratio",
                    "measure": "operating_point.gas_fraction_at_intake",
                },
            }
        )
    for sensor in ("intake_pressure", "discharge_pressure"):
        if sensor not in readings:
            quality.append(
                {
                    "code": "missing_input",
                    "detail": {"input": f"readings.{sensor}", "measure": "operating_point.head_m"},
                }
            )
    motor = Motor(file.rated_power_w, file.rated_current_a, file.rated_voltage_v, file.limit_temperature_k)
    viscosity = None if file.viscosity_pa_s is None else file.viscosity_pa_s / density
    point = operating_point(
        readings,
        curve,
        stages,
        stream=stream,
        density=density,
        viscosity_m2_per_s=viscosity,
        annulus_m2=_annulus(file),
        motor=motor,
        temperature_k=readings.get("intake_temperature"),
    )
    quality += [{"code": code, "detail": as_json(details)} for code, details in point.remarks]
    return point


def last_steady(case: EspCase | None, samples: dict[str, Samples]) -> dict[str, float]:
    """Each sensor's median over the last six hours in which the pump ran steadily [SI]; without modes, its
    last values.
    """
    if case is None or not case.modes.on.any():
        return {
            code: float(np.median(part.value[part.quality == 0][-20:]))
            for code, part in samples.items()
            if (part.quality == 0).any()
        }
    steady = (
        case.departures.settled
        if case.departures is not None and case.departures.settled.any()
        else case.modes.on
    )
    cells = np.flatnonzero(steady)[-case.grid.cells(LAST_H) :]
    result = {}
    for code, values in case.grid.mean.items():
        known = values[cells][np.isfinite(values[cells])]
        if len(known):
            result[code] = float(np.median(known))
    return result


def _dead_density(file: EspFile) -> float | None:
    if file.oil_relative_density is None and (file.water_cut or 0) < 1:
        return None
    cut = file.water_cut or 0.0
    relative = cut * file.water_relative_density + (1 - cut) * (file.oil_relative_density or 0.0)
    return WATER_KG_PER_M3 * relative


def _annulus(file: EspFile) -> float | None:
    if file.casing_inner_diameter_m is None:
        return None
    return math.pi / 4 * (file.casing_inner_diameter_m**2 - TUBING_OUTER_M**2)


def _point_json(point: OperatingPoint) -> Values:
    def rounded(value: float | None) -> float | None:
        return None if value is None else float(value)

    return {
        "rate_m3_per_d": None if point.rate is None else point.rate * DAY_S,
        "rate_from": point.rate_from or None,
        "rate_spread_m3_per_d": None if point.rate_spread is None else point.rate_spread * DAY_S,
        "head_m": rounded(point.head),
        "efficiency": rounded(point.efficiency),
        "rate_over_best_efficiency": rounded(point.rate_over_best),
        "head_loss_fraction": rounded(point.head_loss),
        "gas_fraction_at_intake": None if point.gas is None else point.gas.before,
        "gas_fraction_in_pump": None if point.gas is None else point.gas.entering,
        "turpin": None if point.gas is None else point.gas.turpin,
        "motor_load": rounded(point.motor_load),
        "temperature_reserve_k": rounded(point.temperature_reserve_k),
        "frequency_hz": rounded(point.frequency_hz),
    }
