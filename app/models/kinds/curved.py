"""Curves that an integrated model (PIPESIM, PROSPER, …) gave for a well: what the reservoir gives, what the
tubing needs, what gas brings.
"""

from app.models.kinds.spec import NOTE, Field, Group, Kind

_CURVE = Group("model_curve")
DEEPEST_M = 15_000
CURVES = IPR, VLP, GAS_LIFT = "ipr", "vlp", "gas_lift_curve"
"""Pressures over the liquid rate, for each lift gas where there are several; the rate over lift gas."""

POINT = (
    Field(
        "liquid_m3_per_s",
        "Дебит жидкости",
        "Liquid rate",
        quantity="rate",
        minimum=0,
        maximum=0.3,
        required=True,
        header="liquid_rate",
    ),
    Field(
        "pressure_pa",
        "Давление",
        "Pressure",
        quantity="pressure",
        minimum=0,
        maximum=150e6,
        header="curve_pressure",
    ),
    Field(
        "gas_m3_per_s",
        "Газ лифта",
        "Lift gas",
        quantity="rate",
        minimum=0,
        maximum=100,
        header="gas_injected",
    ),
)

MODEL_CURVE = Kind(
    "model_curve",
    "model_curves",
    "valid_at",
    (
        Field("model", "Модель", "Model", "text", required=True, header="model_name"),
        Field("version", "Версия", "Version", "text", header="model_version"),
        Field("scenario", "Сценарий", "Scenario", "text", header="scenario"),
        Field("author", "Автор", "Author", "text", header="model_author"),
        Field("curve", "Кривая", "Curve", "choice", choices=CURVES, said="model_curve", required=True),
        _CURVE.rows("points", "Точки", "Points", *POINT, required=True),
        _CURVE.number(
            "depth_m",
            "Глубина давлений",
            "Depth of the pressures",
            "length",
            0,
            DEEPEST_M,
            header="node_depth",
        ),
        _CURVE.number(
            "wellhead_pressure_pa",
            "Буферное давление",
            "Wellhead pressure",
            "surface_pressure",
            0,
            70e6,
            header="wellhead_pressure",
        ),
        _CURVE.number("water_cut", "Обводнённость", "Water cut", "ratio", 0, 1, header="water_cut"),
        NOTE,
    ),
    "Кривая модели",
    "Curve of a model",
    same=("model", "version", "scenario", "curve"),
    packed="body",
)

KINDS = (MODEL_CURVE,)
