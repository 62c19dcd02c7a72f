"""Tables that are no readings and no records, known for what they are: they are refused by their name, not
taken for a list of wells.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from app.core.errors import KnownError, Remark
from app.core.plain import JsonObject, as_json
from app.importers.kind_hints import told_by
from app.importers.numbers import numbers_of
from app.importers.overlooked import unused
from app.importers.plan import SheetPlan
from app.importers.remarks import remark
from app.importers.said_to_be import (
    NO_AMOUNT_OF_ITS_TIME,
    PLANNED,
    is_actual,
    says_another_thing,
    says_none_measured,
    to_be_told,
)
from app.importers.sheets import Sheet, column_name
from app.importers.strange_titles import strange_words
from app.importers.targets import TABLE_KINDS
from app.importers.vocabulary import folded, split_unit

_DEPTHS_WRITTEN = (
    "dept;depth;md;tvd;tvdss;measured depth;depth md;bit depth;глубина;гл;глубина по стволу;глубина ствола"
)
_DEPTHS = frozenset(map(folded, _DEPTHS_WRITTEN.split(";")))
_ANGLES = re.compile(r"\b(?:inc\w*|azi\w*|devi?\w*|зенит\w*|азимут\w*|угол\w*|dls|dogleg)\b", re.IGNORECASE)
MOST_UNUSED = 3
_SURFACE_CARD = re.compile(r"(?<![^\W_])(?:surface|polished|устьев\w*|наземн\w*|полирован\w*)", re.IGNORECASE)
_PUMP_CARD = re.compile(
    r"(?<![^\W_])(?:pump|down[\s-]?hole|bottom[\s-]?hole|plunger)\s+(?:dyna\w*\s+)?(?:card|position|load)"
    r"|(?:плунжерн|глубинн)\w*\s+(?:динамо|нагрузк|перемещ)|(?:ход|перемещени\w*|нагрузк\w*)\s+(?:на\s+)?плунжер"
    r"|динамограмм\w*\s+(?:плунжера|насоса)",
    re.IGNORECASE,
)
"""What the pump does is computed from the card of the rod at the surface, and is none."""
_OF_OTHERS = re.compile(
    r"(?<![^\W_])(?:потер[ьия]\w*|упущенн\w*|недополуч\w*|недобор\w*|запас[ыов]\w*|сдач\w*|реализац\w*|отгруз\w*|закачк\w*|нагнетан\w*"
    r"|loss(?:es)?|lost|deferr\w*|reserves?|sales|sold|inventor\w*|injection|injected)(?![^\W_])",
    re.IGNORECASE,
)
_SAYS_PRODUCED = re.compile(r"добы[чт]|produc", re.IGNORECASE)
_AMOUNTS = frozenset({"oil_kg", "oil_m3", "liquid_m3", "water_m3", "gas_m3"})
_MEASURED = frozenset({"readings", "production", "flow_test", "fluid_level", "lab_result"})
"""Kinds of what was measured at a moment, or passed in a time."""


def taken_for(sheet: Sheet, plan: SheetPlan, near: str = "") -> str:
    """`depth_log`, `not_only_wells`, `planned_figures`, `other_amounts`, `pump_card`; empty for what can be
    taken. What a person chose stands. `near`: the file's name, of which nothing is made.
    """
    if any(column.why == "chosen" for column in plan.columns):
        return ""
    timed = any(column.field in ("time", "year", "elapsed") for column in plan.columns)
    of_valves = plan.kind == "gas_lift_valves"  # what is told beside the depths makes them valves
    if (
        not timed
        and not of_valves
        and _runs_down(sheet)
        and not any(_ANGLES.search(header) for header in sheet.headers)
    ):
        return "depth_log"
    if plan.kind == "wells" and len(unused(sheet, plan)) >= MOST_UNUSED:
        return "not_only_wells"
    if planned(sheet, plan, near):
        return "planned_figures"
    if other_amounts(sheet, plan, near):
        return "other_amounts"
    return "pump_card" if plan.kind == "card" and _is_of_the_pump(sheet, plan) else ""


def _is_of_the_pump(sheet: Sheet, plan: SheetPlan) -> bool:
    """Whether the title over a card, or its columns, say that it is the pump's, and none says the rod's."""
    groups = " ".join(dict.fromkeys(header.partition(" / ")[0] for header in sheet.headers))
    fields = [column.header for column in plan.columns if column.field in ("position", "load")]
    said = [*(cell for row in sheet.above for cell in row), groups, *fields]
    return any(map(_PUMP_CARD.search, said)) and not any(map(_SURFACE_CARD.search, said))


def refusal(path: Path, sheet: Sheet, plan: SheetPlan) -> KnownError | None:
    """What a sheet is that cannot be taken; None for one that can."""
    what = taken_for(sheet, plan, path.stem)
    if not what:
        return None
    says = {"planned_figures": planned, "other_amounts": other_amounts}.get(what)
    columns = "; ".join(says(sheet, plan, path.stem))[:200] if says is not None else ""
    return KnownError(what, file=str(path), sheet=sheet.name, columns=columns, kinds=kinds_to_say())


def kinds_to_say() -> str:
    """What may stand behind --kind."""
    return ", ".join(kind.key for kind in TABLE_KINDS)


def planned(sheet: Sheet, plan: SheetPlan, near: str = "") -> list[str]:
    """What says that the figures of a table are a plan: its columns where nothing else is told, or its title
    where it would be production.
    """
    values = [column.header for column in told_by(plan.columns, TABLE_KINDS[plan.kind])]
    if not values:
        return [header for header, _ in unused(sheet, plan) if PLANNED.search(header)]
    if plan.kind not in _MEASURED or any(map(is_actual, values)):
        return []
    titles = _titles(sheet, near)
    found = [text for text in titles if says_another_thing(text)]
    if not any(map(is_actual, (*titles, *sheet.headers))):
        calculated = plan.kind == "readings"
        found += [text for text in titles if says_none_measured(text, calculated=calculated)]
    return list(dict.fromkeys(found))


def about_titles(sheet: Sheet, plan: SheetPlan) -> list[Remark]:
    """Titles and columns that say that what is taken was averaged, estimated or corrected."""
    if plan.kind not in _MEASURED:
        return []
    values = [column.header for column in told_by(plan.columns, TABLE_KINDS[plan.kind])]
    said = dict.fromkeys(text for text in (*_titles(sheet, ""), *values) if to_be_told(text))
    others = dict.fromkeys(cell for row in sheet.above for cell in row if cell not in said)
    return [remark("said_to_be", sheet.name, column=text[:80]) for text in said] + [
        remark("title_strange", sheet.name, column=text[:80], words=", ".join(words)[:80])
        for text in others
        if (words := strange_words(text))
    ]


def other_amounts(sheet: Sheet, plan: SheetPlan, near: str = "") -> list[str]:
    """What says that amounts of oil and water are none of production: losses, stocks, what was injected or
    sold, sums since the beginning and means of a day.
    """
    amounts = [column.header for column in plan.columns if column.field in _AMOUNTS]
    if plan.kind != "production" or not amounts:
        return []
    titles = _titles(sheet, near)
    others = [] if any(map(_SAYS_PRODUCED.search, (*titles, *amounts))) else titles
    found = [text for text in others if _OF_OTHERS.search(text)]
    return found + [text for text in (*titles, *amounts) if NO_AMOUNT_OF_ITS_TIME.search(text)]


def _titles(sheet: Sheet, near: str) -> list[str]:
    """What stands above the table, and its sheet's name; of a file's name nothing is made."""
    name = sheet.name.rpartition(" › ")[2]
    return [cell for row in sheet.above for cell in row] + ([name] if name != near else [])


def nothing_known(path: Path, sheet: Sheet, plan: SheetPlan | None) -> KnownError | None:
    """Why a sheet of which no column is known is left out; None where one is, or nothing is there."""
    if plan is None or not sheet.table.num_rows or any(column.field for column in plan.columns):
        return None
    known = ", ".join(header for header in sheet.headers if header)[:300]
    return KnownError("no_kind_fits", file=str(path), columns=known, kinds=kinds_to_say())


def about_skipped(
    path: Path, sheet: Sheet, plan: SheetPlan | None, why: KnownError | None = None
) -> JsonObject:
    """A sheet that is left out, with why: what it is, that nothing of it is known, or that it is hidden."""
    told: JsonObject = {"name": sheet.name, "skipped": True, "rows": sheet.table.num_rows}
    if why is None and plan is not None:
        why = refusal(path, sheet, plan)
    why = why or nothing_known(path, sheet, plan)
    if why is None and not sheet.table.num_rows:
        why = KnownError("file_no_rows", file=str(path))
    if why is None and sheet.hidden:
        why = KnownError("sheet_hidden", sheet=sheet.name)
    return told if why is None else told | {"why": {"code": why.code, "details": as_json(why.details)}}


def _runs_down(sheet: Sheet) -> bool:
    """The first column of numbers is a depth that only grows, or only falls."""
    for index, header in enumerate(sheet.headers[:3]):
        if folded(split_unit(header)[0]) not in _DEPTHS:
            continue
        depth = numbers_of(sheet.table.column(column_name(index))).value
        step = np.diff(depth[np.isfinite(depth)])
        return len(step) > 0 and bool((step > 0).all() or (step < 0).all())
    return False
