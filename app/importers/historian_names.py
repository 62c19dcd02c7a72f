"""Tables of historians and loggers whose columns have names of their own: `_time, _value, _field`,
`_NAME, _VALUE, _TIMESTAMP` of a data logger, `Timestamp, Value, UnitsAbbreviation` of a service of one,
`VarName, TimeString, VarValue` of a panel.
"""

from __future__ import annotations

from app.importers.numbers import texts_of
from app.importers.sheets import SAMPLE, Sheet, column_name

_EXPORTS = (
    {
        "_time": "time",
        "_value": "value",
        "_field": "sensor",
        "_measurement": "",
        "_start": "",
        "_stop": "",
        "result": "",
        "table": "",
    },
    {"_timestamp": "time", "_value": "value", "_name": "sensor", "_quality": "quality", "_numericid": ""},
    {
        "timestamp": "time",
        "value": "value",
        "unitsabbreviation": "unit",
        "name": "sensor",
        "good": "quality",
        "questionable": "",
        "substituted": "",
        "annotated": "",
        "webid": "",
        "items of unitsabbreviation": "",
    },
    {
        "ip_trend_time": "time",
        "ip_trend_value": "value",
        "name": "sensor",
        "ip_trend_qstatus": "quality",
        "ip_trend_qlevel": "",
    },
    {
        "site.service::point id": "sensor",
        "value": "value",
        "date/time": "time",
        "units": "unit",
        "status": "quality",
    },
    {
        "phenomenontime": "time",
        "result": "value",
        "name": "sensor",
        "unitofmeasurement.symbol": "unit",
        "unitofmeasurement.name": "",
        "unitofmeasurement.definition": "",
        "resulttime": "",
    },
    {"timestring": "time", "varvalue": "value", "varname": "sensor", "validity": "quality", "time_ms": ""},
)
"""Header → what it is, empty for what is none of ours; the first three are what such a table is known by."""


def fixed(sheet: Sheet) -> dict[str, str]:
    """The table's own headers → what they are; empty where it is no such table."""
    headers = {header.strip().lower(): header for header in sheet.headers if header}
    for export in _EXPORTS:
        if set(list(export)[:3]) <= set(headers):
            found = {headers[name]: key for name, key in export.items() if name in headers}
            return _by_measurement(sheet, found, headers)
    return {}


def _by_measurement(sheet: Sheet, found: dict[str, str], headers: dict[str, str]) -> dict[str, str]:
    """A field that is called `value` says nothing: the measurement does. Between two tables the header stands
    once more.
    """
    field, measurement = headers.get("_field", ""), headers.get("_measurement", "")
    if not field or not measurement:
        return found
    index = sheet.headers.index(field)
    said = texts_of(sheet.table.column(column_name(index)).slice(0, SAMPLE)).unique().to_pylist()
    return {**found, field: "", measurement: "sensor"} if set(said) <= {"value", field, "", None} else found
