"""What stands in a well of a thing that several records tell, one after another. Each adds to what was known:
a paper of June that names a sheave leaves the unit of March where it stands, unless it names another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from app.analysis.catalogue.spelling import parts
from app.core.ids import is_of_a_file
from app.models.kinds import KINDS
from app.models.kinds.joining import followed, is_empty, joined
from app.models.records import Record
from app.models.values import Values, number_of

NAMES = {"installation": ("pump_name", "pump_type"), "pumping_unit": ("unit_name",)}
SIZES = {"pumping_unit": tuple(f"api_{letter}_m" for letter in "acghikp")}
"""Not the crank's: the same unit runs on another hole."""
SAME_SIZE = 0.01


def is_another(kind: str, known: Values, said: Values) -> bool:
    """Whether this is told of another pump, or another unit, than what was known."""
    return any(
        parts(str(known[name])) != parts(str(said[name]))
        for name in NAMES.get(kind, ())
        if not is_empty(known.get(name)) and not is_empty(said.get(name))
    ) or any(
        abs(now / before - 1) > SAME_SIZE
        for size in SIZES.get(kind, ())
        if (before := number_of(known, size)) and (now := number_of(said, size))
    )


def after(kind: str, known: Values, said: Values) -> Values:
    """What stands after this was told. With another pump the string is new, with another unit everything; of
    what was there the hole is left.
    """
    left = of_the_hole(kind, known) if is_another(kind, known, said) else known
    return followed(KINDS[kind], left, said)


def of_the_hole(kind: str, values: Values) -> Values:
    """Casing and perforations; the packer came out with the string."""
    hole = {field.key for field in KINDS[kind].fields if field.path[:1] == ("hole",)} - {"packer_m"}
    return {key: value for key, value in values.items() if key in hole}


def earlier(newest_first: list[Record]) -> Values:
    """What the newest record of a kind stands on: told by those before it, and not necessarily by itself."""
    newest, *others = newest_first
    there = in_the_well if KINDS[newest.kind].until else known_then
    return standing(there(others, newest.at))[0]


def in_the_well(newest_first: list[Record], moment: datetime) -> list[Record]:
    """Those that were there then, the one that stands over the others last."""
    there = [one for one in newest_first if one.at <= moment and (one.until is None or one.until > moment)]
    return _by_moment(there)[::-1]


def known_then(newest_first: list[Record], moment: datetime) -> list[Record]:
    """Those before; under them, for what none of them says, those after: what was found out later still says
    more of the well than nothing. Without those of which nothing is left.
    """
    made = _by_moment(newest_first)
    before = [one for one in made if one.at <= moment]
    told: set[str] = set()
    kept: list[Record] = []
    for one in before + made[: len(made) - len(before)][::-1]:
        says = {key for key, value in one.values.items() if not is_empty(value)}
        if says - told:
            kept.insert(0, one)
            told |= says
    return kept


def standing(told: Sequence[Record]) -> tuple[Values, list[Record]]:
    """What records of one kind say together, the last over the others, and which of them still say something
    of it, in the same order.
    """
    values: Values = {}
    by: dict[str, int] = {}
    for number, record in enumerate(told):
        values = after(record.kind, values, record.values)
        by = {key: number if record.values.get(key) == value else by[key] for key, value in values.items()}
    return values, [told[number] for number in sorted(set(by.values()))]


def _by_moment(newest_first: list[Record]) -> list[Record]:
    return [_of_one_moment(list(same)) for _, same in groupby(newest_first, key=lambda one: one.at)]


def _of_one_moment(same: list[Record]) -> Record:
    """Of several each says what the others do not: the well's own over those of a well that was merged into
    it, what a person entered over what a file says.
    """
    if len(same) == 1:
        return same[0]
    values: Values = {}
    last = same[0]
    for last in sorted(reversed(same), key=_by_hand):
        values = joined(values, last.values)
    return replace(last, values=values)


def _by_hand(record: Record) -> bool:
    return not is_of_a_file(record.id)
