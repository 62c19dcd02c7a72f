"""The catalogue as this profile has it: what ships, the site's entries, one's own; taking in and giving away
own entries.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from app.analysis.catalogue.kinds import CATALOGUE_KINDS
from app.analysis.catalogue.library import FORM, Found, Kind, Library, contents, library, read_entries
from app.analysis.catalogue.spelling import Parts, nearest, parts
from app.core.errors import KnownError
from app.core.files import hand_over, write_atomically
from app.core.paths import Paths, site_catalogue
from app.models.values import Values, part_of

T = TypeVar("T")


@dataclass(frozen=True)
class Added:
    """Names of entries that a file brought, by kind: new ones, and those that stand over another now."""

    new: dict[str, list[str]]
    replaced: dict[str, list[str]]

    @property
    def count(self) -> int:
        return sum(len(names) for part in (self.new, self.replaced) for names in part.values())


def equipment(paths: Paths, kind: Kind[T]) -> Library[T]:
    """Raises KnownError (catalogue_…) for a site's or an own file that is wrong, with the place."""
    return library(kind, site_catalogue(), paths.catalogue)


def find(paths: Paths, name: str, kind: str | None = None) -> tuple[str, Found[Any]]:
    """Its kind and the entry. Raises KnownError (catalogue_unknown, catalogue_kind) with what is near."""
    known: list[tuple[Parts, str]] = []
    for one in _kinds(kind):
        there = equipment(paths, one)
        try:
            return one.key, there.find(name)
        except KnownError:
            known += there.spelt.items()
    raise KnownError("catalogue_unknown", name=name, near="; ".join(nearest(parts(name), known)))


def everything(paths: Paths, kind: str | None = None) -> Iterable[tuple[str, Found[Any]]]:
    """Kind and entry, in the order of the files."""
    return ((one.key, found) for one in _kinds(kind) for found in equipment(paths, one))


def add(paths: Paths, file: Path) -> Added:
    """All of the file's entries or none become one's own; one of the same name stands over what was there.

    Raises KnownError (catalogue_…) with file, entry, field, value and what is wanted.
    """
    coming = _resolved(file)
    own = _resolved(paths.catalogue) if paths.catalogue.exists() else {}
    new: dict[str, list[str]] = {}
    replaced: dict[str, list[str]] = {}
    for key, entries in coming.items():
        kind = CATALOGUE_KINDS[key]
        known = {kind.same(parts(found.name)) for found in equipment(paths, kind)}
        mine = own.setdefault(key, {})
        for name, data in entries.items():
            same = kind.same(parts(name))
            (replaced if same in known else new).setdefault(key, []).append(name)
            for other in [one for one in mine if kind.same(parts(one)) == same]:
                del mine[other]
            mine[name] = data
    try:
        write_atomically(paths.catalogue, _written(own))
    except OSError as error:
        raise KnownError("file_not_written", file=str(paths.catalogue), reason=str(error)) from error
    return Added(new, replaced)


def share(paths: Paths, to: Path) -> int:
    """The site's and one's own entries in one file that another's `add` takes: how many. Raises KnownError
    (catalogue_nothing_own, file_not_written).
    """
    mine: dict[str, Values] = {}
    for file in (site_catalogue(), paths.catalogue):
        if file.exists():
            for key, entries in _resolved(file).items():
                mine.setdefault(key, {}).update(entries)
    if not any(mine.values()):
        raise KnownError("catalogue_nothing_own", file=str(paths.catalogue))
    hand_over(to, _written(mine))
    return sum(len(entries) for entries in mine.values())


def _kinds(kind: str | None) -> list[Kind[Any]]:
    if kind is None:
        return list(CATALOGUE_KINDS)
    if kind not in CATALOGUE_KINDS:
        raise KnownError("catalogue_kind", kind=kind, known=", ".join(one.key for one in CATALOGUE_KINDS))
    return [CATALOGUE_KINDS[kind]]


def _resolved(file: Path) -> dict[str, Values]:
    """Kind → name → fields, all checked; each with its source in words, so that it stands in any file."""
    body = contents(file)
    checked: dict[str, Values] = {}
    for kind in CATALOGUE_KINDS:
        for found, _ in read_entries(kind, file):
            checked.setdefault(kind.key, {})[found.name] = {
                **part_of(part_of(body, kind.key), found.name),
                "source": found.source,
            }
    return checked


def _written(entries: dict[str, Values]) -> bytes:
    filled = {key: those for key, those in entries.items() if those}
    return (json.dumps({"catalogue": FORM, **filled}, ensure_ascii=False, indent=1) + "\n").encode()
