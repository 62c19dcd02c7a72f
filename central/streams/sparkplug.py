"""Sparkplug B over MQTT: who said which names at its birth, whether a message was missed since, and what a
death says of values: that they are not to be trusted any more. They are marked then, and never become zero.

A number stands for a name only between a birth and the next message that was missed: a name that is guessed
is another sensor's value. What is not known is kept whole, and a birth is asked for where IT allows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.core.clock import to_us
from central.streams import sparkplug_form as form
from central.streams.payloads import LARGEST_MESSAGE, Row
from central.streams.sparkplug_form import Metric, Payload

SPACE = "spBv1.0"
BIRTHS, DATA, DEATHS = ("NBIRTH", "DBIRTH"), ("NDATA", "DDATA"), ("NDEATH", "DDEATH")
_NO_READINGS = ("NCMD", "DCMD", "STATE")
_OF_THE_PROTOCOL = ("bdSeq", "Node Control/", "Device Control/")
SEQUENCE = 256
_AFTER_US = 1_000
ASKED_AGAIN_S = 60.0
MOST_NODES, MOST_NAMES = 20_000, 50_000


def is_sparkplug(topic: str, body: bytes) -> bool:
    """Some gateways put JSON on these topics: that is read as any other."""
    if topic.startswith(f"{SPACE}/STATE/"):
        return True
    return topic.startswith(f"{SPACE}/") and body[:1] not in (b"{", b"[")


@dataclass(frozen=True)
class Where:
    kind: str
    node: str
    """group/edge node."""
    device: str

    @property
    def topic(self) -> str:
        """As the table of tags and the bindings have it: without the kind, for a name is one whatever tells
        it.
        """
        return "/".join(filter(None, (SPACE, self.node, self.device)))


def where_of(topic: str) -> Where:
    """Raises ValueError (not_sparkplug)."""
    parts = topic.split("/")
    if len(parts) >= 2 and parts[1] == "STATE":
        return Where("STATE", "", "")
    if len(parts) not in (4, 5) or parts[2] not in (*BIRTHS, *DATA, *DEATHS, *_NO_READINGS):
        raise ValueError("not_sparkplug")
    return Where(parts[2], f"{parts[1]}/{parts[3]}", parts[4] if len(parts) == 5 else "")


@dataclass
class _Named:
    """What a birth said of a name, and the last value that came."""

    name: str
    datatype: int
    unit: str
    value: float | None = None
    at_us: int = 0


@dataclass
class _Born:
    """An edge node itself, or a device of it."""

    by_alias: dict[int, _Named] = field(default_factory=dict)
    by_name: dict[str, _Named] = field(default_factory=dict)


@dataclass
class _Node:
    seq: int
    bdseq: int | None
    born: dict[str, _Born] = field(default_factory=dict)
    """Device → what it said; "" is the node itself."""


class Sparkplug:
    """Of one connection to a broker. `missed` is told the node of which something is not known."""

    def __init__(self, missed: Callable[[str, str], None]) -> None:
        self._missed = missed
        self._nodes: dict[str, _Node] = {}

    def forget(self) -> None:
        """The line was broken: nobody knows what was said meanwhile."""
        self._nodes = {}

    def rows(self, topic: str, body: bytes, came: datetime) -> list[Row]:
        """Of one message, in the order in which they come. Raises ValueError that says what is wrong."""
        where = where_of(topic)
        if where.kind in _NO_READINGS:
            return []
        if len(body) > LARGEST_MESSAGE:
            raise ValueError("message_too_large")
        payload = form.read(body)
        if where.kind == "NDEATH":
            return self._node_died(where, payload, came)
        node = self._node_of(where, payload)
        if where.kind == "DDEATH":
            return [] if node is None else self._died(where, node, payload.at_ms, came)
        if where.kind == "DBIRTH" and node is not None:
            node.born[where.device] = _born(payload)
        born = node.born.get(where.device) if node is not None else None
        if born is None:
            self._missed(where.node, "no birth")
        return _readings(where, payload, born or _Born(), came)

    def _node_of(self, where: Where, payload: Payload) -> _Node | None:
        """None where a message of it was missed, or its birth."""
        if where.kind == "NBIRTH":
            if len(self._nodes) >= MOST_NODES and where.node not in self._nodes:
                raise ValueError("rows_in_message")
            node = _Node(payload.seq or 0, _bdseq(payload), {"": _born(payload)})
            self._nodes[where.node] = node
            return node
        known = self._nodes.get(where.node)
        if known is None:
            return None
        if payload.seq != (known.seq + 1) % SEQUENCE:
            del self._nodes[where.node]
            self._missed(where.node, f"{known.seq} → {payload.seq}")
            return None
        known.seq = payload.seq
        return known

    def _node_died(self, where: Where, payload: Payload, came: datetime) -> list[Row]:
        """A will that an earlier connection left says nothing of this one. It was written when the node
        connected: its moment is not that of the death.
        """
        node, bdseq = self._nodes.get(where.node), _bdseq(payload)
        if node is None or (bdseq is not None and node.bdseq is not None and bdseq != node.bdseq):
            return []
        del self._nodes[where.node]
        return [
            row
            for device, born in node.born.items()
            for row in _stale(Where("NDEATH", where.node, device), born, to_us(came))
        ]

    def _died(self, where: Where, node: _Node, at_ms: int, came: datetime) -> list[Row]:
        born = node.born.pop(where.device, None)
        return _stale(where, born, at_ms * 1_000 or to_us(came)) if born is not None else []


def rows_alone(topic: str, body: bytes, came: datetime) -> list[Row]:
    """Of a message that was set aside: what it says without any birth. Raises ValueError."""
    where = where_of(topic)
    if where.kind in (*DEATHS, *_NO_READINGS):
        raise ValueError("birth_unknown")
    payload = form.read(body)
    return _readings(where, payload, _born(payload) if where.kind in BIRTHS else _Born(), came)


def _born(payload: Payload) -> _Born:
    """A number that two names claim stands for neither: what comes by it waits for another birth."""
    born, claimed = _Born(), set[int]()
    for metric in payload.metrics[:MOST_NAMES]:
        if metric.name:
            named = _Named(metric.name, metric.datatype, metric.unit)
            born.by_name[metric.name] = named
            alias = metric.alias
            if alias is not None and born.by_alias.setdefault(alias, named).name != metric.name:
                claimed.add(alias)
    for alias in claimed:
        del born.by_alias[alias]
    return born


def _bdseq(payload: Payload) -> int | None:
    return next(
        (int(one.raw) for one in payload.metrics if one.name == "bdSeq" and one.raw is not None), None
    )


def _readings(where: Where, payload: Payload, born: _Born, came: datetime) -> list[Row]:
    rows: list[Row] = []
    for metric in payload.metrics:
        named = _named(metric, born)
        if named.name.startswith(_OF_THE_PROTOCOL) or metric.transient:
            continue
        value = form.number(metric, metric.datatype or named.datatype)
        good = metric.good and not metric.null and value is not None
        if metric.null:
            value = named.value
        if value is None:
            continue  # a text, a file, or nothing that could be marked
        at_us = (metric.at_ms or payload.at_ms) * 1_000 or to_us(came)
        if not metric.null and not metric.historical:
            named.value, named.at_us = value, at_us
        rows.append(_row(where, named, value, at_us, good=good, unit=metric.unit))
    return rows


def _named(metric: Metric, born: _Born) -> _Named:
    """Raises ValueError (birth_unknown)."""
    if metric.name:
        return born.by_name.get(metric.name) or _Named(metric.name, metric.datatype, metric.unit)
    found = born.by_alias.get(metric.alias) if metric.alias is not None else None
    if found is None:
        raise ValueError("birth_unknown")
    return found


def _stale(where: Where, born: _Born, at_us: int) -> list[Row]:
    """What each name had last, marked, at the death: never at the value's own moment, when it was good."""
    return [
        _row(where, named, named.value, max(at_us, named.at_us + _AFTER_US), good=False)
        for named in born.by_name.values()
        if named.value is not None
    ]


def _row(where: Where, named: _Named, value: float, at_us: int, *, good: bool, unit: str = "") -> Row:
    row: Row = {"timestamp": at_us, "value": value, "tag": named.name, "topic": where.topic}
    unit = unit or named.unit
    return row | ({"unit": unit} if unit else {}) | ({} if good else {"bad": True})
