"""The special functions of the physics against SciPy's, which no package carries."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special as scipys
from scipy.integrate import quad

from app.analysis import special


@pytest.mark.parametrize("name", ["k0e", "k1e", "i0e", "i1e"])
@pytest.mark.parametrize(("least", "most"), [(1e-15, 1e-9), (1e-10, 1e3), (7.9, 8.1), (1e2, 1e9)])
def test_a_bessel_function_is_scipys_below_within_and_beyond_its_table(
    name: str, least: float, most: float
) -> None:
    x = np.geomspace(least, most, 20_001)
    np.testing.assert_allclose(getattr(special, name)(x), getattr(scipys, name)(x), rtol=1e-14)


@pytest.mark.parametrize("name", ["k0", "k1"])
def test_what_falls_away_is_scipys_too_down_to_nothing(name: str) -> None:
    x = np.geomspace(1e-12, 1e4, 20_001)
    np.testing.assert_allclose(getattr(special, name)(x), getattr(scipys, name)(x), rtol=2e-13, atol=1e-300)


@pytest.mark.parametrize("name", ["k0", "k1", "k0e", "k1e", "i0e", "i1e"])
def test_one_value_and_a_field_of_them_keep_their_shape(name: str) -> None:
    function = getattr(special, name)
    assert function(np.array(2.0)).shape == ()
    assert function(np.full((2, 3), 2.0)).shape == (2, 3)
    assert function(np.array([])).shape == (0,)


@pytest.mark.parametrize("name", ["k0", "k1", "k0e", "k1e", "i0e", "i1e"])
def test_no_number_gives_no_number(name: str) -> None:
    found = getattr(special, name)(np.array([np.nan, 2.0, 1e4]))
    assert np.isnan(found).tolist() == [True, False, False]


@pytest.mark.parametrize("x", [1e-8, 1e-3, 0.5, 1.0, 7.0, 80.0])
def test_the_area_under_k0_is_what_a_quadrature_finds(x: float) -> None:
    singular = quad(lambda at: scipys.k0(at) + np.log(at), 0, min(x, 1.0), epsabs=0, epsrel=1e-13)[0]
    edge = min(x, 1.0)
    whole = singular - (edge * np.log(edge) - edge)
    if x > 1:
        whole += quad(scipys.k0, 1.0, x, epsabs=0, epsrel=1e-13, limit=200)[0]
    np.testing.assert_allclose(special.area_under_k0(np.array([x])), whole, rtol=1e-13)


def test_the_share_below_is_scipys_normal_distribution() -> None:
    z = np.linspace(-12, 12, 10_001)
    np.testing.assert_allclose(special.below_normal(z), scipys.ndtr(z), atol=1e-14)
