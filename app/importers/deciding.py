"""What is decided by a whole column and the whole sheet before any cell is read: the order of day and month,
the decimal mark, fractions or per cent. What nothing tells is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.core.clock import from_us
from app.core.errors import Remark
from app.core.unit_spellings import find_unit, usual_units
from app.core.units import Unit
from app.importers import pressure_units
from app.importers.american import american
from app.importers.card_units import card_units
from app.importers.clock_or_length import clock_or_length
from app.importers.counted_clocks import counted_clock
from app.importers.date_order import MONTH_FIRST, YEAR_FIRST, order_of, order_said
from app.importers.days_of_years import days_of_years
from app.importers.gas_amounts import gas_amounts
from app.importers.number_marks import Marks, both_ways, by_size, marks_in
from app.importers.numbers import numbers_of, spaced, texts_of
from app.importers.own_names import in_si
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.remarks import COLUMN_UNIT, LEAVE, answer_to, question, remark, with_unit
from app.importers.rows import Problem
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.targets import TABLE_KINDS, Target
from app.importers.titles import lines_above
from app.importers.undated import since_when
from app.importers.unit_said import is_named
from app.models import limits

MOST_OF_THEM = 0.9
_OF_WELLS = frozenset({"readings", "flow_test", "passport"})


@dataclass
class Decided:
    """The plan with what was decided, what is still open, and what was decided without a proof."""

    plan: SheetPlan
    questions: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def decide(sheet: Sheet, plan: SheetPlan) -> Decided:
    found = Decided(in_si(plan, sheet.headers))
    if sheet.table.num_rows:
        _since_when(sheet, found)
        _date_order(sheet, found)
        _number_marks(sheet, found)
        _shares(sheet, found)
        found.plan = _units_put_right(found.plan)
        found.plan, neighbours = american(sheet, found.plan)
        if neighbours is None:
            _pressures(sheet, found)
        else:
            found.questions.append(neighbours)
        for asked in (days_of_years, card_units, gas_amounts, clock_or_length, counted_clock):
            found.plan, still_open = asked(sheet, found.plan)
            found.questions += [still_open] if still_open else []
    return found


def _units_put_right(plan: SheetPlan) -> SheetPlan:
    """Columns whose unit cannot be, in the one that somebody said instead."""
    said = [plan.answers.get(f"{COLUMN_UNIT}:{column.field}", LEAVE) for column in plan.columns]
    columns = tuple(
        column if unit == LEAVE else replace(column, unit=unit, why="chosen", guessed=False)
        for column, unit in zip(plan.columns, said, strict=True)
    )
    return replace(plan, columns=columns)


def _column(sheet: Sheet, index: int) -> pa.ChunkedArray:
    return sheet.table.column(column_name(index))


def _line(sheet: Sheet, row: int) -> int:
    return int(sheet.table.column(LINE)[row].as_py())


def _since_when(sheet: Sheet, found: Decided) -> None:
    found.plan, open_question = since_when(sheet, found.plan)
    found.questions += [open_question] if open_question else []


# ---- dates -------------------------------------------------------------------------------------------------


def _date_order(sheet: Sheet, found: Decided) -> None:
    plan = found.plan
    said = plan.answers.get("date_order", "")
    index = plan.column_of("time")
    if index is None:
        index = plan.column_of("until")
    if said:
        found.plan = replace(plan, month_first=said == MONTH_FIRST)
        return
    if plan.month_first or (index is None and not plan.time):
        return
    column = pa.chunked_array([[plan.time]]) if index is None else _column(sheet, index)
    others = [_column(sheet, i) for i in range(len(sheet.headers)) if i != index]
    well = plan.column_of("well")
    wells = np.zeros(len(column), "U1")
    if well is not None and index is not None:
        wells = np.asarray(texts_of(_column(sheet, well)).to_numpy(zero_copy_only=False)).astype(str)
    told = order_of(column, others, wells)
    found.plan = replace(plan, month_first=told.order == MONTH_FIRST)
    if told.order == YEAR_FIRST:
        found.plan = replace(found.plan, answers={**plan.answers, "date_order": YEAR_FIRST})
    if told.proved:
        return
    header = "" if index is None else plan.columns[index].header
    written = order_said(f"{header} {sheet.units[index]}") if index is not None else ""
    written = written or order_said(lines_above(sheet.above))
    if written:
        found.plan = replace(plan, month_first=written == MONTH_FIRST)
        return
    line = 0 if index is None else _line(sheet, told.row)
    readings = {} if told.year_us is None else {YEAR_FIRST: _shown(told.year_us)}
    readings["day"] = _shown(told.day_us)
    if told.month_us or told.year_us is None:
        readings["month"] = _shown(told.month_us)
    if told.order:
        first, second = readings[told.order], next(v for k, v in readings.items() if k != told.order)
        found.remarks.append(
            remark(
                "date_order",
                sheet.name,
                column=header,
                lines=[line],
                value=told.cell,
                first=first,
                second=second,
            )
        )
    else:
        found.questions.append(
            question(
                "date_order", sheet.name, line, -1 if index is None else index, header, told.cell, readings
            )
        )


def _shown(us: int) -> str:
    return from_us(us).strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")


# ---- numbers -----------------------------------------------------------------------------------------------


def _number_marks(sheet: Sheet, found: Decided) -> None:
    plan, columns = found.plan, list(found.plan.columns)
    each = {i: marks_in(_column(sheet, i)) for i in range(len(sheet.headers))}
    total = sum(each.values(), Marks())
    used = _numeric(plan)
    for i in [i for i in used if each[i].decimal_commas or each[i].grouping_points]:
        mixed = both_ways(_column(sheet, i))
        if mixed is not None and not answer_to(plan.answers, "number_marks", columns[i].header):
            found.questions.append(_mixed_marks(sheet, i, *mixed))
            used.remove(i)
    said = any(answer_to(plan.answers, "number_marks", columns[i].header) for i in used)
    if not said and not (
        total.open_commas or total.open_points or total.grouping_commas or total.grouping_points
    ):
        return
    proved = {i: answer_to(plan.answers, "number_marks", columns[i].header) or each[i].decimal for i in used}
    size = {i: "" if proved[i] else by_size(_column(sheet, i)) for i in used}
    known = {mark for mark in (*proved.values(), *size.values(), total.decimal) if mark}
    for i in used:
        if proved[i]:
            columns[i] = replace(columns[i], decimal=proved[i])
            continue
        commas = each[i].open_commas
        if not commas and not (each[i].open_points and "," in known):
            # A point alone is a decimal one unless the sheet has commas for that.
            if "." not in known and _may_group(sheet, i, each[i]) and _by_limits(sheet, i, plan) != ".":
                _remark_marks(sheet, found, i, ".")
            continue
        mark = size[i] or (next(iter(known)) if commas and len(known) == 1 else "")
        mark = mark or _by_limits(sheet, i, plan)
        columns[i] = replace(columns[i], decimal=mark)
        if mark:
            _remark_marks(sheet, found, i, mark)
        else:
            row, cell, readings = _open_cell(sheet, i)
            header = columns[i].header
            found.questions.append(
                question("number_marks", sheet.name, _line(sheet, row), i, header, cell, readings)
            )
    found.plan = replace(found.plan, columns=tuple(columns))


def _mixed_marks(sheet: Sheet, index: int, comma: int, point: int) -> Problem:
    """The question of `1,234.5` beside `1.234,5`: whichever mark is said, the other cells are no numbers."""
    cells = [str(_column(sheet, index)[row].as_py()).strip() for row in (comma, point)]
    header, line = sheet.headers[index], _line(sheet, comma)
    readings = {",": cells[0], ".": cells[1]}
    asked = question("number_marks", sheet.name, line, index, header, cells[0], readings)
    details = {**asked.details, "other": cells[1], "other_line": _line(sheet, point)}
    return replace(asked, code="marks_mixed", details=details)


def _may_group(sheet: Sheet, index: int, marks: Marks) -> bool:
    """Whether each cell of several could be thousands: `1.234`, `2.500`."""
    filled = pc.filter(_column(sheet, index), pc.not_equal(pc.fill_null(_column(sheet, index), ""), ""))
    return marks.open_points == len(filled) > 1 and len(filled.unique()) > 1


def _remark_marks(sheet: Sheet, found: Decided, index: int, mark: str) -> None:
    row, cell, readings = _open_cell(sheet, index)
    other = next(value for key, value in readings.items() if key != mark)
    header, line = sheet.headers[index], _line(sheet, row)
    found.remarks.append(
        remark(
            "number_marks",
            sheet.name,
            column=header,
            lines=[line],
            value=cell,
            first=readings[mark],
            second=other,
        )
    )


def _numeric(plan: SheetPlan) -> list[int]:
    kind = TABLE_KINDS[plan.kind]
    targets = [(i, kind.target(column.field)) for i, column in enumerate(plan.columns) if column.field]
    return [i for i, target in targets if target is not None and target.type == "number"]


def _open_cell(sheet: Sheet, index: int) -> tuple[int, str, dict[str, str]]:
    """(row, cell, its two readings by the decimal mark) of the first cell that can be read both ways."""
    column = _column(sheet, index)
    plain = spaced(pc.fill_null(column, ""))
    fits = pc.match_substring_regex(plain, r"^[<>≤≥=~+-]*[1-9][0-9]{0,2}[.,][0-9]{3}$")
    row = int(pc.index(fits, True).as_py())
    cell = str(column[row].as_py()).strip()
    one = pa.chunked_array([[cell]])
    readings = {mark: f"{numbers_of(one, mark).value[0]:.10g}" for mark in (",", ".")}
    if "." in cell:  # of a point the other mark is the one that makes it a thousand
        readings = {".": readings["."], ",": readings[","]}
    return row, cell, readings


def _by_limits(sheet: Sheet, index: int, plan: SheetPlan) -> str:
    """The mark with which nearly all values are possible, where the other's are mostly not."""
    target = TABLE_KINDS[plan.kind].target(plan.columns[index].field)
    if target is None or (target.minimum is None and target.maximum is None):
        return ""
    unit = _unit(plan.columns[index], target)
    shares = {}
    for mark in (",", "."):
        value = numbers_of(_column(sheet, index), mark).value
        value = value[np.isfinite(value) & (value != 0)]
        si = value if unit is None else unit.to_si(value)
        shares[mark] = float(np.mean(limits.within(si, target.minimum, target.maximum))) if len(si) else 1.0
    best = max(shares, key=lambda mark: shares[mark])
    return best if shares[best] >= MOST_OF_THEM and min(shares.values()) < 0.5 else ""


