"""What a record may hold: its fields by their kind, within the limits of app/models/limits. Form, journal and
centre ask here; importers ask it cell by cell.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.core.plain import Json
from app.models import limits
from app.models.kinds.lab import PARAMETERS
from app.models.kinds.spec import Field, Kind
from app.models.records import Record
from app.models.values import Values, is_number


def checked(kind: Kind, record: Record, *, complete: bool = True) -> Record:
    """As it may be kept and sent: texts clean, numbers plain. Raises KnownError that names the field."""
    return replace(
        record,
        at=limits.moment(record.at, kind.at),
        until=None if record.until is None else limits.moment(record.until, kind.until or "until"),
        values=checked_values(kind, record.values, complete=complete),
    )


def checked_values(kind: Kind, values: object, *, complete: bool = True) -> Values:
    """`complete`: what is required must be there. Raises KnownError (value_*, field_*, text_too_long)."""
    if not isinstance(values, dict) or len(values) > limits.MOST_VALUES:
        raise KnownError("value_wrong", field="values", value="…")
    fields = kind.by_key
    for key in values:
        if key not in fields:
            raise KnownError("field_unknown", field=limits.shown(key))
    found = {
        key: None if value is None else checked_value(of_values(fields[key], values), value)
        for key, value in values.items()
    }
    for field in kind.fields:
        if complete and field.required and found.get(field.key) in (None, ""):
            raise KnownError("field_missing", field=field.key)
    return found


def fits(kind: Kind, values: Values) -> bool:
    """Whether each is of the sort that its field is, whatever its limits, which another program may have
    wider: it can be kept, shown and reckoned with.
    """
    return all(_is_of(field, values.get(field.key)) for field in kind.fields)


def _is_of(field: Field, value: object) -> bool:
    if value is None or value == "":
        return not field.required or field.default is not None
    if field.type == "number":
        return is_number(value) and (isinstance(value, float) or abs(value) < 1 << 53)
    if field.type == "flag":
        return isinstance(value, bool)
    if field.type == "rows":
        rows = value if isinstance(value, list) else [None]
        return all(isinstance(row, dict) and _row_fits(field, row) for row in rows)
    if not isinstance(value, str):
        return False
    return field.type != "time" or _is_moment(value)


def _row_fits(field: Field, row: Values) -> bool:
    return all(_is_of(cell, row[cell.key]) for cell in field.cells if row.get(cell.key) not in (None, ""))


def _is_moment(told: str) -> bool:
    try:
        parse_time(told)
    except ValueError:
        return False
    return True


def of_values(field: Field, values: Values) -> Field:
    """A laboratory's figure has the limits of its parameter, in the unit that results are kept in."""
    parameter = values.get("parameter")
    if field.key != "value" or not isinstance(parameter, str) or parameter not in PARAMETERS:
        return field
    known = PARAMETERS[parameter]
    if values.get("unit") not in (None, "", known.unit):
        return field
    return replace(field, minimum=known.minimum, maximum=known.maximum)


def checked_value(field: Field, value: object) -> Json:
    """Raises KnownError (value_wrong, value_out_of_limits, text_too_long)."""
    if field.type == "number":
        return limits.number(value, field.key, field.minimum, field.maximum)
    if field.type == "rows":
        return checked_rows(field, value)
    if field.type == "flag":
        if not isinstance(value, bool | np.bool_):
            raise KnownError("value_wrong", field=field.key, value=limits.shown(value))
        return bool(value)
    if field.type == "time":
        return iso(limits.moment(value, field.key))
    text = limits.text(value, field.key, lines=field.long)
    if field.type == "choice" and text and (text not in field.choices or len(text) > limits.LONGEST_CHOICE):
        raise KnownError("value_wrong", field=field.key, value=limits.shown(text))
    return text


def checked_rows(field: Field, value: object) -> list[Values]:
    """A table inside a record, each row by its cells; an empty cell is not there. Raises KnownError (rows_*,
    or what is wrong with a cell, with the number of its row).
    """
    if not isinstance(value, list | tuple):
        raise KnownError("value_wrong", field=field.key, value=limits.shown(value))
    if len(value) > limits.MOST_ROWS:
        raise KnownError("rows_too_many", field=field.key, count=len(value), most=limits.MOST_ROWS)
    return [_checked_row(field, number, row) for number, row in enumerate(value, 1)]


def _checked_row(field: Field, number: int, row: object) -> Values:
    if not isinstance(row, dict):
        raise KnownError("value_wrong", field=f"{field.key} {number}", value=limits.shown(row))
    cells = {cell.key: cell for cell in field.cells}
    kept: Values = {}
    for key, value in row.items():
        if key not in cells:
            raise KnownError("field_unknown", field=limits.shown(f"{field.key} {number} {key}"))
        if value is None or value == "":
            continue
        kept[key] = checked_value(replace(cells[key], key=f"{field.key} {number}: {key}"), value)
    for cell in field.cells:
        if cell.required and cell.key not in kept:
            raise KnownError("field_missing", field=f"{field.key} {number}: {cell.key}")
    return kept
