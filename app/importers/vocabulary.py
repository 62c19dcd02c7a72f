"""The words that files call things by: resources/headers.json, the sensors' own synonyms, and the user's
additions.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from app.core.errors import KnownError
from app.core.paths import resources
from app.core.unit_spellings import find_unit
from app.core.units import Unit
from app.models.sensors import SENSORS

# Letters that look alike in both alphabets: "Pзатр" is written with either P. Everything is compared in
# Latin.
_ALIKE = str.maketrans("авекмнорстухі", "abekmhopctyxi")
_BRACKET = re.compile(r"[\(\[{]([^\(\)\[\]{}]*)[\)\]}]")
_NUMBERED = re.compile(r"^\d+[\.\)]\s*")
_CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")


def folded(text: str) -> str:
    """`Р затр., (атм)\\n` → `p zatp`-like: one alphabet, no punctuation, single spaces."""
    plain = (
        unicodedata.normalize("NFKC", text).lower().replace(" / ", " ").replace("ё", "е").translate(_ALIKE)
    )
    return " ".join(re.sub(r"[^\w%+#№/φρμ]+", " ", plain.replace("_", " ")).split())


def split_unit(header: str) -> tuple[str, Unit | None, str]:
    """`Рпр, МПа`, `Рпр (МПа)`, `Плотность, г/см3 при 20 °С` → (name, unit, the unit as it was written)."""
    text = unicodedata.normalize("NFKC", header).replace("\n", " ").strip()
    for bracket in reversed(list(_BRACKET.finditer(text))):
        words = bracket.group(1)
        for part in (words, *words.split(",")):
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
    if len(words) > 1 and len(words[-1]) > 1:
        unit = find_unit(words[-1])
        if unit is not None and (
            "/" in words[-1] or words[-1].lower() in ("мпа", "атм", "°c", "°с", "bar", "psi", "кн")
        ):
            return " ".join(words[:-1]).strip(" ,;:"), unit, words[-1]
    return text, None, ""


def tail_of(name: str) -> tuple[str, str]:
    """`position_in`, `Pintake_atm` → (the name, what may be its unit). Only a quantity tells whether it is
    one: `p_in` is a pressure at the intake.
    """
    bare, mark, tail = name.strip().rpartition("_")
    return (bare, tail) if mark and bare and tail else ("", "")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """`words`: a header, folded → the names of the fields that it may mean."""

    words: Mapping[str, frozenset[str]]

    def means(self, header: str) -> frozenset[str]:
        """Exactly; with and without what stands in brackets."""
        name, _, _ = split_unit(header)
        found: frozenset[str] = frozenset()
        parted = _CAMEL.sub(" ", name)  # WellID
        for form in {header, name, _BRACKET.sub(" ", name), _NUMBERED.sub("", name), parted}:
            found |= self.words.get(folded(form), frozenset())
        return found


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
    return [folded(word) for word in _read_own().get(f"kind.{kind}", [])]


@cache
def _read_own() -> dict[str, list[str]]:
    return _read(resources() / "headers.json")