def _unit(column: ColumnPlan, target: Target) -> Unit | None:
    if target.quantity == "number" or target.named.startswith("lab."):
        return None
    return find_unit(column.unit, target.quantity) or usual_units(target.quantity)[0]


# ---- fractions and per cent --------------------------------------------------------------------------------


def _shares(sheet: Sheet, found: Decided) -> None:
    plan = found.plan
    kind = TABLE_KINDS[plan.kind]
    columns = list(plan.columns)
    for i in _numeric(plan):
        target, column = kind.target(columns[i].field), columns[i]
        if target is None or target.quantity != "ratio":
            continue
        signs = _per_cent_signs(_column(sheet, i))
        said = answer_to(plan.answers, "share_unit", column.header)
        if said or signs == 1.0:
            columns[i] = replace(column, unit=said or "%")
            continue
        value = numbers_of(_column(sheet, i), column.decimal).value
        known = np.isfinite(value) & (value != 0)
        if 0 < signs < 1 and not column.unit:
            row = _first_without_sign(_column(sheet, i))
            shown = str(texts_of(_column(sheet, i))[row].as_py())
            readings = {"%": f"{shown} %", "mixed": shown}
            found.questions.append(
                question("share_unit", sheet.name, _line(sheet, row), i, column.header, shown, readings)
            )
            continue
        if column.why != "chosen" and known.any() and plan.kind in _OF_WELLS:
            found.remarks += _shares_among_per_cent(sheet, i, column, np.where(known, value, np.nan))
        if column.why == "chosen" or not known.any() or np.abs(value[known]).max() > 1:
            continue
        if column.unit and not _fractions_called_per_cent(plan.kind, column, value[known]):
            continue
        row = int(np.flatnonzero(known)[0])
        shown = str(texts_of(_column(sheet, i))[row].as_py())
        readings = {"fraction": f"{100 * value[row]:.6g} %", "%": f"{value[row]:.6g} %"}
        found.questions.append(
            question("share_unit", sheet.name, _line(sheet, row), i, column.header, shown, readings)
        )
    found.plan = replace(found.plan, columns=tuple(columns))


