"""A library of equipment: what ships with the program, and a site's own entries over it or beside it.

Every file has one form, ours and theirs (docs/CATALOGUE.md):

    {"catalogue": 1, "sources": {key: sentence}, "<kind>": {name: {"source": …, …}}, …}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from app.analysis.catalogue.entry import Entry
from app.analysis.catalogue.spelling import Parts, nearest, parts
from app.core.errors import KnownError
from app.core.paths import resources
from app.core.plain import JsonObject, each_once
from app.models.values import part_of, text_of

T = TypeVar("T")
FORM = 1
LARGEST_BYTES = 8_000_000
FILES = {
    "pumping_units": "pumping_units.json",
    "rods": "rods.json",
    "rod_grades": "rods.json",
    "tubing": "tubing.json",
    "casing": "casing.json",
    "pipe_grades": "tubing.json",
    "esp_pumps": "esp_pumps.json",
    "motors": "motors.json",
    "cables": "cables.json",
}
"""Kind → the file of ours that has it. A file of a site's own may hold any of them."""


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A kind of equipment.

    Attributes:
        key: as files have it
        read: makes one of an entry; raises KnownError
        same: what of a name's parts tells one from another
        unknown: code of the error for a name that is not there
    """

    key: str
    read: Callable[[Entry], T]
    same: Callable[[Parts], Parts] = lambda found: found
    unknown: str = "catalogue_unknown"


@dataclass(frozen=True)
class Found(Generic[T]):
    """An entry and where it stands.

    Attributes:
        name: its own, whatever it was asked by
        item: what was read
        source: where its figures come from
        file: None for what ships with the program
    """

    name: str
    item: T
    source: str
    file: str | None


@dataclass(frozen=True, eq=False)
class Library(Generic[T]):
    """Equipment of one kind by name, spelt one way or another.

    Attributes:
        kind: of it
        entries: name → what is there
        spelt: parts of a name or of another name of it → name
    """

    kind: Kind[T]
    entries: Mapping[str, Found[T]]
    spelt: Mapping[Parts, str]

    def __iter__(self) -> Iterator[Found[T]]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, name: str) -> Found[T]:
        """The entry of a name.

        Args:
            name: either alphabet, any dashes; a word before it (a maker, a modification) or numbers behind it
                (a head) do not matter
        Returns:
            the entry, which knows its own name
        Raises:
            KnownError: catalogue_unknown or the kind's own, with the nearest names
        Valid: any text.
        Ours: a whole name before a part of one, the longest part first.

        >>> from app.analysis.catalogue.pumping_units import PUMPING_UNITS
        >>> built_in(PUMPING_UNITS).find("СКД 8-3-4000").name
        'СКД8-3-4000'
        """
        found = self.known(name)
        if found is None:
            near = nearest(self.kind.same(parts(name)), self.spelt.items())
            raise KnownError(self.kind.unknown, kind=self.kind.key, name=name, near="; ".join(near))
        return found

    def known(self, name: str) -> Found[T] | None:
        """The entry of a name, for who asks of many and tells nobody the nearest: those take a hundred times
        as long.

        Args:
            name: as in `find`
        Returns:
            the entry, None for one that is not there
        Valid: any text.
        Ours: as in `find`.

        >>> from app.analysis.catalogue.pumping_units import PUMPING_UNITS
        >>> built_in(PUMPING_UNITS).known("no such unit") is None
        True
        """
        wanted = self.kind.same(parts(name))
        behind = [self.kind.same(wanted[i:]) for i in range(1, len(wanted) - 1) if wanted[i][0].isalpha()]
        before = [wanted[:i] for i in range(len(wanted) - 1, 1, -1)]
        for tried in (wanted, *behind, *before):
            if tried in self.spelt:
                return self.entries[self.spelt[tried]]
        return None


def built_in(kind: Kind[T]) -> Library[T]:
    """What ships with the program.

    Args:
        kind: of equipment
    Returns:
        the same object each time
    Valid: resources/catalogue.
    Ours: read when first asked for.

    >>> from app.analysis.catalogue.rods import RODS
    >>> built_in(RODS).find("3/4 in").name
    'ШН19'
    """
    return library(kind)


def library(kind: Kind[T], *own: Path) -> Library[T]:
    """What ships with the program, with a site's own entries over it.

    Args:
        kind: of equipment
        own: files of the same form, later ones over earlier ones; those that are not there do not count
    Returns:
        read again only when a file has changed
    Raises:
        KnownError: catalogue_file, and those of entries
    Valid: files of this version's form.
    Ours: an entry whose name is spelt another way is the same entry.

    >>> from app.analysis.catalogue.rods import RODS
    >>> len(library(RODS)) == len(built_in(RODS))
    True
    """
    return _library(kind, tuple((file, file.stat().st_mtime_ns) for file in own if file.exists()))


def contents(file: Path) -> JsonObject:
    """What a file of entries holds, as it stands.

    Args:
        file: of the form above
    Returns:
        with "sources" and the kinds that it has, each an object
    Raises:
        KnownError: catalogue_file
    Valid: UTF-8 JSON up to 8 MB, each key once.
    Ours: a kind that is not known is refused: it would be passed over.

    >>> sorted(contents(resources() / "catalogue" / "rods.json"))
    ['catalogue', 'rod_grades', 'rods', 'sources']
    """
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise ValueError(f"> {LARGEST_BYTES // 1_000_000} MB")
        body = json.loads(file.read_text(encoding="utf-8-sig"), object_pairs_hook=each_once)
        if not isinstance(body, dict) or body.get("catalogue") != FORM:
            raise ValueError('{"catalogue": 1, …}')
        for key, value in body.items():
            if key not in ("catalogue", "sources", *FILES):
                raise ValueError(f"“{key[:40]}”: {', '.join(FILES)}")
            if key != "catalogue" and not isinstance(value, dict):
                raise ValueError(f"“{key}”: {{…}}")
        if not all(isinstance(one, str) for one in body.get("sources", {}).values()):
            raise ValueError("“sources”: {key: text}")
    except (OSError, ValueError, RecursionError) as error:
        raise KnownError("catalogue_file", file=str(file), reason=str(error)[:160]) from error
    return body


def read_entries(kind: Kind[T], file: Path, *, ours: bool = False) -> list[tuple[Found[T], tuple[str, ...]]]:
    """The entries of one kind in a file, checked.

    Args:
        kind: of equipment
        file: of the form above
        ours: what ships with the program
    Returns:
        each with its other names
    Raises:
        KnownError: catalogue_file, catalogue_object, and those of fields
    Valid: as `contents`.
    Ours: all or nothing.

    >>> from app.analysis.catalogue.rods import RODS
    >>> len(read_entries(RODS, resources() / "catalogue" / "rods.json")) > 5
    True
    """
    body = contents(file)
    found = []
    sources = part_of(body, "sources")
    for name, data in part_of(body, kind.key).items():
        if not isinstance(data, dict) or not parts(name):
            raise Entry(str(file), kind.key, name, {}).wrong("catalogue_object", name, data)
        entry = Entry(str(file), kind.key, name, data, {key: text_of(sources, key) for key in sources})
        source, aliases = entry.source, entry.words("aliases")
        item = kind.read(entry)
        entry.nothing_else()
        found.append((Found(name, item, source, None if ours else str(file)), aliases))
    return found


@lru_cache(maxsize=64)
def _library(kind: Kind[T], own: tuple[tuple[Path, int], ...]) -> Library[T]:
    entries: dict[str, Found[T]] = {}
    spelt: dict[Parts, str] = {}
    batches = [_shipped(kind), *(read_entries(kind, file) for file, _ in own)]
    for batch in batches:
        for found, aliases in batch:
            same = kind.same(parts(found.name))
            if same in spelt:
                entries.pop(spelt[same], None)
                spelt = {those: name for those, name in spelt.items() if name in entries}
            entries[found.name] = found
            spelt[same] = found.name
            for alias in aliases:
                spelt.setdefault(kind.same(parts(alias)), found.name)
    return Library(kind, entries, spelt)


@cache
def _shipped(kind: Kind[Any]) -> list[tuple[Found[Any], tuple[str, ...]]]:
    return read_entries(kind, resources() / "catalogue" / FILES[kind.key], ours=True)
