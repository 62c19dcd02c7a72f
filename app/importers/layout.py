"""Where a table begins: titles above, a header of one to three rows, units in a row of their own, a table on
its side.
"""

from __future__ import annotations

import re
from typing import Any

from app.core.unit_spellings import find_unit
from app.importers.cell_units import parted
from app.importers.numbers import WORDS
from app.importers.sheets import Cells, Layout, text_of
from app.importers.titles import tells_units_of
from app.importers.unit_letters import written_out
from app.importers.vocabulary import Vocabulary, split_unit
from app.importers.written_moments import month_in

LOOK = 60
_NUMBER = re.compile(r"^[<>≤≥±~]?\s*[-+−]?\d[\d\s.,]*(e[+-]?\d+)?%?$", re.IGNORECASE)
_DATE = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([ T]\d{1,2}:\d\d(:\d\d)?)?")
_DATE_FORM = re.compile(
    r"^(?=.*(?:yy|гг|hh|чч|[md]/[md]/y|[дм]\.[дм]\.г))[ymdhsгмдчс:./\-\sTt,]+(?:am/pm)?$", re.IGNORECASE
)
"""`yyyy-mm-dd hh:mm`, `дд.мм.гггг`: where others have their unit, a date has its form."""
_DEGREES_MINUTES = re.compile(r"^(?:град|deg)\w*[.,\s]*(?:мин|min)\w*\.?$", re.IGNORECASE)
"""`град.мин`: the form in which angles are written, where others have their unit."""
_SAYS = re.compile(r":(?:\s|$)")
"""`Скважина: 101`: no group of columns."""
_DATED = re.compile(r"[^\W\d_].*?(?<!\d)(?:\d{4}-\d\d-\d\d|\d\d[./]\d\d[./]\d{4})(?!\d)")
"""`Run 2026-06-01`: no group of columns either."""
_EPOCH = re.compile(r"^(?:unix|epoch|posix)(?:[ ,_]*(?:time|m?s|sec|seconds?))?$", re.IGNORECASE)
_FORMS = (_DATE_FORM, _DEGREES_MINUTES, _EPOCH)
_OF_UNITS = re.compile(r"^\s*(?:units?|единиц\w*|ед\.?\s*изм\w*)\b[^:(=]*[:(=]", re.IGNORECASE)
"""`Units: psi, °F`: a line that says something, whatever its commas part it into."""
_IN_UNIT = re.compile(r"\s(?:in|в)\s+(\S+)$", re.IGNORECASE)
"""`pressure in kPa`: said of the table, no group of its columns."""
_DASHES = ("-", "—")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]\s*\n\s*(?=[a-zа-яё])")
"""`Давле-` over `ние`: a word that was parted to fit its cell."""
_WELL_NAME = re.compile(r"^(?:[^\W\d_][\w.'\-]*\s+){1,4}(?:№|#|no\.?)?\s*\d[\w/\-]*$", re.IGNORECASE)
"""`JONES 3`, `скв. 103Г`, `Baker Unit No. 4-12`."""
_LIFTED = re.compile(r"^у?(?:шгн|шсн|шсну|эцн|штн|эвн|швн)у?$|^(?:esp|srp|pcp)$", re.IGNORECASE)
WELL = re.compile(
    r"^(?:(?:скв(?:ажина)?|well)\.?\s*(?:№|#|no\.?)?\s*)?(\d{2,6}[^\W\d_]{0,3})$", re.IGNORECASE
)
TRANSPOSED_LEAST = 3
PASSPORT_LEAST = 6
ROWS_LEAST = 3
MOST_SAID = 6
"""Cells of a line that tells a few things, `Дата: | 05.10.2026 | | ЦДНГ-1`."""


def find_layout(rows: Cells, words: Vocabulary) -> Layout | None:
    """Of the first LOOK rows; None when no row looks like a header."""
    rows = [list(row) for row in rows[:LOOK]]
    said = _said_above(rows)
    hits = [0.0 if i in said or _has_names_over(rows, i) else _hits(row, words) for i, row in enumerate(rows)]
    best = max(range(len(rows)), key=lambda i: (hits[i], min(_filled(rows[i]), 2), -i), default=None)
    if best is not None and hits[best] >= 1:
        on_its_side = None if said else _sideways(rows, words, hits[best])
        if on_its_side is not None:
            return on_its_side
    if best is None or hits[best] < 1.5:
        best = _text_over_numbers(rows) if best is None or hits[best] < 1 else best
        if best is None or best in said:
            return None
    return _around(rows, best, words, hits)


def bare_name(cell: str) -> str:
    """`Скв. № 652` → `652`."""
    found = WELL.match(cell)
    return found[1] if found is not None else cell


