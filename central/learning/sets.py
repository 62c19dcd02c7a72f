"""A training set: labels without doubles, grouped, in order of time; kept as Parquet under the hash of what
it says, with a manifest of where it came from.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from app.analysis.cards.outline import OUTLINE_SIZE, SURFACE_SIZE, VECTOR_VERSION
from app.core.clock import from_us, iso, to_us
from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.plain import Json, JsonObject, object_in
from central.learning.groups import look_alikes, numbered
from central.learning.labels import Label

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
ROWS, MANIFEST = "labels.parquet", "manifest.json"
FORM = 1


@dataclass(frozen=True)
class TrainingSet:
    """Labels in order of time, those without one first."""

    labels: tuple[Label, ...]

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def outlines(self) -> Floats:
        return np.array([label.outline for label in self.labels], float).reshape(len(self), SURFACE_SIZE)

    @cached_property
    def rows(self) -> Floats:
        """As `outline_row` makes them; not a number where a label has no curves."""
        unknown = (math.nan,) * (OUTLINE_SIZE - SURFACE_SIZE)
        rows = [(*label.outline, *(label.curves or unknown)) for label in self.labels]
        return np.array(rows, float).reshape(len(self), OUTLINE_SIZE)

    @cached_property
    def holds(self) -> Bools:
        return np.array([label.holds for label in self.labels], bool)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(label.code for label in self.labels)

    @cached_property
    def wells(self) -> Ints:
        return numbered([label.well for label in self.labels])

    @cached_property
    def alike(self) -> Ints:
        return look_alikes(self.outlines)

    @cached_property
    def at_us(self) -> Ints:
        return np.array([-1 if one.at is None else to_us(one.at) for one in self.labels], np.int64)

    def only(self, which: Bools) -> TrainingSet:
        return TrainingSet(tuple(label for label, kept in zip(self.labels, which, strict=True) if kept))

    @cached_property
    def digest(self) -> str:
        """Of what it says: the same labels are the same set, whoever wrote the file."""
        said = hashlib.sha256()
        for label in self.labels:
            plain = _plain(label)
            if not label.curves:
                del plain["curves"]  # what was said before there were any says the same
            said.update(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode() + b"\n")
        return said.hexdigest()


@dataclass(frozen=True)
class Disagreement:
    """How far labels contradict each other, the same condition asked of look-alike cards. `ceiling`: no model
    can be right more often on them. `authors`: author → (labels beside others', of them against those).
    """

    twice: int
    against: int
    ceiling: float
    authors: Mapping[str, tuple[int, int]]

    @property
    def share(self) -> float:
        return self.against / self.twice if self.twice else 0.0


def made(labels: Iterable[Label]) -> tuple[TrainingSet, dict[str, int]]:
    """Without doubles; the same card with two answers of one person's or library's teaches nothing. Returns
    also how many went, and why.
    """
    by_card: dict[tuple[str, bytes], list[Label]] = defaultdict(list)
    for label in labels:
        by_card[label.code, card_of(label)].append(label)
    kept, doubles, contradicting = [], 0, 0
    for same in by_card.values():
        answers = {one.holds for one in same}
        if len(answers) > 1 and len({one.author for one in same}) == 1:
            contradicting += len(same)
            continue
        seen: set[bool] = set()
        for one in sorted(same, key=_order):
            if one.holds in seen:
                doubles += 1
            else:
                seen.add(one.holds)
                kept.append(one)
    return TrainingSet(tuple(sorted(kept, key=_order))), {"doubles": doubles, "contradicting": contradicting}


def card_of(label: Label) -> bytes:
    """Equal where labels are of the same card."""
    return np.round(label.outline, 4).tobytes()


def _order(label: Label) -> tuple[int, str]:
    return (-1 if label.at is None else to_us(label.at), label.id)


def disagreement(known: TrainingSet) -> Disagreement:
    groups: dict[tuple[int, str], list[Label]] = defaultdict(list)
    for label, alike in zip(known.labels, known.alike.tolist(), strict=True):
        groups[alike, label.code].append(label)
    twice = against = right = 0
    authors: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for same in groups.values():
        hold = sum(one.holds for one in same)
        right += max(hold, len(same) - hold)
        if len(same) > 1:
            twice, against = twice + len(same), against + min(hold, len(same) - hold)
        for one in same:
            others = [other.holds for other in same if other.author != one.author]
            if others and 2 * sum(others) != len(others):
                authors[one.author][0] += 1
                authors[one.author][1] += one.holds != (2 * sum(others) > len(others))
    told = {name: (beside, wrong) for name, (beside, wrong) in sorted(authors.items())}
    return Disagreement(twice, against, right / len(known) if len(known) else 1.0, told)


# ---- on the disk -------------------------------------------------------------------------------------------


def write(folder: Path, known: TrainingSet, by: str, now: datetime, told: Mapping[str, Json]) -> Path:
    """Its own folder, named after its content; the same set again is there already. `told`: rules, what was
    left out, what was found.
    """
    own = folder / known.digest[:16]
    if (own / MANIFEST).exists():
        return own
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    rows = pa.Table.from_pylist([_plain(label) for label in known.labels], _SCHEMA)
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd")
    content = sink.getvalue().to_pybytes()
    write_atomically(own / ROWS, content)
    manifest: JsonObject = {
        "form": FORM,
        "set": known.digest,
        "file_sha256": hashlib.sha256(content).hexdigest(),
        "made_at": iso(now),
        "by": by,
        "features": VECTOR_VERSION,
        "labels": len(known),
        "wells": sorted({label.well for label in known.labels}),
        "fields": sorted({label.field for label in known.labels}),
        "authors": sorted({label.author for label in known.labels}),
        "sources": _counted(label.source for label in known.labels),
        "codes": _counted(f"{label.code} {'+' if label.holds else '-'}" for label in known.labels),
        "look_alike_groups": int(known.alike.max()) + 1 if len(known) else 0,
        **told,
    }
    write_atomically(own / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    return own


def read(folder: Path) -> tuple[TrainingSet, JsonObject]:
    """Raises KnownError (training_set_missing, training_set_damaged)."""
    try:
        manifest = object_in((folder / MANIFEST).read_bytes())
        content = (folder / ROWS).read_bytes()
    except FileNotFoundError as error:
        raise KnownError("training_set_missing", folder=folder.name) from error
    except (OSError, ValueError) as error:
        raise KnownError("training_set_damaged", folder=folder.name, reason=str(error)[:200]) from error
    if hashlib.sha256(content).hexdigest() != manifest.get("file_sha256"):
        raise KnownError("training_set_damaged", folder=folder.name, reason=ROWS)
    rows = pq.read_table(pa.BufferReader(content), schema=_SCHEMA).to_pylist()
    known = TrainingSet(tuple(_label(row) for row in rows))
    if known.digest != manifest.get("set"):
        raise KnownError("training_set_damaged", folder=folder.name, reason="sha256")
    return known, manifest


_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "well", "field")),
        ("at_us", pa.int64()),
        ("code", pa.string()),
        ("holds", pa.bool_()),
        *((name, pa.string()) for name in ("author", "source")),
        ("outline", pa.list_(pa.float64())),
        ("card", pa.list_(pa.float64())),
        ("rules", pa.string()),
        ("said", pa.float64()),
        ("curves", pa.list_(pa.float64())),
    ]
)


def _plain(label: Label) -> JsonObject:
    return {
        "id": label.id,
        "well": label.well,
        "field": label.field,
        "at_us": None if label.at is None else to_us(label.at),
        "code": label.code,
        "holds": label.holds,
        "author": label.author,
        "source": label.source,
        "outline": list(label.outline),
        "card": list(label.card),
        "rules": None if label.rules is None else json.dumps(dict(label.rules), sort_keys=True),
        "said": label.said,
        "curves": list(label.curves),
    }


def _label(row: Mapping[str, object]) -> Label:
    told = dict(row)
    at_us, rules = told.pop("at_us"), told.pop("rules")
    made_of = Label(**{**told, "at": None}, rules=None)  # type: ignore[arg-type]
    return replace(
        made_of,
        at=from_us(at_us) if isinstance(at_us, int) else None,
        outline=tuple(made_of.outline),
        card=tuple(made_of.card),
        curves=tuple(made_of.curves or ()),
        rules=json.loads(rules) if isinstance(rules, str) else None,
    )


def _counted(names: Iterable[str]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name in names:
        before = found.get(name, 0)
        found[name] = (before if isinstance(before, int) else 0) + 1
    return dict(sorted(found.items()))
