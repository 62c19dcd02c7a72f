"""Entries as a laptop sends them, a record of each kind among them with what is hard to keep."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Engine

from app.core.clock import iso
from app.models.kinds import KINDS
from app.models.kinds.spec import Field
from app.sync.wire import EntryIn, Receipt, WellKey, payload_sha256
from central.accept import accept
from central.stores.devices import Device

AT = datetime(2026, 11, 20, 8, 0, 0, 123456, UTC)
FIELD = "Северное"
VALUES: dict[str, dict[str, Any]] = {
    "flow_test": {
        "liquid_m3_per_s": 0.00123456789012345,
        "duration_s": 14400.0,
        "water_cut": 0.0,
        "valid": False,
        "note": "ё" * 5_000,
    },
    "fluid_level": {"level": "dynamic", "level_m": 1234.5},
    "valve_test": {"valve": "standing", "load_start_n": 50e3, "load_end_n": 49e3, "duration_s": 15.0},
    "lab_result": {"parameter": "ph", "value": 7.25, "unit": "", "qualifier": "<", "method": "ГОСТ"},
    "event": {"kind": "stop", "note": ""},
    "rod_string": {"sections": [{"length_m": 560.1, "diameter_m": 0.022, "grade": "Д"}], "note": ""},
    "pumping_unit": {"unit_name": "СКД8-3-4000", "geometry": "conventional", "api_r_m": 1.2},
    "survey": {"stations": [{"measured_depth_m": 10.5, "inclination_rad": 0.1, "azimuth_rad": 3.0}]},
    "fluid": {"water_cut": 0.123456789012345},
    "reservoir": {"reservoir_pressure_pa": 21.5e6},
    "head_pressures": {"tubing_pressure_pa": 1.1e6},
    "location": {"latitude_deg": 61.25, "longitude_deg": 73.4, "x_m": 500_000.25, "altitude_m": 55.0},
    "energy": {"energy_j": 1200 * 3.6e6, "tariff_per_j": 5.2 / 3.6e6},
    "alarm": {"alarm_tag": "PINT_LOW", "priority": "high", "alarm_state": "UNACK", "message": "low"},
    "task": {"what": "fluid_level", "state": "done", "done_at": "2026-11-20T08:15:00Z", "why": "ё" * 3_000},
    "teardown": {"item": "motor", "serial": "№ 0117/A", "cause": "'; --"},
    "alarm_limit": {"scope": "field", "pen": "motor_temperature", "level": "high", "limit_value": 423.15},
    "alarm_act": {"act": "shelve", "pen": "='; --", "level": "rise", "raised_at": "2026-11-20T08:15:00Z"},
    "workover": {"kind": "current", "state": "planned", "downtime_s": 345_600.0, "cost": 1.25e6},
    "installation": {"pump_name": "ЭЦН5А-80-2100", "depth_m": 2100.0, "failed": True},
    "note": {"text": "'; DROP TABLE wells; --", "author": "O'Brien"},
    "document": {"kind": "act", "title": "Акт № 5 \u202e%_\\"},
    "production": {"period": "day", "oil_m3": 12.5},
    "model_curve": {
        "model": "М1",
        "curve": "ipr",
        "points": [{"liquid_m3_per_s": 0.0, "pressure_pa": 25e6}, {"liquid_m3_per_s": 1e-3}],
    },
    "model_result": {"model": "М1", "quantity": "q", "value": -1e-300},
}


def entry(kind: str = "record", payload: dict[str, Any] | None = None, **more: Any) -> EntryIn:
    payload = payload if payload is not None else record()
    well = WellKey(uid="019ab3c4-0000-5000-8000-000000000002", field=FIELD, pad="", name="123Г")
    return EntryIn(
        id=str(uuid.uuid4()),
        kind=kind,
        payload=payload,
        payload_sha256=payload_sha256(payload),
        created_at=iso(AT),
        well=well,
        **more,
    )  # type: ignore[arg-type]


def required_of(field: Field) -> Any:
    if field.default is not None:
        return field.default
    if field.type == "rows":
        return [{cell.key: cell.maximum for cell in field.cells if cell.required}]
    return field.choices[0] if field.choices else "x"


def record(kind: str = "flow_test", **changes_: Any) -> dict[str, Any]:
    values = {key: value for key, value in VALUES[kind].items() if value != ""}
    fields = {field.key: field for field in KINDS[kind].fields}
    for field in fields.values():
        if field.required and field.key not in values:
            values[field.key] = required_of(field)
        if (
            field.type == "choice"
            and field.choices
            and field.key in values
            and values[field.key] not in field.choices
        ):
            values[field.key] = field.choices[0]
    return {
        "record": str(uuid.uuid4()),
        "kind": kind,
        "well": 1,
        "at": iso(AT),
        "until": None,
        "values": values,
        "action": "saved",
        "author": "",
        **changes_,
    }


def taken(engine: Engine, device: Device, *entries: EntryIn) -> list[Receipt]:
    return list(accept(engine, device, entries, lambda: AT))
