"""Tables that this program has written: their columns are called by the fields' keys, in SI."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from app.core.unit_spellings import all_units
from app.importers.plan import SheetPlan
from app.importers.targets import TABLE_KINDS, TableKind, Target
from app.models.kinds import KINDS

READINGS = ("time", "well", "sensor", "value", "unit", "quality")
"""The columns of readings that were exported; their times are in UTC."""


def moments_of_ours(kind: TableKind) -> dict[str, str]:
    """What its records' own moments are called → time or until."""
    record = kind.record or kind.key
    if record not in KINDS:
        return {}
    own = KINDS[record]
    return {own.at: "time"} | ({own.until: "until"} if own.until else {})


def is_ours(kind: str, headers: Collection[str]) -> bool:
    """Whether a table has the kind's own moment, the well, and fields by their keys alone."""
    table_kind = TABLE_KINDS[kind]
    moments = {name for name, key in moments_of_ours(table_kind).items() if key == "time"}
    keys = {target.key for target in table_kind.targets} | set(moments_of_ours(table_kind))
    told = [header for header in headers if header]
    return bool(moments & set(told)) and "well" in told and all(header in keys for header in told)


def in_si(plan: SheetPlan, headers: Collection[str]) -> SheetPlan:
    """The plan of a table of ours: what is called by its key alone is in SI, a share a fraction."""
    if not is_ours(plan.kind, headers):
        return plan
    kind = TABLE_KINDS[plan.kind]
    columns = list(plan.columns)
    for index, column in enumerate(columns):
        target = kind.target(column.field) if column.field else None
        if target is not None and column.header == target.key and column.why != "chosen":
            columns[index] = replace(column, unit=_si_unit(target), guessed=False)
    return replace(plan, columns=tuple(columns))


def _si_unit(target: Target) -> str:
    """As files spell it; empty where the quantity has none."""
    if target.type != "number" or target.quantity == "number":
        return ""
    units = all_units(target.quantity)
    return next((unit.en for unit in units if unit.to_si(1.0) == 1.0 and unit.to_si(0.0) == 0.0), "")
