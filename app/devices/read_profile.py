"""A profile's file → a profile, or what is wrong with it: file, place, field, value, what is wanted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from app.analysis.catalogue.entry import Entry
from app.core.errors import KnownError
from app.core.plain import JsonObject, object_in
from app.core.unit_spellings import all_units, find_unit, nearest_units, quantities_of
from app.core.units import QUANTITIES, Unit
from app.devices.profile import (
    FIELDS,
    FUNCTION,
    HOLDING,
    ORDERS,
    POLLS,
    WORDS,
    Archive,
    CardBuffer,
    Clock,
    EventLog,
    Framing,
    Meaning,
    Profile,
    Register,
    Sampled,
)
from app.devices.read_framing import framing_of
from app.devices.read_numbers import number_or, whole
from app.models.kinds.done import EVENT
from app.models.sensors import SENSORS
from app.models.values import Values
from app.models.wells import LIFTS

FORM = 1
LARGEST_BYTES = 2_000_000
MOST_REGISTERS = 2_000
LAST = 65_535
"""The last address that Modbus knows."""
BITS = ("coils", "discrete")
ASKED = ("clock", "archive", "events", "card", "sampled")
"""What there is only of a device that answers."""
EVENTS = EVENT.field("kind").choices
_BIG = 1e18


def read_profile(file: Path) -> Profile:
    """Raises KnownError (device_profile_file, catalogue_… of its fields)."""
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise ValueError(f"> {LARGEST_BYTES // 1_000_000} MB")
        body = object_in(file.read_text(encoding="utf-8-sig"), once=True)
    except (OSError, ValueError) as error:
        raise KnownError("device_profile_file", file=str(file), reason=str(error)[:160]) from error
    return profile_of(body, str(file))


def profile_of(body: JsonObject, file: str) -> Profile:
    """Raises KnownError."""
    if body.get("device") != FORM:
        raise KnownError("device_profile_file", file=file, reason=f'"device": {FORM}')
    top = Entry(file, "device", str(body.get("key", ""))[:40], body, taken={"device"})
    framing = framing_of(top)
    key = top.text("key")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", key):
        raise top.wrong("device_key", "key", key)
    names = top.part("name")
    said = tuple((language, names.text(language)) for language in names.data)
    if not said or not all(word.strip() for _, word in said):
        raise top.wrong("catalogue_missing", "name", "")
    line, rows = top.part("line"), _rows(top, "registers")
    clock = _clock(top, "clock")
    zone_h = 0.0 if clock is None else clock.zone_h
    if len(rows) > MOST_REGISTERS:
        raise top.wrong("catalogue_number", "registers", len(rows), low=1, high=MOST_REGISTERS)
    profile = Profile(
        key,
        said,
        top.source,
        top.choice("lift", ("", *LIFTS), ""),
        tuple(register_of(row, framing=framing) for row in rows),
        unit_id=whole(line, "unit_id", 1, 247, 1),
        most_registers=whole(line, "most_registers", 1, 125, 100),
        widest_gap=whole(line, "widest_gap", 0, 125, 8),
        timeout_s=number_or(line, "timeout_s", 0.05, 10, 1.0),
        baud=whole(line, "baud", 300, 1_000_000, 9600),
        parity=line.choice("parity", ("N", "E", "O"), "N"),
        stop_bits=whole(line, "stop_bits", 1, 2, 1),
        clock=clock,
        archive=_archive(top, zone_h),
        events=_events(top, zone_h),
        card=_card(top, zone_h),
        sampled=_sampled(top),
        framing=framing,
        file=file,
    )
    line.nothing_else()
    top.nothing_else()
    if framing is not None and (asked := next((one for one in ASKED if body.get(one) is not None), None)):
        raise top.wrong("device_only_speaks", asked, "")
    stamps = profile.archive is not None or profile.events is not None
    stamps |= profile.card is not None and profile.card.time is not None
    if stamps and clock is None:  # how far such times are off could not be measured
        raise top.wrong("catalogue_missing", "clock", "")
    for where, registers in (("registers", profile.registers), ("archive", _kept(profile))):
        _no_sensor_twice(top, registers, where)
        _no_name_twice(top, registers, where)
    return profile


def _rows(above: Entry, key: str) -> list[Entry]:
    above.taken.add(key)
    rows = above.data.get(key, [])
    if not isinstance(rows, list):
        raise above.wrong("device_rows", key, rows)
    return [_row(above, f"{key}[{index + 1}]", row) for index, row in enumerate(rows)]


def _row(above: Entry, place: str, row: Any) -> Entry:
    if not isinstance(row, dict):
        raise above.wrong("catalogue_object", place, row)
    called = str(row.get("name") or row.get("sensor") or "")[:40]
    return Entry(above.file, place, called, row, taken=set())


def _part(above: Entry, key: str) -> Entry | None:
    """The object under the key as a place of its own; None where there is none."""
    above.taken.add(key)
    value = above.data.get(key)
    return None if value is None else _row(above, key, value)


def register_of(row: Entry, *, within: int | None = None, framing: Framing | None = None) -> Register:
    """`within`: the register stands in a record of so many; without it in the device's own tables, or it is a
    field of a line.
    """
    sensor = row.text("sensor")
    if sensor and sensor not in SENSORS:
        raise row.wrong("device_sensor", "sensor", sensor, known=", ".join(one.key for one in SENSORS))
    name = row.text("name") or sensor
    if not name.strip():
        raise row.wrong("catalogue_missing", "name", "")
    table, address, kind, order, bit = _place(row, within, framing)
    unit, quantity = _unit(row, sensor)
    scale = number_or(row, "scale", -_BIG, _BIG, 1.0)
    if scale == 0:
        raise row.wrong("device_scale", "scale", 0)
    register = Register(
        name,
        table,
        address,
        kind,
        order,
        scale,
        number_or(row, "offset", -_BIG, _BIG, 0.0),
        unit,
        quantity,
        sensor,
        row.choice("poll", tuple(POLLS), "fast") if framing is None else "fast",
        row.numbers("invalid", *_holds(kind)),
        bit,
        _codes(row),
    )
    row.nothing_else()
    return register


def _place(row: Entry, within: int | None, framing: Framing | None) -> tuple[str, int, str, str, int | None]:
    """Table, address, type, order of bytes and words, bit."""
    if framing is not None:
        return FIELDS, whole(row, "field", 1, framing.fields), "f64", "ABCD", None
    table = row.choice("table", tuple(FUNCTION), HOLDING) if within is None else HOLDING
    kind = row.choice("type", tuple(WORDS), "bit" if table in BITS else "u16")
    if (table in BITS) != (kind == "bit") and within is None:
        raise row.wrong("device_bit", "type", kind, table=table)
    last = (LAST if within is None else within - 1) - WORDS[kind] + 1
    address = whole(row, "address", 0, max(last, 0))
    bit = None if "bit" not in row else whole(row, "bit", 0, 15)
    if bit is not None and WORDS[kind] != 1:
        raise row.wrong("device_bit", "bit", bit, table=kind)
    return table, address, kind, row.choice("order", ORDERS, "ABCD"), bit


def _holds(kind: str) -> tuple[float, float]:
    """The least and the greatest number of the type: -1 is none of u16 and would never be seen."""
    if kind.startswith("f"):
        return -_BIG, _BIG
    bits = 16 * WORDS[kind]
    return (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if kind.startswith("i") else (0, 2**bits - 1)


def _unit(row: Entry, sensor: str) -> tuple[Unit | None, str]:
    spelt = row.text("unit")
    quantity = SENSORS[sensor].quantity if sensor else row.text("quantity")
    row.taken.add("quantity")
    if quantity and quantity not in QUANTITIES:
        raise row.wrong("catalogue_choice", "quantity", quantity, known=", ".join(QUANTITIES))
    if not spelt:
        if sensor and quantity not in ("number", "ratio"):
            near = ", ".join(dict.fromkeys(one.en for one in all_units(quantity)))
            raise row.wrong("device_no_unit", "unit", "", known=near)
        return None, quantity or "number"
    unit = find_unit(spelt, quantity or None)
    if unit is None:
        near = ", ".join(nearest_units(spelt, quantity or None)) or ", ".join(
            dict.fromkeys(one.en for one in (all_units(quantity) if quantity else ()))
        )
        raise row.wrong("device_unit", "unit", spelt, known=near or "—")
    return unit, quantity or next(iter(quantities_of(spelt)), "number")


def _codes(row: Entry) -> tuple[tuple[int, str], ...]:
    part = row.part("codes")
    found = []
    for code in part.data:
        if not re.fullmatch(r"\d{1,9}", code):
            raise row.wrong("catalogue_number", f"codes.{code}", code, low=0, high=999_999_999)
        found.append((int(code), part.text(code)))
    return tuple(found)


def _clock(above: Entry, key: str, zone_h: float = 0.0, *, within: int | None = None) -> Clock | None:
    """`zone_h`: where it names none; what a device stamps goes by the device's clock."""
    part = _part(above, key)
    if part is None:
        return None
    form = part.choice("form", ("epoch_s", "ymdhms"), "epoch_s")
    count = 2 if form == "epoch_s" else 6
    table = part.choice("table", tuple(FUNCTION), HOLDING) if within is None else HOLDING
    if table in BITS:
        raise part.wrong("device_bit", "table", table, table=table)
    last = (LAST + 1 if within is None else within) - count
    clock = Clock(
        table,
        whole(part, "address", 0, max(last, 0)),
        form,
        part.choice("order", ORDERS, "ABCD"),
        number_or(part, "zone_h", -14, 14, zone_h),
    )
    part.nothing_else()
    return clock