def says(row: list[Any]) -> bool:
    """`Скважина | 103`, `Stroke | 2.5 | m`: a line that tells one thing of the whole table."""
    cells = [text_of(cell) for cell in row]
    filled = [cell for cell in cells if cell]
    if 2 <= len(filled) <= MOST_SAID and filled[0].endswith(":") and is_value(filled[1]):
        return not any(map(is_value, filled[2:])) or all(cell.endswith(":") for cell in filled[::2])
    return (
        2 <= len(filled) <= 3
        and cells[: len(filled)] == filled
        and not is_value(filled[0])
        and is_value(filled[1])
        and not any(map(is_value, filled[2:]))
    )


def _said_above(rows: Cells) -> set[int]:
    """Lines that say something of the table under them, where that is a table of numbers: no header, and no
    parameters of a table on its side.
    """
    of_values = [i for i, row in enumerate(rows) if _filled(row) >= 2 and _texts(row) == 0]
    if len(of_values) < ROWS_LEAST:
        return set()
    return {i for i in range(of_values[0]) if says(rows[i])}


def _hits(row: list[Any], words: Vocabulary) -> float:
    """How much of a row the vocabulary knows. A sentence or a number is no header."""
    score, of_lift = 0.0, False
    for cell in row:
        text = text_of(cell)
        if of_lift and _LIFTED.match(text):
            continue  # `Способ эксплуатации | ШГН`: what it is, no name of a pump
        of_lift = "lift" in words.means(text)
        if not text or len(text) > 90 or _NUMBER.match(text) or _DATE.match(text) or parted(text):
            continue
        if words.means(text):
            score += 1
        elif split_unit(text)[1] is not None and find_unit(text) is None:
            score += 0.7
    return score


def _sideways(rows: Cells, words: Vocabulary, best_row: float) -> Layout | None:
    """Parameters down the first column or the second, samples across; not under a header of its own, as a
    protocol in long form has it: `Показатель | Ед. изм. | Результат | НД`.
    """
    if any({"parameter", "value"} <= _meanings(row, words) for row in rows):
        return None
    width = max((len(row) for row in rows), default=0)
    for column in range(min(3, width)):
        cells = [row[column] if column < len(row) else "" for row in rows]
        named = list(dict.fromkeys(map(text_of, cells)))  # OIL, GAS, OIL, GAS: a long form
        hits = _hits(written_out(named), words)
        if hits >= TRANSPOSED_LEAST and hits > best_row + 1 and width > column + 1:
            turned = [list(row) for row in zip(*_padded(rows), strict=True)]
            units_row = next(
                (i for i in range(column + 1, min(column + 3, len(turned))) if is_units(turned[i])), None
            )
            samples = [row for i, row in enumerate(turned) if i > column and i != units_row]
            values = [cell for row in samples for cell in row if text_of(cell)]
            numbers = sum(is_value(cell) or parted(text_of(cell)) is not None for cell in values)
            # One sample, or a few, and what they hold are values: a table of texts is no set of samples.
            # A passport names many things that are none, and its own well.
            is_passport = hits >= PASSPORT_LEAST or any("well" in words.means(name) for name in named)
            enough = 0.25 if is_passport else 0.5
            if values and numbers >= enough * len(values):
                data = column + 2 if units_row == column + 1 else column + 1
                return Layout(column, 1, units_row, data, True)
    return None


def _meanings(row: list[Any], words: Vocabulary) -> frozenset[str]:
    return frozenset().union(*(words.means(text) for cell in row if (text := text_of(cell))))


def _around(rows: Cells, best: int, words: Vocabulary, hits: list[float]) -> Layout:
    """The header's other rows, above and below the best one, and the row of units."""
    first = best
    while (
        first > 0
        and best - first < 2
        and _is_upper(rows[first - 1], rows[first])
        and not _goes_on_saying(rows, first - 1)
        and not _tells_the_well(rows[first - 1], rows[first], words)
    ):
        first -= 1
    last = best
    while last + 1 < len(rows) and last - first < 3 and _continues(rows[last], rows[last + 1], words):
        last += 1
    data = last + 1
    units_row = None
    while data < len(rows):
        if units_row is None and is_units(rows[data]):
            units_row = data
        elif not (_is_numbering(rows[data]) or (_filled(rows[data]) == 0 and data == last + 1)):
            break
        data += 1
    return Layout(first, last - first + 1, units_row, data)


def _has_names_over(rows: Cells, row: int) -> bool:
    """`(hours) | (psia)` under `Elapsed time | Pressure`: hours are a unit there, and no hours on stream."""
    if row == 0 or not is_units(rows[row]):
        return False
    under = [i for i, cell in enumerate(rows[row]) if text_of(cell)]
    over = [text_of(rows[row - 1][i]) for i in under if i < len(rows[row - 1])]
    return len(over) == len(under) > 1 and all(over) and _texts(rows[row - 1]) == _filled(rows[row - 1])


