"""What stands in a column of numbers and is none: fillers of recorders (−999.25, 1e30), words of historians
(`I/O Timeout`, `Bad Input`), columns of quality (OPC 0/192, Good/Bad).
"""

from __future__ import annotations

import re

import numpy as np

NEVER_REAL = np.array(
    [-999.0, -999.25, -999.99, -9999.0, -9999.25, -99999.0, -999999.0, -32768.0, -2147483648.0, 2147483647.0]
)
"""No well has ever had such a value, in whatever unit."""
OFTEN_FILLERS = np.array(
    [999.25, 9999.0, 9999.99, 99999.0, 99999.99, 999999.0, 999999.99, 9999999.0, 32767.0, 65535.0, 65436.0]
)
"""Fillers where they are beyond what can be: a volume of 9999 there may be."""
TIMES_ALL_OTHERS = 30.0
"""A filler beside the rest of its column, whatever that measures: 99999 t of a well that gives 20 a day."""
TIMES_ANY_OTHER = 2.0
"""Less far it may be a value: whoever knows the file says so."""
HUGE = 1e29

_BAD_WORDS = re.compile(
    r"""^(?:
    i/?o[ _\-]?time-?out | time-?out | bad(?:[ _\-].*)?
    | no[ _\-]?(?:data|result|sample|value|signal|comm.*)
    | comm(?:unication)?s?[ _\-]?(?:fail.*|err.*|loss|lost)
    | fail(?:ed|ure)? | err(?:or)?(?:[ _\-]?\d+)? | [#]?err!? | [#](?:num!|name\?|число!|имя\?)
    | shut[ _\-]?down | pt[ _\-]created | not[ _\-]?connect(?:ed)? | (?:under|over)[ _\-]?(?:range|flow)
    | scan[ _\-](?:off|time-?out) | calc[ _\-]?(?:failed|off) | configure | intf[ _\-]shut | arc[ _\-]off.*
    | out[ _\-]of[ _\-]serv.* | off-?line | invalid | uncertain | questionable | stale | disabled | n\.?c\.?
    | unknown | undefined | [+-]?(?:\d\.)?\#?(?:inf(?:inity)?|ind|q?s?nan)(?:00)?
    | нет[ _\-]?(?:связи|сигнала|ответа|данных|опроса) | обрыв.* | ошибка.* | сбой.* | неиспр.* | недост.*
    | отказ.* | авария.* | плохо.* | (?:от|вы)кл(?:ючен[оа]?)?\.? | \?+ | \*+ | [#]+ | -{2,} | _+ | \.+
    )$""",
    re.VERBOSE,
)


def is_bad_word(cell: str) -> bool:
    return _BAD_WORDS.match(" ".join(cell.lower().split())) is not None


def is_only_words(cell: str) -> bool:
    """Beside a code in brackets: `[-11059] No Good Data For Calculation`."""
    return not any(ch.isdigit() for ch in re.sub(r"^[\[(<{]?\s*-?\d+\s*[\])>}:]\s*(?=\D{4})", "", cell))


def fillers(shown: np.ndarray, impossible: np.ndarray, *, alone: bool = False) -> np.ndarray:
    """Which values stand for nothing. `impossible`: those beyond the limits of what is measured. `alone`: the
    rest of the column judges too; a gauge's readings may well leap.
    """
    size, there = np.abs(shown), np.isfinite(shown)
    sure = np.isin(shown, NEVER_REAL) | (size >= HUGE)
    often = there & np.isin(size, OFTEN_FILLERS)
    largest = _largest_beside(size, there & ~often & ~sure)
    far = TIMES_ALL_OTHERS * largest if alone and largest > 0 else np.inf
    return there & (sure | (often & (impossible | (size > far))))


def maybe_fillers(shown: np.ndarray) -> np.ndarray:
    """Which values are written as fillers are, and the rest of the column does not speak for them: `9999`
    beside 900, or beside nothing at all. Beside 9500 it is a value.
    """
    size = np.abs(shown)
    often = np.isfinite(shown) & np.isin(size, OFTEN_FILLERS)
    others = np.isfinite(shown) & ~often & ~np.isin(shown, NEVER_REAL) & (size < HUGE)
    return often & (size > TIMES_ANY_OTHER * _largest_beside(size, others))


def _largest_beside(size: np.ndarray, others: np.ndarray) -> float:
    return float(size[others].max()) if others.any() else 0.0


# ---- columns of quality ------------------------------------------------------------------------------------

