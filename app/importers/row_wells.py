"""Whose each row is, and which rows are none: totals and signatures under the table."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.importers import groups_of_wells
from app.importers.distinct import distinct_rows
from app.importers.numbers import NOTHING
from app.importers.remarks import remark
from app.importers.rows import Problem
from app.importers.sheet_reading import MOST_PROBLEMS, SheetReading
from app.importers.sheets import column_name
from app.importers.sums import sums_of
from app.importers.tag_paths import Tag, parted
from app.importers.tag_units import is_unit_of, unit_behind
from app.importers.vocabulary import Vocabulary, vocabulary
from app.models.limits import LONGEST_NAME, clean_name
from app.models.sensors import SENSORS
from app.models.well_names import normal_name, place_looks

_MEAN = r"средн(?:ее|яя|ие|ий|им|\.|е(?:сут|мес|год|квартал|часов|действ|взвеш|арифм|стат)\w*)?(?![^\W_]|-)"
"""`Среднеботуобинское` is a field and `Средне-Хулымская` a well."""
_TOTALS = re.compile(
    rf"\s*(?:итог|всего|{_MEAN}|ср\.?\s+знач|сумма|кол(?:ичеств|-во|\.\s*скв)|total|average|count(?![^\W\d_])"
    r"|по цех|по куст|по месторожд"
    r"|(?:мин(?:имум|имальн\w*)?|макс(?:имум|имальн\w*)?|min(?:imum)?|max(?:imum)?|sum|mean)(?![^\W\d_]))",
    re.IGNORECASE,
)
"""`Минерализация` is none."""


_SAID = r"(?:sub-?)?(?:totals?|итого?|всего)(?![^\W_])"
_TOTAL_WELL = re.compile(
    rf"^\s*(?:итог[ои]?(?![^\W\d_])|всего|в\s+целом|в\s*т\.?\s*ч|в том числе|{_MEAN}|сумма|[σ∑]"
    rf"|(?:.{{0,40}}(?<![^\W_]))?(?:{_SAID}|(?:sub-?)?в\s+целом)"
    r"|average\b|avg\b|sum\b|mean\b|median|медиана|all\s+wells|кол-?во\b|количеств|number\s+of|count\b|суммарн|gesamt|resumen|suma\b|promedio|média\b|media\b|summe\b"
    r"|(?:план|факт|отклонени[ея]|изменени[ея]|выполнени[ея]|примечани[ея]|прочи[ех]|остальны[ех]|others?|rest|ср|jumlah|toplam|барлығы)\b[.:]*\s*$"
    r"|по\s+(?:цех|куст|месторожд|фонд|участ|цднг)|(?:цднг|цдног|нгду|цех|цитс|куст|pad|участок|бригада)"
    r"\s*[-№#]?\s*\d{0,3}\s*:?\s*$|(?:месторождение|field|lease)\s*:?\s*$"
    r"|(?:мин|макс|min|max)\.?$|%|м/р\s|.{1,40}\sместорождени[ея]\s*$|а?гзу\b|(?:battery|group)\b)",
    re.IGNORECASE,
)
"""What is no name of a well, whatever else stands in its row."""


_TOTAL_SAID = re.compile(rf"(?<![^\W_]){_SAID}", re.IGNORECASE)
"""`Field total` where a date should stand."""
_NO_NAMES = frozenset(
    (*NOTHING, "без номера", "б/н", "unknown", "не указана", "неизвестно", "?", "--", "---")
)
_DITTO = re.compile(
    r"^\s*(?:то\s+же(?:\s+самое)?|так\s+же|-?та\s+же|ditto|do\.|same(?:\s+as\s+above)?|[-—–]*\s*(?:\"+|''|[″〃„“”»]|[/\\]{2}|;;)\s*[-—–]*)\s*$",
    re.IGNORECASE,
)
"""`то же`, `-//-`, `"`: the well of the row above."""
LEAST_WELLS = 2
_NUMBER = re.compile(r"\d{2,6}[^\W\d_]{0,3}")
_FLOAT = re.compile(r"\d{1,6}\.0")
_BEGINS = r"^\s*(скв|well)"
_TITLE = re.compile(
    r"^\s*(?:скважина|скв\.?|well)\s*(?:№|#|no\.?)?\s*:?\s*((?=\S*\d)[\w][\w/\-]{0,30})\s*:?\s*$",
    re.IGNORECASE,
)


_SEVERAL = re.compile(
    r"^\d{2,6}[^\W\d_]{0,3}(?:\s*(?:[,;+&]|(?<=\s)(?:и|and)(?=\s))\s*\d{2,6}[^\W\d_]{0,3})+$", re.IGNORECASE
)
"""`101, 102`, `101 и 102`: one figure of several wells."""
_WELL_BEFORE = re.compile(r"\s*\d{2,}[.:/\\|]\S")
"""`101.PIP` is no tenth or hundredth line of a list: those have a blank behind their number."""


def wells_of(reading: SheetReading) -> np.ndarray:
    """From the column, blanks filled from above, or from the tags; else what the lines above, the sheet or
    the person says.
    """
    index = reading.plan.column_of("well")
    if index is None:
        return _of_titles(reading, _of_tags(reading))
    well = reading.cleaned(_whole(reading.texts(index)), index, lines=False, longest=LONGEST_NAME)
    if reading.asks:
        well = np.where(_rows_called(well, _DITTO.match), "", well)
    pad = reading.plan.column_of("pad")
    filled = well != ""
    if reading.asks:
        _refuse_nobodies(reading, index, well)
    if not filled.all() and filled.any():
        others = np.zeros(len(well), bool)
        for i, column in enumerate(reading.plan.columns):
            if column.field and i not in (index, pad):
                others |= reading.texts(i) != ""
        place = groups_of_wells.places(reading, well, others)
        if place is None:
            place = np.maximum.accumulate(np.where(filled, np.arange(len(well)), -1))
            groups_of_wells.refuse_above_the_first(reading, index, filled, others)
        well = np.where(~filled & others & (place >= 0), well[np.maximum(place, 0)], well)
        if reading.asks:
            _refuse_nobodies(reading, index, well)
    if reading.plan.well:
        well = np.where(well == "", clean_name(reading.plan.well), well)
    if reading.asks and index is not None:
        reading.mark(
            _rows_called(well, _SEVERAL.match), index, reading.plan.columns[index].header, "wells_in_one_cell"
        )
    return well


def _whole(names: np.ndarray) -> np.ndarray:
    """`101.0` in a whole column of such is the well 101 that went through a program of numbers."""
    told = [str(name) for name in names.tolist() if name]
    if not told or not all(_FLOAT.fullmatch(name) for name in told):
        return names
    return np.array([str(name).removesuffix(".0") for name in names.tolist()], object)


def _refuse_nobodies(reading: SheetReading, index: int, well: np.ndarray) -> None:
    """A word for nothing is no name, and what stands under it is of no well either."""
    nobody = _rows_called(well, lambda name: name and name.lower() in _NO_NAMES)
    reading.mark(nobody, index, reading.plan.columns[index].header, "value_missing")
    reading.keep &= ~nobody


def refuse_other_wells(reading: SheetReading, well: np.ndarray) -> None:
    """Rows that their pad, their field or their tag says to be another well's; also where their own cell is
    blank. After the totals are out: `Итого` stands on every pad.
    """
    index = reading.plan.column_of("well")
    if reading.asks and index is not None:
        _refuse_two_places(reading, index, well)
        _refuse_other_tags(reading, index, well)


def _refuse_two_places(reading: SheetReading, index: int, well: np.ndarray) -> None:
    """One name on two pads or in two fields is two wells, and nothing below could tell them apart."""
    columns = [i for key in ("field", "pad") if (i := reading.plan.column_of(key)) is not None]
    rows = np.flatnonzero(reading.keep)
    if not columns or not len(rows):
        return
    texts = [well[rows], *(reading.texts(i)[rows] for i in columns)]
    where, which = distinct_rows(pa.array(one, pa.string()) for one in texts)
    first: dict[str, tuple[str, ...]] = {}
    elsewhere = np.zeros(len(where), bool)
    said: dict[str, str] = {}
    for number, row in enumerate(where.tolist()):
        name, *place = (str(one[row]) for one in texts)
        if not name or not all(place):
            continue
        known = first.setdefault(name.lower(), tuple(place))
        if [*map(place_looks, known)] != [*map(place_looks, place)]:
            elsewhere[number] = True
            said = said or {"well": name, "one": " / ".join(known), "other": " / ".join(place)}
    other = np.zeros(len(well), bool)
    other[rows] = elsewhere[which]
    if said:
        reading.mark(other, index, reading.plan.columns[index].header, "well_of_two_places", details=said)


def _refuse_other_tags(reading: SheetReading, index: int, well: np.ndarray) -> None:
    """A row whose own column says one number of a well and its tag another is nobody's."""
    column = reading.plan.column_of("sensor")
    if column is None:
        return
    names = reading.texts(column)
    tags = tags_in(names.tolist(), vocabulary())
    told = {name: normal_name(tag.well) for name, tag in tags.items() if _NUMBER.fullmatch(tag.well)}
    other = np.array(
        [
            name in told and _NUMBER.fullmatch(at) is not None and normal_name(at) != told[name]
            for name, at in zip(names.tolist(), well.tolist(), strict=True)
        ],
        bool,
    )
    reading.mark(other, index, reading.plan.columns[index].header, "well_of_tag")


