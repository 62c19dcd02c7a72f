"""What stands in the cells of one column: numbers in SI with their unit, texts, choices and flags."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from app.core.unit_spellings import find_unit, is_gauge, nearest, usual_units
from app.core.units import AT, ATM, INCH, MILLIMETRE, Unit
from app.importers import by_density, by_duration
from app.importers.by_density import RELATIVE
from app.importers.choices import choice_of, flag_of, is_of_producer, labels_of
from app.importers.currencies import is_left_out
from app.importers.footnotes import starred
from app.importers.kind_hints import HEAVIEST_OIL, OF_OIL
from app.importers.nothing_said import fillers, is_bad_word, is_only_words, maybe_fillers
from app.importers.numbers import NOTHING, Numbers, numbers_of
from app.importers.odd_numbers import put_right
from app.importers.pipe_words import PIPES, pipe_of
from app.importers.plan import ColumnPlan
from app.importers.remarks import answer_to, gauge_remark, names_of_units, ppm_remark, question, remark
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name
from app.importers.targets import Target
from app.models import limits
from app.models.kinds.lab import PARAMETERS

_BY_MASS = re.compile(r"масс|(?<![^\W_])(?:вес|wt|mass)", re.IGNORECASE)


def number_of(reading: SheetReading, found: Rows, index: int, column: ColumnPlan, target: Target) -> None:
    """The numbers of one column, into `found`."""
    numbers = numbers_of(reading.table.column(column_name(index)), column.decimal)
    if is_left_out(reading, found, index, column, target, numbers):
        return
    if target.key in PIPES and numbers.bad.any() and reading.asks:
        _pipes(reading, found, index, column, target, numbers)
        return
    numbers, unit_told = put_right(reading, index, target, numbers)
    column = replace(column, unit=column.unit or unit_told)
    _mark_words(reading, index, column, target, numbers)
    if reading.asks and by_density.unit_of(column.unit, target) is not None:
        _by_mass(reading, found, index, column, target, numbers.value)
        return
    if (
        reading.asks
        and (rate := by_duration.rate_of(reading, found, index, target, numbers.value)) is not None
    ):
        value, rate = _without_fillers(reading, found, index, column, target, numbers.value, rate)
        found.values[target.key] = _within_limits(reading, index, column, target, rate)
        found.shown[target.key] = value
        return
    if reading.asks and _unit_is_unknown(reading, index, column, target):
        return
    unit = _unit_of(reading, found, index, column, target)
    value = numbers.value
    found.remarks += starred(reading, index, np.isfinite(value)) if reading.asks else []
    if reading.kind.key == "lab_result":
        found.remarks += ppm_remark(reading.sheet.name, column.header, column.unit) if reading.asks else []
        _laboratory(reading, found, index, column, target, value, unit, numbers.qualifier)
        return
    if numbers.qualifier is not None:
        marked = numbers.qualifier != ""
        reading.mark(marked & np.isfinite(value), index, column.header, "value_qualified")
        reading.mark(marked & ~np.isfinite(value), index, column.header, "value_qualified", "warning")
        value = np.where(numbers.qualifier != "", np.nan, value)
    si = unit.to_si(value) if unit is not None else value
    value, si = _without_fillers(reading, found, index, column, target, value, si)
    if reading.kind.key != "readings":
        si = _within_limits(reading, index, column, target, si)
    if target.key == "water_cut" and reading.asks and _BY_MASS.search(column.header):
        found.remarks.append(remark("share_by_mass", reading.sheet.name, column=column.header))
    found.values[target.key], found.shown[target.key], found.units[target.key] = si, value, unit


def _by_mass(
    reading: SheetReading, found: Rows, index: int, column: ColumnPlan, target: Target, value: np.ndarray
) -> None:
    """A volume that is told by mass: its density makes it one."""
    unit = by_density.unit_of(column.unit, target)
    assert unit is not None
    if reading.kind.key != "readings":
        value, _ = _without_fillers(reading, found, index, column, target, value, unit.to_si(value) / 1000)
    si = by_density.in_volume(reading, found, index, target, value)
    if si is None:
        return
    if reading.kind.key == "lab_result" and target.key in PARAMETERS:
        own = find_unit(PARAMETERS[target.key].unit, target.quantity)
        si = si if own is None else own.from_si(si)
    if reading.kind.key == "readings":
        value, si = _without_fillers(reading, found, index, column, target, value, si)
    else:
        si = _within_limits(reading, index, column, target, si)
    found.values[target.key], found.shown[target.key], found.units[target.key] = si, value, unit


def _pipes(
    reading: SheetReading, found: Rows, index: int, column: ColumnPlan, target: Target, numbers: Numbers
) -> None:
    """`НКТ 73х5,5`: the outer diameter, and the inner one where no column of its own has it."""
    unit = find_unit(column.unit, target.quantity) if column.unit else MILLIMETRE
    outer = (unit or MILLIMETRE).to_si(numbers.value)
    inner = np.full(len(outer), np.nan)
    wrong = numbers.bad.copy()
    for row, cell in enumerate(reading.texts(index).tolist()):
        told = f'{cell}"' if unit is INCH and not re.search('["″]', str(cell)) else str(cell)
        pipe = pipe_of(told) if numbers.bad[row] else None
        if pipe is not None:
            outer[row], inner[row], wrong[row] = pipe[0], np.nan if pipe[1] is None else pipe[1], False
    reading.mark(wrong, index, column.header, "value_odd", "warning")
    outer = _within_limits(reading, index, column, target, outer)
    found.values[target.key], found.shown[target.key] = outer, 1000 * outer
    other = PIPES[target.key]
    if np.isfinite(inner).any() and reading.plan.column_of(other) is None:
        found.values[other], found.shown[other] = inner, 1000 * inner


def _mark_words(
    reading: SheetReading, index: int, column: ColumnPlan, target: Target, numbers: Numbers
) -> None:
    """A word of a historian is left out and said, and so is any word in a column of numbers: one never
    refuses a file.
    """
    words = np.zeros(len(numbers.bad), bool)
    if numbers.bad.any():
        cells = reading.texts(index)
        mostly = 2 * int(np.isfinite(numbers.value).sum()) >= int(numbers.bad.sum())
        lenient = mostly and (reading.kind.key == "readings" or not target.required)
        for row in np.flatnonzero(numbers.bad).tolist():
            cell = str(cells[row])
            words[row] = is_bad_word(cell) or (lenient and is_only_words(cell))
    reading.mark(words, index, column.header, "value_bad_word", "warning")
    reading.mark(numbers.bad & ~words, index, column.header, "value_not_number")


def _without_fillers(
    reading: SheetReading,
    found: Rows,
    index: int,
    column: ColumnPlan,
    target: Target,
    value: np.ndarray,
    si: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Fillers are no values of a record; a reading keeps them under a mark. What is beyond the limits of a
    reading is marked too, and said.
    """
    outside = np.isfinite(si) & ~limits.within(si, target.minimum, target.maximum)
    # A total under the table speaks neither for a filler nor against it.
    judged = np.where(reading.keep, value, np.nan)
    nothing = fillers(judged, outside, alone=reading.kind.key != "readings")
    if reading.kind.key == "readings":
        nothing |= outside & (value == 0)  # a zero that cannot be: what a gauge writes without a signal
    if (nothing & reading.keep).any() and reading.asks:
        rows = np.flatnonzero(nothing & reading.keep)
        shown = ", ".join(dict.fromkeys(f"{x:.10g}" for x in value[rows].tolist()))
        found.remarks.append(
            remark(
                "sentinels",
                reading.sheet.name,
                column=column.header,
                lines=reading.line[rows].tolist(),
                value=shown[:60],
            )
        )
    if reading.kind.key == "readings":
        reading.mark(outside & ~nothing, index, column.header, "value_out_of_range", "warning")
        return value, si
    if not reading.asks:
        return value, si
    nothing |= _said_to_be_nothing(reading, index, column, target, np.where(nothing, np.nan, judged))
    return np.where(nothing, np.nan, value), np.where(nothing, np.nan, si)


