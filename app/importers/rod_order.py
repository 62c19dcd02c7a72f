"""Rods told from the pump up: a string is kept from the top. Said by the title or asked where thin rods carry
thick ones; sinker bars at the pump are thicker by design.
"""

from __future__ import annotations

import re

import numpy as np

from app.importers.own_names import is_ours
from app.importers.remarks import answer_to, question, remark
from app.importers.rows import Problem, Rows
from app.importers.sheet_reading import SheetReading
from app.importers.titles import lines_above

CODE, TOP, BOTTOM = "rod_order", "from_top", "from_bottom"
_UPWARDS = re.compile(
    r"снизу\s+вверх|от\s+насоса|снизу\b|bottom\s*(?:-|\s)?\s*(?:to\s+top|up)|from\s+(?:the\s+)?bottom", re.I
)
_DOWNWARDS = re.compile(
    r"сверху|от\s+устья|top\s*(?:-|\s)?\s*(?:to\s+bottom|down)|from\s+(?:the\s+)?top", re.I
)
THICKEST_ROD_M = 0.030
"""Thicker ones are sinker bars (API 11B ends at 1 1/8 in, 28.6 mm)."""


def from_the_top(reading: SheetReading, found: Rows) -> None:
    """The rows of a tally in the order in which the rods hang."""
    if reading.plan.kind != "rod_string" or not reading.asks or "diameter_m" not in found.values:
        return
    if is_ours(reading.plan.kind, reading.sheet.headers):
        return  # the program writes them from the top
    said = answer_to(reading.plan.answers, CODE) or _told(lines_above(reading.sheet.above))
    if said == BOTTOM:
        _turn(reading, found)
        found.remarks.append(remark("rods_turned", reading.sheet.name))
    elif not said:
        _ask(reading, found)


def _told(title: str) -> str:
    return BOTTOM if _UPWARDS.search(title) else TOP if _DOWNWARDS.search(title) else ""


def _turn(reading: SheetReading, found: Rows) -> None:
    back = slice(None, None, -1)
    reading.line, reading.keep = reading.line[back], reading.keep[back]
    found.line, found.well, found.time_us = found.line[back], found.well[back], found.time_us[back]
    found.until_us = None if found.until_us is None else found.until_us[back]
    for part in (found.values, found.qualifiers, found.shown):
        for key in part:
            part[key] = part[key][back]


def _ask(reading: SheetReading, found: Rows) -> None:
    parts = found.values.get("part", np.full(len(found.line), "", object))
    carried = np.array([part in ("", "rods") for part in parts.tolist()], bool)
    for well in dict.fromkeys(found.well.tolist()):
        rows = np.flatnonzero((found.well == well) & reading.keep & carried)
        if not len(rows):
            continue
        diameter = found.values["diameter_m"][rows]
        if stands_on_its_head(diameter.tolist()):
            line = int(reading.line[rows[0]])
            reading.problems.append(asked_of_order(reading.sheet.name, line, diameter.tolist()))
            return


def stands_on_its_head(diameters_m: list[float]) -> bool:
    """Whether the first rods are thinner than the last ones, sinker bars aside."""
    rods = [one for one in diameters_m if one <= THICKEST_ROD_M]
    return len(rods) > 1 and rods[0] < rods[-1]


def asked_of_order(sheet: str, line: int, diameters_m: list[float]) -> Problem:
    sizes = [f"{1000 * one:.3g}" for one in dict.fromkeys(diameters_m) if one == one]
    options = {TOP: ", ".join(sizes), BOTTOM: ", ".join(sizes[::-1])}
    return question(CODE, sheet, line, -1, "", options[TOP], options)