def _shares_among_per_cent(sheet: Sheet, index: int, column: ColumnPlan, value: np.ndarray) -> list[Remark]:
    """`0.45` among 44 and 46 per cent is as often a share: a well that is nearly dry stands there as well."""
    unit = find_unit(column.unit, "ratio") if column.unit else usual_units("ratio")[0]
    small, large = (value > 0) & (value < 1), value[value > 1]
    if unit is None or unit.en != "%" or not small.any() or not len(large):
        return []
    alike = small & (100 * value >= large.min() / 2) & (100 * value <= 2 * large.max())
    rows = np.flatnonzero(alike)
    if not len(rows):
        return []
    lines = sheet.table.column(LINE).to_numpy()[rows].tolist()
    first = float(value[rows[0]])
    return [
        remark(
            "shares_among_per_cent",
            sheet.name,
            column=column.header,
            lines=lines,
            value=f"{first:.6g}",
            first=f"{first:.6g} %",
            second=f"{100 * first:.6g} %",
        )
    ]


# ---- pressures ---------------------------------------------------------------------------------------------


def _pressures(sheet: Sheet, found: Decided) -> None:
    plan = found.plan
    kind, columns = TABLE_KINDS[plan.kind], list(plan.columns)
    answered = pressure_units.said(answer_to(plan.answers, "pressure_unit"))
    without: list[pressure_units.Unlabelled] = []
    for i in _numeric(plan):
        target, column = kind.target(columns[i].field), columns[i]
        if target is None or target.quantity not in ("pressure", "surface_pressure"):
            continue
        if is_named(sheet, i, column, target):
            continue
        if answered is not None:
            columns[i] = replace(column, unit=answered.en)
            continue
        value = numbers_of(_column(sheet, i), column.decimal).value
        unit = _unit(column, target)
        if unit is not None:
            without.append(pressure_units.Unlabelled(i, target, unit, value[np.isfinite(value)]))
    found.plan = replace(plan, columns=tuple(columns))
    left = pressure_units.open_units(without)
    if left:
        first = next(one for one in without if np.any(one.values))
        value = numbers_of(_column(sheet, first.index), columns[first.index].decimal).value
        row = int(np.flatnonzero(np.isfinite(value) & (value != 0))[0])
        shown = f"{value[row]:.6g}"
        readings = {unit.en: with_unit(shown, unit) for unit in left[:2]}
        header = columns[first.index].header
        found.questions.append(
            question("pressure_unit", sheet.name, _line(sheet, row), first.index, header, shown, readings)
        )


def _fractions_called_per_cent(kind: str, column: ColumnPlan, known: np.ndarray) -> bool:
    """`Обводненность, %` over 0.45 and 0.95: of a well nearly dry, or shares. Traces in a laboratory's oil
    are per cent.
    """
    unit = find_unit(column.unit, "ratio")
    per_cent = unit is not None and unit.en == "%"
    return per_cent and column.field == "water_cut" and kind in _OF_WELLS and len(known) > 1


def _first_without_sign(column: pa.ChunkedArray) -> int:
    plain = pc.match_substring_regex(pc.fill_null(column, ""), r"[0-9]\s*$")
    return int(pc.index(plain, True).as_py())


def _per_cent_signs(column: pa.ChunkedArray) -> float:
    """The share of the filled cells that end in a per cent sign."""
    if not pa.types.is_string(column.type):
        return 0.0
    filled = pc.filter(column, pc.match_substring_regex(pc.fill_null(column, ""), r"[0-9]"))
    if not len(filled):
        return 0.0
    return float(pc.mean(pc.cast(pc.match_substring_regex(filled, r"%\s*$"), pa.float64())).as_py())