def _goes_on_saying(rows: Cells, row: int) -> bool:
    """`Период | октябрь` under `Скважина | 101` is one more of such lines, no group of columns."""
    there = [i for i, cell in enumerate(rows[row]) if text_of(cell)]
    return there == [0, 1] and row > 0 and says(rows[row - 1])


def _tells_the_well(above: list[Any], header: list[Any], words: Vocabulary) -> bool:
    """`Well | JONES 3 | Field | Spraberry`, `JONES 3 | Rod string`: a line of the whole table, from its left
    edge without a gap, over columns that have names of their own; no groups of them.
    """
    cells = [text_of(cell) for cell in above]
    filled = [cell for cell in cells if cell]
    if cells[: len(filled)] != filled or not all(text_of(cell) for cell in header[:1]):
        return False
    if "well" in words.means(filled[0]) and len(filled) % 2 == 0:
        return any(letter.isdigit() for letter in filled[1])
    over_names = all(text_of(header[i]) for i in range(min(len(filled), len(header))))
    return over_names and sum(bool(_WELL_NAME.match(cell)) for cell in filled) == 1


def is_value(cell: Any) -> bool:
    """A number, a date, or what laboratories write instead."""
    if isinstance(cell, (int, float)) or hasattr(cell, "isoformat"):
        return True
    text = text_of(cell)
    return bool(_NUMBER.match(text) or _DATE.match(text)) or "".join(text.lower().split()) in WORDS


def _filled(row: list[Any]) -> int:
    return sum(bool(text_of(cell)) for cell in row)


def _texts(row: list[Any]) -> int:
    return sum(bool(text_of(cell)) and not is_value(cell) for cell in row)


def is_units(row: list[Any]) -> bool:
    """Most of what is written are units: `МПа`, `[kg/h]`, `(г/см3)`, `hrs`."""
    cells = [text_of(cell).strip("[]() ") for cell in row]
    written = [cell for cell in cells if cell and cell not in _DASHES]
    known = sum(find_unit(cell) is not None or bool(_DEGREES_MINUTES.match(cell)) for cell in written)
    return bool(written) and known >= 0.6 * len(written)


def _is_numbering(row: list[Any]) -> bool:
    """`1 2 3 4 …`: the columns counted under the header."""
    numbers = [text_of(cell).strip(".") for cell in row if text_of(cell)]
    return len(numbers) >= 3 and numbers in (
        [str(i) for i in range(1, len(numbers) + 1)],
        [str(i) for i in range(2, len(numbers) + 2)],
    )


def _is_upper(above: list[Any], header: list[Any]) -> bool:
    """Group titles over a header: several texts, or one over columns that have a sub-header; not a title
    line.
    """
    texts = [i for i, cell in enumerate(above) if text_of(cell)]
    if (
        len(texts) < 2
        or all(_says_unit(text_of(above[i])) for i in texts)
        or _OF_UNITS.match(text_of(above[texts[0]]))
        or tells_units_of([text_of(above[i]) for i in texts], list(map(text_of, header)))
        or (any(is_value(above[i]) for i in texts) and not _names_wells(above, header))
        or any(_SAYS.search(text_of(above[i])) or _DATED.search(text_of(above[i])) for i in texts)
    ):
        return False
    if len({text_of(above[i]) for i in texts}) < 2:
        return False
    long = max(len(text_of(above[i])) for i in texts)
    # Merged cells are written out: one that reaches down stands in both rows.
    below_empty = sum(i >= len(header) or text_of(header[i]) in ("", text_of(above[i])) for i in texts)
    return (
        long < 80
        and (below_empty > 0 or len(texts) < _filled(header))
        and (len(texts) >= 0.3 * _filled(header) or _tell_apart(above, header))
    )


def _tell_apart(above: list[Any], header: list[Any]) -> bool:
    """`Режим | Факт` over `Qж | Qн | Qж | Qн`: names that stand twice, once in each group."""
    running, told = "", set[tuple[str, str]]()
    names = [text for cell in header if (text := text_of(cell))]
    for i, cell in enumerate(header):
        running = (text_of(above[i]) if i < len(above) else "") or running
        told.add((running, text_of(cell)))
    return len(set(names)) < len(names) == len({one for one in told if one[1]})


def _says_unit(text: str) -> bool:
    unit = _IN_UNIT.search(text)
    return unit is not None and find_unit(unit[1]) is not None


def _names_wells(above: list[Any], header: list[Any]) -> bool:
    """`Дата | 101 | 102` over `| Рпр | Рпр`: wells as numbers, beside a name that reaches down."""
    texts = [(i, text_of(cell)) for i, cell in enumerate(above) if text_of(cell)]
    wells = [i for i, text in texts if WELL.match(text)]
    others = [i for i, text in texts if not WELL.match(text)]
    return (
        len(wells) > 1
        and len(others) > 0
        and all(text_of(header[i]) for i in wells if i < len(header))
        and not any(text_of(header[i]) or is_value(above[i]) for i in others if i < len(header))
    )


