"""What was run into the well, from its run to its pull: hole, tubing, pump, and what the other lifts have."""

from app.models.kinds.spec import Field, Group, Kind
from app.models.wells import ESP, FLOWING, GAS_LIFT, INJECTION, JET, PCP, SRP

PUMPED = (ESP, SRP, PCP, JET)

_RUN = Group("run")
_HOLE = Group("hole", place=("hole",))
_TUBING = Group("tubing", place=("tubing",))
_PUMP = Group("pump", PUMPED, ("pump",))
_PLUNGER = Group("plunger", (SRP,), ("pump",))
_ROD_PUMP = Group("plunger", (SRP,), ("rod_pump",))
_ESP = Group("esp", (ESP,), ("esp",))
_ELECTRIC = Group("motor", (ESP, PCP))
_MOTOR = Group("motor", (ESP, PCP), ("esp",))
_PCP = Group("pcp", (PCP,), ("pcp",))
_JET = Group("jet", (JET,), ("jet",))
_GAS_LIFT = Group("gas_lift", (GAS_LIFT,), ("gas_lift",))
_NOMINAL = Group("pump", (ESP, PCP), ("pump",))
_CHOKE = Group("run", (FLOWING, GAS_LIFT, INJECTION))
_INJECTED = Group("injection", (GAS_LIFT, INJECTION), ("injection",))

CURVE_POINT = (
    Field("flow_m3_per_s", "Подача", "Flow", quantity="rate", minimum=0, maximum=0.1, required=True),
    Field("head_m", "Напор", "Head", quantity="length", minimum=0, maximum=6000, required=True),
    Field("power_w", "Мощность на валу", "Shaft power", quantity="power", minimum=0, maximum=2e6),
    Field("efficiency", "КПД", "Efficiency", quantity="ratio", minimum=0, maximum=1),
)
STRING_PUMP = (
    Field("pump_type", "Типоразмер", "Pump type", "text", required=True),
    Field("stages", "Число ступеней", "Stages", minimum=1, maximum=1000, required=True),
)
GAS_LIFT_VALVE = (
    Field(
        "depth_m",
        "Глубина",
        "Depth",
        quantity="length",
        minimum=1,
        maximum=6000,
        required=True,
        header="valve_depth",
    ),
    Field("port_m", "Диаметр седла", "Port", quantity="small_length", minimum=0.001, maximum=0.05),
    Field(
        "opening_pressure_pa",
        "Давление открытия",
        "Opening pressure",
        quantity="pressure",
        minimum=0,
        maximum=50e6,
    ),
)

SERIAL = (
    Field("item", "Узел", "Item", "text", required=True),
    Field("serial", "Номер", "Number", "text", required=True),
)

