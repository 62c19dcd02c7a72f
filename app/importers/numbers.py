"""Cells as people write numbers: decimal commas, thin spaces, `<0,05`, `н/о`. Vectorised; Python sees only
what is odd.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

NOTHING = [
    "",
    "-",
    "—",
    "–",
    "nan",
    "null",
    "none",
    "н/д",
    "н/з",
    "н/и",
    "н/зам",
    "не зам.",
    "не замерялось",
    "не замерялся",
    "не измерялось",
    "не определялось",
    "не опр.",
    "n/m",
    "n/t",
    "not measured",
    "not tested",
    "нет данных",
    "нетданных",
    "#н/д",
    "#n/a",
    "n/a",
    "na",
    "#знач!",
    "#value!",
    "#дел/0!",
    "#div/0!",
    "#ссылка!",
    "#ref!",
]
# What laboratories write instead of a number → the qualifier it is kept as.
WORDS = {
    "н/о": "н/о",
    "н.о.": "н/о",
    "н.о": "н/о",
    "но": "н/о",
    "необн.": "н/о",
    "необн": "н/о",
    "необнаружено": "н/о",
    "необнаружен": "н/о",
    "n.d.": "н/о",
    "nd": "н/о",
    "notdetected": "н/о",
    "отс.": "отс.",
    "отс": "отс.",
    "отсутствует": "отс.",
    "отсутствие": "отс.",
    "отсут.": "отс.",
    "нет": "отс.",
    "absent": "отс.",
    "следы": "следы",
    "сл.": "следы",
    "сл": "следы",
    "traces": "следы",
    "trace": "следы",
}
_COMPARED = re.compile(r"^(<=|>=|<|>|≤|≥|менее|неболее|до|свыше|более|неменее|lessthan|morethan)(.+)$")
_SIGNS = {
    "<=": "≤",
    "менее": "<",
    "неболее": "≤",
    "до": "≤",
    "lessthan": "<",
    ">=": "≥",
    "свыше": ">",
    "более": ">",
    "неменее": "≥",
    "morethan": ">",
}
_TIMES_TEN = re.compile(
    r"^([+-]?[0-9]+(?:\.[0-9]*)?)[*·x×х]10(?:\^?\(([+-]?[0-9]+)\)|\^([+-]?[0-9]+)|([+-][0-9]+))$"
)
_RAISED = re.compile(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)")
"""Elsewhere a figure above the line is none of the number: `12,5¹` has a footnote."""
_PLAIN = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$"
_SPACES = "[\u00a0\u202f\u2009\u2007 ]"
_BY_SPACES = r"^[+-]?[0-9]{1,3}([ '’][0-9]{3})+([.,][0-9]*)?$"
_BY_COMMAS = r"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$"
_BY_DOTS = r"^[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]*)?$"
_BROKEN = re.compile(r"[0-9] +[0-9]|,[0-9]*,|\.[0-9]*\.|,[0-9]*\.|\.[0-9]*,")
"""`12 5`, `1.2,3`: whatever was meant, it is not written."""
_MEANT_ONE_WAY = re.compile(r"-?[0-9]{1,15}([.,]([0-9]{1,2}|[0-9]{4,15}))?")
"""Three digits after a mark may be thousands."""
FORMULA = "#formula"
"""What a reader puts where a workbook has a formula and no value of it."""


@dataclass(frozen=True)
class Numbers:
    """value (n,) float64, NaN where there is none; qualifier (n,) of text, or None when the column has none;
    bad (n,) bool.
    """

    value: np.ndarray
    qualifier: np.ndarray | None
    bad: np.ndarray


def texts_of(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """As trimmed text, nothing as an empty one."""
    if pa.types.is_floating(column.type):
        whole = np.asarray(pc.fill_null(column, np.nan).to_numpy(zero_copy_only=False), float)
        shown = [
            "" if x != x else str(int(x)) if abs(x) < 1e15 and x == int(x) else repr(x)
            for x in whole.tolist()
        ]
        return pa.chunked_array([pa.array(shown, pa.string())])
    return pc.fill_null(pc.utf8_trim_whitespace(pc.cast(column, pa.string())), "")


def number_of(text: str) -> float | None:
    """Of one cell; None for what is no number, or bears a sign as `<`. What can be meant in one way only
    needs no column: that takes a millisecond, and a form has a hundred fields.
    """
    if _MEANT_ONE_WAY.fullmatch(text):
        return float(text.replace(",", "."))
    read = numbers_of(pa.chunked_array([[text]]))
    value = float(read.value[0])
    return None if read.bad[0] or read.qualifier is not None or not np.isfinite(value) else value


def numbers_of(column: pa.ChunkedArray, decimal: str = "") -> Numbers:
    """`decimal`: the mark that the whole column was found to have; without it a mark alone is a decimal
    one.
    """
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        value = np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False), float)
        return Numbers(value, None, np.isinf(value))
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        there = ~np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False), bool)
        return Numbers(np.full(len(column), np.nan), None, there)
    text = pc.cast(column, pa.string())
    try:
        value = np.asarray(pc.cast(text, pa.float64()).to_numpy(zero_copy_only=False), float)
        if not np.isinf(value).any() and decimal != ",":
            return Numbers(value, None, np.zeros(len(value), bool))
    except pa.ArrowInvalid:
        pass  # at least one cell is no plain number: look closer
    return _numbers_closer(pc.fill_null(text, ""), decimal)


def spaced(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Lower case, one kind of space, minus and apostrophe; spaces that group thousands are gone."""
    plain = pc.utf8_trim_whitespace(pc.replace_substring_regex(pc.utf8_lower(text), _SPACES, " "))
    plain = pc.replace_substring(plain, "\u2212", "-")
    grouped = pc.match_substring_regex(plain, _BY_SPACES)
    return pc.if_else(grouped, pc.replace_substring_regex(plain, "[ '’]", ""), plain)


