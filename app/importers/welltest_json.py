"""A well test in our JSON (domain/card-format.md): SI; an unknown key is an error that names it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np

from app.core.clock import parse_time
from app.core.errors import KnownError
from app.core.plain import Json
from app.importers.base import content_of, head_of
from app.importers.json_place import Place, json_of, short
from app.models.values import built
from app.models.well_tests import KINDS, RecordedTest

_FORMATION = (
    "formation_volume_factor",
    "viscosity_pa_s",
    "porosity",
    "thickness_m",
    "total_compressibility_per_pa",
    "wellbore_radius_m",
)
_RESERVOIR = ("reservoir_pressure_pa", "bubble_pressure_pa", "water_cut")
_OF_THE_GAS = ("formation_volume_factor", "viscosity_pa_s", "total_compressibility_per_pa")
_IMPURITIES = ("carbon_dioxide", "hydrogen_sulphide", "nitrogen")
_KEYS = {
    "gas",
    "kind",
    "time_s",
    "pressure_pa",
    "points",
    "rate_m3_per_s",
    "producing_time_s",
    "note",
    "well",
    "taken_at",
    "second_gauge",
    *_FORMATION,
    *_RESERVOIR,
}
LEAST_SAMPLES = 8
HIGHEST_PA = (1e5, 3e8)
"""What the highest pressure of a test may be: no well is shut in below the atmosphere, none above 300 MPa."""

LEAST_OF_LIQUID = 0.5
"""Volume factor: what shrinks further from the surface down is a gas, whether it is told or not."""

LARGEST_RATE, LARGEST_GAS_RATE = 1.0, 500.0
"""[m³/s] 86,400 m³/d of liquid and 43 million of gas: more than any well has given."""

LONGEST = 5_000_000


def read_test(path: Path) -> RecordedTest:
    """Raises KnownError that names the file and the key."""
    head_of(path)
    return test_from(json_of(path, content_of(path)), path)


def test_from(data: Json, path: Path) -> RecordedTest:
    top = Place(path, data, "")
    top.known_keys(_KEYS)
    kind = top.data.get("kind")
    if kind is None:
        raise KnownError("json_missing", file=str(path), key="kind")
    if kind not in KINDS:
        raise KnownError(
            "json_value", file=str(path), key="kind", value=short(kind), wanted=" | ".join(KINDS)
        )
    told: dict[str, float | None] = {
        key: top.number(key, positive=key != "water_cut") for key in (*_FORMATION, *_RESERVOIR)
    }
    _within(top, told, "porosity", 0.0, 1.0)
    _within(top, told, "water_cut", 0.0, 1.0)
    gas = _gas(top)
    of_all = partial(
        built, RecordedTest, told, kind=kind, gas=gas, well=_well(top), taken_at=_taken_at(top), body=top.data
    )
    if kind == "inflow":
        rate, pressure, before, stood = _points(top)
        return of_all(
            pressure_pa=pressure, time_s=np.empty(0), rate_m3_per_s=rate, shut_in_pa=before, stood=stood
        )
    for key in _FORMATION:
        if gas is None or key not in _OF_THE_GAS:
            top.needed(key)
    time_s, pressure = _series(top)
    rates = _rates(top)
    of_gas = gas is not None or top.needed("formation_volume_factor") < LEAST_OF_LIQUID
    most = LARGEST_GAS_RATE if of_gas else LARGEST_RATE
    largest = max(abs(rate) for _, rate in rates)
    if largest > most:
        # a rate a day that was called one a second
        raise KnownError(
            "json_value", file=str(path), key="rate_m3_per_s", value=largest, wanted=f"≤ {most:g} m³/s"
        )
    return of_all(
        pressure_pa=pressure,
        time_s=time_s,
        rate_m3_per_s=np.array([rate for _, rate in rates]),
        rates=rates,
        producing_time_s=top.number("producing_time_s", positive=True),
        second_gauge=None if top.data.get("second_gauge") is None else _second_gauge(top),
    )


test_from.__test__ = False  # type: ignore[attr-defined]  # pytest would take it for a test


def _second_gauge(top: Place) -> tuple[np.ndarray, np.ndarray]:
    """Time and pressure of another gauge in the same test."""
    place = Place(top.path, top.data["second_gauge"], "second_gauge")
    place.known_keys({"time_s", "pressure_pa"})
    return _series(place)


def _gas(top: Place) -> dict[str, float] | None:
    """Density to air, temperature and impurities of a gas; what they give need not be told beside them."""
    if top.data.get("gas") is None:
        return None
    place = Place(top.path, top.data["gas"], "gas")
    place.known_keys({"relative_density", "temperature_k", *_IMPURITIES})
    told: dict[str, float | None] = {
        "relative_density": place.needed("relative_density"),
        "temperature_k": place.needed("temperature_k"),
        **{key: place.number(key) or 0.0 for key in _IMPURITIES},
    }
    _within(place, told, "relative_density", 0.5, 2.0)
    _within(place, told, "temperature_k", 250.0, 500.0)
    for key in _IMPURITIES:
        _within(place, told, key, 0.0, 0.7)
    return {key: value for key, value in told.items() if value is not None}


def _well(top: Place) -> str:
    well = top.data.get("well", "")
    if not isinstance(well, str):
        raise KnownError("json_value", file=str(top.path), key="well", value=short(well), wanted='"text"')
    return well


def _taken_at(top: Place) -> datetime | None:
    given = top.data.get("taken_at")
    if given is None:
        return None
    try:
        return parse_time(str(given))
    except ValueError as error:
        raise KnownError(
            "json_value",
            file=str(top.path),
            key="taken_at",
            value=short(given),
            wanted="2026-01-31T12:00:00Z",
        ) from error


def _within(top: Place, values: dict[str, float | None], key: str, low: float, high: float) -> None:
    value = values[key]
    if value is not None and not low <= value <= high:
        raise KnownError("json_value", file=str(top.path), key=key, value=value, wanted=f"{low:g} … {high:g}")


def _series(top: Place) -> tuple[np.ndarray, np.ndarray]:
    time_s, pressure = top.numbers("time_s"), top.numbers("pressure_pa")
    if len(time_s) != len(pressure):
        raise KnownError(
            "json_lengths", file=str(top.path), lengths=f"time_s: {len(time_s)}, pressure_pa: {len(pressure)}"
        )
    if not LEAST_SAMPLES <= len(time_s) <= LONGEST:
        raise KnownError("welltest_too_short", file=str(top.path), count=len(time_s), least=LEAST_SAMPLES)
    for name, values in (("time_s", time_s), ("pressure_pa", pressure)):
        wrong = np.flatnonzero(~np.isfinite(values))
        if len(wrong):
            raise KnownError(
                "json_value",
                file=str(top.path),
                key=f"{name}[{int(wrong[0])}]",
                value=str(values[wrong[0]]),
                wanted="0.0",
            )
    back = np.flatnonzero(np.diff(time_s) <= 0)
    if len(back):
        index = int(back[0]) + 1
        raise KnownError(
            "welltest_time",
            file=str(top.path),
            index=index,
            value=float(time_s[index]),
            before=float(time_s[index - 1]),
        )
    wrong = np.flatnonzero(pressure <= 0)
    if len(wrong):
        raise KnownError(
            "json_value",
            file=str(top.path),
            key=f"pressure_pa[{int(wrong[0])}]",
            value=float(pressure[wrong[0]]),
            wanted="> 0",
        )
    highest = float(pressure.max())
    if not HIGHEST_PA[0] <= highest <= HIGHEST_PA[1]:
        # kPa, bar, MPa or psi that were called pascals
        raise KnownError(
            "json_value",
            file=str(top.path),
            key=top.name("pressure_pa"),
            value=highest,
            wanted=f"{HIGHEST_PA[0]:g} … {HIGHEST_PA[1]:g} Pa",
        )
    return time_s, pressure


def _rates(top: Place) -> tuple[tuple[float, float], ...]:
    """One rate, or steps [[from, rate], …] in rising time."""
    given = top.data.get("rate_m3_per_s")
    if given is None:
        raise KnownError("json_missing", file=str(top.path), key="rate_m3_per_s")
    if not isinstance(given, list):
        return ((0.0, top.needed("rate_m3_per_s")),)
    steps: list[tuple[float, float]] = []
    for index, row in enumerate(given):
        good = (
            isinstance(row, list)
            and len(row) == 2
            and all(isinstance(v, (int, float)) and not isinstance(v, bool) and np.isfinite(v) for v in row)
        )
        if not good:
            raise KnownError(
                "json_value",
                file=str(top.path),
                key=f"rate_m3_per_s[{index}]",
                value=short(row),
                wanted="[time_s, rate]",
            )
        if steps and row[0] <= steps[-1][0]:
            raise KnownError(
                "welltest_time", file=str(top.path), index=index, value=row[0], before=steps[-1][0]
            )
        steps.append((float(row[0]), float(row[1])))
    if not steps or all(rate == 0 for _, rate in steps):
        raise KnownError(
            "json_value", file=str(top.path), key="rate_m3_per_s", value=short(given), wanted="> 0"
        )
    return tuple(steps)


def _points(
    top: Place,
) -> tuple[np.ndarray, np.ndarray, tuple[float | None, ...], tuple[bool, ...]]:
    """Rates and pressures; the shut-in pressure before each, and whether it was held until it stood."""
    rows = top.data.get("points")
    if not isinstance(rows, list) or not rows:
        raise KnownError("json_missing", file=str(top.path), key="points")
    rate, pressure, before, stood = [], [], [], []
    for index, row in enumerate(rows):
        place = Place(top.path, row, f"points[{index}]")
        place.known_keys({"rate_m3_per_s", "pressure_pa", "shut_in_pressure_pa", "stabilised"})
        value = place.number("rate_m3_per_s")
        if value is None:
            raise KnownError("json_missing", file=str(top.path), key=place.name("rate_m3_per_s"))
        if value < 0:
            raise KnownError(
                "json_value", file=str(top.path), key=place.name("rate_m3_per_s"), value=value, wanted="≥ 0"
            )
        rate.append(value)
        pressure.append(place.needed("pressure_pa"))
        before.append(place.number("shut_in_pressure_pa", positive=True))
        told = place.data.get("stabilised", True)
        if not isinstance(told, bool):
            raise KnownError(
                "json_value",
                file=str(top.path),
                key=place.name("stabilised"),
                value=short(told),
                wanted="true | false",
            )
        stood.append(told)
    return np.array(rate), np.array(pressure), tuple(before), tuple(stood)