INSTALLATION = Kind(
    "installation",
    "installations",
    "run_at",
    (
        _RUN.text("pump_name", "Насос", "Pump", header="pump_name", lifts=PUMPED),
        _RUN.text("pump_type", "Типоразмер", "Pump type", header="pump_type", lifts=PUMPED),
        _PUMP.number(
            "depth_m",
            "Глубина спуска",
            "Setting depth",
            "length",
            50,
            5000,
            usual=(800, 3000),
            header="pump_depth",
        ),
        _PUMP.number(
            "depth_tvd_m", "Глубина спуска по вертикали", "Setting depth, vertical", "length", 50, 5000
        ),
        _NOMINAL.number("rated_flow_m3_per_s", "Номинальная подача", "Rated flow", "rate", 0, 0.05),
        _NOMINAL.number("rated_head_m", "Номинальный напор", "Rated head", "length", 0, 6000),
        _PLUNGER.number(
            "plunger_diameter_m",
            "Диаметр плунжера",
            "Plunger diameter",
            "small_length",
            0.02,
            0.15,
            header="plunger_diameter",
        ),
        _ROD_PUMP.number("plunger_length_m", "Длина плунжера", "Plunger length", "length", 0.3, 5),
        _ROD_PUMP.number(
            "plunger_clearance_m", "Зазор плунжера", "Plunger clearance", "small_length", 0, 1e-3
        ),
        _ROD_PUMP.number("barrel_length_m", "Длина цилиндра", "Barrel length", "length", 0.5, 15),
        _TUBING.number(
            "tubing_outer_diameter_m",
            "НКТ, наружный диаметр",
            "Tubing, outer diameter",
            "small_length",
            0.02,
            0.2,
            "outer_diameter_m",
        ),
        _TUBING.number(
            "tubing_inner_diameter_m",
            "НКТ, внутренний диаметр",
            "Tubing, inner diameter",
            "small_length",
            0.015,
            0.19,
            "inner_diameter_m",
        ),
        _TUBING.number("tubing_depth_m", "Глубина спуска НКТ", "Tubing depth", "length", 50, 6000, "depth_m"),
        _TUBING.flag("tubing_anchored", "НКТ заякорены", "Tubing anchored", "anchored", lifts=(SRP,)),
        _HOLE.number(
            "casing_diameter_m",
            "Колонна, наружный диаметр",
            "Casing, outer diameter",
            "small_length",
            0.08,
            0.4,
            header="casing_diameter",
        ),
        _HOLE.number(
            "casing_inner_diameter_m",
            "Колонна, внутренний диаметр",
            "Casing, inner diameter",
            "small_length",
            0.06,
            0.39,
        ),
        _HOLE.number(
            "casing_shoe_m", "Башмак колонны", "Casing shoe", "length", 50, 6000, header="casing_shoe"
        ),
        _HOLE.number("packer_m", "Пакер", "Packer", "length", 50, 6000),
        _HOLE.number(
            "perforation_top_m",
            "Верх перфорации",
            "Top of perforations",
            "length",
            50,
            6000,
            header="perforation_top",
        ),
        _HOLE.number(
            "perforation_bottom_m",
            "Низ перфорации",
            "Bottom of perforations",
            "length",
            50,
            6000,
            header="perforation_bottom",
        ),
        Field(
            "stages",
            "Число ступеней",
            "Stages",
            minimum=1,
            maximum=1000,
            header="stages",
            path=("stages",),
            group="esp",
            lifts=(ESP,),
        ),
        _ESP.rows("pumps", "Насосы сборки", "Pumps of the string", *STRING_PUMP),
        _ESP.rows("curve", "Паспортная характеристика", "Curve of its own", *CURVE_POINT),
        _ESP.number(
            "curve_frequency_hz", "Частота характеристики", "Frequency of the curve", "frequency", 20, 90
        ),
        _ESP.number("curve_stages", "Ступеней у характеристики", "Stages of the curve", "number", 1, 1000),
        _ESP.text("separator", "Газосепаратор", "Gas separator"),
        _ESP.number("separator_efficiency", "Сепарация", "Separation", "ratio", 0, 1),
        _ESP.text("seal", "Гидрозащита", "Seal"),
        _ELECTRIC.text("motor", "Двигатель", "Motor", header="motor"),
        _ELECTRIC.number(
            "rated_power_w", "Мощность двигателя", "Motor power", "power", 1e3, 1e6, header="rated_power"
        ),
        _ELECTRIC.number(
            "rated_current_a", "Номинальный ток", "Rated current", "current", 1, 400, header="rated_current"
        ),
        _MOTOR.number("motor_voltage_v", "Номинальное напряжение", "Rated voltage", "voltage", 100, 6000),
        _MOTOR.number(
            "motor_temperature_limit_k", "Предел температуры", "Temperature limit", "temperature", 323, 573
        ),
        _MOTOR.text("cable", "Кабель", "Cable"),
        _MOTOR.number("cable_length_m", "Длина кабеля", "Cable length", "length", 10, 6000),
        _MOTOR.number("cable_temperature_limit_k", "Предел кабеля", "Cable limit", "temperature", 323, 573),
        _MOTOR.text("transformer", "Трансформатор", "Transformer"),
        _MOTOR.number("gauge_depth_m", "Глубина датчика", "Gauge depth", "length", 50, 6000),
        _PCP.number("displacement_m3", "Объём на оборот", "Displacement a turn", "volume", 1e-6, 0.01),
        _PCP.number("highest_speed_per_s", "Наибольшие обороты", "Highest speed", "pumping_speed", 0.1, 20),
        _PCP.number("speed_per_s", "Частота вращения", "Speed", "pumping_speed", 0.1, 60),
        _JET.number("nozzle_m", "Диаметр сопла", "Nozzle", "small_length", 0.001, 0.03),
        _JET.number("throat_m", "Диаметр камеры смешения", "Throat", "small_length", 0.001, 0.05),
        _JET.number(
            "power_fluid_pressure_pa",
            "Давление рабочей жидкости",
            "Power-fluid pressure",
            "pressure",
            0,
            100e6,
        ),
        _JET.number("power_fluid_m3_per_s", "Расход рабочей жидкости", "Power-fluid rate", "rate", 0, 0.05),
        _CHOKE.number("choke_m", "Диаметр штуцера", "Choke", "small_length", 0.0005, 0.1, header="choke"),
        _INJECTED.number("injection_m3_per_s", "Расход закачки", "Injection rate", "rate", 0, 10),
        _INJECTED.number(
            "injection_pressure_pa", "Давление закачки", "Injection pressure", "pressure", 0, 70e6
        ),
        _GAS_LIFT.rows("valves", "Газлифтные клапаны", "Gas-lift valves", *GAS_LIFT_VALVE),
        _RUN.text("supplier", "Поставщик", "Supplier", header="supplier"),
        _RUN.text("pulled_because", "Причина подъёма", "Pulled because of", header="pulled_because"),
        _RUN.flag("failed", "Отказ", "Failure", header="failed"),
        _RUN.text("failed_item", "Отказавший узел", "Failed item", header="failed_item", lifts=PUMPED),
        _RUN.text(
            "failure_cause", "Причина отказа", "Cause of failure", header="failure_cause", lifts=PUMPED
        ),
        _RUN.rows("serials", "Заводские номера", "Serial numbers", *SERIAL, lifts=PUMPED),
        _RUN.text("equipment_note", "Примечание", "Note", long=True),
    ),
    "Смена оборудования",
    "Equipment change",
    until="pulled_at",
    packed="equipment",
    joins=True,
)

RUN_AT = frozenset(
    ("speed_per_s", "power_fluid_pressure_pa", "power_fluid_m3_per_s", "choke_m", "injection_m3_per_s")
) | {"injection_pressure_pa"}
"""How it is run: told beside the equipment, alone no change of it."""

KINDS = (INSTALLATION,)