def _numbers_closer(text: pa.ChunkedArray, decimal: str) -> Numbers:
    plain = _without_groups(spaced(text), decimal)
    empty = pc.is_in(plain, pa.array(NOTHING))
    fits = pc.or_(empty, pc.match_substring_regex(plain, _PLAIN))
    value = np.asarray(
        pc.cast(pc.if_else(pc.or_(empty, pc.invert(fits)), "nan", plain), pa.float64()).to_numpy(
            zero_copy_only=False
        ),
        float,
    ).copy()
    bad = np.isinf(value)
    odd = np.flatnonzero(~np.asarray(fits.to_numpy(zero_copy_only=False), bool))
    qualifier: np.ndarray | None = None
    if len(odd):
        qualifier = np.full(len(value), "", object)
        known: dict[str, tuple[float, str, bool]] = {}
        for row, cell in zip(odd.tolist(), pc.take(plain, pa.array(odd)).to_pylist(), strict=True):
            if cell not in known:
                known[cell] = _odd_number(cell)
            value[row], qualifier[row], bad[row] = known[cell]
        if not qualifier.any():
            qualifier = None
    return Numbers(value, qualifier, bad)


def _without_groups(plain: pa.ChunkedArray, decimal: str) -> pa.ChunkedArray:
    """Marks that group thousands are gone, the decimal one is a point. Of two marks in one cell the last is
    the decimal one, where the first really groups by three; one that stands twice groups. A cell that goes
    against the mark of its column is left as it stands, and is no number.
    """
    commas, dots = pc.match_substring_regex(plain, _BY_COMMAS), pc.match_substring_regex(plain, _BY_DOTS)
    many = pc.match_substring_regex(plain, r",\d*[.,]|\.\d*[.,]")
    by_commas = pc.and_(commas, pc.or_(pc.and_(many, pa.scalar(decimal != ",")), pa.scalar(decimal == ".")))
    by_dots = pc.and_(dots, pc.or_(pc.and_(many, pa.scalar(decimal != ".")), pa.scalar(decimal == ",")))
    by_dots = pc.and_(by_dots, pc.invert(by_commas))
    plain = pc.if_else(by_commas, pc.replace_substring(plain, ",", ""), plain)
    plain = pc.if_else(by_dots, pc.replace_substring(plain, ".", ""), plain)
    return pc.if_else(
        pc.and_(many, pc.invert(pc.or_(by_commas, by_dots))), plain, pc.replace_substring(plain, ",", ".")
    )


def _odd_number(cell: str) -> tuple[float, str, bool]:
    """(value, qualifier, bad) of a cell that is no plain number."""
    if cell == FORMULA:
        return np.nan, "", True
    together = cell.replace(" ", "")
    if together in NOTHING:
        return np.nan, "", False
    if together in WORDS:
        return np.nan, WORDS[together], False
    compared = _COMPARED.match(together)
    sign = ""
    if compared:
        sign = _SIGNS.get(compared.group(1), compared.group(1))
    if _BROKEN.search(cell):
        return np.nan, "", True
    text = compared.group(2) if compared else together
    text = re.split(r"±|\+/-", text)[0].strip("%*")
    text = _RAISED.sub(lambda power: "10^" + unicodedata.normalize("NFKC", power[1]), text)
    if any(ch.isdigit() and not ch.isdecimal() for ch in text):
        return np.nan, "", True
    text = unicodedata.normalize("NFKC", text).replace("\u2212", "-")
    power = _TIMES_TEN.match(text)
    if power:
        exponent = int(power.group(2) or power.group(3) or power.group(4))
        value = float(power.group(1)) * 10.0**exponent if abs(exponent) < 300 else np.inf
    else:
        value = float(text) if re.match(_PLAIN, text) else np.nan
    return (value, sign, False) if np.isfinite(value) else (np.nan, "", True)
