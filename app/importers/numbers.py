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
    "<=": "<",
    "≤": "<",
    "менее": "<",
    "неболее": "<",
    "до": "<",
    "lessthan": "<",
    ">=": ">",
    "≥": ">",
    "свыше": ">",
    "более": ">",
    "неменее": ">",
    "morethan": ">",
}
_TIMES_TEN = re.compile(r"^([+-]?[\d.]+)[*·x×х]10\^?\(?([+-]?\d+)\)?$")
_PLAIN = r"^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$"


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
            "" if x != x else str(int(x)) if x == int(x) and abs(x) < 1e15 else repr(x)
            for x in whole.tolist()
        ]
        return pa.chunked_array([pa.array(shown, pa.string())])
    return pc.fill_null(pc.utf8_trim_whitespace(pc.cast(column, pa.string())), "")


def numbers_of(column: pa.ChunkedArray) -> Numbers:
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        value = np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False), float)
        return Numbers(value, None, np.isinf(value))
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        there = ~np.asarray(pc.is_null(column).to_numpy(zero_copy_only=False), bool)
        return Numbers(np.full(len(column), np.nan), None, there)
    text = pc.cast(column, pa.string())
    try:
        value = np.asarray(pc.cast(text, pa.float64()).to_numpy(zero_copy_only=False), float)
        if not np.isinf(value).any():
            return Numbers(value, None, np.zeros(len(value), bool))
    except pa.ArrowInvalid:
        pass  # at least one cell is no plain number: look closer
    return _numbers_closer(pc.fill_null(text, ""))


def _numbers_closer(text: pa.ChunkedArray) -> Numbers:
    plain = pc.utf8_lower(pc.utf8_trim_whitespace(text))
    plain = pc.replace_substring_regex(plain, "[\u00a0\u202f\u2009 '’]", "")
    plain = pc.replace_substring(plain, "\u2212", "-")
    plain = pc.replace_substring_regex(plain, r"^([+-]?\d{1,3})((?:,\d{3})+)(\.\d+)$", r"\1\2\3")
    both = pc.match_substring_regex(plain, r"\.\d*,|,\d*\.")
    if pc.any(both).as_py():
        plain = pc.if_else(
            both, pa.chunked_array([pa.array([_one_mark(x) for x in plain.to_pylist()])]), plain
        )
    plain = pc.replace_substring(plain, ",", ".")
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


def _one_mark(text: str) -> str:
    """`1.024,5` and `1,024.5`: the last of the two marks is the decimal one."""
    comma, dot = text.rfind(","), text.rfind(".")
    if comma < 0 or dot < 0:
        return text
    return text.replace("." if comma > dot else ",", "")


def _odd_number(cell: str) -> tuple[float, str, bool]:
    """(value, qualifier, bad) of a cell that is no plain number."""
    if cell in WORDS:
        return np.nan, WORDS[cell], False
    compared = _COMPARED.match(cell)
    sign = ""
    if compared:
        sign, cell = _SIGNS.get(compared.group(1), compared.group(1)), compared.group(2)
    cell = re.split(r"±|\+/-", cell)[0].strip("%*")
    cell = (
        unicodedata.normalize("NFKC", re.sub(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)", r"10^\1", cell))
        .replace("\u2212", "-")
        .replace("⁻", "-")
    )
    power = _TIMES_TEN.match(cell)
    try:
        value = float(power.group(1)) * 10.0 ** int(power.group(2)) if power else float(cell)
    except (ValueError, OverflowError):
        return np.nan, "", True
    return (value, sign, False) if np.isfinite(value) else (np.nan, "", True)
