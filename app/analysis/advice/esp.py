"""What an ESP well would do with another frequency, wellhead pressure or number of stages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.advice.choice import Limit, Outcome, unchecked
from app.analysis.advice.inflows import Inflows
from app.analysis.esp.pump import Curve
from app.analysis.wells.nodal import nodal
from app.core.units import STANDARD_GRAVITY

LIMITS = (
    "frequency",
    "rate_over_best",
    "intake_pressure",
    "wellhead_pressure",
    "motor_load",
    "motor_temperature",
)
"""Of every well of this lift."""

LINE_TO_SHAFT = 0.8
"""Motor 0.88, cable 0.95, drive 0.96: where nobody measured what comes from the line."""

RANGE = (0.6, 1.35)
"""Of the best rate: where makers let stages run without thrust at its limits."""

LEAST_INTAKE_PA, OF_BUBBLE = 2e6, 0.5
"""Where no bubble point is told; of it, where one is: below it a separator no longer copes."""

FREQUENCIES_HZ = (35.0, 60.0)
"""Cooling and the drive below, the shaft and the bearings above."""

COOLING = 0.4
"""Power of the liquid's speed that carries heat off a motor (turbulent flow past a shroud: 0.4 … 0.8)."""


@dataclass(frozen=True)
class EspKnobs:
    """What can be set.

    Attributes:
        frequency_hz: [Hz]
        wellhead_pa: [Pa] before the choke
        stages: [-]
    """

    frequency_hz: float
    wellhead_pa: float
    stages: float


@dataclass(frozen=True)
class EspNow:
    """The well as its last test found it.

    Attributes:
        knobs: where they stand
        curve: of a stage at 50 Hz
        head_factor: [-] what is left of the catalogue's head
        density: [kg/m³] of what is pumped
        rate: [m³/s] of the test
        discharge_pa: [Pa] during it
        inflows: at the pump's depth
        oil_share: [kg/m³] of oil in the liquid
        line_pa: [Pa] after the choke, the least that the wellhead can have; None: not known
        bubble_pa: [Pa] None: not known
        power_w: [W] from the line during the test; None: not measured
        motor_w: [W] rating at 50 Hz; None: not known
        motor_k: [K] of the winding; None: not measured
        intake_k: [K] of the liquid; None: not measured
        limit_k: [K] of the winding; None: not known
    """

    knobs: EspKnobs
    curve: Curve
    head_factor: float
    density: float
    rate: float
    discharge_pa: float
    inflows: Inflows
    oil_share: float
    line_pa: float | None = None
    bubble_pa: float | None = None
    power_w: float | None = None
    motor_w: float | None = None
    motor_k: float | None = None
    intake_k: float | None = None
    limit_k: float | None = None


def esp_outcome(now: EspNow, knobs: EspKnobs) -> Outcome | None:
    """What an ESP well would do with its knobs so.

    nodal analysis with each of three inflows; shaft power z·N(q)·ρ/1000 by affinity; line power, where it was
    measured, in the ratio of shaft powers, else over 0.8; winding: rise ~ power/rate^0.4

    Args:
        now: the well as its last test found it
        knobs: as they are to stand
    Returns:
        None where pump and inflow do not meet
    Valid: the density stays; gas in the pump only as far as `head_factor` holds it.
    Source: Takacs, ESP Manual (2nd ed., 2018), ch. 5 (nodal, affinity); limits: see the constants.

    >>> from app.analysis.advice.inflows import through
    >>> curve = Curve(np.array([0.0, 1e-3, 2e-3, 3e-3]), np.array([8.0, 7.0, 5.0, 2.0]), None, None)
    >>> inflows = through(rate=1.5e-3, intake_pa=6e6, reservoir_pa=18e6, bubble_pa=8e6, water_cut=0.5)
    >>> at = EspKnobs(50.0, 1.5e6, 230.0)
    >>> now = EspNow(at, curve, 0.75, 950.0, 1.5e-3, 16e6, inflows, 430.0)
    >>> slow, fast = (esp_outcome(now, EspKnobs(hz, 1.5e6, 230.0)) for hz in (48.0, 55.0))
    >>> slow.rate[1] < fast.rate[1], fast.rate[0] < fast.rate[1] < fast.rate[2]
    (True, True)
    """
    at_hz = now.curve.at_frequency(knobs.frequency_hz)
    found = []
    for inflow in now.inflows.each:
        picture = nodal(
            inflow,
            at_hz,
            stages=knobs.stages,
            density=now.density,
            discharge_pa=now.discharge_pa + knobs.wellhead_pa - now.knobs.wellhead_pa,
            measured_rate=now.rate,
            below_pump_m=0.0,
            head_factor=now.head_factor,
        )
        if picture.meets_rate is None or picture.meets_pa is None:
            return None
        found.append((picture.meets_rate, picture.meets_pa))
    rates = sorted(rate for rate, _ in found)
    rate, intake = found[1]
    shaft, before = shaft_w(now, knobs, rate), shaft_w(now, now.knobs, now.rate)
    line = shaft / LINE_TO_SHAFT if now.power_w is None else now.power_w * shaft / max(before, 1.0)
    three = (rates[0], rate, rates[2])
    limits = _limits(now, knobs, rate, intake, shaft, shaft / max(before, 1.0))
    return Outcome(
        {"frequency_hz": knobs.frequency_hz, "wellhead_pa": knobs.wellhead_pa, "stages": knobs.stages},
        three,
        (three[0] * now.oil_share, three[1] * now.oil_share, three[2] * now.oil_share),
        intake,
        line,
        now.density,
        limits,
        {"rate_over_best": rate / max(at_hz.best_rate, 1e-9)},
        unchecked=unchecked(limits, LIMITS),
    )