def _of_titles(reading: SheetReading, well: np.ndarray) -> np.ndarray:
    """A row that holds nothing but "Скважина 102" speaks for the rows under it. In a file that is read piece
    by piece nobody can say how far: there such a row is an error.
    """
    titles = _titles(reading) if reading.asks else {}
    if not titles:
        return well
    if reading.sheet.more is not None:
        named = np.isin(np.arange(len(well)), list(titles))
        reading.mark(named, -1, "", "row_names_well", details={"well": next(iter(titles.values()))})
        return well
    rows = np.arange(len(well))
    place = np.maximum.accumulate(np.where(np.isin(rows, list(titles)), rows, -1))
    for row, name in titles.items():
        reading.keep[row] = False
        reading.left_out.append(
            Problem(reading.sheet.name, int(reading.line[row]), -1, "", name[:80], "row_title", "warning")
        )
    return np.array([titles.get(at, well[row]) for row, at in enumerate(place.tolist())], object)


def _titles(reading: SheetReading) -> dict[int, str]:
    """Row → the well that it names, of rows with nothing else in them."""
    found: dict[int, str] = {}
    for index in range(len(reading.sheet.headers)):
        column = reading.table.column(column_name(index))
        if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
            continue
        meant = pc.fill_null(pc.match_substring_regex(column, _BEGINS, ignore_case=True), False)
        rows = np.flatnonzero(np.asarray(meant))
        for row, cells in zip(rows.tolist(), reading.cells(rows), strict=True):
            title = _TITLE.match(cells[0]) if len(cells) == 1 else None
            if title is not None:
                found[row] = clean_name(title.group(1))
    return dict(sorted(found.items()))


