"""Well tests of gas: pressures become normalised pseudo-pressures, times of a build-up pseudo-times, and the
liquid's formulas hold with the gas as it is at the reference pressure. What is told as a pressure is turned
back; times stay those of the gas, and the answer says so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from app.analysis.transient.record import Formation, Response
from app.analysis.wells.natural_gas import NaturalGas, PressureScale
from app.models.values import Values, number_of, part_of
from app.models.well_tests import RecordedTest

Quality = list[Values]


def scale_of(test: RecordedTest) -> PressureScale | None:
    """None for a test of liquid. The reference is the reservoir's pressure, else the highest recorded."""
    if test.gas is None:
        return None
    highest = float(test.pressure_pa.max())
    reference = test.reservoir_pressure_pa or highest
    return _scale(NaturalGas(**test.gas), reference, max(highest, reference))


@lru_cache(maxsize=8)
def _scale(gas: NaturalGas, reference_pa: float, highest_pa: float) -> PressureScale:
    return gas.scale(reference_pa, 1.2 * highest_pa)


def formation_of(test: RecordedTest, scale: PressureScale, quality: Quality) -> Formation:
    """B, μ and c of the gas at the reference where the file does not tell them."""
    assert test.gas is not None
    gas, at = NaturalGas(**test.gas), scale.reference_pa
    quality.append({"code": "gas_normalised", "detail": {"reference": at}})
    if test.total_compressibility_per_pa is None:
        quality.append({"code": "gas_compressibility", "detail": {"pressure": at}})
    return Formation(
        test.formation_volume_factor or gas.volume_factor(at),
        test.viscosity_pa_s or gas.viscosity_pa_s(at),
        float(test.porosity or 0),
        float(test.thickness_m or 0),
        test.total_compressibility_per_pa or gas.compressibility_per_pa(at),
        float(test.wellbore_radius_m or 0),
    )


def in_pseudo_time(
    response: Response, test: RecordedTest, scale: PressureScale, quality: Quality
) -> Response:
    """A build-up on the clock of its gas: what stores in the well stiffens while the pressure rises. The
    rates before keep the wall's clock: the pressure in the well tells nothing of the gas around it then.
    """
    assert test.gas is not None
    pressure = np.array([scale.pressure(one) for one in (response.start_pa, *response.pressure_pa.tolist())])
    time_s = np.concatenate(([0.0], response.time_s))
    by_gas = NaturalGas(**test.gas).pseudo_time(
        time_s, pressure, scale.reference_pa, test.total_compressibility_per_pa
    )
    quality.append(
        {"code": "gas_pseudo_time", "detail": {"clock": float(time_s[-1]), "pseudo": float(by_gas[-1])}}
    )
    return replace(response, time_s=by_gas[1:])


def in_pressures(figures: Values, test: RecordedTest) -> Values:
    """p* as a pressure again: that is what an engineer compares with."""
    scale = scale_of(test)
    if scale is None:
        return figures
    lines = {
        name: {**line, "p_star_pa": scale.pressure(star)}
        for name in ("horner", "mdh")
        if (star := number_of(line := part_of(figures, name), "p_star_pa")) is not None
    }
    star = number_of(figures, "p_star_pa")
    return {**figures, **lines, "p_star_pa": None if star is None else scale.pressure(star)}