def _archive(top: Entry, zone_h: float) -> Archive | None:
    part = _part(top, "archive")
    if part is None:
        return None
    archive = _ring(part, zone_h, _rows(part, "values"), part.number("period_s", 0.1, 86_400))
    part.nothing_else()
    if not archive.values:
        raise part.wrong("catalogue_missing", "values", "")
    if not all(one.sensor for one in archive.values):
        raise part.wrong("catalogue_missing", "values.sensor", "")
    return archive


def _ring(part: Entry, zone_h: float, values: list[Entry], period_s: float) -> Archive:
    size = whole(part, "size", 3, 125)
    records = whole(part, "records", 1, (LAST + 1) // size)
    units = whole(part, "units", 1, 247, 1)
    first = None if "first_unit" not in part else whole(part, "first_unit", 1, 248 - units)
    if units > 1 and first is None:
        raise part.wrong("catalogue_missing", "first_unit", "")
    time = _clock(part, "time", zone_h, within=size)
    written = _part(part, "written")
    if time is None or written is None:
        raise part.wrong("catalogue_missing", "time" if time is None else "written", "")
    return Archive(
        part.choice("table", ("holding", "input"), "input"),
        whole(part, "address", 0, LAST + 1 - records * size, 0),
        records,
        size,
        register_of(written),
        time,
        tuple(register_of(row, within=size) for row in values),
        period_s,
        first,
        units,
    )


def _events(top: Entry, zone_h: float) -> EventLog | None:
    """Its codes are numbers of the maker's; what each is as an event of a well stands beside them."""
    part = _part(top, "events")
    if part is None:
        return None
    code, told = _part(part, "code"), part.part("codes")
    if code is None:
        raise part.wrong("catalogue_missing", "code", "")
    ring = _ring(part, zone_h, [code], 0.0)
    if ring.values[0].sensor:
        raise part.wrong("catalogue_choice", "code.sensor", ring.values[0].sensor, known="—")
    meanings = []
    for number in told.data:
        if not re.fullmatch(r"\d{1,9}", number):
            raise part.wrong("catalogue_number", f"codes.{number}", number, low=0, high=999_999_999)
        one = _row(part, f"codes.{number}", told.data[number])
        meanings.append((int(number), Meaning(one.choice("event", EVENTS, "note"), one.text("says"))))
        one.nothing_else()
    part.nothing_else()
    return EventLog(ring, ring.values[0], tuple(meanings))


def _card(top: Entry, zone_h: float) -> CardBuffer | None:
    part = _part(top, "card")
    if part is None:
        return None
    points = whole(part, "points", 20, 4_000)
    position, load = _needed(part, "position"), _needed(part, "load")
    for key, row in (("position", position), ("load", load)):
        if row.address + points * row.count > LAST + 1:
            raise part.wrong("catalogue_number", f"{key}.address", row.address, low=0, high=LAST - points)
    _lengths_and_loads(part, position, load)
    number, speed = _part(part, "number"), _part(part, "strokes_per_minute")
    card = CardBuffer(
        points,
        position,
        load,
        None if number is None else register_of(number),
        None if speed is None else register_of(speed),
        _clock(part, "time", zone_h),
    )
    part.nothing_else()
    return card


def _sampled(top: Entry) -> Sampled | None:
    part = _part(top, "sampled")
    if part is None:
        return None
    sampled = Sampled(_needed(part, "position"), _needed(part, "load"))
    _lengths_and_loads(part, sampled.position, sampled.load)
    part.nothing_else()
    return sampled


def _needed(above: Entry, key: str) -> Register:
    part = _part(above, key)
    if part is None:
        raise above.wrong("catalogue_missing", key, "")
    return register_of(part)


def _lengths_and_loads(part: Entry, position: Register, load: Register) -> None:
    for key, row, quantity in (("position", position, "length"), ("load", load, "load")):
        if row.unit is None or row.quantity != quantity:
            known = ", ".join(dict.fromkeys(one.en for one in all_units(quantity)))
            raise part.wrong("device_no_unit", f"{key}.unit", row.unit.en if row.unit else "", known=known)


def _kept(profile: Profile) -> tuple[Register, ...]:
    return () if profile.archive is None else profile.archive.values


def _no_name_twice(top: Entry, registers: tuple[Register, ...], where: str) -> None:
    """A value is shown beside the row of its name."""
    seen: set[str] = set()
    for index, one in enumerate(registers, 1):
        if one.name in seen:
            raise top.wrong("device_name_twice", f"{where}[{index}]", one.name)
        seen.add(one.name)


def _no_sensor_twice(top: Entry, registers: tuple[Register, ...], where: str) -> None:
    seen: Values = {}
    for one in registers:
        if one.sensor and one.sensor in seen:
            raise top.wrong("device_sensor_twice", f"{where}: {seen[one.sensor]}, {one.name}", one.sensor)
        if one.sensor:
            seen[one.sensor] = one.name
