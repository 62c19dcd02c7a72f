"""Wells in the names of tags: `Полярное. 1. 101. Частота`, `Field/Pad/101/PIP`, `101.PIP.PV`,
`Куст 1, скв. 101, Рпр, атм`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_MARKS = ("\\", "/", "|", ":", ",", ".", "_", "-")
_TAILS = "pv val value cv f_cv a_cv значение знач eu avg average mean ср сред среднее"
TAILS = frozenset(_TAILS.split())
"""What stands behind a tag and says nothing of what is measured; what is `raw` is in no unit at all."""


_EQUIPMENT = re.compile(
    r"^(?:esp|srp|pcp|vsd|vfd|rpc|plc|rtu|pump|motor|gauge|sensor|downhole|surface|drive|data|tags?|params?|values?"
    r"|уэцн|эцн|шгн|уэвн|тмс|пэд|пч|су|ксу|насос|двигатель|датчик|параметры|данные)[\s_-]?\d?$",
    re.IGNORECASE,
)
"""Between the well and what is measured: the equipment, no well."""


_ADDRESS = re.compile(r"^(?:(?:nsu=[^;]*;|ns=\d+;)[sigb]=|\\\\[^\\]+\\(?=[^\\]+$))", re.IGNORECASE)
"""What stands before a tag: a space of names of OPC UA, the server of a historian."""


def without_address(name: str) -> str:
    return _ADDRESS.sub("", name.strip())


_TAILED = re.compile(rf"^(.*[./\\|:_].*)[./\\|:](?:{'|'.join(TAILS)})$", re.IGNORECASE)


def without_tail(name: str) -> str:
    """`101_PIP` of `101_PIP.F_CV`; of `101.PV` nothing else would say what is measured."""
    return _TAILED.sub(r"\1", name)


def is_equipment(word: str) -> bool:
    """`ESP1`, `Датчик 2`."""
    return _EQUIPMENT.match(word.strip()) is not None


@dataclass(frozen=True)
class Tag:
    """`parameter` is what is measured; the others are empty where the tag does not say them."""

    parameter: str
    well: str = ""
    pad: str = ""
    field: str = ""


def parted(names: list[str], known: Callable[[str], bool]) -> dict[str, Tag]:
    """Each name's parts, by the one mark that parts them all; empty when they are no paths. `known` says
    whether a word is one of something measured.
    """
    distinct = [name for name in dict.fromkeys(names) if name.strip()]
    if not distinct or all(known(name) for name in distinct):
        return {}
    best: dict[str, Tag] = {}
    for mark in _MARKS:
        found = {name: tag for name in distinct if (tag := _tag(name, mark, known)) is not None}
        if len(found) > len(best):
            best = found
    return best


def _tag(name: str, mark: str, known: Callable[[str], bool]) -> Tag | None:
    tag = without_tail(without_address(name))
    parts = [part.strip() for part in tag.strip(mark + " ").split(mark)]
    if len(parts) > 2 and parts[-1].lower() in TAILS:
        parts = parts[:-1]
    if len(parts) < 2 or not all(parts[-2:]):
        return None
    joined = {n: mark.join(parts[n:]).strip() for n in range(1, len(parts))}
    at = next((n for n in reversed(joined) if known(joined[n])), None)
    if at is not None:
        whose = at - next((n for n in range(at) if not _EQUIPMENT.match(parts[at - 1 - n])), 0)
        before = [*_folders(parts[0]), *parts[1:whose]] if whose else []
        well, pad, field = (before[-n] if len(before) >= n else "" for n in (1, 2, 3))
        return Tag(joined[at], well_in(well), pad, field) if _may_be_well(well) else None
    first = mark.join(parts[:-1])
    return Tag(first, well_in(parts[-1])) if known(first) and _may_be_well(parts[-1]) else None


def _folders(first: str) -> list[str]:
    """`af:/Field/Pad 1/101` before `|Intake Pressure`; one slash is of a well's own name."""
    parts = [part.strip() for part in re.split(r"[/\\]", first) if part.strip()]
    return parts if len(parts) > 2 else [first]


def _may_be_well(text: str) -> bool:
    return any(ch.isdigit() for ch in text)


def well_in(text: str) -> str:
    """`WELL101` and `Скв101` are the well 101."""
    lower = text.lower()
    for word in ("скважина", "well", "скв", "скв."):
        rest = text[len(word) :].strip(" _-.#№")
        if lower.startswith(word) and rest[:1].isdigit():
            return rest
    return text
