"""A sheet and its plan → rows of one kind, in SI and UTC, and every cell that does not fit with its place and
reason.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.core.unit_spellings import find_unit, usual_units
from app.core.units import AT, ATM, Unit
from app.importers.choices import choice_of, flag_of
from app.importers.moments import Moments, clocks_of, moments_of, month_number
from app.importers.numbers import NOTHING, numbers_of, texts_of
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.rows import Problem, Rows
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.targets import TABLE_KINDS, TableKind, Target
from app.models.kinds.lab import PARAMETERS

_TOTALS = (
    "итог",
    "всего",
    "среднее",
    "сумма",
    "total",
    "average",
    "mean",
    "sum",
    "min",
    "max",
    "мин",
    "макс",
    "по цех",
    "по куст",
    "по месторожд",
)


def edited(sheet: Sheet, table: pa.Table, plan: SheetPlan) -> pa.Table:
    """The cells put right by hand, and without the rows left out by hand."""
    if plan.edits:
        lines = np.asarray(table.column(LINE))
        for column in sorted({column for _, column in plan.edits}):
            changes = {line: text for (line, c), text in plan.edits.items() if c == column}
            rows = np.flatnonzero(np.isin(lines, list(changes)))
            if not len(rows) or column >= len(sheet.headers):
                continue
            cells = texts_of(table.column(column_name(column))).to_pylist()
            for row in rows.tolist():
                cells[row] = changes[int(lines[row])]
            place = table.column_names.index(column_name(column))
            table = table.set_column(
                place, column_name(column), pa.array([cell or None for cell in cells], pa.string())
            )
    if plan.skip_lines:
        table = table.filter(
            pc.invert(
                pc.is_in(table.column(LINE), pa.array(sorted(plan.skip_lines), table.schema.field(LINE).type))
            )
        )
    return table


def extract(sheet: Sheet, table: pa.Table, plan: SheetPlan, *, technical_atmosphere: bool = False) -> Rows:
    return _Extraction(sheet, edited(sheet, table, plan), plan, technical_atmosphere).rows()


class _Extraction:
    """One sheet being read by one plan; `keep` says which rows still stand."""

    def __init__(self, sheet: Sheet, table: pa.Table, plan: SheetPlan, technical_atmosphere: bool) -> None:
        self.sheet, self.table, self.plan = sheet, table, plan
        self.kind: TableKind = TABLE_KINDS[plan.kind]
        self.technical = technical_atmosphere
        self.line = np.asarray(table.column(LINE), np.int64)
        self.keep = np.ones(table.num_rows, bool)
        self.problems: list[Problem] = []
        self.left_out: list[Problem] = []

    @cached_property
    def moments(self) -> Moments | None:
        """The column of times, read once; None when there is none."""
        index = self.plan.column_of("time")
        return (
            None
            if index is None
            else moments_of(self.table.column(column_name(index)), month_first=self.plan.month_first)
        )

    def rows(self) -> Rows:
        well = self._wells()
        self._without_totals(well)
        time_us = self._times(well)
        until = self._until()
        found = Rows(self.plan.kind, self.line, well, time_us, until, {})
        for index, column in enumerate(self.plan.columns):
            target = self.kind.target(column.field) if column.field else None
            if target is None or target.key in ("well", "time", "clock", "year", "month", "until"):
                continue
            if target.type == "number":
                self._number(found, index, column, target)
            else:
                found.values[target.key] = self._text(index, target)
        self._required(found)
        if not found.values and not self.kind.timeless:
            self.keep[:] = False
        return self._cut(found)

    # ---- whose and when ------------------------------------------------------------------------------------

    def _texts(self, index: int) -> np.ndarray:
        """As an array of str objects, a name of the alphabet's look-alikes as it is."""
        text = texts_of(self.table.column(column_name(index)))
        return np.asarray(text.to_numpy(zero_copy_only=False), object)

    def _wells(self) -> np.ndarray:
        """From the column, blanks filled from above; else what the lines above, the sheet or the person
        says.
        """
        index = self.plan.column_of("well")
        if index is None:
            return np.full(self.table.num_rows, self.plan.well, object)
        well = self._texts(index)
        pad = self.plan.column_of("pad")
        filled = well != ""
        if not filled.all() and filled.any():
            others = np.zeros(len(well), bool)
            for i, column in enumerate(self.plan.columns):
                if column.field and i not in (index, pad):
                    others |= self._texts(i) != ""
            place = np.maximum.accumulate(np.where(filled, np.arange(len(well)), -1))
            well = np.where(~filled & others & (place >= 0), well[np.maximum(place, 0)], well)
        if self.plan.well:
            well = np.where(well == "", self.plan.well, well)
        return well

    def _without_totals(self, well: np.ndarray) -> None:
        """Totals and signatures under the table are no rows; they are told of, not lost."""
        timeless = np.ones(len(well), bool) if self.moments is None else self.moments.bad | self.moments.empty
        rows = np.flatnonzero(timeless | (well == ""))
        if len(rows) > MOST_PROBLEMS:
            rows = np.r_[rows[: MOST_PROBLEMS // 2], rows[-MOST_PROBLEMS // 2 :]]
        for row in rows.tolist():
            cells = self._cells(row)
            total = any(cell.lower().lstrip().startswith(_TOTALS) for cell in cells[:3])
            signature = (
                self.moments is not None and bool(timeless[row]) and len(cells) <= 3 and _is_words(cells)
            )
            if total or signature:
                self.keep[row] = False
                code = "row_total" if total else "row_words"
                self.left_out.append(
                    Problem(
                        self.sheet.name, int(self.line[row]), -1, "", "; ".join(cells)[:80], code, "warning"
                    )
                )

    def _cells(self, row: int) -> list[str]:
        """What is written in one row."""
        columns = (self.table.column(column_name(i)).slice(row, 1) for i in range(len(self.sheet.headers)))
        return [cell for column in columns if (cell := str(texts_of(column)[0].as_py()))]

    def _times(self, wells: np.ndarray) -> np.ndarray:
        if self.kind.timeless and self.plan.column_of("time") is None and self.plan.column_of("year") is None:
            return self._fallback_time(
                np.zeros(len(self.line), np.int64), np.ones(len(self.line), bool), needed=False
            )
        index, found = self.plan.column_of("time"), self.moments
        if index is None or found is None:
            return self._from_year_and_month()
        column = self.plan.columns[index]
        time_us = found.time_us.copy()
        self._mark(found.bad, index, column.header, "value_not_time")
        blank = found.empty & self.keep
        if blank.any() and not self.plan.time:
            place = np.maximum.accumulate(np.where(~found.empty & ~found.bad, np.arange(len(blank)), -1))
            # A date merged over several rows of one sample; never across wells.
            fill = blank & (place >= 0) & (wells == wells[np.maximum(place, 0)])
            time_us = np.where(fill, time_us[np.maximum(place, 0)], time_us)
            self._mark(blank & ~fill, index, column.header, "value_missing")
        elif blank.any():
            time_us = self._fallback_time(time_us, blank, needed=True)
        clock = self.plan.column_of("clock")
        if clock is not None:
            of_day = clocks_of(self.table.column(column_name(clock)))
            self._mark(of_day.bad, clock, self.plan.columns[clock].header, "value_not_time")
            time_us = time_us + of_day.time_us
        return time_us

    def _fallback_time(self, time_us: np.ndarray, blank: np.ndarray, *, needed: bool) -> np.ndarray:
        if not self.plan.time:
            if needed:
                self._mark(blank, -1, "", "value_missing")
            return time_us
        found = moments_of(pa.chunked_array([pa.array([self.plan.time])]), month_first=self.plan.month_first)
        if found.bad[0]:
            self._mark(blank, -1, self.plan.time, "value_not_time")
            return time_us
        return np.where(blank, found.time_us[0], time_us)

    def _from_year_and_month(self) -> np.ndarray:
        year, month = self.plan.column_of("year"), self.plan.column_of("month")
        n = len(self.line)
        if year is None or month is None:
            return self._fallback_time(np.zeros(n, np.int64), np.ones(n, bool), needed=True)
        years = numbers_of(self.table.column(column_name(year)))
        wrong = years.bad | ~np.isfinite(years.value) | (years.value < 1950) | (years.value > 2200)
        self._mark(wrong, year, self.plan.columns[year].header, "value_not_time")
        names = self._texts(month)
        known = {name: month_number(str(name)) for name in set(names.tolist())}
        months = np.array([known[name] or 0 for name in names.tolist()], np.int64)
        self._mark(months == 0, month, self.plan.columns[month].header, "value_not_time")
        count = (
            (np.where(wrong, 1970, np.nan_to_num(years.value)).astype(np.int64) - 1970) * 12
            + np.maximum(months, 1)
            - 1
        )
        return count.astype("datetime64[M]").astype("datetime64[us]").astype(np.int64)

    def _until(self) -> np.ndarray | None:
        index = self.plan.column_of("until")
        if index is None:
            return None
        found = moments_of(self.table.column(column_name(index)), month_first=self.plan.month_first)
        self._mark(found.bad, index, self.plan.columns[index].header, "value_not_time")
        return np.where(found.bad | found.empty, np.iinfo(np.int64).min, found.time_us)

    # ---- values --------------------------------------------------------------------------------------------

    def _number(self, found: Rows, index: int, column: ColumnPlan, target: Target) -> None:
        numbers = numbers_of(self.table.column(column_name(index)))
        self._mark(numbers.bad, index, column.header, "value_not_number")
        unit = self._unit(found, column, target)
        value = numbers.value
        if self.kind.key == "lab_result":
            self._lab(found, index, column, target, value, unit, numbers.qualifier)
            return
        if numbers.qualifier is not None:
            marked = numbers.qualifier != ""
            self._mark(marked & np.isfinite(value), index, column.header, "value_qualified")
            self._mark(marked & ~np.isfinite(value), index, column.header, "value_qualified", "warning")
            value = np.where(numbers.qualifier != "", np.nan, value)
        si = unit.to_si(value) if unit is not None else value
        if self.kind.key != "readings":  # readings carry marks instead
            self._range(index, column, target, si, value)
        found.values[target.key], found.shown[target.key], found.units[target.key] = si, value, unit

    def _unit(self, found: Rows, column: ColumnPlan, target: Target) -> Unit | None:
        if target.quantity == "number":
            return None
        unit = find_unit(column.unit, target.quantity) if column.unit else None
        if unit is None:
            if target.named.startswith("lab."):
                return None
            unit = usual_units(target.quantity)[0]
            found.assumed[target.key] = unit
        return AT if unit is ATM and self.technical else unit

    def _lab(
        self,
        found: Rows,
        index: int,
        column: ColumnPlan,
        target: Target,
        value: np.ndarray,
        unit: Unit | None,
        qualifier: np.ndarray | None,
    ) -> None:
        """Results stay in the laboratory's customary unit (models/kinds/lab)."""
        if target.key in PARAMETERS:
            parameter = PARAMETERS[target.key]
            own = find_unit(parameter.unit, parameter.quantity)
            if unit is not None and own is not None and unit is not own:
                value = own.from_si(unit.to_si(value))
            self._range(index, column, target, value, value)
        found.values[target.key] = value
        if qualifier is not None:
            found.qualifiers[target.key] = qualifier

    def _range(
        self, index: int, column: ColumnPlan, target: Target, si: np.ndarray, shown: np.ndarray
    ) -> None:
        """Outside the hard limits: it stays when the person says so, but it is shown."""
        with np.errstate(invalid="ignore"):
            low = (
                si < target.minimum - 1e-9 * abs(target.minimum)
                if target.minimum is not None
                else np.zeros(len(si), bool)
            )
            high = si > target.maximum * (1 + 1e-9) if target.maximum is not None else np.zeros(len(si), bool)
        self._mark(low | high, index, column.header, "value_out_of_range", "warning")

    def _text(self, index: int, target: Target) -> np.ndarray:
        text = self._texts(index)
        if target.type == "flag":
            known = {cell: flag_of(cell) for cell in set(text.tolist())}
            self._mark(
                np.array([cell != "" and known[cell] is None for cell in text.tolist()], bool),
                index,
                self.plan.columns[index].header,
                "value_not_flag",
            )
            return np.array([known[cell] for cell in text.tolist()], object)
        if target.type == "choice":
            chosen = {cell: choice_of(cell, target) for cell in set(text.tolist())}
            bad = np.array([cell != "" and not chosen[cell] for cell in text.tolist()], bool)
            if not bad.all() or target.required:
                self._mark(
                    bad,
                    index,
                    self.plan.columns[index].header,
                    "value_not_choice",
                    details={"known": ", ".join(target.choices)},
                )
            return np.array([chosen[cell] for cell in text.tolist()], object)
        if target.key != "sensor":
            nothing = np.isin(np.char.lower(text.astype(str)), NOTHING) if len(text) else np.zeros(0, bool)
            text = np.where(nothing, "", text)
        return text

    def _required(self, found: Rows) -> None:
        """A row that holds nothing is left out, one that lacks what its kind cannot do without is an
        error.
        """
        filled = np.zeros(len(self.line), bool)
        for key, value in found.values.items():
            there = (
                np.isfinite(value)
                if value.dtype.kind == "f"
                else np.array([cell not in ("", None) for cell in value.tolist()], bool)
            )
            target = self.kind.target(key)
            if key in found.qualifiers:
                there = there | (found.qualifiers[key] != "")
            if target is None or not target.role:
                filled |= there
            if target is not None and target.required:
                index = self.plan.column_of(key)
                marked = {(p.line, p.column) for p in self.problems}
                missing = ~there & self.keep
                if index is not None:
                    missing &= (
                        np.array([(int(line), index) not in marked for line in self.line.tolist()], bool)
                        if missing.any()
                        else missing
                    )
                    found_any = filled | there
                    self._mark(missing & found_any, index, self.plan.columns[index].header, "value_missing")
        if not self.kind.timeless:
            self.keep &= filled | np.isin(self.line, [p.line for p in self.problems])

    # ---- problems ------------------------------------------------------------------------------------------

    def _mark(
        self,
        wrong: np.ndarray,
        index: int,
        header: str,
        code: str,
        severity: str = "error",
        details: dict[str, Any] | None = None,
    ) -> None:
        rows = np.flatnonzero(wrong & self.keep)
        if not len(rows):
            return
        texts = self._texts(index) if index >= 0 else None
        for row in rows[:MOST_PROBLEMS].tolist():
            value = "" if texts is None else str(texts[row])
            self.problems.append(
                Problem(
                    self.sheet.name,
                    int(self.line[row]),
                    index,
                    header,
                    value[:120],
                    code,
                    severity,
                    details or {},
                )
            )

    def _cut(self, found: Rows) -> Rows:
        keep = self.keep
        found.line, found.well, found.time_us = found.line[keep], found.well[keep], found.time_us[keep]
        found.until_us = None if found.until_us is None else found.until_us[keep]
        for part in (found.values, found.qualifiers, found.shown):
            for key in part:
                part[key] = part[key][keep]
        found.problems, found.left_out = self.problems, self.left_out
        return found


MOST_PROBLEMS = 2_000
"""Of one column: a column that is wrong throughout is wrong once."""


def _is_words(cells: list[str]) -> bool:
    return (
        bool(cells)
        and sum(ch.isalpha() for cell in cells for ch in cell) > 6
        and not any(cell.replace(",", ".").replace(".", "", 1).isdigit() for cell in cells)
    )
