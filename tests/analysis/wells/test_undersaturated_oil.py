"""Oil above its bubble point: pressed together and thicker; at it, as before."""

from __future__ import annotations

import pytest

from app.analysis.wells.gas_properties import PSI_PA
from app.analysis.wells.pvt import SCF_PER_STB, BlackOil

OIL = BlackOil(141.5 / (47.1 + 131.5), 0.851, 751 * SCF_PER_STB)
AT_K = (250 + 459.67) / 1.8


def test_compressibility_at_the_bubble_point_is_near_the_measured_one() -> None:
    """Ahmed's crude system 1: 22.14e-6 1/psi measured at 2,689 psig; Vasquez and Beggs within 6 %."""
    low, high = 2700 * PSI_PA, 2720 * PSI_PA
    change = OIL.oil_volume_factor(low, AT_K) - OIL.oil_volume_factor(high, AT_K)
    per_psi = change / OIL.oil_volume_factor(low, AT_K) / 20
    assert per_psi == pytest.approx(22.14e-6, rel=0.06)


def test_nothing_jumps_at_the_bubble_point() -> None:
    at = OIL.bubble_pressure_pa(AT_K)
    for of in (OIL.oil_volume_factor, OIL.oil_viscosity_pa_s, OIL.oil_density):
        assert of(at * 1.0001, AT_K) == pytest.approx(of(at * 0.9999, AT_K), rel=1e-3)


def test_above_it_oil_shrinks_thickens_and_grows_heavier() -> None:
    at = OIL.bubble_pressure_pa(AT_K)
    assert OIL.oil_volume_factor(2 * at, AT_K) < 0.98 * OIL.oil_volume_factor(at, AT_K)
    assert OIL.oil_viscosity_pa_s(2 * at, AT_K) > 1.1 * OIL.oil_viscosity_pa_s(at, AT_K)
    assert OIL.oil_density(2 * at, AT_K) > OIL.oil_density(at, AT_K)


def test_oil_without_gas_has_no_bubble_point_to_be_above() -> None:
    dead = BlackOil(0.88, 0.75, 0.0)
    assert dead.bubble_pressure_pa(366.483) < 0
    assert dead.oil_viscosity_pa_s(2e7, 366.483) == dead.oil_viscosity_pa_s(1e6, 366.483)
