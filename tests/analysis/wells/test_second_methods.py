"""Fluids against a second method: the printed formulas worked here in their own units, and z by Hall and
Yarborough where ours is Dranchuk and Abou-Kassem.
"""

from __future__ import annotations

import math

import pytest
from scipy.optimize import brentq

from app.analysis.wells.gas_properties import PSI_PA, z_dak
from app.analysis.wells.natural_gas import NaturalGas
from app.analysis.wells.pvt import SCF_PER_STB, BlackOil


@pytest.mark.parametrize(
    ("api", "gas", "ratio", "fahrenheit", "psia"),
    [(40.7, 0.855, 751, 250, 5000), (35, 0.75, 500, 200, 4000), (28, 0.8, 300, 160, 3000)],
)
def test_oil_above_its_bubble_point_is_pressed_and_thicker_as_printed(
    api: float, gas: float, ratio: float, fahrenheit: float, psia: float
) -> None:
    """Standing; Vasquez and Beggs; Beggs and Robinson, as Ahmed (4th ed., 2010) prints them."""
    oil = BlackOil(141.5 / (api + 131.5), gas, ratio * SCF_PER_STB)
    kelvin = (fahrenheit + 459.67) / 1.8
    bubble = 18.2 * ((ratio / gas) ** 0.83 * 10 ** (0.00091 * fahrenheit - 0.0125 * api) - 1.4)
    assert oil.bubble_pressure_pa(kelvin) / PSI_PA == pytest.approx(bubble, rel=1e-6)
    saturated = (
        0.9759 + 0.00012 * (ratio * (gas / oil.oil_relative_density) ** 0.5 + 1.25 * fahrenheit) ** 1.2
    )
    stiff = 1e-5 * (-1433 + 5 * ratio + 17.2 * fahrenheit - 1180 * gas + 12.61 * api)
    volume = saturated * math.exp(-stiff * math.log(psia / bubble))
    dead = 10 ** (10 ** (3.0324 - 0.02023 * api) * fahrenheit**-1.163) - 1
    live = 10.715 * (ratio + 100) ** -0.515 * dead ** (5.44 * (ratio + 150) ** -0.338)
    thick = live * (psia / bubble) ** (2.6 * psia**1.187 * math.exp(-11.513 - 8.98e-5 * psia))
    there = oil.at(psia * PSI_PA, kelvin)
    assert there.volume_factor == pytest.approx(volume, rel=1e-6)
    assert there.viscosity_pa_s * 1e3 == pytest.approx(thick, rel=1e-6)


@pytest.mark.parametrize(
    ("density", "carbon_dioxide", "hydrogen_sulphide", "nitrogen", "kelvin", "pascal"),
    [
        (0.7, 0.05, 0.1, 0.0, 344.0, 21e6),
        (0.8, 0.02, 0.25, 0.03, 360.0, 35e6),
        (0.65, 0.1, 0.0, 0.05, 330.0, 10e6),
    ],
)
def test_z_of_a_sour_gas_is_that_of_hall_and_yarborough(
    density: float,
    carbon_dioxide: float,
    hydrogen_sulphide: float,
    nitrogen: float,
    kelvin: float,
    pascal: float,
) -> None:
    """Sutton's hydrocarbons, Wichert and Aziz; the two equations part by 0.5 % at most there."""
    clean = 1 - carbon_dioxide - hydrogen_sulphide - nitrogen
    rest = (density - 1.5196 * carbon_dioxide - 1.1765 * hydrogen_sulphide - 0.9672 * nitrogen) / clean
    psia = clean * (756.8 - 131 * rest - 3.6 * rest**2)
    psia += 1071 * carbon_dioxide + 1306 * hydrogen_sulphide + 493.1 * nitrogen
    rankine = clean * (169.2 + 349.5 * rest - 74 * rest**2)
    rankine += 547.6 * carbon_dioxide + 672.4 * hydrogen_sulphide + 227.3 * nitrogen
    sour = carbon_dioxide + hydrogen_sulphide
    less = 120 * (sour**0.9 - sour**1.6) + 15 * (hydrogen_sulphide**0.5 - hydrogen_sulphide**4)
    cooler = rankine - less
    psia *= cooler / (rankine + hydrogen_sulphide * (1 - hydrogen_sulphide) * less)
    t = cooler / (kelvin * 1.8)
    first = 0.06125 * pascal / PSI_PA / psia * t * math.exp(-1.2 * (1 - t) ** 2)

    def off(y: float) -> float:
        crowd = (y + y**2 + y**3 - y**4) / (1 - y) ** 3
        second, third = 14.76 * t - 9.76 * t**2 + 4.58 * t**3, 90.7 * t - 242.2 * t**2 + 42.4 * t**3
        return -first + crowd - second * y**2 + third * y ** (2.18 + 2.82 * t)

    z = first / float(brentq(off, 1e-6, 0.9))
    found = NaturalGas(density, kelvin, carbon_dioxide, hydrogen_sulphide, nitrogen).deviation(pascal)
    assert found == pytest.approx(z, rel=0.005)


def test_under_the_critical_temperature_gas_stays_gas() -> None:
    """Halving fell onto the liquid's root: z 0.05 at a third of the critical pressure."""
    assert z_dak(0.95, 0.2) > z_dak(0.95, 0.3) > z_dak(0.95, 0.5) > 0.6
