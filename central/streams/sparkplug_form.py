"""A payload of Sparkplug B as it is written: Protocol Buffers, of which what a reading needs is declared
here; what is not declared (templates, data sets, files) is passed over unread.

Signed integers travel as unsigned ones, a name is said once and then a number for it, a type at the birth
only: what cannot be read without the birth is not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from central.streams.payloads import says_bad

MOST_METRICS = 10_000
LONGEST_NAME = 600
REBIRTH = "Node Control/Rebirth"
_SIGNED = {1: 8, 2: 16, 3: 32, 4: 64}
"""Data type → bits: Int8 … Int64."""
_UNSIGNED = {5: 8, 6: 16, 7: 32, 8: 64}
BOOLEAN = 11
_GOOD = range(192, 256)
"""Of the property `Quality`: 500 is stale, 0 bad."""
_UNITS = ("engunit", "engunits", "engineeringunits", "unit", "units")


@dataclass(frozen=True)
class Metric:
    """`datatype` is 0 where it is not said; `raw` is the value as it is written, None for none and for no
    number.
    """

    name: str
    alias: int | None
    at_ms: int
    datatype: int
    historical: bool = False
    transient: bool = False
    null: bool = False
    raw: float | int | bool | None = None
    whole: bool = False
    """`raw` is an integer whose sign the type tells."""
    unit: str = ""
    good: bool = True


@dataclass(frozen=True)
class Payload:
    """`seq` is None where it is not said: at a death."""

    at_ms: int
    seq: int | None
    metrics: tuple[Metric, ...]


def read(body: bytes) -> Payload:
    """Raises ValueError (not_sparkplug, rows_in_message)."""
    from google.protobuf.message import DecodeError

    message = _form()()
    try:
        message.ParseFromString(body)
    except DecodeError as error:
        raise ValueError("not_sparkplug") from error
    if len(message.metrics) > MOST_METRICS:
        raise ValueError("rows_in_message")
    seq = int(message.seq) if message.HasField("seq") else None
    return Payload(int(message.timestamp), seq, tuple(map(_metric, message.metrics)))


def rebirth(now_ms: int) -> bytes:
    """What asks an edge node to say all its names again: the one thing that is ever written to one."""
    message = _form()(timestamp=now_ms)
    message.metrics.add(name=REBIRTH, timestamp=now_ms, datatype=BOOLEAN, boolean_value=True)
    return bytes(message.SerializeToString())


def number(metric: Metric, datatype: int) -> float | None:
    """By its type; None where it is no number. Raises ValueError (birth_unknown) where the type is needed
    and nobody has said it.
    """
    if metric.raw is None or not metric.whole:
        return None if metric.raw is None else float(metric.raw)
    if not datatype:
        raise ValueError("birth_unknown")
    raw = int(metric.raw)
    if datatype in _SIGNED:
        bits = _SIGNED[datatype]
        raw &= (1 << bits) - 1  # some write all 32 bits of a short one, some its own
        return float(raw - (1 << bits) if raw >> (bits - 1) else raw)
    if datatype in _UNSIGNED:
        return float(raw)
    return float(bool(raw)) if datatype == BOOLEAN else None


def _metric(said: Any) -> Metric:
    if len(said.name) > LONGEST_NAME:
        raise ValueError("well_or_sensor")
    kind = said.WhichOneof("value")
    properties = dict(zip(map(str.lower, said.properties.keys), said.properties.values, strict=False))
    unit = next((properties[key].string_value for key in _UNITS if key in properties), "")
    return Metric(
        said.name,
        int(said.alias) if said.HasField("alias") else None,
        int(said.timestamp),
        int(said.datatype),
        said.is_historical,
        said.is_transient,
        said.is_null,
        getattr(said, kind) if kind in _NUMBERS else None,
        kind in _WHOLE,
        unit[:60],
        _is_good(properties.get("quality")),
    )


def _is_good(quality: Any) -> bool:
    kind = quality.WhichOneof("value") if quality is not None else None
    if kind is None:
        return True
    said = getattr(quality, kind)
    if isinstance(said, bool):
        return said
    if kind not in _NUMBERS:
        words = str(said).strip()
        return int(words[:9]) in _GOOD if words.isdecimal() else not says_bad(words)
    return said in _GOOD


_WHOLE = ("int_value", "long_value")
_NUMBERS = (*_WHOLE, "float_value", "double_value", "boolean_value")
_UINT32, _UINT64, _FLOAT, _DOUBLE, _BOOL, _STRING, _MESSAGE = 13, 4, 2, 1, 8, 9, 11
_ONE, _MANY = 1, 3
_VALUES = (("int_value", _UINT32), ("long_value", _UINT64), ("float_value", _FLOAT))
_MORE = (("double_value", _DOUBLE), ("boolean_value", _BOOL), ("string_value", _STRING))


@cache
def _form() -> Any:
    """The declaration, made at the first payload."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    file = descriptor_pb2.FileDescriptorProto(name="sparkplug.proto", package="sparkplug", syntax="proto2")
    for name, fields, first_value in _MESSAGES:
        made = file.message_type.add(name=name)
        for field_name, place, kind, label, of in fields:
            typed = {"type_name": f".sparkplug.{of}"} if of else {}
            made.field.add(name=field_name, number=place, type=kind, label=label, **typed)
        if first_value:
            made.oneof_decl.add(name="value")
            for offset, (field_name, kind) in enumerate((*_VALUES, *_MORE)):
                made.field.add(
                    name=field_name, number=first_value + offset, type=kind, label=_ONE, oneof_index=0
                )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("sparkplug.Payload"))


_MESSAGES: tuple[tuple[str, tuple[tuple[str, int, int, int, str], ...], int], ...] = (
    ("PropertyValue", (("type", 1, _UINT32, _ONE, ""), ("is_null", 2, _BOOL, _ONE, "")), 3),
    (
        "PropertySet",
        (("keys", 1, _STRING, _MANY, ""), ("values", 2, _MESSAGE, _MANY, "PropertyValue")),
        0,
    ),
    (
        "Metric",
        (
            ("name", 1, _STRING, _ONE, ""),
            ("alias", 2, _UINT64, _ONE, ""),
            ("timestamp", 3, _UINT64, _ONE, ""),
            ("datatype", 4, _UINT32, _ONE, ""),
            ("is_historical", 5, _BOOL, _ONE, ""),
            ("is_transient", 6, _BOOL, _ONE, ""),
            ("is_null", 7, _BOOL, _ONE, ""),
            ("properties", 9, _MESSAGE, _ONE, "PropertySet"),
        ),
        10,
    ),
    (
        "Payload",
        (
            ("timestamp", 1, _UINT64, _ONE, ""),
            ("metrics", 2, _MESSAGE, _MANY, "Metric"),
            ("seq", 3, _UINT64, _ONE, ""),
        ),
        0,
    ),
)
