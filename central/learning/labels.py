"""What is known of cards: decisions on findings, repairs that showed what it was, and labelled libraries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.analysis.cards.outline import OUTLINE_SIZE, SURFACE_SIZE, VECTOR_NAMES, VECTOR_VERSION
from app.core.clock import parse_time
from app.core.plain import Json
from app.models.kinds import KINDS
from app.models.values import Read, is_number, number_of, part_of, text_of
from central.learning.label_rules import LabelRules
from central.stores import learning
from central.stores.tables import RECORDS, WELLS, column_of
from central.stores.types import Flag

DECISION, REPAIR, LIBRARY = "decision", "repair", "library"
PAGE = 1_000
CURVED = OUTLINE_SIZE - SURFACE_SIZE
FARTHEST = 100.0
"""Of what an outline says: its figures are shares of the card, clipped to a few."""


@dataclass(frozen=True)
class Label:
    """Whether a condition held on a card. `rule`: what its rule said of it before any model; `rules`: what
    all of them said. `card` is empty without rods, `at` None where nobody knows when the card was taken,
    `curves` (`surface_curves`) empty where a laptop of an earlier version sent none.
    """

    id: str
    well: str
    field: str
    at: datetime | None
    code: str
    holds: bool
    author: str
    source: str
    outline: tuple[float, ...]
    card: tuple[float, ...] = ()
    rules: Mapping[str, float] | None = None
    said: float | None = None
    curves: tuple[float, ...] = ()

    @property
    def rule(self) -> float | None:
        return None if self.rules is None else self.rules.get(self.code)


@dataclass(frozen=True)
class Gathered:
    """`left_out`: reason → how many decisions teach nothing because of it. `overturned`: decisions that the
    repair showed to be wrong.
    """

    labels: tuple[Label, ...]
    left_out: Mapping[str, int]
    confirmed: int = 0
    overturned: int = 0


def gathered(connection: Connection, rules: LabelRules) -> Gathered:
    """Decisions of every field, by the repairs that came after them."""
    left_out: dict[str, int] = {}
    found: list[Label] = []
    for row in _decisions(connection):
        why, label = _of_decision(row, rules)
        if label is None:
            left_out[why] = left_out.get(why, 0) + 1
        else:
            found.append(label)
    labels, confirmed, overturned = _by_repairs(found, list(_repairs(connection, rules)))
    return Gathered(tuple(labels), left_out, confirmed, overturned)


def _decisions(connection: Connection) -> Iterator[Read]:
    fields = tuple(connection.execute(sa.select(WELLS.c.field_name).distinct()).scalars())
    after = ""
    while page := learning.decisions(connection, fields, after, PAGE):
        yield from page
        after = str(page[-1]["finding"])


def _of_decision(row: Read, rules: LabelRules) -> tuple[str, Label | None]:
    seen, author = part_of(row, "seen"), text_of(row, "author")
    if author in rules.authors_left_out:
        return "author_left_out", None
    if not seen:
        return "no_card_seen", None
    if seen.get("features") != VECTOR_VERSION:
        return "other_features", None
    card, outline, said = numbers(seen.get("card")), numbers(seen.get("outline")), seen.get("rules", {})
    curves = numbers(seen.get("curves"))
    sizes = (
        len(outline) == SURFACE_SIZE and len(card) in (0, len(VECTOR_NAMES)) and len(curves) in (0, CURVED)
    )
    if not sizes or not isinstance(said, dict):
        return "not_a_card", None
    if max(map(abs, (*card, *outline, *curves))) > FARTHEST:
        return "not_a_card", None
    asked = {str(code): share for code, value in said.items() if (share := _share(value))}
    return "", Label(
        text_of(row, "finding"),
        text_of(row, "well_uid"),
        text_of(row, "field"),
        parse_time(text_of(row, "from_at")),
        text_of(row, "code"),
        row["decision"] == "accepted",
        author,
        DECISION,
        outline,
        card,
        asked,
        number_of(row, "confidence"),
        curves,
    )


def numbers(told: Json | object) -> tuple[float, ...]:
    """Finite numbers, all of them or none: what laptops send may be anything."""
    row = told if isinstance(told, list) else []
    right = [float(one) for one in row if is_number(one)]
    return tuple(right) if len(right) == len(row) else ()


def _share(value: Json) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else 0.0


# ---- what was found in the shop ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Repair:
    """What a well turned out to have had in the days from `since` on."""

    well: str
    since: datetime
    until: datetime
    codes: frozenset[str]


SHOWN_BY = {
    "workover": ("reason", "work", "result"),
    "teardown": ("failed_item", "cause", "condition", "conclusion"),
}
"""Kinds of records that say what it was, and in which words."""


def _repairs(connection: Connection, rules: LabelRules) -> Iterator[Repair]:
    days = {"workover": rules.days_before, "teardown": rules.torn_down_days_before}
    for kind, words in SHOWN_BY.items():
        table = RECORDS[kind]
        planned = table.c.state if "state" in table.c else sa.literal("")
        said = [table.c[column_of(key)] for key in words]
        for row in connection.execute(
            sa.select(WELLS.c.well_uid, table.c[KINDS[kind].at], planned, *said)
            .join(WELLS, WELLS.c.id == table.c.well_id)
            .where(table.c.deleted == sa.literal(False, Flag()))
        ):
            codes = rules.codes_in(" ".join(filter(None, row[3:])))
            if codes and row[2] != "planned":
                yield Repair(row[0], row[1] - timedelta(days=days[kind]), row[1], codes)


def _by_repairs(found: Iterable[Label], repairs: list[Repair]) -> tuple[list[Label], int, int]:
    """What a repair showed stands over what somebody had decided about the days before it."""
    labels, confirmed, overturned = [], 0, 0
    for label in found:
        shown = any(
            label.well == one.well
            and label.code in one.codes
            and label.at is not None
            and one.since <= label.at <= one.until
            for one in repairs
        )
        if shown:
            confirmed, overturned = confirmed + label.holds, overturned + (not label.holds)
            label = replace(label, holds=True, source=REPAIR)
        labels.append(label)
    return labels, confirmed, overturned
