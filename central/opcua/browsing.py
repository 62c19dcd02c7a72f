"""The address space of a server, looked through once: which variables there are, by their path from Objects
and by a name that a restart of the server does not change.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from app.core.errors import KnownError

MOST_NODES, DEEPEST, AT_ONCE, MANY = 200_000, 25, 16, 500
"""Nodes looked at, levels, questions at once, nodes in one question."""
READS, READS_HISTORY = 0x1, 0x4
"""Bits of AccessLevel."""
_NUMBERS = range(1, 12)
"""Built-in types from Boolean to Double."""
_WORDS = range(12, 26)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Variable:
    """`name` has the namespace's URI (`nsu=…;s=…`): its number changes when the server is set up anew."""

    node: Any
    name: str
    path: str
    is_number: bool = True
    readable: bool = True
    history: bool = False
    unit: str = ""
    """As the server says it: EngineeringUnits; empty where it says none."""


async def variables(client: Any, under: str = "") -> AsyncIterator[Variable]:
    """Every variable below Objects but those of the server itself; `under`: whose path begins so. Raises
    KnownError (opcua_too_large).
    """
    from asyncua import ua

    uris = await client.get_namespace_array()
    start, has_property = client.get_objects_node(), ua.NodeId(ua.ObjectIds.HasProperty)
    seen = {start.nodeid, ua.NodeId(ua.ObjectIds.Server)}
    level: list[tuple[Any, str]] = [(start, "")]
    for _ in range(DEEPEST):
        deeper: list[tuple[Any, str]] = []
        for some in _in_parts(level, AT_ONCE):
            found = await asyncio.gather(*(_below(node) for node, _ in some))
            for (_, path), children in zip(some, found, strict=True):
                for child in children:
                    if child.NodeId in seen or child.ReferenceTypeId == has_property:
                        continue
                    seen.add(child.NodeId)
                    if len(seen) > MOST_NODES:
                        raise KnownError("opcua_too_large", limit=MOST_NODES)
                    below = f"{path}/{child.BrowseName.Name}" if path else str(child.BrowseName.Name)
                    if under and not _on_the_way(below, under):
                        continue
                    node = client.get_node(child.NodeId)
                    if child.NodeClass == ua.NodeClass.Variable and below.startswith(under):
                        yield Variable(node, name_of(child.NodeId, uris), below)
                    deeper.append((node, below))
        level = deeper
        if not level:
            return


async def described(client: Any, found: Sequence[Variable]) -> list[Variable]:
    """With type, rights and unit: those cost a question each, so only of those that are meant."""
    from asyncua import ua

    made: list[Variable] = []
    for some in _in_parts(found, MANY):
        nodes = [one.node for one in some]
        types = await client.read_attributes(nodes, ua.AttributeIds.DataType)
        ranks = await client.read_attributes(nodes, ua.AttributeIds.ValueRank)
        levels = await client.read_attributes(nodes, ua.AttributeIds.UserAccessLevel)
        for one, kind, rank, level in zip(some, types, ranks, levels, strict=True):
            bits = int(_value(level) or 0)
            made.append(
                replace(
                    one,
                    is_number=_is_number(_value(kind)) and not _is_array(_value(rank)),
                    readable=bool(bits & READS),
                    history=bool(bits & READS_HISTORY),
                )
            )
    units: list[str] = []
    for some in _in_parts(made, AT_ONCE):
        units += await asyncio.gather(*(_unit_of(one.node) for one in some))
    return [replace(one, unit=unit) for one, unit in zip(made, units, strict=True)]


def name_of(node_id: Any, uris: Sequence[str]) -> str:
    """`nsu=http://site.example/UA;s=WELL_101.PINT`; `i=…` of OPC UA's own."""
    plain = node_id.__class__(node_id.Identifier, 0, node_id.NodeIdType).to_string()
    index = int(node_id.NamespaceIndex)
    return plain if index == 0 else f"nsu={uris[index] if index < len(uris) else index};{plain}"


async def _below(node: Any) -> list[Any]:
    from asyncua import ua

    mask = ua.NodeClass.Object | ua.NodeClass.Variable
    return list(await node.get_children_descriptions(nodeclassmask=mask))


async def _unit_of(node: Any) -> str:
    """A property that is not there is the usual case."""
    from asyncua import ua

    for one in await node.get_children_descriptions(refs=ua.ObjectIds.HasProperty):
        if one.BrowseName.Name == "EngineeringUnits":
            said = await node.__class__(node.session, one.NodeId).read_data_value(raise_on_bad_status=False)
            return unit_said(_value(said))
    return ""


def unit_said(information: Any) -> str:
    """Its display name; where it has none, its code of UNECE Recommendation 20."""
    if isinstance(information, (list, tuple)):
        information = information[0] if information else None
    shown = getattr(getattr(information, "DisplayName", None), "Text", None)
    if shown and str(shown).strip():
        return str(shown).strip()[:60]
    number = int(getattr(information, "UnitId", 0) or 0)
    letters = bytes(part for part in number.to_bytes(4, "big", signed=True) if part)
    code = letters.decode("ascii", "replace")
    return CODES.get(code, code)


CODES = {
    "BAR": "bar",
    "KPA": "kPa",
    "MPA": "MPa",
    "PAL": "Pa",
    "PS": "psi",
    "ATM": "atm",
    "CEL": "°C",
    "FAH": "°F",
    "KEL": "K",
    "HTZ": "Hz",
    "AMP": "A",
    "4K": "mA",
    "VLT": "V",
    "WTT": "W",
    "KWT": "kW",
    "P1": "%",
    "MTR": "m",
    "MQH": "m³/h",
    "RPM": "1/min",
    "SEC": "s",
}
"""Four letters of the number spell the common code: 4342098 is BAR."""


def _is_number(kind: Any) -> bool:
    """A vendor's own type is tried: what is no number is set aside."""
    if kind is None or kind.NamespaceIndex != 0 or not isinstance(kind.Identifier, int):
        return True
    return kind.Identifier in _NUMBERS or kind.Identifier not in _WORDS


def _is_array(rank: Any) -> bool:
    """Negative ranks are a single value, or may be one."""
    return isinstance(rank, int) and rank >= 0


def _value(said: Any) -> Any:
    return said.Value.Value if said is not None and said.Value is not None else None


def _on_the_way(path: str, under: str) -> bool:
    return path.startswith(under) or under.startswith(path)


def _in_parts(items: Iterable[_T], size: int) -> Iterable[list[_T]]:
    every = list(items)
    return (every[at : at + size] for at in range(0, len(every), size))
