"""What the well is in and what it lifts: survey, fluid, reservoir, and the pressures at its head."""

from math import pi

from app.models.kinds.spec import Field, Group, Kind

_SURVEY, _FLUID, _RESERVOIR, _HEAD = Group("survey"), Group("fluid"), Group("reservoir"), Group("head")

STATION = (
    Field(
        "measured_depth_m",
        "Глубина по стволу",
        "Measured depth",
        quantity="length",
        minimum=0,
        maximum=15_000,
        required=True,
        header="measured_depth",
    ),
    Field(
        "inclination_rad",
        "Зенитный угол",
        "Inclination",
        quantity="angle",
        minimum=0,
        maximum=pi,
        required=True,
        header="inclination",
    ),
    Field(
        "azimuth_rad",
        "Азимут",
        "Azimuth",
        quantity="angle",
        minimum=0,
        maximum=2 * pi,
        required=True,
        header="azimuth",
    ),
    Field(
        "elevation_m", "Абсолютная отметка", "Elevation", quantity="length", minimum=-15_000, maximum=6_000
    ),
)

SURVEY = Kind(
    "survey",
    "surveys",
    "surveyed_at",
    (
        _SURVEY.rows("stations", "Точки замера", "Stations", *STATION, required=True),
        _SURVEY.text("method", "Прибор", "Instrument"),
        _SURVEY.text("note", "Примечание", "Note", long=True),
    ),
    "Инклинометрия",
    "Survey",
    packed="body",
    joins=True,
)

VISCOSITY_AT = (
    Field(
        "temperature_k",
        "Температура",
        "Temperature",
        quantity="temperature",
        minimum=233,
        maximum=500,
        required=True,
    ),
    Field(
        "viscosity_pa_s",
        "Вязкость",
        "Viscosity",
        quantity="viscosity",
        minimum=1e-5,
        maximum=100,
        required=True,
    ),
)

FLUID = Kind(
    "fluid",
    "fluids",
    "valid_at",
    (
        _FLUID.number("water_cut", "Обводнённость", "Water cut", "ratio", 0, 1, header="water_cut"),
        _FLUID.number(
            "oil_relative_density",
            "Плотность нефти относительно воды",
            "Oil, relative density",
            "number",
            0.6,
            1.1,
            usual=(0.75, 0.98),
        ),
        _FLUID.number(
            "water_relative_density",
            "Плотность воды относительная",
            "Water, relative density",
            "number",
            0.95,
            1.4,
            usual=(1.0, 1.2),
        ),
        _FLUID.number(
            "gas_relative_density", "Плотность газа по воздуху", "Gas, relative density", "number", 0.5, 2.0
        ),
        _FLUID.number("gas_oil_ratio", "Газовый фактор", "Gas-oil ratio", "gas_ratio", 0, 5000),
        _FLUID.number("bubble_point_pa", "Давление насыщения", "Bubble point", "pressure", 0, 70e6),
        _FLUID.number("viscosity_pa_s", "Вязкость жидкости", "Viscosity", "viscosity", 1e-5, 100),
        _FLUID.rows("viscosities", "Вязкость по температуре", "Viscosity by temperature", *VISCOSITY_AT),
        _FLUID.text("note", "Примечание", "Note", long=True),
    ),
    "Свойства жидкости",
    "Fluid",
    packed="body",
    joins=True,
)

RESERVOIR = Kind(
    "reservoir",
    "reservoirs",
    "valid_at",
    (
        _RESERVOIR.number(
            "reservoir_pressure_pa", "Пластовое давление", "Reservoir pressure", "pressure", 1e5, 150e6
        ),
        _RESERVOIR.number("datum_m", "Глубина приведения", "Datum depth", "length", 10, 12_000),
        _RESERVOIR.number(
            "reservoir_temperature_k",
            "Пластовая температура",
            "Reservoir temperature",
            "temperature",
            273,
            523,
        ),
        _RESERVOIR.number(
            "productivity_m3_per_s_pa",
            "Коэффициент продуктивности",
            "Productivity index",
            "productivity",
            0,
            1e-6,
        ),
        _RESERVOIR.text("note", "Примечание", "Note", long=True),
    ),
    "Пласт",
    "Reservoir",
    packed="body",
    joins=True,
)

HEAD_PRESSURES = Kind(
    "head_pressures",
    "head_pressures",
    "taken_at",
    (
        _HEAD.number(
            "tubing_pressure_pa", "Буферное давление", "Tubing-head pressure", "surface_pressure", 0, 35e6
        ),
        _HEAD.number(
            "casing_pressure_pa", "Затрубное давление", "Annulus pressure", "surface_pressure", 0, 25e6
        ),
        _HEAD.text("note", "Примечание", "Note", long=True),
    ),
    "Давления на устье",
    "Wellhead pressures",
    packed="body",
    joins=True,
)

KINDS = (SURVEY, FLUID, RESERVOIR, HEAD_PRESSURES)
