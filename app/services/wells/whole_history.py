"""A test of many rates as one: the drawdown that one rate from the beginning would have made."""

from __future__ import annotations

import numpy as np

from app.analysis.transient.deconvolution import Deconvolved, History, deconvolve
from app.analysis.transient.record import Formation, Response
from app.analysis.wells.natural_gas import PressureScale
from app.core.errors import KnownError
from app.models.values import Values
from app.models.well_tests import RecordedTest

RISING = ("buildup", "fluid_level_rise", "injection")
SHUT_IN = ("buildup", "fluid_level_rise", "falloff")
INJECTING = ("falloff", "injection")
UNSURE = 1.25
"""By that factor of the derivative another regularisation would tell something else: said."""

NOT_FOLLOWED = 5.0
"""Times of the gauge's noise and the model's error that pressures lie off one linear response: said."""


def flow_history(test: RecordedTest) -> list[tuple[float, float]]:
    """(from [s] in the record's clock, rate [m³/s]), what goes in negative, a build-up's shut-in at its end.
    Raises KnownError where nobody told when the well was shut in.
    """
    rates = list(test.rates)
    if test.kind in INJECTING and all(rate >= 0 for _, rate in rates):
        rates = [(at, -rate) for at, rate in rates]  # what goes in is a negative rate
    if test.kind in SHUT_IN and rates[-1][1] != 0:
        # The shut-in itself is not among the steps: it is at the record's zero, or after the producing time.
        if len(rates) == 1 and test.producing_time_s is not None:
            rates = [(-test.producing_time_s, rates[0][1]), (0.0, 0.0)]
        elif rates[0][0] < 0 and rates[-1][0] < 0:
            rates.append((0.0, 0.0))
        elif test.producing_time_s is not None and test.producing_time_s > rates[-1][0]:
            shift = test.producing_time_s
            rates = [(at - shift, rate) for at, rate in rates] + [(0.0, 0.0)]
        elif not _two_rates(test):
            raise KnownError("json_missing", file=test.kind, key="producing_time_s")
    return rates


def _two_rates(test: RecordedTest) -> bool:
    """Whether pressures rise after a lower rate, not after a shut-in: the change stands within the record."""
    rates = test.rates
    within = test.time_s[0] <= rates[-1][0] < test.time_s[-1]
    return len(rates) > 1 and abs(rates[-1][1]) < abs(rates[-2][1]) and bool(within)


def as_one_drawdown(
    test: RecordedTest, formation: Formation, scale: PressureScale | None, quality: list[Values]
) -> tuple[Response, Deconvolved]:
    """(the drawdown of the highest rate, what it was made of). Raises KnownError (welltest_one_rate)."""
    rates = flow_history(test)
    while len(rates) > 1 and rates[0][1] == 0:
        rates = rates[1:]  # before it nothing flowed anyway
    seen = np.searchsorted([at for at, _ in rates], test.time_s, side="right")
    if len(np.unique(seen[seen > 0])) < 2:
        raise KnownError("welltest_one_rate", kind=test.kind)
    pressure, initial = test.pressure_pa, test.reservoir_pressure_pa
    if scale is not None:
        pressure = scale.normalised(pressure)
        initial = None if initial is None else float(scale.normalised(np.array([initial]))[0])
    found = deconvolve(History(test.time_s, pressure, tuple(rates), initial))
    flowing = max((rate for _, rate in rates), key=abs)
    response = Response(
        found.time_s,
        found.initial_pa - flowing * found.drawdown_pa,
        found.initial_pa,
        -flowing,
        (),
        flowing > 0,
        formation,
    )
    quality += _remarks(found, [rate for _, rate in rates], scale)
    return response, found


def _remarks(found: Deconvolved, rates: list[float], scale: PressureScale | None) -> list[Values]:
    moved = max(
        (abs(new - told) / abs(told) for new, told in zip(found.rates.tolist(), rates, strict=True) if told),
        default=0.0,
    )
    initial = found.initial_pa if scale is None else scale.pressure(found.initial_pa)
    details = {"bend": found.bend, "initial": initial, "misfit_kpa": found.misfit_pa / 1e3, "rates": moved}
    said: list[Values] = [{"code": "deconvolved", "detail": details}]
    unsure = found.time_s[found.sure > UNSURE]
    if len(unsure):
        between = {"from": float(unsure[0]), "to": float(unsure[-1]), "factor": float(found.sure.max())}
        said.append({"code": "deconvolution_unsure", "detail": between})
    if found.misfit_pa > NOT_FOLLOWED * found.noise_pa:
        said.append({"code": "deconvolution_misfit", "detail": {"misfit_kpa": found.misfit_pa / 1e3}})
    return said


def answer_of(found: Deconvolved) -> Values:
    """For the stable JSON: the response of a unit of rate, and its regularisation."""
    return {
        "time_s": found.time_s.tolist(),
        "slope_pa_per_m3_per_s": found.slope_pa.tolist(),
        "drawdown_pa_per_m3_per_s": found.drawdown_pa.tolist(),
        "initial_pressure_pa": found.initial_pa,
        "rates_m3_per_s": found.rates.tolist(),
        "misfit_pa": found.misfit_pa,
        "regularisation": found.bend,
        "sure_within_factor": found.sure.tolist(),
    }
