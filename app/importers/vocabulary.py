"""The words that files call things by: resources/headers.json, the sensors' own synonyms, and the user's
additions.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from app.core.errors import KnownError
from app.core.paths import resources
from app.core.unit_spellings import find_unit, nearest_units
from app.core.units import Unit
from app.importers.plain_signs import plainly
from app.models.sensors import SENSORS

# Letters that look alike in both alphabets: "Pзатр" is written with either P. Everything is compared in
# Latin.
_ALIKE = str.maketrans("авекмнорстухі", "abekmhopctyxi")
BRACKET = re.compile(r"[\(\[{]([^\(\)\[\]{}]*)[\)\]}]")
_NESTED = re.compile(r"[\(\[]([^\(\)\[\]]*\([^\(\)]*\))\s*[\)\]]")
_UNIT_FROM = re.compile(
    r"^\s*(\S+)\s+(?:from|below|above|at|@|rkb|kb|md|tvd\w*|gl|от|по|под|над|при|до)\b", re.IGNORECASE
)
"""`(ft from surface)`, `(м от устья)`: the unit, and where from."""
_NUMBERED = re.compile(r"^\d+[\.\)]\s*")
_MEASURED = re.compile(
    r"(?<![^\W_])(?:факт(?:ич\w*)?\.?|тек(?:ущ\w*)?\.?|actual|ср(?:ед(?:н\w*)?)?\.?|avg\.?|average|mean"
    r"|pv)(?![^\W_])",
    re.IGNORECASE,
)
"""`Qж факт` beside `Qж план`, `Рпр ср` beside `Рпр мин`, `PIP PV` beside `PIP SP`."""
_OF_PERIOD = re.compile(
    r"^(?:(?:за|в)\s+)?(?:сут(?:ки|\.)?|день|дату|отч[её]тные\s+сутки|месяц|мес\.?)$"
    r"|^(?:факт(?:ически)?\.?|actual|(?:per\s+)?day|daily|today|(?:per\s+)?month|monthly)$",
    re.IGNORECASE,
)
"""A column of a group that says only how long it is of, or that it was measured."""
CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")


_DIAMETER = re.compile(r"(?<![^\W\d_])ø(?![^\W\d_])|[⌀∅]")
"""`Ø плунжера`; within a word `ø` is a letter of Norway."""


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """`Р затр., (атм)\\n` → `p zatp`-like: one alphabet, no punctuation, single spaces."""
    plain = unicodedata.normalize("NFKC", text).lower().replace(" / ", " ").replace("ё", "е")
    if any(sign in plain for sign in "ø⌀∅"):
        plain = _DIAMETER.sub(" диаметр ", plain)
    plain = plain.translate(_ALIKE)
    return " ".join(re.sub(r"[^\w%+#№/φρμ]+", " ", plain.replace("_", " ")).split())


_NAMED_BY_UNIT = {
    "api gravity": "oil density",
    "oil api": "oil density",
    "bopd": "oil rate",
    "stbd": "oil rate",
    "stb/d": "oil rate",
    "bwpd": "water rate",
    "bfpd": "liquid rate",
    "blpd": "liquid rate",
    "mcfd": "gas rate",
    "mscfd": "gas rate",
    "mmcfd": "gas rate",
    "mmscfd": "gas rate",
    "mcf/d": "gas rate",
    "mscf/d": "gas rate",
    "mmscf/d": "gas rate",
}
"""`BOPD`, `API gravity` alone over a column: the unit is the name."""


@lru_cache(maxsize=5_000)
def split_unit(header: str) -> tuple[str, Unit | None, str]:
    """`Рпр, МПа`, `Рпр (МПа)`, `Плотность, г/см3 при 20 °С` → (name, unit, the unit as it was written)."""
    text = plainly(header).replace("\n", " ").strip()
    fluid = _NAMED_BY_UNIT.get(text.lower())
    if fluid is not None:
        return fluid, find_unit(text), text
    nested = _NESTED.search(text)  # `(bar(a))`, `(кгс/см2 (изб.))`
    if nested is not None and (unit := find_unit(nested[1])) is not None:
        return (text[: nested.start()] + text[nested.end() :]).strip(" ,;:"), unit, nested[1]
    for last in (text.rpartition(",")[2].strip(), text.split(" ")[-1]):
        if "(" in last and not last.startswith("(") and (unit := find_unit(last)) is not None:
            return text[: -len(last)].strip(" ,;:"), unit, last  # `PIP, kg/cm2(g)`
    for bracket in reversed(list(BRACKET.finditer(text))):
        words = bracket.group(1)
        measured_from = _UNIT_FROM.match(words)
        for part in (words, *words.split(","), measured_from[1] if measured_from is not None else ""):
            unit = find_unit(part)
            if unit is not None and part.strip():
                return (text[: bracket.start()] + text[bracket.end() :]).strip(" ,;:"), unit, part.strip()
    name, comma, tail = text.rpartition(",")
    while comma:
        first = tail.split()[0] if tail.split() else ""
        for part in (tail, first):
            unit = find_unit(part)
            if unit is not None and part.strip():
                rest = tail.strip()[len(part.strip()) :] if part is first else ""
                return f"{name} {rest}".strip(" ,;:"), unit, part.strip()
        name, comma, tail = name.rpartition(",")
    words = text.split()
    if len(words) > 1:
        pair = " ".join(words[-2:])
        if len(words) > 2 and words[-1][-1:].isalnum() and (unit := find_unit(pair)) is not None:
            return " ".join(words[:-2]).strip(" ,;:"), unit, pair  # `Gas 10^3 m3`, `Газ тыс. м3`
        unit = find_unit(words[-1])
        if unit is not None and ("/" in words[-1] or words[-1].lower().rstrip(".") in _LAST_WORDS):
            return " ".join(words[:-1]).strip(" ,;:"), unit, words[-1]
        above = len(words) > 2 and words[-1].lower().strip("().") in _MEASURED_FROM
        if above and find_unit(words[-2], "pressure") and (unit := find_unit(pair)):
            return " ".join(words[:-2]).strip(" ,;:"), unit, pair  # `Pressure kPa abs`
        if words[0].lower().rstrip(".") in _FIRST_WORDS and (unit := find_unit(words[0])) is not None:
            return " ".join(words[1:]), unit, words[0]  # `BBLS Oil`, `MCF Prod`
    return text, None, ""


_MEASURED_FROM = frozenset(["a", "abs", "absolute", "g", "ga", "gauge", "изб", "абс"])
_FIRST_WORDS = frozenset(["bbl", "bbls", "stb", "mcf", "mscf", "mmscf"])
"""Units that stand before a name in reports of production."""
_LAST = (
    "мпа атм °c °с bar psi кн кпа бар psig psia barg bara kpa mpa bbl bbls mcf mscf mmscf stb bopd bwpd bfpd "
    "mcfd mscfd bpd гц hz квт kw lbf lbs klbf °f wt% vol% fraction frac percent pct sm3 nm3 % "
    "м3 m3 e3m3 ksm3 mbbl mstb kbbl барр баррелей blpd stbd mmscfd mmcf mmcfd тонн тн кг kg ата ати atm "
    "kpag kpaa mpag mpaa kgf кгс тс klb klbs kips degc degf мм mm см cm feet ft футов метров метры metres "
    "meters inches inch дюймов ma ма kwh квтч mwh ppm cp спз cst сст spm rpm gpm ptb"
)
_LAST_WORDS = frozenset(_LAST.split())
"""Units that stand behind a name without brackets and are no names themselves."""
_KINEMATIC = re.compile(r"кинематич|kinematic", re.IGNORECASE)
_API = re.compile(r"(?<![^\W_])api(?![^\W_])", re.IGNORECASE)
_HORSES = re.compile(r"\b(?:b?hp|horse\s*power)\b", re.IGNORECASE)
_A_MINUTE = re.compile(r"\bspm\b|\bs p m\b|(?:per|a) minute|" + folded("минут") + r"|\b" + folded("в мин"))
"""Of a folded name: `SPM`, `качаний в минуту`."""
_DURATIONS = (
    (re.compile(r"\bdays?\b|\bд(?:ни|ней|н\.?)(?!\w)|\bсут(?:ок|ки)\b", re.IGNORECASE), "d"),
    (re.compile(r"\bhours?\b|\bhrs?\b|\bчас\w*", re.IGNORECASE), "h"),
    (re.compile(r"\bminutes?\b|\bmins?\b|\bминут\w*", re.IGNORECASE), "min"),
)


def unit_in_name(header: str, quantity: str) -> str:
    """`Days on`, `Motor HP`: `API Gravity`: a name may be its unit; a kinematic viscosity is in cSt."""
    if quantity == "power":
        return "hp" if _HORSES.search(header) else ""
    if quantity == "density":
        return "°API" if _API.search(header) else ""
    if quantity == "viscosity":
        return "cSt" if _KINEMATIC.search(header) else ""
    if quantity == "pumping_speed":
        return "1/min" if _A_MINUTE.search(folded(header)) else ""
    if quantity not in ("hours", "duration", "seconds"):
        return ""
    said = [unit for pattern, unit in _DURATIONS if pattern.search(header.replace("_", " "))]
    return said[0] if len(said) == 1 and find_unit(said[0], quantity) is not None else ""


_HUNDRED = re.compile(r"100\s*(?:об\w*\.?\s*/?\s*мин|r\.?p\.?m|rev\w*\s*/\s*min)", re.IGNORECASE)


def per_hundred_turns(header: str, unit: str) -> str:
    """`Подача на 100 об/мин, м3/сут`: a rate at a speed is the volume of a turn."""
    rate = find_unit(unit, "rate") if unit and _HUNDRED.search(header) else None
    told = "" if rate is None else f"{rate.en.replace('³', '3')}/100rpm"
    return told if find_unit(told, "volume") is not None else unit


_PER = re.compile(r"^(?P<name>\w+)_(?P<above>[a-z]+\d?)_per_(?P<below>[a-z]+\d?)$", re.IGNORECASE)


_LETTERS = frozenset(("F", "C", "С", "g", "m", "м", "т"))
"""Units of one letter that no phase of a current is called by."""


def tail_of(name: str) -> tuple[str, str]:
    """`position_in`, `Pintake_atm`, `liquid_m3_per_s`, `Motor temp F` → (the name, what may be its unit).
    Only a quantity tells whether it is one: `p_in` is a pressure at the intake.
    """
    ratio = _PER.match(name.strip())
    if ratio is not None:
        return ratio["name"], f"{ratio['above']}/{ratio['below']}"
    bare, mark, tail = name.strip().rpartition("_")
    last = name.split()[-1] if name.strip() else ""
    if not mark and (last in _LETTERS or last.lower() in ("in", "ft")):
        bare, mark, tail = name.strip().rpartition(" ")  # `Tubing OD in`
    return (bare.strip(), tail) if mark and bare and tail else ("", "")


# What stands in brackets or behind a comma and is no unit.
_NO_UNITS_WRITTEN = (
    "тм тмс су асу гзу агзу факт план устье забой насос мэр гис хал изм расч замер ср мин макс пласт дата "
    "фаза фаз avg min max mean pv sp calc md tvd esp vsd vfd srp pcp gauge tag a b c x y z итого сумма id"
)
_NO_UNITS = frozenset(map(folded, _NO_UNITS_WRITTEN.split()))
# What a word in brackets begins with that says how or where it was measured, not in what.
_SAYS_HOW = re.compile(
    "сред|замер|измер|расч|факт|план|сут|мес|час|мгнов|тек|устан|задан|прив|рабоч|накоп|верх|ниж|перв|втор|"
    "линей|затруб|буфер|прием|приём|нефт|вод|газ|жидк|датчик|скважин|ручн|автомат|лаборат|норм|станд|абсол|избыт|"
    "average|mean|measur|calc|actual|target|plan|daily|month|hour|instant|current|setpoint|corrected|standard|"
    "total|cumul|allocat|test|manual|auto|lab|upper|lower|first|second|tubing|casing|annul|intake|discharge|"
    "surface|bottom|downhole|wellhead|motor|pump|water|liquid|sensor|gauge|value|filter|smooth|normal|estimat",
    re.IGNORECASE,
)
_SHORT_UNIT = re.compile(
    r"[а-яё]{1,5}\.?|[a-z]{1,5}\.?|[a-zµм]{1,2}[A-ZА-Я]{1,2}[a-zа-я]?|(?:[а-яёa-z]{1,4}\.){2,3}"
    r"|\d+\s*[-–…]\s*\d+\s*(?:[^\W\d_]{1,3}|%)"
)
"""`mV`, `усл.ед.`, `4-20 mA`."""
_UNITS_HAVE = re.compile(r"[/²³°%‰^·*\u2126Ω]|[a-zа-я][23]\b", re.IGNORECASE)


def unit_written(header: str, means: Callable[[str], frozenset[str]]) -> str:
    """What stands where a unit stands and looks like one, known or not: `(BFPD)`, `, кгс/см²`; empty else.
    `means` knows the names that are none: `(PIP)`.
    """
    text = plainly(header).replace("\n", " ").strip()
    places = [(match.group(1), match.group(0)[0] == "[") for match in reversed(list(BRACKET.finditer(text)))]
    name, comma, tail = text.rpartition(",")
    if comma and name:
        places.append((tail, False))
    behind_comma = tail if comma and name else ""
    for words, square in places:
        said = words.strip()
        parts = re.split(r"[\s,;]+", folded(said))
        if not said or len(said) > 16 or len(said.split()) > 2 or any(part in _NO_UNITS for part in parts):
            continue
        if not re.search(r"[^\W\d_]|[%‰°]", said) or _no_unit(said, means):
            continue
        capitals = re.fullmatch(r"[A-Z]{2,6}", said) is not None
        short = _SHORT_UNIT.fullmatch(said) is not None
        word = re.fullmatch(r"[^\W\d_]{6,16}", said) is not None and _SAYS_HOW.match(said) is None
        alone = words is behind_comma and re.fullmatch(r"[^\W\d_]{2,12}\.?", said) is not None
        if alone or square or _UNITS_HAVE.search(said) or capitals or short or word or nearest_units(said):
            return said
    return ""


def _no_unit(said: str, means: Callable[[str], frozenset[str]]) -> bool:
    """A name of its own, `(PIP)`, or how it was measured; `(°dH)` is no plunger."""
    return (bool(means(said)) and not said.startswith("°")) or said.lower().startswith(("при ", "at "))


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """`words`: a header, folded → the names of the fields that it may mean."""

    words: Mapping[str, frozenset[str]]

    def means(self, header: str) -> frozenset[str]:
        """Exactly; with and without what stands in brackets."""
        return _means(self, header)


@lru_cache(maxsize=5_000)
def _means(vocabulary: Vocabulary, header: str) -> frozenset[str]:
    """Asked of each header for each field that it may be."""
    words, (name, _, _) = vocabulary.words, split_unit(header)
    found: frozenset[str] = frozenset()
    parted = CAMEL.sub(" ", name)  # WellID
    measured = _MEASURED.sub(" ", name)
    for form in {header, name, BRACKET.sub(" ", name), _NUMBERED.sub("", name), parted, measured}:
        found |= words.get(folded(form), frozenset())
    if not found and " / " in name:  # `Режим / Qж`: a group of columns and a column of it
        group, _, last = map(str.strip, name.rpartition(" / "))
        said = group if _OF_PERIOD.match(last) else last  # `Нефть / за сутки`: of what the group is
        found = words.get(folded(said), frozenset())
        for whole in (f"{group} {last}", f"{last} {group}"):  # `Давление / буферное`
            found = found or words.get(folded(whole), frozenset())
    return found or words.get(_in_full(folded(parted)), frozenset())


def _in_full(name: str) -> str:
    """`int prs` → `intake pressure`, of a folded name; itself where nothing is short."""
    return " ".join(_short_words().get(word, word) for word in name.split())


def like_the_others(headers: Iterable[str], russian: str, english: str) -> str:
    """What a column that was made is called: in the language of those beside it."""
    return russian if re.search("[а-яё]", " ".join(headers), re.IGNORECASE) else english


def vocabulary(extra: Path | None = None) -> Vocabulary:
    """`extra`: a file of the same form in the profile, for words of one's own field. Raises KnownError when
    it is damaged.
    """
    changed = extra.stat().st_mtime_ns if extra is not None and extra.exists() else 0
    return _vocabulary(extra if changed else None, changed)


@lru_cache(maxsize=4)
def _vocabulary(extra: Path | None, changed: int) -> Vocabulary:
    words: dict[str, set[str]] = {}

    def add(name: str, spelled: list[str]) -> None:
        for spelling in spelled:
            words.setdefault(folded(spelling), set()).add(name)

    for name, spelled in _read_own().items():
        if not name.startswith(_TITLES):
            add(name, [*spelled, name])
    for sensor in SENSORS:
        add(sensor.key, [sensor.key, sensor.ru, sensor.en, *sensor.synonyms])
    if extra is not None:
        for name, spelled in _read(extra).items():
            add(name, spelled)
    words.pop("", None)
    return Vocabulary({word: frozenset(names) for word, names in words.items()})


def _read(path: Path) -> dict[str, list[str]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or not all(
            isinstance(v, list) and all(isinstance(w, str) for w in v) for v in data.values()
        ):
            raise ValueError("{name: [words]}")
    except (OSError, ValueError) as error:
        raise KnownError("headers_file", file=str(path), reason=str(error)[:120]) from error
    return data


def title_words(kind: str) -> list[str]:
    """Words in a title, a sheet's or a file's name that speak for one kind of table."""
    return [folded(word) for word in _read_own().get(f"{_TITLES}{kind}", [])]


_TITLES = "kind."
"""Words of titles, which are no names of columns: `Замеры` over a whole table."""


@cache
def _short_words() -> dict[str, str]:
    """What words are cut to → the words: `prs` → `pressure`."""
    own = _read(resources() / "short_words.json")
    return {folded(word): folded(whole) for whole, short in own.items() for word in short}


@cache
def _read_own() -> dict[str, list[str]]:
    return _read(resources() / "headers.json")
