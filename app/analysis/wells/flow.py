"""Flow tests and levels of one well: is a test to be trusted, what does the pump say of the rate."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.wells.model_curves import ModelCase
from app.analysis.wells.modelled import ModelResults
from app.analysis.wells.nodal import Nodal
from app.analysis.wells.produced import Produced
from app.core.errors import KnownError
from app.models.records import FlowTest

Floats = NDArray[np.float64]
SHORTEST_S = 2 * 3600.0
TEST_ERROR = 0.03
"""What a metering skid is off by, one sigma."""

JUMP_SIGMAS = 3.0
CONFIRMS = 0.15


@dataclass(frozen=True)
class PumpView:
    """The pump at the last test.

    Attributes:
        rate: [m³/s] (n,) of the catalogue, at its frequency
        head_m: [m] (n,) of the whole pump there
        at_rate: [m³/s] where it worked
        at_head_m: [m] what it gave
        best_rate: [m³/s] at the best efficiency
        head_factor: [-] share of the catalogue's head that is left
        nodal: where inflow and pump meet, if a build-up told the reservoir
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
    """A flow test and what is thought of it.

    Attributes:
        test: as measured
        doubts: codes of the texts (flow.doubt.*)
        virtual: [m³/s] what the pump's curve, set by the other tests, gives
        gas_oil_ratio: [m³/m³]
    """

    test: FlowTest
    doubts: tuple[str, ...]
    virtual: float | None
    gas_oil_ratio: float | None


@dataclass(frozen=True)
class FlowHistory:
    """Tests and levels of a well.

    Attributes:
        rows: oldest first
        virtual_error: [-] median share by which the virtual rate misses a test that it was not set by; None
            with under 4
        level_time_us: [µs] (n,)
        level_m: [m] (n,) dynamic level, from shots or from the intake pressure where there are none
        level_from: which of the two
        pump_depth_m: [m]
        pump: at the last test
        pump_refused: why the pump cannot be judged
        pump_known: there is a curve for it
        models: what models gave, beside what was measured
        unread: the sensors without which there is no operating point, of which the last test has no readings
        curves: what models gave as curves, beside the tests; newest first
        produced: by the records of production, of all times
    """

    rows: tuple[TestRow, ...]
    virtual_error: float | None
    level_time_us: NDArray[np.int64]
    level_m: Floats
    level_from: str
    pump_depth_m: float | None
    pump: PumpView | None = None
    pump_refused: KnownError | None = None
    pump_known: bool = False
    models: ModelResults = ModelResults()
    unread: tuple[str, ...] = ()
    curves: tuple[ModelCase, ...] = ()
    produced: Produced | None = None

    @property
    def last_level_m(self) -> float | None:
        """Where the liquid stood last [m]; None where nobody knows."""
        known = self.level_m[np.isfinite(self.level_m)]
        return float(known[-1]) if len(known) else None


def doubts_of(
    test: FlowTest, before: list[FlowTest], after: FlowTest | None = None, virtual: float | None = None
) -> tuple[str, ...]:
    """Why a test is not to be trusted.

    Under two hours, impossible shares, or a jump: over 3·0.03·√2 of the median of the tests before, that
    neither a neighbour nor the pump itself (within 15 %) confirms.

    Args:
        test: in question
        before: tests before it, oldest first
        after: the next one
        virtual: [m³/s] what the pump's curve gives
    Returns:
        codes of the texts, none for a good test
    Valid: a jump needs two valid tests before.
    Ours: limits of esp.md (virtual flow metering, test validation); 3 % is what a metering skid is off by.

    >>> from datetime import UTC, datetime
    >>> def of(rate, hours=6.0):
    ...     moment = datetime(2026, 1, 1, tzinfo=UTC)
    ...     return FlowTest("", 1, moment, hours * 3600, rate, None, None, None, None)
    >>> doubts_of(of(1.5e-3, hours=1.0), [of(1.0e-3), of(1.02e-3)])
    ('short', 'jump')
    >>> doubts_of(of(1.5e-3), [of(1.0e-3), of(1.02e-3)], virtual=1.45e-3)
    ()
    """
    doubts = []
    if not test.valid:
        doubts.append("marked_invalid")
    if test.duration_s is not None and test.duration_s < SHORTEST_S:
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
    """Each test's rate by the pump's curve, scaled by what the other tests say of the curve.

    q_i = c_i·median_{j≠i}(m_j/c_j)

    Args:
        measured: [m³/s] of each test
        by_curve: [m³/s] of each test, None where the curve does not tell
    Returns:
        ([m³/s] of each, None with under two others; [-] median share it is off by, None with under four)
    Valid: one factor for all tests: the liquid and the pump are taken as the same.
    Ours: leave-one-out as esp.md asks of virtual flow metering.

    >>> rates, off = calibrated([1.1, 2.2, 3.3, 4.4], [1.0, 2.0, 3.0, 4.0])
    >>> [round(rate, 6) for rate in rates], round(off, 6)
    ([1.1, 2.2, 3.3, 4.4], 0.0)
    """
    ratio = [m / c if c else None for m, c in zip(measured, by_curve, strict=True)]
    result: list[float | None] = []
    for i, rate in enumerate(by_curve):
        others = [r for j, r in enumerate(ratio) if r is not None and j != i]
        result.append(rate * float(np.median(others)) if rate and len(others) >= 2 else None)
    off = [abs(v / m - 1) for v, m in zip(result, measured, strict=True) if v is not None and m > 0]
    return result, float(np.median(off)) if len(off) >= 4 else None
