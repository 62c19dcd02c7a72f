"""A row that tells of several kinds at once: a passport, a technological regime. Each part of it is a record
of its kind; what the part lacks is left away, and what it says of rods is put together.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from app.importers.made import records_table
from app.importers.plan import UNDATED, SheetPlan
from app.importers.regimes import leaves_equipment
from app.importers.remarks import answer_to, remark
from app.importers.rod_order import BOTTOM, CODE, asked_of_order, stands_on_its_head
from app.importers.rod_words import MOST_SECTIONS, Section, diameter_of, sections_of
from app.importers.rows import Problem, Rows
from app.importers.run_dates import MEASURED, dates_a_run
from app.importers.targets import PARTS, ROD_COLUMNS, Part
from app.importers.vocabulary import Vocabulary
from app.models.kinds.spec import Kind
from app.models.values import Values

REGIME_NOTE = "Технологический режим"
"""Of a rate that a regime tells: it was ordered or averaged, not measured."""


def parts_of(rows: Rows, plan: SheetPlan, words: Vocabulary) -> list[tuple[Kind, pa.Table]]:
    """A table of records for each kind that a row tells of; the lift is changed by itself (lifts.py)."""
    made = []
    for part in PARTS:
        if part.kind == "well_passport" or (part.equips and leaves_equipment(plan)):
            continue
        if part.kind == "rod_string":
            values = {"sections": rod_strings(rows, plan)}
            there = np.array([bool(sections) for sections in values["sections"].tolist()], bool)
        else:
            values, there = _values(rows, part)
        if part.kind == "flow_test" and leaves_equipment(plan):
            values["note"] = np.full(len(rows.line), REGIME_NOTE, object)
        own = _has_own_date(rows, part)
        told = [c.header for c in plan.columns if c.field in part.fields and c.field in part.told]
        if part.kind in MEASURED and (there & ~own).any() and (dated := _run(plan)):
            # Nobody says when it was measured, and it was not when the pump was run.
            rows.remarks.append(remark("measured_at_run", plan.name, column=", ".join(told), date=dated))
            there &= own
        elif part.measured and (there & ~own).any() and plan.time == UNDATED:
            rows.remarks.append(remark("measured_undated", plan.name, column=", ".join(told)))
            there &= own
        if there.any():
            told_of = replace(_dated(rows, own), kind=part.kind, values=values, qualifiers={}, shown={})
            made.append(records_table(told_of.where(there), words))
    return made


def _has_own_date(rows: Rows, part: Part) -> np.ndarray:
    """Where a column of its own says when the row was measured."""
    of_moment = part.kind in MEASURED or part.kind == "head_pressures"
    when = rows.values.get("measured_at") if of_moment else None
    return np.zeros(len(rows.line), bool) if when is None else np.isfinite(when)


def _dated(rows: Rows, own: np.ndarray) -> Rows:
    if not own.any():
        return rows
    when = np.nan_to_num(rows.values["measured_at"]).astype(np.int64)
    return replace(rows, time_us=np.where(own, when, rows.time_us))


def _run(plan: SheetPlan) -> str:
    """The header of the date, where it is that of a run."""
    index = plan.column_of("time")
    header = plan.columns[index].header if index is not None else ""
    return header if dates_a_run(header) else ""


def _values(rows: Rows, part: Part) -> tuple[dict[str, np.ndarray], np.ndarray]:
    values = {field: rows.values[key] for key, field in part.fields.items() if key in rows.values}
    there = np.zeros(len(rows.line), bool)
    told = part.told & set(rows.values)
    if part.kind == "fluid" and "liquid_m3_per_s" in rows.values:
        values.pop("water_cut", None)  # of the test that stands beside it
        told -= {"water_cut"}
    for key in told:
        there |= _filled(rows.values[key])
    if part.kind == "fluid_level" and "casing_pressure_pa" in rows.values:
        values["casing_pressure_pa"] = rows.values["casing_pressure_pa"]
    return values, there


def _filled(value: np.ndarray) -> np.ndarray:
    if value.dtype.kind == "f":
        return np.isfinite(value)
    return np.array([cell not in ("", None) for cell in value.tolist()], bool)


# ---- rods --------------------------------------------------------------------------------------------------


def rod_strings(rows: Rows, plan: SheetPlan) -> np.ndarray:
    """The sections of each row, thickest at the top where columns say them; what is no rod string is a
    problem.
    """
    columns = [
        (diameter_of(plan.columns[index].header) or size / 1000, rows.values[key])
        for key, size in ROD_COLUMNS.items()
        if key in rows.values and (index := plan.column_of(key)) is not None
    ]
    columns.sort(key=lambda one: -one[0])
    told, grades = rows.values.get("rods"), rows.values.get("rod_grade")
    found = np.empty(len(rows.line), object)
    for i in range(len(rows.line)):
        sections = [Section(diameter, float(length[i])) for diameter, length in columns if length[i] > 0]
        sections = sections or _numbered(rows, i)
        if told is not None and told[i] and not sections:
            sections = sections_of(str(told[i]))
            if not sections:
                index = plan.column_of("rods")
                assert index is not None
                header = plan.columns[index].header
                rows.problems.append(
                    Problem("", int(rows.line[i]), index, header, str(told[i])[:120], "value_not_rods")
                )
        diameters = [section.diameter_m for section in sections]
        if told is not None and rows.asks and stands_on_its_head(diameters):
            said = answer_to(plan.answers, CODE)
            if not said:
                rows.problems.append(asked_of_order(plan.name, int(rows.line[i]), diameters))
            sections = sections[::-1] if said == BOTTOM else sections
        grade = "" if grades is None else str(grades[i] or "")
        found[i] = [_row(section, grade) for section in sections]
    return found


def _numbered(rows: Rows, row: int) -> list[Section]:
    """Of a pair of columns for each section; one that lacks its half is a problem."""
    found = []
    for number in range(1, MOST_SECTIONS + 1):
        pair = [rows.values.get(f"section_{number}_{what}") for what in ("diameter", "length")]
        diameter, length = (float("nan") if one is None else float(one[row]) for one in pair)
        if diameter > 0 and length > 0:
            found.append(Section(round(diameter, 6), length))
        elif diameter > 0 or length > 0:
            rows.problems.append(
                Problem(
                    "", int(rows.line[row]), -1, "", str(number), "section_half", details={"number": number}
                )
            )
    return found


def _row(section: Section, grade: str) -> Values:
    said = {"length_m": round(section.length_m, 6), "diameter_m": section.diameter_m}
    return said | ({"grade": grade} if grade else {})
