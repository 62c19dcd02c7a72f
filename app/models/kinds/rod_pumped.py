"""What a rod-pumped well has beside its pump: the rod string and the pumping unit, each from the day on which
it was put in.
"""

from app.models.kinds.spec import Field, Group, Kind
from app.models.wells import SRP

_STRING = Group("rods", (SRP,))
_UNIT = Group("unit", (SRP,))
_GEOMETRY = Group("geometry", (SRP,))
_BALANCE = Group("balance", (SRP,))

GEOMETRIES = ("conventional", "mark2", "air_balanced", "reverse_mark", "belt", "hydraulic")
ROTATIONS = ("clockwise", "counter_clockwise")
API_DIMENSIONS = "ACGHIKPR"

ROD_SECTION = (
    Field(
        "length_m",
        "Длина",
        "Length",
        quantity="length",
        minimum=0.3,
        maximum=4000,
        required=True,
        header="rod_length",
    ),
    Field(
        "diameter_m",
        "Диаметр",
        "Diameter",
        quantity="small_length",
        minimum=0.009,
        maximum=0.06,
        required=True,
        header="rod_diameter",
    ),
    Field("part", "Вид", "Part", "choice", choices=("rods", "sinker_bars", "polished_rod"), default="rods"),
    Field("grade", "Марка", "Grade", "text", header="rod_grade"),
    Field(
        "mass_kg_per_m",
        "Масса с муфтами",
        "Mass with couplings",
        quantity="linear_mass",
        minimum=0.1,
        maximum=30,
    ),
    Field("modulus_pa", "Модуль упругости", "Modulus", quantity="stress", minimum=1e9, maximum=4e11),
    Field("wave_speed_m_per_s", "Скорость звука", "Wave speed", quantity="speed", minimum=2000, maximum=7000),
    Field(
        "minimum_tensile_pa",
        "Предел прочности",
        "Minimum tensile",
        quantity="stress",
        minimum=1e8,
        maximum=3e9,
    ),
    Field("service_factor", "Коэффициент среды", "Service factor", minimum=0.1, maximum=1.5),
    Field("couplings", "Муфты", "Couplings", "text"),
    Field("guides", "Центраторов на штанге", "Guides a rod", minimum=0, maximum=30),
)

ROD_STRING = Kind(
    "rod_string",
    "rod_strings",
    "run_at",
    (
        _STRING.rows("sections", "Секции сверху вниз", "Sections from the top", *ROD_SECTION, required=True),
        _STRING.number(
            "damping_up", "Демпфирование вверх, безразмерное", "Damping up, nondimensional", "number", 0, 10
        ),
        _STRING.number(
            "damping_down",
            "Демпфирование вниз, безразмерное",
            "Damping down, nondimensional",
            "number",
            0,
            10,
        ),
        _STRING.text("note", "Примечание", "Note", long=True),
    ),
    "Колонна штанг",
    "Rod string",
    until="pulled_at",
    packed="body",
    joins=True,
)

PUMPING_UNIT = Kind(
    "pumping_unit",
    "pumping_units",
    "set_at",
    (
        _UNIT.text("unit_name", "Станок-качалка", "Pumping unit", header="unit_name"),
        _UNIT.choice("geometry", "Схема", "Geometry", GEOMETRIES, default="conventional"),
        _UNIT.choice("rotation", "Вращение", "Rotation", ROTATIONS),
        _UNIT.number(
            "stroke_m", "Длина хода", "Stroke", "length", 0.2, 15, usual=(0.6, 6), header="unit_stroke"
        ),
        _UNIT.number(
            "strokes_per_s",
            "Число качаний",
            "Strokes",
            "pumping_speed",
            0.001,
            0.6,
            header="strokes_per_minute",
        ),
        *(
            _GEOMETRY.number(
                f"api_{letter.lower()}_m", f"Размер {letter}", f"Dimension {letter}", "length", 0.01, 20
            )
            for letter in API_DIMENSIONS
        ),
        _BALANCE.number(
            "structural_imbalance_n", "Неуравновешенность", "Structural imbalance", "load", -50e3, 50e3
        ),
        _BALANCE.number(
            "counterbalance_moment_n_m",
            "Наибольший момент противовесов",
            "Maximum counterbalance moment",
            "torque",
            0,
            1e6,
        ),
        _BALANCE.text("counterweights", "Противовесы", "Counterweights"),
        _BALANCE.number("gearbox_rating_n_m", "Момент редуктора", "Gearbox rating", "torque", 500, 1e6),
        _BALANCE.number("beam_rating_n", "Нагрузка на балансир", "Beam rating", "load", 1e3, 500e3),
        _UNIT.text("unit_motor", "Электродвигатель", "Prime mover"),
        _UNIT.number("unit_power_w", "Мощность", "Power", "power", 500, 500e3),
        _UNIT.text("sheaves", "Шкивы", "Sheaves"),
        _UNIT.text("note", "Примечание", "Note", long=True),
    ),
    "Станок-качалка",
    "Pumping unit",
    until="removed_at",
    packed="body",
    joins=True,
)

KINDS = (ROD_STRING, PUMPING_UNIT)
