"""What laboratories determine: parameter, the unit results are kept in, hard limits in that unit.

A result is kept in the laboratory's own customary unit with the unit beside it, not in SI: it is compared
with protocols.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.registry import Registry
from app.core.unit_spellings import find_unit
from app.core.units import Unit


@dataclass(frozen=True)
class Parameter:
    """`unit` as printed. `minimum` and `maximum` hold in that unit."""

    key: str
    unit: str
    quantity: str
    minimum: float
    maximum: float
    mg_per_meq: float = 0.0
    """Of an ion: its atomic or molar mass by its charge, where results in milliequivalents are understood."""

    def unit_label(self, language: str) -> str:
        """The unit in the reader's language; as printed where it is none of ours."""
        unit = find_unit(self.unit, self.quantity)
        if unit is None and self.unit:
            unit = find_unit(self.unit, "equivalents")
        return self.unit if unit is None else unit.label(language)

    def unit_of(self, spelling: str) -> Unit | None:
        """The unit that a file means; milliequivalents only of an ion. None when it is not known."""
        unit = find_unit(spelling, self.quantity)
        if unit is None and self.mg_per_meq and find_unit(spelling, "equivalents") is not None:
            return Unit("мг-экв/л", "meq/l", self.mg_per_meq * 1e-3)
        return unit

    def understands(self, spelling: str) -> bool:
        """Whether a result in this unit can be kept: a hardness in mg/l of CaCO3 is none in mg-eq/l."""
        if self.quantity == "number":
            return not self.unit or find_unit(spelling, "equivalents") is not None
        return self.unit_of(spelling) is not None

    def kept(self, value: float, given: Unit | None) -> float:
        """`value` as the file has it → in `unit`. Salts in per cent by mass are not turned into mg/l: the
        density is not known.
        """
        own = find_unit(self.unit, self.quantity)
        if given is None or own is None or given == own:
            return value
        return float(own.from_si(given.to_si(value)))


PARAMETERS: Registry[Parameter] = Registry(
    "lab parameter",
    Parameter("water_cut", "%", "ratio", 0, 100),
    Parameter("oil_density_20c", "кг/м³", "density", 650, 1100),
    Parameter("water_density", "кг/м³", "density", 950, 1300),
    Parameter("viscosity", "мПа·с", "viscosity", 0.05, 100_000),
    Parameter("chlorides", "мг/л", "mass_concentration", 0, 300_000),
    Parameter("salts", "мг/л", "mass_concentration", 0, 400_000),
    Parameter("solids", "мг/л", "mass_concentration", 0, 50_000),
    Parameter("mechanical_impurities", "%", "ratio", 0, 30),
    Parameter("sulphur", "%", "ratio", 0, 10),
    Parameter("paraffin", "%", "ratio", 0, 60),
    Parameter("resins", "%", "ratio", 0, 60),
    Parameter("asphaltenes", "%", "ratio", 0, 40),
    Parameter("hydrogen_sulphide", "мг/л", "mass_concentration", 0, 50_000),
    Parameter("carbon_dioxide", "мг/л", "mass_concentration", 0, 50_000),
    Parameter("ph", "", "number", 0, 14),
    Parameter("mineralisation", "мг/л", "mass_concentration", 0, 500_000),
    Parameter("chloride_ion", "мг/л", "mass_concentration", 0, 300_000, 35.45),
    Parameter("sulphate_ion", "мг/л", "mass_concentration", 0, 50_000, 48.03),
    Parameter("bicarbonate_ion", "мг/л", "mass_concentration", 0, 50_000, 61.02),
    Parameter("calcium_ion", "мг/л", "mass_concentration", 0, 100_000, 20.04),
    Parameter("magnesium_ion", "мг/л", "mass_concentration", 0, 50_000, 12.15),
    Parameter("sodium_potassium_ion", "мг/л", "mass_concentration", 0, 200_000, 22.99),
    Parameter("iron", "мг/л", "mass_concentration", 0, 5_000),
    Parameter("hardness", "мг-экв/л", "number", 0, 5_000),
    Parameter("saturation_pressure", "МПа", "pressure", 0.05, 60),
    Parameter("gas_oil_ratio", "м³/м³", "gas_ratio", 0, 5_000),
    Parameter("pour_point", "°C", "temperature", -80, 80),
    Parameter("methane", "%", "ratio", 0, 100),
    Parameter("nitrogen", "%", "ratio", 0, 100),
)
