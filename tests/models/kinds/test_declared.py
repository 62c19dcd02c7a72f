"""What is let through of each field is a promise to what was written before and to other laptops."""

from __future__ import annotations

import pytest

from app.core.unit_spellings import find_unit
from app.models.kinds.lab import PARAMETERS
from tests.models.kinds.declared import declared, kept


@pytest.mark.parametrize("part", ["kinds", "parameters"])
def test_limits_and_forms_of_fields_move_only_knowingly(part: str) -> None:
    """Narrower: records that were sent are refused; wider: laptops of before refuse ours. When that is meant,
    `python -m tests.models.kinds.declared`.
    """
    now, before = declared()[part], kept()[part]
    assert sorted(now) == sorted(before)
    for key, one in before.items():
        assert now[key] == one, key


@pytest.mark.parametrize(
    ("ion", "molar_mass", "charge"),
    [
        ("chloride_ion", 35.453, 1),
        ("sulphate_ion", 96.06, 2),
        ("bicarbonate_ion", 61.017, 1),
        ("calcium_ion", 40.078, 2),
        ("magnesium_ion", 24.305, 2),
        ("sodium_potassium_ion", 22.990, 1),
    ],
)
def test_a_milliequivalent_of_an_ion_is_its_molar_mass_by_its_charge(
    ion: str, molar_mass: float, charge: int
) -> None:
    assert PARAMETERS[ion].mg_per_meq == pytest.approx(molar_mass / charge, rel=5e-4)


def test_only_ions_are_told_in_equivalents() -> None:
    ions = {parameter.key for parameter in PARAMETERS if parameter.mg_per_meq}
    assert ions == {key for key in ions if key.endswith("_ion")}
    assert len(ions) == 6


def test_a_milliequivalent_is_a_unit_of_ions_and_of_nothing_else() -> None:
    """Two of chloride a litre are 70.9 g/m³; a unit that is known stays what it is."""
    unit = PARAMETERS["chloride_ion"].unit_of("мг-экв/л")
    assert unit is not None
    assert unit.to_si(2.0) == pytest.approx(0.0709)
    assert PARAMETERS["chloride_ion"].unit_of("мг/л") == find_unit("мг/л", "mass_concentration")
    assert PARAMETERS["salts"].unit_of("мг-экв/л") is None
    assert PARAMETERS["chloride_ion"].unit_of("попугаев") is None