def shaft_w(now: EspNow, knobs: EspKnobs, rate: float) -> float:
    """Power at the pump's shaft.

    z·N(q)·ρ/1000, N by affinity; ρ·g·q·H/0.5 where the catalogue tells no power

    Args:
        now: the well
        knobs: frequency and stages
        rate: [m³/s]
    Returns:
        [W] of all stages
    Valid: as `Curve.power_at`.
    Source: Takacs, ESP Manual (2nd ed., 2018), ch. 3.

    >>> from types import SimpleNamespace
    >>> points, watts = np.array([0.0, 1e-3, 2e-3, 3e-3]), np.array([60.0, 110.0, 150.0, 160.0])
    >>> now = SimpleNamespace(curve=Curve(points, np.array([8.0, 7.0, 5.0, 2.0]), watts, None), density=900.0)
    >>> round(shaft_w(now, EspKnobs(50.0, 1e6, 100.0), 1e-3))  # 100 stages of 110 W in water
    9900
    """
    at_hz = now.curve.at_frequency(knobs.frequency_hz)
    told = float(at_hz.power_at(rate))
    if not np.isfinite(told):
        told = 1000 * STANDARD_GRAVITY * rate * float(at_hz.head_at(rate)) / 0.5
    return knobs.stages * told * now.density / 1000


def _limits(
    now: EspNow, knobs: EspKnobs, rate: float, intake: float, shaft: float, more: float
) -> tuple[Limit, ...]:
    best = now.curve.at_frequency(knobs.frequency_hz).best_rate
    least = LEAST_INTAKE_PA if now.bubble_pa is None else OF_BUBBLE * now.bubble_pa
    found = [
        Limit("frequency", knobs.frequency_hz, *FREQUENCIES_HZ),
        Limit("rate_over_best", rate / max(best, 1e-9), *RANGE),
        Limit("intake_pressure", intake, least),
    ]
    if now.line_pa is not None:
        found.append(Limit("wellhead_pressure", knobs.wellhead_pa, 0.98 * now.line_pa))
    if now.motor_w is not None:
        found.append(Limit("motor_load", shaft / (now.motor_w * knobs.frequency_hz / 50), None, 1.0))
    if now.motor_k is not None and now.intake_k is not None and now.limit_k is not None:
        rise = max(now.motor_k - now.intake_k, 0.0) * more * (now.rate / max(rate, 1e-9)) ** COOLING
        found.append(Limit("motor_temperature", now.intake_k + rise, None, now.limit_k))
    return tuple(found)


def esp_settings(now: EspNow) -> list[EspKnobs]:
    """Settings to try without pulling the pump: frequencies two hertz apart, the choke as it is and open.

    Args:
        now: the well as its last test found it
    Returns:
        the well's own setting is among none of them
    Valid: a line pressure under the wellhead's opens the choke as far as 0.1 MPa over it.
    Ours: what a person can turn today; stages wait for the next workover.

    >>> from types import SimpleNamespace
    >>> now = SimpleNamespace(knobs=EspKnobs(50.0, 2e6, 200.0), line_pa=1e6)
    >>> len(esp_settings(now)), min(one.wellhead_pa for one in esp_settings(now))
    (27, 1100000.0)
    """
    open_pa = None if now.line_pa is None else now.line_pa + 1e5
    heads = [now.knobs.wellhead_pa]
    if open_pa is not None and open_pa < 0.95 * now.knobs.wellhead_pa:
        heads.append(open_pa)
    low, high = FREQUENCIES_HZ
    steps = {*np.arange(low, high + 0.1, 2.0).tolist(), now.knobs.frequency_hz}
    tried = [EspKnobs(hz, head, now.knobs.stages) for hz in sorted(steps) for head in heads]
    return [one for one in tried if one != now.knobs]
