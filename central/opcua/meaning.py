"""Which variables of a server the table of tags speaks of, by their path (`Pad5/WELL_101/PINT`) or by the
name of their node (`nsu=…;s=…`), and what it says of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from app.core.unit_spellings import find_unit
from app.models.sensors import BY_NUMBER
from central.names.tags import Meant
from central.opcua.browsing import Variable, described, variables
from central.streams.clean import Known


@dataclass(frozen=True)
class Followed:
    """A variable that is read; `tag` is its node's name where it was meant by that."""

    variable: Variable
    tag: str
    meant: Meant

    @property
    def unit_differs(self) -> bool:
        """The table of tags names another unit than the server, and both are known. The table is believed:
        it was written for this well, and what a server says is often its maker's first guess.
        """
        said = self.meant.tag.unit if self.meant.tag is not None else ""
        if not said or not self.variable.unit:
            return False
        sensor = BY_NUMBER.get(self.meant.sensor or -1)
        quantity = sensor.quantity if sensor is not None else None
        theirs = find_unit(self.variable.unit, quantity) or find_unit(self.variable.unit)
        return theirs is not None and theirs != find_unit(said, quantity)


@dataclass
class Following:
    """`paths_of_several`: a path that several variables have means none of them: the node's name does."""

    all: list[Followed] = field(default_factory=list)
    unnamed: int = 0
    paths_of_several: list[str] = field(default_factory=list)
    no_numbers: list[str] = field(default_factory=list)
    not_readable: list[str] = field(default_factory=list)


async def meant_at(client: Any, known: Known) -> Following:
    """What the table speaks of, of all that a server has. Raises KnownError (opcua_too_large)."""
    told = _by_tags([one async for one in variables(client)], known)
    return _with_description(told, await described(client, [one.variable for one in told.all]))


def _by_tags(found: Iterable[Variable], known: Known) -> Following:
    """What of it is described still has to be asked."""
    every = list(found)
    count = Counter(one.path.lower() for one in every)
    told = Following()
    for one in every:
        by_name = known.meant((None, None, one.name, one.path))
        by_path = known.meant((None, None, None, one.path))
        if spoken(by_name) and by_name != by_path:
            told.all.append(Followed(one, one.name, by_name))
        elif not spoken(by_path):
            told.unnamed += 1
        elif count[one.path.lower()] > 1:
            told.paths_of_several.append(one.path)
        else:
            told.all.append(Followed(one, "", by_path))
    return told


def spoken(meant: Meant) -> bool:
    """By one row, or by several that contradict each other: what comes is kept then, and not believed."""
    return meant.tag is not None or bool(meant.twofold)


def _with_description(told: Following, those: Iterable[Variable]) -> Following:
    """Without what is no number, or not for us to read."""
    made = replace(told, all=[], no_numbers=[], not_readable=[])
    for one, variable in zip(told.all, those, strict=True):
        if not variable.is_number:
            made.no_numbers.append(variable.path)
        elif not variable.readable:
            made.not_readable.append(variable.path)
        else:
            made.all.append(replace(one, variable=variable))
    return made
