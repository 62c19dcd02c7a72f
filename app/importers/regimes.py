"""The technological regime of a month (техрежим): it tells how wells are to be run. What it says of pumps and
rods is copied from older papers and dated with the month: no change of what stands in a well.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from app.core.errors import Remark
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.remarks import LEAVE, remark
from app.importers.sheets import Sheet
from app.importers.targets import PARTS, ROD_COLUMNS, SECTION_COLUMNS
from app.importers.vocabulary import folded

ANSWER = "regime_equipment"
_REGIME = re.compile(
    folded("тех") + r"\w* *" + folded("режим") + r"|" + folded("режим работы") + r"|tech\w* regime|\bregime\b"
)
_RUN_DATES = tuple(
    folded(words)
    for words in (
        "дата спуска",
        "дата запуска",
        "дата пуска",
        "дата монтажа",
        "дата ввода",
        "дата ввода после ремонта",
        "дата последнего ремонта",
        "дата спуска гно",
        "дата спуска насоса",
        "run date",
        "install date",
        "start date",
    )
)
OF_EQUIPMENT = frozenset(
    {
        *ROD_COLUMNS,
        *SECTION_COLUMNS,
        "rods",
        "rod_grade",
        *(target for part in PARTS if part.equips for target in part.fields),
    }
)


def is_regime(sheet: Sheet, near: str = "") -> bool:
    """By its title, the sheet's name or the file's."""
    title = " ".join(cell for row in sheet.above for cell in row)
    return _REGIME.search(folded(f"{title} {sheet.name} {Path(sheet.file).stem} {near}")) is not None


def without_run_dates(columns: list[ColumnPlan]) -> list[ColumnPlan]:
    """Where the title says the month: when a pump was started is not when its rate was planned."""
    return [
        replace(one, field="") if one.field == "time" and folded(one.header).endswith(_RUN_DATES) else one
        for one in columns
    ]


def leaves_equipment(plan: SheetPlan) -> bool:
    return plan.answers.get(ANSWER) == LEAVE


def said_of(sheet: Sheet, plan: SheetPlan) -> list[Remark]:
    """Which columns are left out as no change of the equipment."""
    if plan.kind != "passport" or not leaves_equipment(plan):
        return []
    columns = [sheet.title(i) for i, one in enumerate(plan.columns) if one.field in OF_EQUIPMENT]
    return [remark(ANSWER, sheet.name, columns="; ".join(f"«{one}»" for one in columns))] if columns else []
