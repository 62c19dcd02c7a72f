"""Wells in the header: each well's columns become rows of its own, so that a column says whose they are.

`Дата | 101 Рпр, атм | 102 Рпр, атм` is read as `Дата | Скважина | Рпр, атм`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from app.importers.nameless import nameless_time
from app.importers.numbers import texts_of
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.tag_paths import is_equipment, without_address, without_tail
from app.importers.tag_units import is_unit_of, unit_behind
from app.importers.titles import without_month
from app.importers.vocabulary import Vocabulary, like_the_others, split_unit

_NAME = r"\d{2,6}[^\W\d_]{0,3}(?:[-/]\d{1,4})?"
_WORD = r"(?:скважина|скв|well|№|no)\.?\s*(?:№|#|no\.?)?\s*"
_BEFORE = re.compile(rf"^(?:{_WORD})?(?P<well>{_NAME})(?:\s*[,:;/|._]\s*|\s+|$)(?P<rest>.*)$", re.IGNORECASE)
_BEHIND = re.compile(
    rf"^(?P<rest>.*?)(?:\s*[,:;/|._(\[]\s*|\s+)(?:{_WORD})?(?P<well>{_NAME})[)\]]?$", re.IGNORECASE
)
_PATH = re.compile(r"^(?:[^/\\|.]+[/\\|.])+(?P<well>[^/\\|.]+)[/\\|.](?P<rest>[^/\\|.]+)$")
_TAG = re.compile(
    r"^(?P<well>[^\W\d_][^/\\|.:]*\d[\w#-]*|\d{2,6}[^\W\d_]{0,3})[/\\|.:]\s*(?P<rest>[^/\\|.:]*[^\W\d_][^/\\|.:]*)$"
)
"""`SMITH 12H.PIP`."""
_EQUIPPED = re.compile(
    r"^(?:[^/\\|.]+[/\\|.])*?(?P<well>[^/\\|.]*\d[^/\\|.]*)[/\\|.](?P<of>[^/\\|.]+)[/\\|.](?P<rest>[^/\\|.]+)$"
)
"""`101.ESP.PIP`, of which the middle is equipment."""
_SCORED = re.compile(
    r"^(?:[^\W_]+_)+(?P<well>(?:w|well|скв)?\d{2,6}[^\W\d_]{0,3})_(?P<rest>[^\W\d_]\w*)$", re.IGNORECASE
)
"""`FIELD_PAD1_101_PIP_PSI`."""
_LABELLED = re.compile(
    r"^(?P<rest>[^{]*[^{\s])\s*\{(?:.*[,\s])?(?:well|скважина)\s*[=:]\s*\"?(?P<well>[^\",}]+)\"?.*\}$",
    re.IGNORECASE,
)
"""`frequency{well="101", site="A"}`."""
# Of a header of two rows, the upper one the wells: `ESP01 / DHINTAKEPRESSURE`.
_OVER = re.compile(r"^(?P<well>[^\W\d_]{1,6}[-_ ]?\d{1,4}[^\W_]{0,3}) / (?P<rest>[^/]+)$")
_DESCRIBED = re.compile(
    r"^(?P<well>(?:w|well|скв|esp)?[-_]?\d{2,6}[^\W\d_]{0,3})[./\\|:_][^/\s]+ / (?P<rest>[^/]+)$",
    re.IGNORECASE,
)
"""A tag over what it measures: `101:PI_INTAKE / Pump Intake Pressure`."""
_QUALITY = re.compile(r"[\s._:/-](?:q(?:c|ual(?:ity)?)?|status)$", re.IGNORECASE)
"""`101.PIP_Q`: the quality of what that tag measures."""
_CALLED = re.compile(rf"^{_WORD}{_NAME}[_./\\|:]", re.IGNORECASE)
"""`Well101_PIP`: a tag too."""
_BY_WELLS = re.compile(
    r"\s*(?<![^\W_])(?:по\s+скважинам|скважин|by\s+wells?|of\s+wells)(?![^\W_])", re.IGNORECASE
)
_SHORT = re.compile(rf"^{_WORD}(?P<well>[\w/-]{{1,12}})$", re.IGNORECASE)


_SURE = (_LABELLED, _DESCRIBED, _EQUIPPED, _PATH, _TAG, _SCORED)


@dataclass(frozen=True)
class _Place:
    well: str
    rest: str
    sure: bool = field(default=False, compare=False)
    """A tag names its well, be it the only one."""


def stacked(sheet: Sheet, words: Vocabulary, named: str = "") -> Sheet:
    """The same where no well stands in a header. What is settled in the layout is not found out again.
    `named`: the sheet's own name; of a file's name nothing is made.
    """
    if sheet.layout.across is False or sheet.layout.transposed:
        return sheet
    places = _places(sheet, words, named)
    if places is None:
        return replace(sheet, layout=replace(sheet.layout, across=False))
    common = [i for i, place in enumerate(places) if place is None]
    measures = list(dict.fromkeys(place.rest for place in places if place is not None))
    units = _units(sheet, places)
    well = like_the_others(sheet.headers, "Скважина", "Well")
    headers = [*(sheet.headers[i] for i in common), well, *measures]

    def turn(table: pa.Table) -> pa.Table:
        return _stacked(table, places, common, measures)

    of_columns = (*(sheet.units[i] for i in common), "", *(units[measure] for measure in measures))
    unfolded = replace(sheet, layout=replace(sheet.layout, across=True))
    return unfolded.turned(turn, headers, of_columns)


def _places(sheet: Sheet, words: Vocabulary, named: str) -> list[_Place | None] | None:
    """Of each column the well and what is measured, None for a column that all wells share; None when the
    header holds no wells.
    """
    places: list[_Place | None] = []
    for header in sheet.headers:
        if "well" in words.means(header):
            return None
        place = _place(without_address(header), words) if header else None
        known = place is not None and not place.rest and words.means(header)
        places.append(None if known else place)
    found = [place for place in places if place is not None]
    # The same number before two names of sensors is no chance.
    alone = bool(found) and (
        all(place.sure for place in found) or (len(found) > 1 and all(p.rest for p in found))
    )
    if len({place.well for place in found}) < (1 if alone else 2) or not _timed(sheet, places, words):
        return None
    bare = sum(not place.rest for place in found)
    if bare:
        said = measure_said(sheet, words, named) if bare == len(found) else ""
        return [place and _Place(place.well, said) for place in places] if said else None
    twice = len({(place.well, place.rest) for place in found}) < len(found)
    return None if twice else places


def _timed(sheet: Sheet, places: list[_Place | None], words: Vocabulary) -> bool:
    shared = [header for header, place in zip(sheet.headers, places, strict=True) if place is None]
    timed = any(words.means(header) & {"time", "year"} for header in shared)
    return timed or nameless_time(sheet, words) is not None


def _place(header: str, words: Vocabulary) -> _Place | None:
    quality = _QUALITY.search(header)
    if quality is not None and not words.means(header):
        owner = _place(header[: quality.start()], words)
        return owner and replace(owner, rest=owner.rest + quality[0])
    name, _, spelled = split_unit(header)
    if (bare := without_tail(name)) != name:
        name = header = bare
    bare_name, behind = ("", "") if spelled else unit_behind(name)
    place = _of_name(bare_name, bare_name, f", {behind}", words) if behind else None
    if place is not None and is_unit_of(behind, split_unit(place.rest)[0], words):
        return place
    return _of_name(name, header, f", {spelled}" if spelled else "", words)


def _of_name(name: str, header: str, unit: str, words: Vocabulary) -> _Place | None:
    for pattern in (_LABELLED, _OVER, _DESCRIBED, _EQUIPPED, _PATH, _TAG, _SCORED, _BEFORE, _BEHIND, _SHORT):
        found = pattern.match(name) or pattern.match(header)
        if found is None:
            continue
        rest = found.groupdict().get("rest", "") or ""
        rest = rest.strip(" ,:;/|._-")
        if not rest:
            return _Place(found["well"], "")
        if is_equipment(found["well"]) or (pattern is _EQUIPPED and not is_equipment(found["of"])):
            continue
        if words.means(rest) or words.means(_QUALITY.sub("", rest)):
            sure = pattern in _SURE or _CALLED.match(header) is not None
            return _Place(found["well"], rest if split_unit(rest)[2] else rest + unit, sure)
    return None


def measure_said(sheet: Sheet, words: Vocabulary, named: str) -> str:
    """What is measured, where the header names nothing but wells: a title says it, or the sheet's name."""
    for text in (*(cell for row in sheet.above for cell in row), named):
        for said in _endings(text):
            if words.means(said) - {"well", "time"}:
                return said
    return ""


