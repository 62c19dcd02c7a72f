"""What is written seldom, each work by itself: settings, a parcel for a stick, a copy of a centre, a centre
and a profile out of their copies. `holds`: whatever is there, nothing stands by halves; `done`: it is done.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.core.errors import KnownError
from app.core.paths import Paths
from app.core.settings import Settings
from app.models import sealed_stream
from app.models.journal import Journal
from app.models.keys import MasterKey
from app.services import backups as profiles
from app.services.centre import unsent
from app.sync import parcel
from central import backups, restoring
from central.config import ENGINE_FOLDER, STORE_FILE
from central.stores import epochs
from central.stores.engine import open_engine
from tests.faults.points.killing import Kill, killing
from tests.faults.power.centre_story import NoRows
from tests.faults.power.laptop_story import NOW
from tests.faults.simulated.world import FIELDS, key_of
from tests.profiles import centre_tables
from tests.sync.test_parcels import SEED, SITE, introduced

PHRASE = "eight words or so"
KEY = MasterKey(b"k" * 32, in_keyring=False)
SAVED = {"record": "r1", "kind": "note", "values": {"text": "слово"}, "well_key": key_of("1", FIELDS[0])}


@dataclass(frozen=True)
class Work:
    do: Callable[[Path], object]
    holds: Callable[[Path], bool]
    done: Callable[[Path], bool]


def works(home: Path, patch: pytest.MonkeyPatch) -> dict[str, Work]:
    """`home` keeps what they are made of: a centre, a profile, their copies."""
    patch.setattr(sealed_stream, "COST", 4)
    patch.setattr(restoring, "embed", _embedded)
    patch.setattr(unsent.records, "every_well", lambda _: [])
    journal, copied = _profile(home)
    _centre(home)
    secrets = {unsent._SEED: SEED.hex(), unsent._INTRODUCTION: introduced(*FIELDS).model_dump_json()}
    laptop: Any = SimpleNamespace(
        journal=journal, store=None, clock=lambda: NOW, secrets=SimpleNamespace(get=secrets.__getitem__)
    )
    return {
        "settings": Work(
            lambda at: Settings(at / "settings.json").set("author", "B"),
            lambda at: Settings(at / "settings.json")["author"] in ("", "B"),
            lambda at: Settings(at / "settings.json")["author"] == "B",
        ),
        "a parcel": Work(
            lambda at: unsent.save(laptop, at / "work.unsent"),
            lambda at: not (at / "work.unsent").exists() or _is_parcel(at / "work.unsent"),
            lambda at: (at / "work.unsent").exists(),
        ),
        "a copy of a centre": Work(
            lambda at: _copies(home, at), lambda at: _whole_copies(at) >= 0, lambda at: _whole_copies(at) > 0
        ),
        "a centre out of its copy": Work(
            lambda at: restoring.restore(home / "0", at / "centre", NOW),
            lambda at: not (at / "centre" / STORE_FILE).exists() or _is_centre(home, at / "centre"),
            lambda at: (at / "centre" / STORE_FILE).exists(),
        ),
        "a profile out of its copy": Work(
            lambda at: profiles.restore(copied, PHRASE, Paths(at / "cache.duckdb"), unused=False),
            lambda at: not Paths(at / "cache.duckdb").journal.exists() or _is_profile(at),
            lambda at: Paths(at / "cache.duckdb").journal.exists(),
        ),
    }


def is_killed(work: Work, kill: Kill, at: Path) -> bool:
    """In a child that is no more from that line on: none of its endings (`finally`) is gone through."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException), killing(kill, lambda: os._exit(9)):
            work.do(at)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


# ---- what they are made of ---------------------------------------------------------------------------------


def _profile(home: Path) -> tuple[Journal, Path]:
    """A journal with something that waits, and the copy of a profile with the same."""
    paths = Paths(home / "cache.duckdb")
    journal = Journal(paths.journal, paths.blobs, KEY.derive("journal"), lambda: NOW)
    entry = journal.add("record", SAVED, (("act.txt", b"act " * 99),))
    (blob,) = entry.attachments
    copied = home / "profile.backup"
    with journal.held_still() as file_of_it:
        written = file_of_it.read_bytes()
    parts = {
        "about": b'{"version": 1, "folder": "/before"}',
        "key": KEY.secret,
        "store": b"a cache",
        "journal": written,
        f"blobs/{blob.sha256}": (paths.blobs / blob.sha256).read_bytes(),
        "folder/settings.json": b'{"author": "A"}',
    }
    with copied.open("wb") as file:
        content = [one for part in parts.items() for one in profiles._bytes_of(*part, {})]
        sealed_stream.seal(file, PHRASE, iter(content))
    return journal, copied


def _is_profile(at: Path) -> bool:
    paths = Paths(at / "cache.duckdb")
    journal = Journal(paths.journal, paths.blobs, KEY.derive("journal"), lambda: NOW)
    try:
        (entry,) = journal.entries()
        return (
            journal.blobs.read(entry.attachments[0].sha256) == b"act " * 99
            and paths.key_file.read_text() == KEY.secret.hex()
            and paths.store.read_bytes() == b"a cache"
            and Settings(paths.settings)["author"] == "A"
        )
    finally:
        journal.close()


def _centre(home: Path) -> None:
    """And a copy of it, "0"."""
    engine = centre_tables(home / STORE_FILE)
    epochs.begin(engine, NOW)
    engine.dispose()
    _copies(home, home)


def _copies(home: Path, at: Path) -> None:
    """Under the next number that is free, as each day's has a name of its own."""
    engine = open_engine(f"sqlite:///{home / STORE_FILE}")
    number = next(n for n in range(9) if not (at / str(n)).exists())
    backups.back_up(engine, NoRows(), home, at / str(number), NOW)  # type: ignore[arg-type]
    engine.dispose()


def _whole_copies(at: Path) -> int:
    """Raises KnownError for one that says that it is whole and is not."""
    found = 0
    for folder in at.iterdir():
        try:
            backups.verify(folder)
            found += 1
        except KnownError as error:
            if error.code != "backup_none":
                raise
    return found


def _is_centre(home: Path, at: Path) -> bool:
    def epoch(store: Path) -> str:
        engine = open_engine(f"sqlite:///{store}")
        with engine.connect() as connection:
            return epochs.epoch(connection)

    return (at / ENGINE_FOLDER).is_dir() and epoch(at / STORE_FILE) not in ("", epoch(home / STORE_FILE))


def _embedded(aside: Path, *_: Any) -> tuple[Any, Any, None]:
    (aside / ENGINE_FOLDER).mkdir()
    (aside / ENGINE_FOLDER / "rows").write_bytes(b"rows")
    return SimpleNamespace(close=lambda: None), NoRows(), None


def _is_parcel(path: Path) -> bool:
    with path.open("rb") as file:
        parts = list(parcel.opened(file, parcel.checked(file, SITE.public), SITE.of_fields(FIELDS)))
    return len(parts) == 2
