"""What a well is beside what is measured and done at it: where it stands, what it takes from the grid, what
its controller cried.
"""

from app.models.kinds.spec import NOTE, Field, Kind

LOCATION = Kind(
    "location",
    "locations",
    "located_at",
    (
        Field("latitude_deg", "Широта, °", "Latitude, °", minimum=-90, maximum=90),
        Field("longitude_deg", "Долгота, °", "Longitude, °", minimum=-180, maximum=180),
        Field("x_m", "X", "X", quantity="length", minimum=-1e8, maximum=1e8),
        Field("y_m", "Y", "Y", quantity="length", minimum=-1e8, maximum=1e8),
        Field("altitude_m", "Альтитуда", "Altitude", quantity="length", minimum=-500, maximum=6000),
        Field("coordinate_system", "Система координат", "Coordinate system", "text"),
        NOTE,
    ),
    "Координаты",
    "Coordinates",
)

ENERGY = Kind(
    "energy",
    "energy_uses",
    "used_at",
    (
        Field(
            "energy_period",
            "Период",
            "Period",
            "choice",
            choices=("day", "month"),
            header="period",
            default="day",
        ),
        Field(
            "energy_j",
            "Расход электроэнергии",
            "Electricity used",
            quantity="energy",
            minimum=0,
            maximum=1e14,
            required=True,
        ),
        Field("tariff_per_j", "Тариф", "Tariff", quantity="tariff", minimum=0, maximum=1e-3),
        Field("energy_cost", "Стоимость", "Cost", quantity="money", minimum=0, maximum=1e12),
        NOTE,
    ),
    "Электроэнергия",
    "Electricity",
    same=("energy_period",),
)

ALARM = Kind(
    "alarm",
    "alarms",
    "raised_at",
    (
        Field("alarm_tag", "Тег", "Tag", "text", required=True),
        Field("priority", "Приоритет", "Priority", "text"),
        Field("alarm_state", "Состояние", "State", "text"),
        Field("message", "Сообщение", "Message", "text", long=True),
    ),
    "Авария контроллера",
    "Alarm",
    until="cleared_at",
    same=("alarm_tag", "alarm_state"),
)

KINDS = (LOCATION, ENERGY, ALARM)