_OF_WHAT = {
    "дебита": "дебит",
    "дебитов": "дебит",
    "добычи": "добыча",
    "закачки": "закачка",
    "приемистости": "приемистость",
    "обводненности": "обводненность",
    "давления": "давление",
    "давлений": "давление",
    "уровня": "уровень",
    "уровней": "уровень",
    "частоты": "частота",
    "тока": "ток",
    "токов": "ток",
    "загрузки": "загрузка",
    "температуры": "температура",
}
"""`Шахматка дебита жидкости`: what it is a table of, as columns are called."""
_ENDED = {"динамического": "динамический", "статического": "статический", "динамических": "динамический"}
_ENDED |= {f"{root}ого": f"{root}ое" for root in ("затрубн", "буферн", "линейн", "забойн")}


def _endings(text: str) -> list[str]:
    """`Шахматка Рпр, атм`, and without its first words; without its month and `по скважинам`."""
    parts = [_named(word) for word in _BY_WELLS.sub("", without_month(text)).rstrip(" .").split()]
    return [text, *(" ".join(parts[n:]) for n in range(min(len(parts), 5)))]


def _named(word: str) -> str:
    plain = word.lower().replace("ё", "е")
    return _OF_WHAT.get(plain) or _ENDED.get(plain) or word


def _units(sheet: Sheet, places: list[_Place | None]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, unit in zip(places, sheet.units, strict=True):
        if place is not None and (unit or place.rest not in found):
            found[place.rest] = unit or found.get(place.rest, "")
    return found


def _stacked(
    table: pa.Table, places: list[_Place | None], common: list[int], measures: list[str]
) -> pa.Table:
    """A part for each well, in the order of the header; a row without any of its values is left out."""
    wells = list(dict.fromkeys(place.well for place in places if place is not None))
    parts = [_of_well(table, well, places, common, measures) for well in wells]
    return pa.concat_tables([_alike(part, parts) for part in parts])


def _of_well(
    table: pa.Table, well: str, places: list[_Place | None], common: list[int], measures: list[str]
) -> pa.Table:
    columns = [table.column(column_name(i)) for i in common]
    columns.append(pa.chunked_array([pa.array([well] * table.num_rows, pa.string())]))
    there = None
    for measure in measures:
        of_it = [i for i, place in enumerate(places) if place is not None and place.rest == measure]
        mine = next((i for i in of_it if places[i] == _Place(well, measure)), None)
        column = table.column(column_name(of_it[0] if mine is None else mine))
        if mine is None:
            column = pa.chunked_array([pa.nulls(table.num_rows, column.type)])
        columns.append(column)
        valid = pc.is_valid(column)
        there = valid if there is None else pc.or_(there, valid)
    names = [column_name(i) for i in range(len(columns))]
    return pa.table(dict(zip([*names, LINE], [*columns, table.column(LINE)], strict=True))).filter(there)


def _alike(part: pa.Table, parts: list[pa.Table]) -> pa.Table:
    """Columns of one type in all parts: what is text for one well is text for all."""
    for i, name in enumerate(part.column_names):
        types = {other.column(name).type for other in parts}
        if len(types) > 1:
            part = part.set_column(i, name, texts_of(part.column(name)))
    return part
