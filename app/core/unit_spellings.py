"""What files and forms call a unit: the spelling, and what kind of quantity it can be of."""

from __future__ import annotations

import unicodedata

from app.core import units as u
from app.core.units import Unit

_PRESSURE = {
    u.MPA: "мпа mpa",
    Unit("бар", "bar", 1e5, digits=1): "бар bar bara barg",
    u.ATM: "атм atm",
    u.AT: "кгс/см2 кг/см2 kgf/cm2 ат at",
    Unit("кПа", "kPa", 1e3, digits=0): "кпа kpa",
    u.PA: "па pa",
    u.PSI: "psi psia psig",
}
_RATE = {
    u.M3_PER_DAY: "м3/сут м3/с-т м3/день m3/d m3/day sm3/d",
    Unit("тыс. м³/сут", "10³ m³/d", 1_000 / u.DAY_S): "тысм3/сут тыс.м3/сут 10^3m3/d ksm3/d",
    Unit("м³/ч", "m³/h", 1 / 3600): "м3/ч м3/час m3/h",
    u.M3_PER_S: "м3/с m3/s",
    u.BBL_PER_DAY: "bbl/d bpd stb/d bopd blpd баррель/сут",
}
_LENGTH = {
    u.METRE: "м m метр",
    u.MILLIMETRE: "мм mm",
    Unit("см", "cm", 1e-2): "см cm",
    u.FOOT: "ft фут",
    u.INCH: "in дюйм",
}
_SHARE = {
    u.PERCENT: "% проц %об %(об) об% %v/v vol% %масс %мас %(масс) %(мас) масс% %вес wt% %w/w %(об.)",
    u.FRACTION: "дед fraction доли",
}
_CONCENTRATION = {
    u.MG_PER_L: "мг/л мг/дм3 mg/l mg/dm3 г/м3 ppm",
    Unit("г/л", "g/l", 1.0, digits=3): "г/л г/дм3 g/l g/dm3",
    u.KG_PER_M3: "кг/м3 kg/m3",
}
_SPELLED: dict[str, dict[Unit, str]] = {
    "pressure": _PRESSURE,
    "surface_pressure": _PRESSURE,
    "stress": _PRESSURE,
    "temperature": {u.CELSIUS: "°c °с c с degc °ц градc градс", u.KELVIN: "k к", u.FAHRENHEIT: "°f f degf"},
    "rate": _RATE,
    "mass_rate": {
        u.T_PER_DAY: "т/сут t/d t/day",
        u.KG_PER_S: "кг/с kg/s",
        Unit("кг/сут", "kg/d", 1 / u.DAY_S): "кг/сут kg/d",
    },
    "length": _LENGTH,
    "small_length": {u.MILLIMETRE: "мм mm", **_LENGTH},
    "load": {
        u.KILONEWTON: "кн kn",
        u.NEWTON: "н n",
        Unit("кгс", "kgf", u.STANDARD_GRAVITY): "кгс kgf кг",
        Unit("тс", "tf", 1000 * u.STANDARD_GRAVITY): "тс tf т",
        u.POUND_FORCE: "lbf lb lbs",
    },
    "power": {u.KILOWATT: "квт kw", u.WATT: "вт w", u.HORSEPOWER: "hp лс"},
    "current": {u.AMPERE: "а a ампер"},
    "voltage": {u.VOLT: "в v вольт", Unit("кВ", "kV", 1e3): "кв kv"},
    "frequency": {u.HERTZ: "гц hz"},
    "resistance": {
        u.KILOOHM: "ком kohm kω",
        Unit("МОм", "MΩ", 1e6): "мом mohm mω",
        u.OHM: "ом ohm ω",
    },
    "acceleration": {u.G_FORCE: "g", u.M_PER_S2: "м/с2 m/s2"},
    "ratio": _SHARE,
    "pumping_speed": {u.PER_MINUTE: "1/min 1/мин мин-1 кач/мин spm", u.PER_SECOND: "1/s с-1"},
    "density": {
        u.DENSITY: "кг/м3 kg/m3",
        Unit("г/см³", "g/cm³", 1_000.0, digits=3): "г/см3 г/cм3 г/мл т/м3 кг/л g/cm3 g/cc t/m3 sg",
    },
    "viscosity": {
        u.VISCOSITY: "мпа*с мпас мпа·с mpa*s mpas cp сп спз",
        u.PASCAL_SECOND: "па*с пас па·с pa*s",
    },
    "mass_concentration": _CONCENTRATION,
    "duration": {
        u.DAYS: "сут д дн дней d day days",
        u.HOURS: "ч час часы h hr hrs hours",
        u.SECOND: "с сек s sec",
    },
    "hours": {
        u.HOURS: "ч час часы часов h hr hrs hours",
        Unit("мин", "min", 60.0): "мин min minutes",
        u.DAYS: "сут дн d days",
        u.SECOND: "с сек s sec",
    },
    "seconds": {u.SECOND: "с сек s sec", Unit("мин", "min", 60.0): "мин min", u.HOURS: "ч час h"},
    "volume": {
        u.CUBIC_METRE: "м3 m3 sm3 куб",
        Unit("тыс. м³", "10³ m³", 1_000.0): "тысм3 тыс.м3 10^3m3 ksm3",
        u.BARREL: "bbl stb баррель",
        Unit("л", "l", 1e-3): "л l литр",
    },
    "mass": {u.TONNE: "т t тонн tonnes", u.KILOGRAM: "кг kg", Unit("тыс. т", "kt", 1e6): "тыст kt"},
    "gas_ratio": {u.GAS_RATIO: "м3/м3 m3/m3 sm3/sm3 scm/scm"},
    "speed": {u.M_PER_S: "м/с m/s"},
    "productivity": {
        u.PER_MPA: "м3/сут/мпа м3/(сут*мпа) м3/(сут·мпа) m3/d/mpa",
        u.PER_PA: "м3/с/па",
        u.PER_PSI: "bbl/d/psi",
    },
    "permeability": {u.MILLIDARCY: "мд md", u.SQUARE_METRE: "м2 m2"},
    "torque": {u.KILONEWTON_METRE: "кн*м кнм кн·м kn*m knm"},
    "angle": {u.DEGREE: "° град deg градус градусов degrees degree", u.RADIAN: "рад rad"},
    "linear_mass": {u.KG_PER_M: "кг/м kg/m", u.LB_PER_FT: "lb/ft"},
    "energy": {
        u.KILOWATT_HOUR: "квт*ч квтч квт·ч квт-ч kwh kw*h kw·h квт/ч квт*час квтчас квт.ч",
        Unit("МВт·ч", "MWh", 3.6e9): "мвт*ч мвтч мвт·ч mwh тысквт*ч тысквтч",
        Unit("МДж", "MJ", 1e6): "мдж mj",
        u.JOULE: "дж j",
    },
    "money": {
        u.THOUSAND_ROUBLES: "тысруб трруб тр тыср тыс₽",
        u.ROUBLE: "руб р ₽ rub рублей",
        Unit("млн руб.", "RUB M", 1e6): "млнруб млн₽ млнр",
    },
    "tariff": {
        u.PER_KILOWATT_HOUR: "руб/квт*ч руб/квтч руб/квт·ч руб/квт-ч руб ₽/квт*ч ₽/квтч rub/kwh р/квтч",
        Unit("коп./кВт·ч", "kop/kWh", 0.01 / 3.6e6): "коп/квт*ч коп/квтч коп/квт·ч коп",
        Unit("руб./МВт·ч", "RUB/MWh", 1 / 3.6e9): "руб/мвт*ч руб/мвтч руб/мвт·ч rub/mwh",
    },
}
_ANY: dict[str, Unit] = {}
_OF: dict[str, dict[str, Unit]] = {}


