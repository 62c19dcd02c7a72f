"""Which model is in force on this laptop, what was before it, what was refused: `models/state.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from app.analysis.model_places import put_in_force
from app.core.files import write_atomically
from app.core.paths import Paths
from app.core.plain import JsonObject, object_in
from app.models.values import part_of, text_of, texts_of

CARDS = "card_ranker"
"""The one model that a site may teach."""

STATE = "state.json"


@dataclass(frozen=True)
class State:
    """Files of the folder; empty is the program's own. `fetched` waits until nobody works. `given_up`:
    versions that somebody here went back from, `refused`: version → why.
    """

    in_force: str = ""
    before: str = ""
    has_before: bool = False
    fetched: str | None = None
    given_up: tuple[str, ...] = ()
    refused: dict[str, JsonObject] = field(default_factory=dict)


def state_of(paths: Paths) -> State:
    """A damaged file is that of a laptop with the program's own model."""
    try:
        told = object_in((paths.models / STATE).read_bytes())
        fetched = told.get("fetched")
        return State(
            text_of(told, "in_force"),
            text_of(told, "before"),
            told.get("has_before") is True,
            fetched if isinstance(fetched, str) else None,
            tuple(texts_of(told, "given_up")),
            {version: part_of(part_of(told, "refused"), version) for version in part_of(told, "refused")},
        )
    except (OSError, ValueError):
        return State()


def start(paths: Paths) -> None:
    """What was in force is: at the opening of a profile, and after each change. A file that is gone
    leaves the program's own.
    """
    state = state_of(paths)
    there = bool(state.in_force) and (paths.models / state.in_force).is_file()
    put_in_force(CARDS, paths.models / state.in_force if there else None)


def keep(paths: Paths, state: State) -> State:
    told = {**vars(state), "given_up": list(state.given_up)}
    write_atomically(paths.models / STATE, json.dumps(told, ensure_ascii=False, indent=1).encode())
    return state
