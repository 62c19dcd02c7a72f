"""A file in hand: its kind found, read in a child process, and the proposal of what its tables are."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError
from app.importers import IMPORTERS
from app.importers.base import Contents, Importer, Order, head_of
from app.importers.book_wells import of_one_well
from app.importers.child import Reading
from app.importers.mapping import propose
from app.importers.plan import Plan
from app.importers.recognised import taken_for
from app.importers.scoring import Memory
from app.importers.sheets import Layout, Sheet
from app.importers.vocabulary import vocabulary


@dataclass(frozen=True)
class Asked:
    """What a person or a command has said before the file is read. `mapping` is column header → field."""

    kind: str | None = None
    layouts: dict[str, Layout] | None = None
    preview: bool = False
    words: Path | None = None
    """The profile's own words for headers."""
    begun: Callable[[Callable[[], object]], object] | None = None
    """Told what breaks the reading off: see `child.Reading`."""


def choose(path: Path) -> Importer:
    """The first format that recognises the file. Raises KnownError (file_*)."""
    return choose_by_head(path, head_of(path))


def choose_by_head(path: Path, head: bytes) -> Importer:
    for importer in IMPORTERS:
        if importer.recognises(path, head):
            return importer
    known = dict.fromkeys(suffix for importer in IMPORTERS for suffix in importer.suffixes)
    suffix = path.suffix.lower()
    if suffix in known:
        raise KnownError("file_other_inside", file=str(path), suffix=suffix)
    raise KnownError("file_unknown_kind", file=str(path), known=", ".join(known))


def read_file(path: Path, importer: Importer, asked: Asked) -> Contents:
    """Raises KnownError (file_*, and what the format's reader finds)."""
    try:
        with path.open("rb") as source:
            return _read(path, source, importer, asked)
    except PermissionError as error:
        raise KnownError("file_locked", file=str(path), reason=str(error), retry=True) from error
    except OSError as error:
        raise KnownError("file_unreadable", file=str(path), reason=str(error)) from error


def read_pieces(path: Path, pieces: Iterator[bytes], importer: Importer, asked: Asked) -> Contents:
    """The same from a file that the journal keeps. `path` is its name."""
    reading_end, writing_end = os.pipe()

    damaged: list[KnownError] = []

    def feed() -> None:
        try:
            with os.fdopen(writing_end, "wb") as out:
                for piece in pieces:
                    out.write(piece)
        except BrokenPipeError:
            return  # the child has seen enough
        except KnownError as error:
            damaged.append(error)

    feeder = threading.Thread(target=feed, name="feed a child", daemon=True)
    feeder.start()
    try:
        with os.fdopen(reading_end, "rb") as source:
            contents = _read(path, source, importer, asked)
    except KnownError as error:
        raise (damaged[0] if damaged else error) from error  # what ended early says less than why
    finally:
        if not feeder.is_alive():
            feeder.join()
    if damaged:
        contents.close()
        raise damaged[0]
    return contents


def _read(path: Path, source: BinaryIO, importer: Importer, asked: Asked) -> Contents:
    if importer.read is None:
        raise KnownError("file_is_document", file=str(path))
    order = Order(vocabulary(asked.words), asked.layouts or {}, asked.preview)
    return Reading(path, source, importer.key, order, asked.words, asked.begun).contents


def proposal(
    path: Path,
    contents: Contents,
    asked: Asked,
    memory: Memory | None = None,
    *,
    technical_atmosphere: bool = False,
) -> Plan:
    """A sheet that looks like nothing, or a hidden one, is proposed to be left out; one table is always
    taken.
    """
    words = vocabulary(asked.words)
    plans = [
        propose(
            sheet,
            words,
            kind=asked.kind,
            memory=memory,
            near=path.stem,
        )
        for sheet in contents.sheets
    ]
    useful = [
        not plan.skip and _has_rows(sheet) and not taken_for(sheet, plan, path.stem)
        for sheet, plan in zip(contents.sheets, plans, strict=True)
    ]
    if not any(useful):  # it is refused for what it is
        useful = [
            _has_rows(sheet) and (not plan.skip or bool(taken_for(sheet, plan, path.stem)))
            for sheet, plan in zip(contents.sheets, plans, strict=True)
        ]
    plans = [
        replace(plan, skip=not use or (sheet.hidden and sum(useful) > 1))
        for sheet, plan, use in zip(contents.sheets, plans, useful, strict=True)
    ]
    return Plan(tuple(of_one_well(contents.sheets, plans)), technical_atmosphere=technical_atmosphere)


def _has_rows(sheet: Sheet) -> bool:
    return bool(sheet.table.num_rows)
