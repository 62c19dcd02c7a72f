"""Flow tests and levels of one well: is a test to be trusted, what does the pump say of the rate."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.wells.nodal import Nodal
from app.models.records import FlowTest

Floats = NDArray[np.float64]
SHORTEST_S = 2 * 3600.0
TEST_ERROR = 0.03
"""What a metering skid is off by, one sigma."""

JUMP_SIGMAS = 3.0
CONFIRMS = 0.15


@dataclass(frozen=True)
class PumpView:
    """The pump at the last test: the catalogue's whole head (n,) [m] over rate (n,) [m³/s] at its frequency;
    where it worked; the share of the catalogue's head that is left; where inflow and pump meet, if a build-up
    told the reservoir.
    """

    rate: Floats
    head_m: Floats
    at_rate: float
    at_head_m: float
    best_rate: float
    head_factor: float
    nodal: Nodal | None


@dataclass(frozen=True)
class TestRow:
    """`doubts` are codes of the texts (flow.doubt.*); `virtual` what the pump's curve, set by the other
    tests, gives [m³/s].
    """

    test: FlowTest
    doubts: tuple[str, ...]
    virtual: float | None
    gas_oil_ratio: float | None


@dataclass(frozen=True)
class FlowHistory:
    """`virtual_error`: median share by which the virtual rate misses a test that it was not set by; None with
    under 4 tests.

    Levels: time_us (n,), depth of the dynamic level from shots, or from the intake pressure where there are
    none [m].
    """

    rows: tuple[TestRow, ...]
    virtual_error: float | None
    level_time_us: NDArray[np.int64]
    level_m: Floats
    level_from: str
    pump_depth_m: float | None
    pump: PumpView | None = None

    @property
    def last_level_m(self) -> float | None:
        """Where the liquid stood last [m]."""
        known = self.level_m[np.isfinite(self.level_m)]
        return float(known[-1]) if len(known) else None


def doubts_of(
    test: FlowTest, before: list[FlowTest], after: FlowTest | None = None, virtual: float | None = None
) -> tuple[str, ...]:
    """Why a test is not to be trusted: too short, impossible shares, a jump that neither the tests beside it
    nor the pump itself confirms.
    """
    doubts = []
    if not test.valid:
        doubts.append("marked_invalid")
    if test.duration_s < SHORTEST_S:
        doubts.append("short")
    if test.water_cut is not None and not 0 <= test.water_cut <= 1:
        doubts.append("water_cut_impossible")
    if test.oil_kg_per_s is not None and test.oil_kg_per_s > test.liquid_m3_per_s * 1000:
        doubts.append("oil_over_liquid")
    if _jumps(test, before, after) and not (
        virtual is not None and abs(test.liquid_m3_per_s / virtual - 1) < CONFIRMS
    ):
        doubts.append("jump")
    return tuple(doubts)


def _jumps(test: FlowTest, before: list[FlowTest], after: FlowTest | None) -> bool:
    """More than three sigmas from the tests before, and no neighbour goes the same way: a falling well is no
    jump.
    """
    known = [other.liquid_m3_per_s for other in before if other.valid and other.liquid_m3_per_s > 0]
    if len(known) < 2:
        return False
    usual, rate = float(np.median(known)), test.liquid_m3_per_s
    least = JUMP_SIGMAS * usual * TEST_ERROR * math.sqrt(2)
    if abs(rate - usual) <= least or abs(rate - known[-1]) <= least:
        return False
    return after is None or abs(after.liquid_m3_per_s - usual) < 0.5 * abs(rate - usual)


def calibrated(
    measured: list[float], by_curve: list[float | None]
) -> tuple[list[float | None], float | None]:
    """Each test's rate by the curve, scaled by the median of the other tests; and the median share it is off
    by.
    """
    ratio = [m / c if c else None for m, c in zip(measured, by_curve, strict=True)]
    result: list[float | None] = []
    for i, rate in enumerate(by_curve):
        others = [r for j, r in enumerate(ratio) if r is not None and j != i]
        result.append(rate * float(np.median(others)) if rate and len(others) >= 2 else None)
    off = [abs(v / m - 1) for v, m in zip(result, measured, strict=True) if v is not None and m > 0]
    return result, float(np.median(off)) if len(off) >= 4 else None