def _said_to_be_nothing(
    reading: SheetReading, index: int, column: ColumnPlan, target: Target, value: np.ndarray
) -> np.ndarray:
    """Values written as fillers are, which the column does not bear out: asked, unless it was said."""
    maybe = maybe_fillers(value)
    said = answer_to(reading.plan.answers, "maybe_filler", column.header)
    if maybe.any() and not said:
        row = int(np.flatnonzero(maybe)[0])
        shown, line = f"{value[row]:.10g}", int(reading.line[row])
        options = {"value": shown, "nothing": "—"}
        reading.problems.append(
            question("maybe_filler", reading.sheet.name, line, index, column.header, shown, options)
        )
    return maybe if said == "nothing" else np.zeros(len(value), bool)


def _unit_is_unknown(reading: SheetReading, index: int, column: ColumnPlan, target: Target) -> bool:
    """A unit that is named and not understood is an error: the usual one is not put in its place."""
    of_lab = target.key in PARAMETERS and target.named.startswith("lab.")
    if (target.quantity == "number" and not of_lab) or not column.unit or target.key == "value":
        return False
    if of_lab:
        known = PARAMETERS[target.key].understands(column.unit)
    else:
        known = find_unit(column.unit, target.quantity) is not None
    if not known:
        if target.quantity == "number":
            own = find_unit(PARAMETERS[target.key].unit, "equivalents")
            near = names_of_units([own] if own is not None else [])
        else:
            near = names_of_units(nearest(column.unit, target.quantity) or usual_units(target.quantity)[:6])
        wrong = np.zeros(len(reading.line), bool)
        wrong[:1] = True
        reading.mark(
            wrong | (reading.keep.cumsum() == 1),
            index,
            column.header,
            "unit_unknown",
            details={"unit": column.unit, "near": near},
        )
    return not known