def plain(spelling: str) -> str:
    """As the table spells it: lower case, no spaces, plain digits; `м³ / сут.` → `м3/сут`."""
    text = unicodedata.normalize("NFKC", spelling).lower().replace("ё", "е").replace("\u2126", "ω")
    for spelled, meant in (
        (" ", ""),
        ("\n", ""),
        ("²", "2"),
        ("³", "3"),
        ("^", ""),
        ("⁻¹", "-1"),
        ("−", "-"),
        ("⋅", "·"),
    ):
        text = text.replace(spelled, meant)
    return text.strip(".,:;")


for _quantity, _units in _SPELLED.items():
    for _unit, _words in _units.items():
        for _word in _words.split():
            _OF.setdefault(_quantity, {}).setdefault(plain(_word).replace(".", ""), _unit)
            _ANY.setdefault(plain(_word).replace(".", ""), _unit)


def find_unit(spelling: str, quantity: str | None = None) -> Unit | None:
    """The unit that a file means by `spelling`: of any quantity, or of the named one only; None when it is
    not known.
    """
    known = _ANY if quantity is None else _OF.get(quantity, {})
    return known.get(plain(spelling).replace(".", ""))


def usual_units(quantity: str) -> tuple[Unit, ...]:
    """The units a file may mean when it names none, the likeliest first."""
    spelled = _SPELLED.get(quantity)
    first = u.quantity_units(quantity)[0]
    return (first, *(unit for unit in spelled if unit is not first)) if spelled else (first,)
