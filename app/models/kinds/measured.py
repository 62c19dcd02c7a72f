"""What is measured at the well: flow tests, fluid levels, tests of the pump's valves, laboratory results."""

from app.core.units import DAY_S
from app.models.kinds.lab import PARAMETERS
from app.models.kinds.spec import NOTE, Field, Kind

FLOW_TEST = Kind(
    "flow_test", "flow_tests", "taken_at",
    (
        Field("duration_s", "Длительность", "Duration", quantity="hours", minimum=60, maximum=14 * DAY_S, usual=(3600, DAY_S), header="test_duration", required=True, default=4 * 3600.0),
        Field("liquid_m3_per_s", "Дебит жидкости", "Liquid rate", quantity="rate", minimum=0, maximum=2500 / DAY_S, usual=(1 / DAY_S, 600 / DAY_S), header="liquid_rate", required=True),
        Field("water_cut", "Обводнённость", "Water cut", quantity="ratio", minimum=0, maximum=1),
        Field("oil_kg_per_s", "Дебит нефти", "Oil rate", quantity="mass_rate", minimum=0, maximum=1500e3 / DAY_S, header="oil_rate"),
        Field("gas_m3_per_s", "Дебит газа", "Gas rate", quantity="rate", minimum=0, maximum=1e6 / DAY_S, header="gas_rate"),
        Field("line_pressure_pa", "Линейное давление", "Line pressure", quantity="surface_pressure", minimum=0, maximum=6e6, header="line_pressure"),
        Field("valid", "Замер достоверен", "Valid", "flag", default=True),
        NOTE,
    ),
    "Замер дебита", "Flow test",
)  # fmt: skip

FLUID_LEVEL = Kind(
    "fluid_level", "fluid_levels", "taken_at",
    (
        Field("level", "Уровень", "Level", "choice", choices=("dynamic", "static"), required=True, default="dynamic"),
        Field("level_m", "Глубина уровня", "Depth to fluid", quantity="length", minimum=0, maximum=4000, usual=(50, 2500), header="dynamic_level", required=True),
        Field("casing_pressure_pa", "Затрубное давление", "Annulus pressure", quantity="surface_pressure", minimum=0, maximum=25e6, usual=(0.0, 4e6), header="annulus_pressure"),
        Field("sound_speed_m_per_s", "Скорость звука в газе", "Speed of sound in the gas", quantity="speed", minimum=150, maximum=600, usual=(250, 450), header="sound_speed"),
        NOTE,
    ),
    "Уровень жидкости", "Fluid level", same=("level",),
)  # fmt: skip

VALVE_TEST = Kind(
    "valve_test", "valve_tests", "taken_at",
    (
        Field("valve", "Клапан", "Valve", "choice", choices=("travelling", "standing"), required=True, default="travelling"),
        Field("load_start_n", "Нагрузка в начале", "Load at the start", quantity="load", minimum=0, maximum=200e3, usual=(5e3, 120e3), required=True),
        Field("load_end_n", "Нагрузка в конце", "Load at the end", quantity="load", minimum=0, maximum=200e3, usual=(5e3, 120e3), required=True),
        Field("duration_s", "Время теста", "Duration", quantity="seconds", minimum=1, maximum=3600, usual=(5, 120), header="test_duration", required=True, default=15.0),
        NOTE,
    ),
    "Тест клапанов", "Valve test", same=("valve",),
)  # fmt: skip

LAB_RESULT = Kind(
    "lab_result", "lab_results", "sampled_at",
    (
        Field("parameter", "Показатель", "Parameter", "choice", choices=tuple(parameter.key for parameter in PARAMETERS), required=True, header="parameter"),
        Field("value", "Значение", "Value"),
        Field("unit", "Единица", "Unit", "text", required=False),
        Field("qualifier", "Отметка", "Qualifier", "text"),
        Field("method", "Метод", "Method", "text"),
        Field("sample", "Проба №", "Sample no.", "text", header="sample"),
        Field("point", "Место отбора", "Sampling point", "text", header="sampling_point"),
        Field("lab", "Лаборатория", "Laboratory", "text", header="laboratory"),
        NOTE,
    ),
    "Анализ пробы", "Lab result", same=("parameter", "sample", "point"), attaches=True,
)  # fmt: skip

KINDS = (FLOW_TEST, FLUID_LEVEL, VALVE_TEST, LAB_RESULT)