def _continues(header: list[Any], below: list[Any], words: Vocabulary) -> bool:
    """A second row of the header: texts only, under groups; cells of the first row that reach down are empty
    in it.
    """
    if is_units(below) or _filled(below) == 0 or any(is_value(cell) for cell in below):
        return False
    under = [i for i, cell in enumerate(below) if text_of(cell)]
    fresh = [i for i in under if text_of(below[i]) != (text_of(header[i]) if i < len(header) else "")]
    if not fresh or len(under) > _filled(header) + len(below) // 2:
        return False
    empty_above = sum(not (i < len(header) and text_of(header[i])) for i in under)
    known = sum(
        bool(words.means(text_of(below[i])) or _of_group(_group(header, i), text_of(below[i]), words))
        or find_unit(text_of(below[i]).strip("()[]")) is not None
        or month_in(text_of(below[i])) is not None
        for i in fresh
    )
    partly = _filled(below) < _filled(header)
    # Merged cells are written out, so a cell that reaches down repeats itself.
    repeated = len(under) - len(fresh)
    if repeated and all(_is_of_a_group(header, i) for i in fresh):
        return True  # `за сутки | с начала месяца` under one merged `Нефть, т`, whatever they are called
    return known >= 1 and (empty_above > 0 or partly or repeated > 0)


def _group(header: list[Any], column: int) -> str:
    """The title over a column, from its left where the cell is blank."""
    return next((text for cell in reversed(header[: column + 1]) if (text := text_of(cell))), "")


def _of_group(group: str, text: str, words: Vocabulary) -> bool:
    """`Давление` over `буферное`: together they are a name."""
    name = split_unit(group)[0]
    return bool(words.means(f"{name} {text}") or words.means(f"{text} {name}"))


def _is_of_a_group(header: list[Any], column: int) -> bool:
    """Whether the title over a column is over one beside it too."""
    mine = text_of(header[column]) if column < len(header) else ""
    beside = (header[i] for i in (column - 1, column + 1) if 0 <= i < len(header))
    return bool(mine) and any(text_of(cell) == mine for cell in beside)


def _text_over_numbers(rows: Cells) -> int | None:
    """The last row of texts before rows of numbers."""
    for i in range(len(rows) - 1):
        if (
            _texts(rows[i]) >= 2
            and _texts(rows[i]) >= 0.7 * _filled(rows[i])
            and not any(map(_measured, rows[i]))
            and sum(map(_measured, rows[i + 1])) >= 0.5 * max(_filled(rows[i + 1]), 1)
        ):
            return i
    return None


def _measured(cell: Any) -> bool:
    """`5.58 MPa` is a value as well."""
    return is_value(cell) or parted(text_of(cell)) is not None


def _padded(rows: Cells) -> Cells:
    width = max((len(row) for row in rows), default=0)
    return [list(row) + [""] * (width - len(row)) for row in rows]


def header_texts(rows: Cells, layout: Layout) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(headers, units) joined over the header's rows: `ПЭД / I ном`; a group's title reaches over the blanks
    to its right.
    """
    block = _padded([row for row in rows[layout.header : layout.header + layout.header_rows]])
    width = max((len(row) for row in rows[: layout.data]), default=0)
    parts: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(block):
        running = ""
        is_last = number == len(block) - 1
        for i in range(width):
            text = " ".join(_HYPHEN.sub("", text_of(row[i] if i < len(row) else "")).split())
            below = any(i < len(lower) and text_of(lower[i]) for lower in block[number + 1 :])
            if text:
                running = text
            elif not (below and not is_last):
                running = ""
            said = text or running
            if said and said not in parts[i]:
                parts[i].append(said)
    units = [""] * width
    if layout.units_row is not None and layout.units_row < len(rows):
        for i, cell in enumerate(rows[layout.units_row][:width]):
            units[i] = " ".join(text_of(cell).split()).strip("[]() ")
            if _DEGREES_MINUTES.match(units[i]):  # 1.15 is then 1°15′: whoever reads the numbers must hear it
                parts[i].append(units[i])
            if units[i] in _DASHES or any(form.match(units[i]) for form in _FORMS):
                units[i] = ""
            if units[i] and find_unit(units[i]) is None:  # `при 20 °С, г/см3` is a name and a unit
                name, _, units[i] = split_unit(units[i])
                parts[i].append(name)
    headers = []
    for i, names in enumerate(parts):
        if len(names) > 1 and find_unit(names[-1].strip("()[], ")) is not None and not units[i]:
            units[i] = names.pop().strip("()[], ")
        headers.append(" / ".join(names))
    return tuple(headers), tuple(units)
