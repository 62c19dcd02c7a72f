"""Why pumps are pulled, what fails in them and why: tables of codes as data, a site's own over ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import KnownError
from app.core.paths import resources

TABLES = ("items", "causes", "reasons")
OF_FIELDS = {
    "failed_item": "items",
    "item": "items",
    "failure_cause": "causes",
    "cause": "causes",
    "pulled_because": "reasons",
}
"""Field of a record → its table."""
OWN = "failure-codes.json"

Table = dict[str, dict[str, str]]


@dataclass(frozen=True)
class FailureCodes:
    tables: dict[str, Table]

    def words(self, field: str, said: str, language: str) -> str:
        """A code in the reader's language; any other text as it was written. Why a pump was pulled may be
        told by the cause.
        """
        for place in (OF_FIELDS.get(field, ""), *(("causes",) if field == "pulled_because" else ())):
            told = self.tables.get(place, {}).get(said)
            if told:
                return told.get(language) or said
        return said

    def code(self, field: str, said: str) -> str:
        """The code that is meant by a word of any language; the text itself where there is none."""
        small = said.strip().casefold()
        for code, words in self.tables.get(OF_FIELDS.get(field, ""), {}).items():
            if small in (code, *(word.casefold() for word in words.values())):
                return code
        return said.strip()


def failure_codes(folder: Path) -> FailureCodes:
    """`folder` of the profile, where a site's own table lies. Raises KnownError (failure_codes_wrong)."""
    tables = _read(resources() / "failure_codes.json")
    own = folder / OWN
    if own.exists():
        for name, table in _read(own).items():
            tables[name] = {**tables[name], **table}
    return FailureCodes(tables)


def _read(path: Path) -> dict[str, Table]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        tables: dict[str, Table] = {name: dict(told.get(name, {})) for name in TABLES}
        wrong = [key for key in told if key not in TABLES]
        wrong += [
            f"{name}.{code}"
            for name, table in tables.items()
            for code, words in table.items()
            if not (
                isinstance(words, dict)
                and words.keys() <= {"ru", "en"}
                and all(map(_is_word, words.values()))
            )
        ]
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise KnownError("failure_codes_wrong", file=str(path), reason=str(error)[:200]) from error
    if wrong:
        raise KnownError("failure_codes_wrong", file=str(path), reason=", ".join(wrong[:5]))
    return tables


def _is_word(said: object) -> bool:
    return isinstance(said, str) and 0 < len(said) <= 200
