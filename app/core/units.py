"""Display units. Inside the program everything is SI; conversion happens here and nowhere else.

A table of our own instead of pint: it loads in microseconds and holds exactly what is shown. Factors: 1 atm =
101,325 Pa (CGPM 1954), 1 at = 98,066.5 Pa, 1 psi = 6,894.757293 Pa, 1 bbl = 0.158987294928 m3, 1 lbf =
4.4482216152605 N, 1 ft = 0.3048 m, 1 hp (mechanical) = 745.6998715822702 W (NIST SP 811, appendix B).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

DAY_S = 86_400.0
BARREL_M3 = 0.158987294928
STANDARD_GRAVITY = 9.80665


@dataclass(frozen=True)
class Unit:
    """shown = SI / factor + offset."""

    ru: str
    en: str
    factor: float
    offset: float = 0.0
    digits: int = 2

    def from_si(self, value: Any) -> Any:
        """A float or an array, SI, to the shown unit."""
        return value / self.factor + self.offset

    def to_si(self, shown: Any) -> Any:
        return (shown - self.offset) * self.factor

    def exactly(self, shown: float) -> float:
        """What was written, in SI: 22.225 mm is 0.022225 m, not the number beside it that two binary
        fractions make.
        """
        offset, factor = Decimal(repr(self.offset)), Decimal(repr(self.factor))
        return float((Decimal(repr(float(shown))) - offset) * factor)

    def written(self, value: float) -> float:
        """What to write so that `exactly` gives this value, or what is next to it."""
        offset, factor = Decimal(repr(self.offset)), Decimal(repr(self.factor))
        return float(Decimal(repr(float(value))) / factor + offset)

    def label(self, language: str) -> str:
        return self.ru if language == "ru" else self.en


MPA = Unit("МПа", "MPa", 1e6, digits=2)
ATM = Unit("атм", "atm", 101_325.0, digits=1)
AT = Unit("кгс/см²", "kgf/cm²", 98_066.5, digits=1)
PA = Unit("Па", "Pa", 1.0, digits=0)
BAR = Unit("бар", "bar", 1e5, digits=1)
PSI = Unit("psi", "psi", 6_894.757293168, digits=0)
CELSIUS = Unit("°C", "°C", 1.0, offset=-273.15, digits=1)
KELVIN = Unit("К", "K", 1.0, digits=1)
FAHRENHEIT = Unit("°F", "°F", 5 / 9, offset=-459.67, digits=1)
KELVIN_STEP = Unit("К", "K", 1.0, digits=1)
FAHRENHEIT_STEP = Unit("°F", "°F", 5 / 9, digits=1)
M3_PER_DAY = Unit("м³/сут", "m³/d", 1 / DAY_S, digits=1)
M3_PER_S = Unit("м³/с", "m³/s", 1.0, digits=6)
BBL_PER_DAY = Unit("bbl/d", "bbl/d", BARREL_M3 / DAY_S, digits=0)
T_PER_DAY = Unit("т/сут", "t/d", 1_000.0 / DAY_S, digits=1)
KG_PER_S = Unit("кг/с", "kg/s", 1.0, digits=4)
METRE = Unit("м", "m", 1.0, digits=2)
MILLIMETRE = Unit("мм", "mm", 1e-3, digits=1)
FOOT = Unit("ft", "ft", 0.3048, digits=1)
INCH = Unit("in", "in", 0.0254, digits=2)
KILONEWTON = Unit("кН", "kN", 1e3, digits=1)
NEWTON = Unit("Н", "N", 1.0, digits=0)
POUND_FORCE = Unit("lbf", "lbf", 4.4482216152605, digits=0)
KILOWATT = Unit("кВт", "kW", 1e3, digits=1)
WATT = Unit("Вт", "W", 1.0, digits=0)
HORSEPOWER = Unit("hp", "hp", 745.6998715822702, digits=1)
AMPERE = Unit("А", "A", 1.0, digits=1)
VOLT = Unit("В", "V", 1.0, digits=0)
HERTZ = Unit("Гц", "Hz", 1.0, digits=1)
KILOOHM = Unit("кОм", "kΩ", 1e3, digits=0)
OHM = Unit("Ом", "Ω", 1.0, digits=0)
G_FORCE = Unit("g", "g", STANDARD_GRAVITY, digits=2)
M_PER_S2 = Unit("м/с²", "m/s²", 1.0, digits=2)
PERCENT = Unit("%", "%", 0.01, digits=1)
FRACTION = Unit("д. ед.", "fraction", 1.0, digits=3)
PLAIN = Unit("", "", 1.0, digits=2)
PER_MINUTE = Unit("мин⁻¹", "1/min", 1 / 60, digits=2)
PER_SECOND = Unit("с⁻¹", "1/s", 1.0, digits=4)
DENSITY = Unit("кг/м³", "kg/m³", 1.0, digits=0)
CUBIC_METRE = Unit("м³", "m³", 1.0, digits=1)
BARREL = Unit("bbl", "bbl", BARREL_M3, digits=0)
TONNE = Unit("т", "t", 1e3, digits=1)
KILOGRAM = Unit("кг", "kg", 1.0, digits=0)
GAS_RATIO = Unit("м³/м³", "m³/m³", 1.0, digits=1)
M_PER_S = Unit("м/с", "m/s", 1.0, digits=0)
SECOND = Unit("с", "s", 1.0, digits=0)
PASCAL_SECOND = Unit("Па·с", "Pa·s", 1.0, digits=6)
KG_PER_M3 = Unit("кг/м³", "kg/m³", 1.0, digits=6)
VISCOSITY = Unit("мПа·с", "mPa·s", 1e-3, digits=1)
MG_PER_L = Unit("мг/л", "mg/l", 1e-3, digits=0)
DAYS = Unit("сут", "d", DAY_S, digits=1)
HOURS = Unit("ч", "h", 3_600.0, digits=1)
KILONEWTON_METRE = Unit("кН·м", "kN·m", 1e3, digits=1)
DEGREE = Unit("°", "°", 0.017453292519943295, digits=2)
RADIAN = Unit("рад", "rad", 1.0, digits=4)
KG_PER_M = Unit("кг/м", "kg/m", 1.0, digits=3)
LB_PER_FT = Unit("lb/ft", "lb/ft", 1.4881639435695537, digits=3)
JOULE = Unit("Дж", "J", 1.0, digits=0)
KILOWATT_HOUR = Unit("кВт·ч", "kWh", 3.6e6, digits=1)
ROUBLE = Unit("руб.", "RUB", 1.0, digits=2)
THOUSAND_ROUBLES = Unit("тыс. руб.", "RUB k", 1e3, digits=2)
PER_KILOWATT_HOUR = Unit("руб./кВт·ч", "RUB/kWh", 1 / 3.6e6, digits=3)
PER_JOULE = Unit("руб./Дж", "RUB/J", 1.0, digits=12)
MPA_STRESS = Unit("МПа", "MPa", 1e6, digits=0)

MILLIDARCY = Unit("мД", "md", 9.869233e-16, digits=2)
SQUARE_METRE = Unit("м²", "m²", 1.0, digits=18)
PER_MPA = Unit("м³/сут/МПа", "m³/d/MPa", 1 / DAY_S / 1e6, digits=2)
PER_PA = Unit("м³/с/Па", "m³/s/Pa", 1.0, digits=15)
PER_PSI = Unit("bbl/d/psi", "bbl/d/psi", BARREL_M3 / DAY_S / 6_894.757293168, digits=3)
STORAGE_MPA = Unit("м³/МПа", "m³/MPa", 1e-6, digits=4)
STORAGE_PA = Unit("м³/Па", "m³/Pa", 1.0, digits=12)
STORAGE_PSI = Unit("bbl/psi", "bbl/psi", BARREL_M3 / 6_894.757293168, digits=4)

SYSTEMS = ("ru_field", "si", "us_field")
# quantity → (RU field, SI, US field)
_TABLE: dict[str, tuple[Unit, Unit, Unit]] = {
    "pressure": (MPA, PA, PSI),
    "surface_pressure": (ATM, PA, PSI),
    "temperature": (CELSIUS, KELVIN, FAHRENHEIT),
    "temperature_step": (KELVIN_STEP, KELVIN_STEP, FAHRENHEIT_STEP),
    "rate": (M3_PER_DAY, M3_PER_S, BBL_PER_DAY),
    "mass_rate": (T_PER_DAY, KG_PER_S, T_PER_DAY),
    "length": (METRE, METRE, FOOT),
    "small_length": (MILLIMETRE, METRE, INCH),
    "load": (KILONEWTON, NEWTON, POUND_FORCE),
    "power": (KILOWATT, WATT, HORSEPOWER),
    "current": (AMPERE, AMPERE, AMPERE),
    "voltage": (VOLT, VOLT, VOLT),
    "frequency": (HERTZ, HERTZ, HERTZ),
    "resistance": (KILOOHM, OHM, KILOOHM),
    "acceleration": (G_FORCE, M_PER_S2, G_FORCE),
    "ratio": (PERCENT, FRACTION, PERCENT),
    "number": (PLAIN, PLAIN, PLAIN),
    "pumping_speed": (PER_MINUTE, PER_MINUTE, PER_MINUTE),
    "density": (DENSITY, DENSITY, DENSITY),
    "viscosity": (VISCOSITY, VISCOSITY, VISCOSITY),
    "mass_concentration": (MG_PER_L, MG_PER_L, MG_PER_L),
    "duration": (DAYS, DAYS, DAYS),
    "hours": (HOURS, HOURS, HOURS),
    "torque": (KILONEWTON_METRE, KILONEWTON_METRE, KILONEWTON_METRE),
    "permeability": (MILLIDARCY, SQUARE_METRE, MILLIDARCY),
    "productivity": (PER_MPA, PER_PA, PER_PSI),
    "storage": (STORAGE_MPA, STORAGE_PA, STORAGE_PSI),
    "stress": (MPA_STRESS, PA, PSI),
    "volume": (CUBIC_METRE, CUBIC_METRE, BARREL),
    "mass": (TONNE, KILOGRAM, TONNE),
    "gas_ratio": (GAS_RATIO, GAS_RATIO, GAS_RATIO),
    "angle": (DEGREE, RADIAN, DEGREE),
    "linear_mass": (KG_PER_M, KG_PER_M, LB_PER_FT),
    "speed": (M_PER_S, M_PER_S, M_PER_S),
    "seconds": (SECOND, SECOND, SECOND),
    "energy": (KILOWATT_HOUR, JOULE, KILOWATT_HOUR),
    "money": (THOUSAND_ROUBLES, ROUBLE, THOUSAND_ROUBLES),
    "tariff": (PER_KILOWATT_HOUR, PER_JOULE, PER_KILOWATT_HOUR),
}
QUANTITIES = tuple(_TABLE)


@dataclass(frozen=True)
class UnitSystem:
    """One of SYSTEMS; `technical_atmosphere` makes the field's "атм" 98,066.5 Pa (kgf/cm²)."""

    name: str = "ru_field"
    technical_atmosphere: bool = False

    def unit(self, quantity: str) -> Unit:
        unit = _TABLE[quantity][SYSTEMS.index(self.name)]
        return AT if unit is ATM and self.technical_atmosphere else unit


def stored_unit(quantity: str) -> Unit:
    """The SI unit that values are kept in, for files that hold them as they are."""
    unit = _TABLE[quantity][1]
    return PER_SECOND if unit is PER_MINUTE else unit


def quantity_units(quantity: str) -> tuple[Unit, ...]:
    return _TABLE[quantity]
