"""A run of the loop: a folder with what each step made, from which it can be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Engine

from app.analysis.ranker import Ranker, stored_ranker
from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.paths import resources
from app.core.plain import Json, JsonObject, object_in
from app.models.values import rows_of, text_of
from central.learning.gates import Gate
from central.learning.preparing import SETS
from central.stores import registry
from central.stores.engine import reading

RUNS, RUN, MODEL, LAST = "runs", "run.json", "challenger.npz", "last-run"
LOCK = "packages.txt"
"""What the run was made with: its SHA-256 stands in the manifest."""
NAME = "card_ranker"
"""The one model that a site's labels teach today."""


@dataclass(frozen=True)
class Loop:
    """What the steps work with. `feed`: the signed folder that laptops read; `keys`: who signs it."""

    engine: Engine
    folder: Path
    feed: Path
    keys: Path
    by: str
    clock: Callable[[], datetime]
    seed: int

    def begin(self, told: JsonObject) -> Path:
        """The same set against the same champion is the same run."""
        named = f"{text_of(told, 'set')[:16]}-{text_of(told, 'champion_sha256')[:8]}"
        own = self.folder / RUNS / named
        own.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(own / RUN, json.dumps(told, ensure_ascii=False, indent=1).encode())
        write_atomically(self.folder / LAST, named.encode())
        return own

    def run(self) -> Path:
        """The last one. Raises KnownError (learning_no_run)."""
        try:
            return self.folder / RUNS / (self.folder / LAST).read_text(encoding="ascii").strip()
        except OSError as error:
            raise KnownError("learning_no_run") from error

    def set_of(self, told: JsonObject) -> Path:
        return self.folder / SETS / text_of(told, "set")[:16]

    def champion(self) -> tuple[Path, str]:
        """(its file, its SHA-256): the registry's, else what ships with the program."""
        with reading(self.engine) as connection:
            champion = registry.champion_file(connection, NAME)
        if champion is None:
            path = resources() / "models" / f"{NAME}.npz"
            return path, hashlib.sha256(path.read_bytes()).hexdigest()
        path = self.folder / "champion" / f"{NAME}.npz"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _, content = champion
        write_atomically(path, content)
        return path, hashlib.sha256(content).hexdigest()

    def champion_of(self, told: JsonObject) -> tuple[Path, Ranker]:
        """Raises KnownError (learning_champion_changed): the run was begun against another."""
        path, sha256 = self.champion()
        if sha256 != told.get("champion_sha256"):
            raise KnownError("learning_champion_changed", champion=text_of(told, "champion"))
        return path, stored_ranker(path)


def told_of(run: Path) -> JsonObject:
    """Raises KnownError (learning_no_run)."""
    try:
        return object_in((run / RUN).read_bytes())
    except (OSError, ValueError) as error:
        raise KnownError("learning_no_run") from error


def note(run: Path, told: JsonObject, **more: Json) -> JsonObject:
    told = {**told, **more}
    write_atomically(run / RUN, json.dumps(told, ensure_ascii=False, indent=1).encode())
    return told


def through(run: Path, told: JsonObject, gates: list[Gate]) -> JsonObject:
    """Written down, whatever they say. Raises KnownError (gate_stopped) with the first that does not pass."""
    names = {one.name for one in gates}
    before: list[Json] = [one for one in rows_of(told, "gates") if one["gate"] not in names]
    told = note(run, told, gates=[*before, *(one.told() for one in gates)])
    stopped = next((one for one in gates if not one.passed), None)
    if stopped is not None:
        raise KnownError("gate_stopped", gate=stopped.name, why=stopped.why)
    return told
