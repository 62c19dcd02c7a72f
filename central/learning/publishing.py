"""Models on their way to laptops: a signed feed of its own, by the rules and the code of the updates' feed.

    {"version": 1, "models": [{"name": "card_ranker", "version": "site-…", "file": "card_ranker-site-….npz",
        "size": 123456, "features": "0a1b…", "least_program": "0.1.0", "made_at": "2026-11-28T03:00:00Z"}],
     "taken_back": ["site-…"]}

A name that is not there means: what ships with the program.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from app.analysis.cards.outline import VECTOR_VERSION
from app.core.clock import iso
from app.core.errors import KnownError
from app.core.plain import Json
from app.core.signed_feeds import METADATA, MODEL_FORM, MODEL_LIST, MODEL_ROOT
from central.learning.runs import NAME, Loop
from central.signed_feed import Keys, SignedFeedFolder
from central.stores import registry
from central.stores.engine import changing, reading

LEAST_PROGRAM = "0.1.0"
"""The first that reads such files with such features."""


def feed_of(loop: Loop) -> SignedFeedFolder:
    """Keys and an empty feed are made by the first model; IT may bring keys that lie elsewhere."""
    feed = SignedFeedFolder(loop.feed, Keys(loop.keys), MODEL_ROOT)
    if not (loop.feed / METADATA / "timestamp.json").exists():
        feed.init()
    return feed


def offer(loop: Loop) -> None:
    """The champions of the registry, and nothing else."""
    with reading(loop.engine) as connection:
        staged = registry.every(connection)
        champions = [one for one in staged if one.stage == registry.CHAMPION]
        files = {one.version: registry.content(connection, one.name, one.version) for one in champions}
    listed: list[Json] = []
    feed, added = feed_of(loop), []
    with tempfile.TemporaryDirectory() as own:
        for one in champions:
            name = f"{one.name}-{one.version}.npz"
            (Path(own) / name).write_bytes(files[one.version])
            added.append(feed.add(name, Path(own) / name))
            listed.append(
                {
                    "name": one.name,
                    "version": one.version,
                    "file": name,
                    "size": len(files[one.version]),
                    "features": VECTOR_VERSION,
                    "least_program": LEAST_PROGRAM,
                    "made_at": iso(one.since),
                }
            )
    taken_back: list[Json] = [one.version for one in staged if one.stage == registry.RETIRED]
    told = {"version": MODEL_FORM, "models": listed, "taken_back": taken_back}
    feed.put(MODEL_LIST, json.dumps(told, ensure_ascii=False, indent=1).encode(), *added)


def renew(loop: Loop) -> None:
    if (loop.feed / METADATA / "timestamp.json").exists():
        feed_of(loop).renew()


def roll_back(loop: Loop, name: str = NAME) -> str:
    """The champion before is the champion again; where there was none, what ships. Returns its version, empty
    for what ships. Raises KnownError (model_no_champion).
    """
    with changing(loop.engine) as connection:
        staged = registry.every(connection, name)
        now = next((one for one in staged if one.stage == registry.CHAMPION), None)
        if now is None:
            raise KnownError("model_no_champion", name=name)
        made_of = str(now.manifest.get("champion", ""))
        before = next((one for one in staged if one.version == made_of), None)
        registry.retire(connection, name, loop.clock())
        if before is not None:
            stage = registry.CHAMPION
            registry.stage(connection, name, before.version, stage, loop.by, loop.clock(), before.manifest)
    offer(loop)
    return before.version if before else ""
