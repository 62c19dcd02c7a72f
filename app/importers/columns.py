"""Which column is what: headers to time, well, sensor, value or a sensor code, with the unit named in brackets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import KnownError
from app.core.units import Unit, find_unit, quantity_units
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor

TIME = (
    "time",
    "timestamp",
    "datetime",
    "date",
    "ts",
    "время",
    "дата",
    "дата/время",
    "дата и время",
    "дата время",
)
WELL = ("well", "well_id", "скважина", "скв", "скв.", "№ скв", "№ скважины")
SENSOR = ("sensor", "tag", "parameter", "параметр", "датчик", "тег", "sensor_type")
VALUE = ("value", "значение", "знач")
UNIT = ("unit", "ед.", "ед. изм.", "единица", "единицы")
QUALITY = ("quality", "качество")
ROLES = {"time": TIME, "well": WELL, "sensor": SENSOR, "value": VALUE, "unit": UNIT, "quality": QUALITY}


@dataclass(frozen=True)
class Column:
    """`field` is a role (time, well, …) or a sensor code; `unit` what its header names."""

    header: str
    index: int
    field: str
    unit: Unit | None = None


def split_unit(header: str) -> tuple[str, str | None]:
    """`Рпр, МПа` and `Рпр (МПа)` and `Рпр [МПа]` → ("рпр", "МПа")."""
    text = unicodedata.normalize("NFKC", header).replace("\n", " ").strip().lower().replace("ё", "е")
    bracket = re.search(r"[\(\[]([^\)\]]+)[\)\]]\s*$", text)
    if bracket and (find_unit(bracket.group(1)) is not None):
        return text[: bracket.start()].strip(" ,"), bracket.group(1)
    name, comma, tail = text.rpartition(",")
    if comma and find_unit(tail) is not None:
        return name.strip(), tail.strip()
    return text, None


def find_sensor(name: str) -> Sensor | None:
    """By code, name or synonym, in either language."""
    wanted = name.strip().lower().replace("ё", "е")
    for sensor in SENSORS:
        names = (sensor.key, sensor.ru.lower().replace("ё", "е"), sensor.en.lower(), *sensor.synonyms)
        if wanted in names:
            return sensor
    return None


def assign(path: Path, headers: list[str], mapping: dict[str, str]) -> list[Column]:
    """Raises KnownError for a mapping that names no column or no field. Unknown columns are left out."""
    for column, field in mapping.items():
        if column not in headers:
            raise KnownError("mapping_column", file=str(path), column=column, known=", ".join(headers))
        if field not in ROLES and field not in SENSORS:
            raise KnownError("mapping_field", file=str(path), column=column, field=field)
    result: list[Column] = []
    for index, header in enumerate(headers):
        name, unit_text = split_unit(header)
        unit = find_unit(unit_text) if unit_text else None
        if header in mapping:
            result.append(Column(header, index, mapping[header], unit))
            continue
        role = next((role for role, names in ROLES.items() if name in names), None)
        sensor = find_sensor(name)
        if role is not None:
            result.append(Column(header, index, role, unit))
        elif sensor is not None:
            result.append(Column(header, index, sensor.key, unit))
    seen: dict[str, str] = {}
    for found in result:
        if found.field in seen:
            raise KnownError("column_twice", file=str(path), field=found.field, first=seen[found.field], second=found.header)  # fmt: skip
        seen[found.field] = found.header
    return result


def unit_for(column_unit: Unit | None, sensor: Sensor) -> Unit:
    """The header's unit, else the field's own (MPa, °C, …): files without units are written by field systems."""
    return column_unit if column_unit is not None else quantity_units(sensor.quantity)[0]