def _unit_of(
    reading: SheetReading, found: Rows, index: int, column: ColumnPlan, target: Target
) -> Unit | None:
    if target.key in RELATIVE and column.unit:
        return by_density.relative(column.unit)
    if target.quantity == "number":
        return find_unit(column.unit, "number") if column.unit else None
    if target.key in PARAMETERS and target.named.startswith("lab."):
        parameter = PARAMETERS[target.key]
        own = find_unit(parameter.unit, parameter.quantity)
        if not column.unit and own is not None and parameter.quantity == "mass_concentration":
            found.assumed[target.key] = own
        return parameter.unit_of(column.unit) if column.unit else None
    unit = find_unit(column.unit, target.quantity) if column.unit else None
    if unit is None:
        unit = usual_units(target.quantity)[0]
        found.assumed[target.key] = unit
    elif column.guessed and reading.asks:
        found.assumed[target.key] = unit
    if is_gauge(unit):
        found.remarks.append(gauge_remark(reading.sheet.name, column.header, unit))
    return AT if unit is ATM and reading.technical else unit


def _laboratory(
    reading: SheetReading,
    found: Rows,
    index: int,
    column: ColumnPlan,
    target: Target,
    value: np.ndarray,
    unit: Unit | None,
    qualifier: np.ndarray | None,
) -> None:
    """Results stay in the laboratory's customary unit (models/kinds/lab)."""
    value, _ = _without_fillers(reading, found, index, column, target, value, value)
    if target.key in PARAMETERS:
        parameter = PARAMETERS[target.key]
        own = find_unit(parameter.unit, parameter.quantity)
        if unit is not None and own is not None and unit is not own:
            value = own.from_si(unit.to_si(value))
        if target.key == "oil_density_20c" and reading.asks and not OF_OIL.search(column.header):
            heavy = (value > HEAVIEST_OIL) & (value <= parameter.maximum)
            reading.mark(heavy, index, column.header, "value_out_of_range")
        value = _within_limits(reading, index, column, target, value)
    found.values[target.key] = value
    if qualifier is not None:
        found.qualifiers[target.key] = qualifier


def _within_limits(
    reading: SheetReading, index: int, column: ColumnPlan, target: Target, si: np.ndarray
) -> np.ndarray:
    """Outside the hard limits a cell is an error, as in a form: empty when such cells are left out. A file
    journalled before that was so keeps what it brought.
    """
    outside = np.isfinite(si) & ~limits.within(si, target.minimum, target.maximum)
    reading.mark(
        outside, index, column.header, "value_out_of_range", "error" if reading.strict else "warning"
    )
    return np.where(outside, np.nan, si) if reading.strict else si


def _called(choices: tuple[str, ...]) -> dict[str, str]:
    """Language → the choices as the program calls them."""
    return {language: ", ".join(labels_of(code)[language] for code in choices) for language in ("ru", "en")}


def text_of(reading: SheetReading, index: int, target: Target) -> np.ndarray:
    """The texts of one column; choices and flags as what they mean."""
    text = reading.texts(index)
    if target.type == "flag":
        known = {cell: flag_of(cell) for cell in set(text.tolist())}
        reading.mark(
            np.array([cell != "" and known[cell] is None for cell in text.tolist()], bool),
            index,
            reading.plan.columns[index].header,
            "value_not_flag",
        )
        return np.array([known[cell] for cell in text.tolist()], object)
    if target.type == "choice":
        text = np.array(["" if str(cell).lower() in NOTHING else cell for cell in text.tolist()], object)
        chosen = {cell: choice_of(cell, target) for cell in set(text.tolist())}
        of_lift = target.named == "lift"  # of a purpose `добывающая` says no lift
        bad = np.array(
            [
                cell != "" and not chosen[cell] and not (of_lift and is_of_producer(cell))
                for cell in text.tolist()
            ],
            bool,
        )
        # Of a column whose words are all unknown it is doubtful that it is this field: that is said.
        sure = (not bad.all() or target.required or of_lift) and not target.role
        reading.mark(
            bad,
            index,
            reading.plan.columns[index].header,
            "value_not_choice",
            "error" if sure else "warning",
            details={"known": _called(target.choices)},
        )
        return np.array([chosen[cell] for cell in text.tolist()], object)
    if target.key != "sensor":
        # One by one: in an array of texts each is as long as the longest.
        text = np.array(["" if str(cell).lower() in NOTHING else cell for cell in text.tolist()], object)
    longest = limits.LONGEST_NAME if target.key in ("pad", "field") else limits.LONGEST_TEXT
    return reading.cleaned(text, index, lines=target.long, longest=longest)
