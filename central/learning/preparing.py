"""The first step: what is known of cards, put together into a training set under the hash of its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Engine

from app.core.plain import Json
from central.learning import leaks, sets
from central.learning.label_rules import read_rules
from central.learning.labels import gathered
from central.learning.libraries import read_library
from central.stores.engine import reading

SETS = "sets"
"""In the folder of what learning made."""


def prepare(
    engine: Engine, folder: Path, by: str, now: datetime, rules_file: Path | None, libraries: Sequence[Path]
) -> Path:
    """The folder of the set. Raises KnownError (label_rules_wrong, library_…, file_unreadable)."""
    rules = read_rules(rules_file)
    with reading(engine) as connection:
        known = gathered(connection, rules)
    labels = list(known.labels)
    told: dict[str, Json] = {
        "rules": rules.told(),
        "left_out": dict(known.left_out),
        "confirmed_by_repairs": known.confirmed,
        "overturned_by_repairs": known.overturned,
        "libraries": [],
    }
    of_libraries: list[Json] = []
    for file in libraries:
        library = read_library(file, rules)
        labels += library.labels
        refused: list[Json] = [list(one) for one in library.refused]
        of_libraries.append(
            {
                "file": file.name,
                "cards": len(library.labels),
                "left_out": library.left_out,
                "refused": refused,
            }
        )
    made, gone = sets.made(labels)
    told |= {
        "libraries": of_libraries,
        **gone,
        "leaks": [str(leak) for leak in leaks.hunted(made)],
        "disagreement": _told(sets.disagreement(made)),
    }
    return sets.write(folder / SETS, made, by, now, told)


def _told(found: sets.Disagreement) -> Json:
    authors: Json = {name: list(counts) for name, counts in found.authors.items()}
    return {**asdict(found), "authors": authors, "share": round(found.share, 4)}