OPC_GOOD = 192
UNCERTAIN = float(0x4000_0000)
"""In the codes of OPC UA, where 0 is good."""
PER_CENT = 100.0
"""Where nothing is more, it is a share of what is good."""
_GOOD_WRITTEN = (
    "good ok ok. valid true yes normal норма хорошо хорошее хор хор. достоверно достоверный достоверен да "
    "исправен годен годный g v y + buena bueno boa bom válido valido válida valida sí sim gut god"
)
_BAD_WRITTEN = (
    "bad invalid false no error e s d fail failed unreliable uncertain questionable substituted stale "
    "плохо плохое плох "
    "недостоверно недостоверный недостоверен нет брак ошибка сбой обрыв неисправен сомнительно b u q i n ? - "
    "not mala malo má mau ruim inválido invalido inválida invalida dudosa "
    "dudoso duvidosa duvidoso schlecht dårlig"
)
_NAMED_BY_OPC = re.compile(r"(?P<good>good)[a-z]+|(?:bad|uncertain)[a-z]+")
"""`BadSensorFailure`, `GoodClamped`: OPC UA names what it codes."""
_GOOD, _BAD = frozenset(_GOOD_WRITTEN.split()), frozenset(_BAD_WRITTEN.split())


def _first_of(word: str) -> str:
    """`bad` of `bad [device failure]`, `good` of `good, local override`."""
    ends = r"[,(;:\[]|(?<=^bad)[ _-]|(?<=^good)[ _-]|(?<=^uncertain)[ _-]|(?<=^not) "
    return re.split(ends, word, maxsplit=1)[0].strip()


def is_quality_word(cell: str) -> bool:
    """`Good`, `Bad (0)`, `хор.`"""
    return _says_bad(" ".join(cell.lower().split())) is not None


def _says_bad(word: str) -> bool | None:
    """Whether the word calls a reading bad; None for one that says neither."""
    first = _first_of(word)
    named = _NAMED_BY_OPC.fullmatch(first)
    if named is not None:
        return named["good"] is None
    if is_bad_word(word):
        return True
    said = next((one for one in (word, first, first.rstrip(".")) if one in _GOOD or one in _BAD), None)
    return None if said is None else said in _BAD


def not_good(quality: np.ndarray) -> np.ndarray:
    """Which rows their source says are not good. By the column: where 192 is there, it is OPC's good; else 0
    is good, as in this program's own marks. Of flags of 1 and 0 alone the commoner one is.
    """
    words, numbers = _numbers_of(quality)
    unified = any(value >= UNCERTAIN for value in numbers.values())
    opc = not unified and any(value >= OPC_GOOD for value in numbers.values())
    good, per_cent = _good_flag(words, numbers), _is_per_cent(numbers)

    def bad(word: str) -> bool:
        value = numbers.get(word)
        if value is not None:
            if unified:
                return value >= UNCERTAIN
            if per_cent:
                return value < PER_CENT / 2
            return value % 256 < OPC_GOOD if opc else value != good
        return _says_bad(word) is True

    known = {word: bad(word) for word in set(words)}
    return np.array([known[word] for word in words], bool)


def good_as_taken(quality: np.ndarray) -> str:
    """What was taken for good where the numbers themselves do not tell: `0`, `1`, `50…100 %`; else empty."""
    words, numbers = _numbers_of(quality)
    if not numbers or any(value >= OPC_GOOD for value in numbers.values()):
        return ""
    if _is_per_cent(numbers):
        return f"{PER_CENT / 2:g}…{PER_CENT:g} %"
    return f"{_good_flag(words, numbers):g}"


def not_understood(quality: np.ndarray) -> list[str]:
    """Words of a column of quality that say neither; no numbers."""
    cells = sorted({str(cell).strip() for cell in quality.tolist()} - {""})
    words, numbers = _numbers_of(np.array(cells, object))
    return [
        cell
        for cell, word in zip(cells, words, strict=True)
        if word not in numbers and _says_bad(word) is None
    ]


def _numbers_of(quality: np.ndarray) -> tuple[list[str], dict[str, float]]:
    """(the cells as they are compared, those of them that are numbers)."""
    cells = quality.tolist()
    as_compared = {cell: _plain_number(" ".join(str(cell).lower().split())) for cell in set(cells)}
    words = [as_compared[cell] for cell in cells]
    return words, {word: float(word) for word in set(words) if re.fullmatch(r"\d+(?:\.0)?", word)}


def _is_per_cent(numbers: dict[str, float]) -> bool:
    return max(numbers.values(), default=0.0) == PER_CENT


def _good_flag(words: list[str], numbers: dict[str, float]) -> float:
    ones = sum(word in ("1", "1.0") for word in words)
    return 1.0 if set(numbers.values()) == {0.0, 1.0} and 2 * ones >= len(words) else 0.0


def _plain_number(word: str) -> str:
    """`0xc0` is 192."""
    return str(int(word, 16)) if re.fullmatch(r"0x[0-9a-f]{1,8}", word) else word
