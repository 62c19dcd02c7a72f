"""Words as they are looked for: the same for a capital, for ё and е, for a Latin and a Cyrillic letter that
look alike, for a form of a Russian or an English word, and for a date however it is written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 40
"""Letters of a word: what is longer is no word, and one of a million letters would be an index by itself."""
MOST_ASKED = 12
"""Words of a question."""

_DATE = re.compile(
    r"(?<![\w.])(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?![\w])|(?<!\w)(\d{4})-(\d\d)-(\d\d)(?!\d)"
)
_WORD = re.compile(r"[^\W_]+(?:[-–/.'_][^\W_]+)*")
_PARTS = re.compile(r"[^\W_]+")
_ALIKE = str.maketrans("abcehkmoptxyё", "авсенкмортхуе")
_FLEETING = re.compile(r"(?<=[а-я]{3})[ео]([кнц])$")
"""Фланец and фланца, уровень and уровня."""
_VOWEL = re.compile(r"[аеиоуыэюя]")
_RUSSIAN = re.compile(r"[а-я]+")
_ENGLISH = re.compile(r"[a-z]+")

# Endings of Russian words, the longest first; what is left has a vowel and three letters at least.
_REFLEXIVE = ("ся", "сь")
_ENDINGS = tuple(
    sorted(
        [
            "иями",
            "ями",
            "ами",
            "иях",
            "ях",
            "ах",
            "иям",
            "ям",
            "ам",
            "ием",
            "ем",
            "ом",
            "ией",
            "ей",
            "ой",
            "ий",
            "ый",
            "ев",
            "ов",
            "ие",
            "ые",
            "ое",
            "ее",
            "ия",
            "ья",
            "ая",
            "яя",
            "ию",
            "ью",
            "ую",
            "юю",
            "ого",
            "его",
            "ому",
            "ему",
            "ыми",
            "ими",
            "ых",
            "их",
            "ым",
            "им",
            "ою",
            "ею",
            "а",
            "я",
            "о",
            "е",
            "и",
            "ы",
            "у",
            "ю",
            "ь",
            "й",
            "остями",
            "остью",
            "остей",
            "ости",
            "ость",
            "ившись",
            "ывшись",
            "вшись",
            "ивши",
            "ывши",
            "вши",
            "ила",
            "ыла",
            "ейте",
            "уйте",
            "ите",
            "или",
            "ыли",
            "ило",
            "ыло",
            "ует",
            "уют",
            "ить",
            "ыть",
            "ишь",
            "ла",
            "ете",
            "йте",
            "ли",
            "ло",
            "ет",
            "ют",
            "ть",
            "ешь",
            "ил",
            "ыл",
            "ит",
            "ыт",
            "ат",
            "ят",
        ],
        key=len,
        reverse=True,
    )
)
_SUFFIXES = ("ованн", "еванн", "енн", "анн", "янн", "ани", "ени", "яни", "ен", "ан", "л")


@dataclass(frozen=True)
class Asked:
    """One word of a question: as typed, its stem, and its parts where it has several."""

    word: str
    stem: str
    parts: tuple[str, ...]


def plain(text: str) -> str:
    """Letters as they are compared; its places are not those of the text where a letter is made of two."""
    return unicodedata.normalize("NFKC", text.replace("№", " ")).lower().replace("ё", "е")


def words_of(text: str) -> tuple[list[str], list[str]]:
    """(every word of a text, stems of those that are not their own). `ЭЦН5-80` is also `эцн5` and `80`."""
    words: list[str] = []
    stems: list[str] = []
    for found in _found(text):
        forms, more = _told(found)
        words += forms
        stems += more
    return words, stems


@lru_cache(maxsize=50_000)
def _told(found: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts = _PARTS.findall(found)
    stems = ((stem_of(part), alike(part)) for part in parts)
    return (_joined(found), *_split(found)), tuple(stem for stem, itself in stems if stem != itself)


def asked_of(text: str) -> list[Asked]:
    told = (
        Asked(_joined(one), stem_of("".join(_PARTS.findall(one))), _split(one))
        for one in _found(text)[:MOST_ASKED]
    )
    return list(dict.fromkeys(told))


def _found(text: str) -> list[str]:
    """Words as they stand, and each date as one word beside what it is made of."""
    return [word[:LONGEST] for word in _WORD.findall(_DATE.sub(_dated, plain(text)))]


def _dated(found: re.Match[str]) -> str:
    """`05.11.2026`, `5/11/26` and `2026-11-05` are one word. What no calendar has stays as it stands."""
    day, month, year, *iso = found.groups()
    if year is None:
        year, month, day = iso
    whole = int(year) if len(year) == 4 else 2000 + int(year)
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return found.group(0)
    return f"{whole:04d}{int(month):02d}{int(day):02d}"


def _joined(word: str) -> str:
    return alike("".join(_PARTS.findall(word)))


def _split(word: str) -> tuple[str, ...]:
    parts = tuple(map(alike, _PARTS.findall(word)))
    return parts if len(parts) > 1 else ()


def alike(word: str) -> str:
    return word.translate(_ALIKE)


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """What the forms of a word have in common: `насоса`, `насосами` → `насос`. Ours: Porter's endings by
    parts of speech in one table, for what is looked for needs no dictionary.
    """
    if _ENGLISH.fullmatch(word):
        return alike(_english(word))
    word = alike(word)
    return _russian(word) if _RUSSIAN.fullmatch(word) else word


def _russian(word: str) -> str:
    word = _without(word, _REFLEXIVE, 4) if len(word) > 5 else word
    word = _without(word, _ENDINGS, 3)
    word = _without(word, _SUFFIXES, 4)
    word = _FLEETING.sub(r"\1", _without(word, ("и", "ь"), 3))
    adjective = len(word) > 4 and word[-1] == "н" and not _VOWEL.match(word[-2])
    return word[:-1] if adjective else word


def _without(word: str, endings: tuple[str, ...], least: int) -> str:
    for ending in endings:
        left = len(word) - len(ending)
        if left >= least and word.endswith(ending) and _VOWEL.search(word, 0, left):
            return word[:left]
    return word


def _english(word: str) -> str:
    for ending, instead, least in (
        ("ies", "y", 2),
        ("ing", "", 4),
        ("ed", "", 4),
        ("es", "", 4),
        ("s", "", 3),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