def _of_tags(reading: SheetReading) -> np.ndarray:
    said = clean_name(reading.plan.well)
    index = reading.plan.column_of("sensor")
    if index is None or not reading.asks:
        return np.full(reading.table.num_rows, said, object)
    names = reading.texts(index)
    tags = tags_in(names.tolist(), vocabulary())
    return np.array([tags[name].well if name in tags else said for name in names.tolist()], object)


def tags_in(names: list[str], words: Vocabulary) -> dict[str, Tag]:
    """The tags that name a well before what they measure."""
    sensors = {"motor_load", *(sensor.key for sensor in SENSORS)}

    def known(word: str) -> bool:
        if not word.strip() or _WELL_BEFORE.match(word):
            return False
        name, unit = unit_behind(word)
        return (
            bool(words.means(word) & sensors)
            or word.strip() in sensors
            or (bool(unit) and is_unit_of(unit, name, words))
        )

    return parted(names, known)


def leave_out_totals(reading: SheetReading, well: np.ndarray) -> None:
    """Totals and signatures under the table are no rows; they are told of, not lost."""
    timeless = np.ones(len(well), bool) if reading.moments is None else ~reading.moments.there
    rows = np.flatnonzero((timeless | (well == "")) & reading.keep)
    if len(rows) > MOST_PROBLEMS:
        rows = np.r_[rows[: MOST_PROBLEMS // 2], rows[-MOST_PROBLEMS // 2 :]]
    named = np.zeros(len(well), bool)
    if reading.asks and reading.plan.column_of("well") is not None:
        blank = np.flatnonzero(_from_above(reading) & reading.keep)
        rows = np.union1d(rows, blank[: MOST_PROBLEMS // 2])
        named = sums_of(
            reading, well, np.union1d(blank, np.flatnonzero(_without_figures(well) & reading.keep))
        )
        named |= _rows_called(well, _TOTAL_WELL.match)
        rows = np.union1d(rows, np.flatnonzero(named))
    for row, cells in zip(rows.tolist(), reading.cells(rows), strict=True):
        total = named[row] or any(
            _TOTALS.match(cell) is not None or (timeless[row] and _TOTAL_SAID.search(cell) is not None)
            for cell in cells[:3]
        )
        signature = (
            reading.moments is not None and bool(timeless[row]) and len(cells) <= 3 and _is_words(cells)
        )
        if total or signature:
            reading.keep[row] = False
            code = "row_total" if total else "row_words"
            reading.left_out.append(
                Problem(
                    reading.sheet.name, int(reading.line[row]), -1, "", "; ".join(cells)[:80], code, "warning"
                )
            )


def _without_figures(well: np.ndarray) -> np.ndarray:
    """Rows of names without a figure, where several others have one."""
    figured = sum(any(ch.isdigit() for ch in str(name)) for name in set(well.tolist()))
    if figured < LEAST_WELLS:
        return np.zeros(len(well), bool)
    return _rows_called(well, lambda name: name and not any(ch.isdigit() for ch in name))


def _rows_called(well: np.ndarray, fits: Callable[[str], object]) -> np.ndarray:
    """The rows whose name fits; each name is looked at once."""
    known = {name: bool(fits(str(name))) for name in set(well.tolist())}
    return np.array([known[name] for name in well.tolist()], bool)


def _from_above(reading: SheetReading) -> np.ndarray:
    """Rows whose own cell of the well is blank."""
    index = reading.plan.column_of("well")
    return np.zeros(len(reading.line), bool) if index is None else reading.texts(index) == ""


def say_taken_from_above(reading: SheetReading, well: np.ndarray) -> None:
    """Which rows are of the well above them, where most rows name theirs: a blank among those may be a cell
    that was lost. Where fewer do, a name stands over its rows.
    """
    index = reading.plan.column_of("well")
    if index is None or not reading.asks:
        return
    own = reading.texts(index) != ""
    taken = reading.keep & ~own & (well != "") & np.logical_or.accumulate(own)
    if 0 < np.count_nonzero(taken) < np.count_nonzero(own & reading.keep):
        header, lines = reading.plan.columns[index].header, reading.line[taken].tolist()
        reading.remarks.append(remark("well_from_above", reading.sheet.name, column=header, lines=lines))


_FOOTNOTE = re.compile(r"^\s*(?:\*+|[¹²³⁴⁵])\s*[-–—:)]?\s*[^\W\d_]")


def _is_words(cells: list[str]) -> bool:
    if len(cells) == 1 and _FOOTNOTE.match(cells[0]):
        return True
    return (
        bool(cells)
        and sum(ch.isalpha() for cell in cells for ch in cell) > 6
        and not any(cell.replace(",", ".").replace(".", "", 1).isdigit() for cell in cells)
    )
