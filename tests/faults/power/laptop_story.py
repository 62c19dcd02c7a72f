"""A laptop's files while an engineer works: the journal, its attachments, its sealed secrets. After each step
all that the journal holds is what was said to be saved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.core import files
from app.models import blobs as blob_files
from app.models import journal_mark
from app.models.entries import Outcome, State
from app.models.journal import Journal
from app.models.keys import MasterKey
from app.models.secrets import Secrets
from tests.faults.power.disk import Recording, Wreck
from tests.faults.power.recorded_os import RecordedOs
from tests.faults.power.recorded_sqlite import recorded

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
KEY = MasterKey(b"k" * 32, in_keyring=False)
Dump = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Told:
    """The journal's rows, the content of every attachment by its hash, the secret."""

    rows: Dump
    secret: str


def record(folder: Path) -> tuple[Recording, list[Told]]:
    """What was done to the disk, and what was told after each step; `said` in it is a number of these."""
    folder.mkdir()
    Journal(folder / "j.sqlite", folder / "blobs", KEY.derive("j"), lambda: NOW).close()
    recording = Recording(folder)
    told: list[Told] = []
    with pytest.MonkeyPatch.context() as patch, recorded(recording):
        patch.setattr(files, "os", RecordedOs(recording))
        patch.setattr(blob_files, "os", RecordedOs(recording))
        patch.setattr(journal_mark, "os", RecordedOs(recording))
        journal, secrets = _opened(folder)

        def say() -> None:
            told.append(_told(journal, secrets))
            recording.says(len(told) - 1)

        say()
        for step in _STEPS:
            step(journal, secrets)
            say()
        journal.close()
    return recording, told


def check(wreck: Wreck, told: list[Told], folder: Path) -> None:
    """The journal opens, is whole, calls nothing lost, and stands as after the last step that was said, or as
    after the one that was under way; every attachment that it names can be read.
    """
    (folder / "blobs").mkdir(parents=True, exist_ok=True)
    wreck.lay_out(folder)
    last = wreck.said[-1] if wreck.said else 0
    with recorded():
        journal, secrets = _opened(folder)
        try:
            now, may_be = _told(journal, secrets), told[last : last + 2]
            assert now.rows in [one.rows for one in may_be], "what was saved is not there, or is by halves"
            assert now.secret in [one.secret for one in may_be]
            assert journal.check() == "ok"
            assert journal.losses.untold() == [], "nothing that was saved is gone, and none is said to be"
            for sha256, name in {(row[1], row[3]) for row in now.rows[1]}:
                assert journal.blobs.read(sha256) == _content(name)
        finally:
            journal.close()


def _opened(folder: Path) -> tuple[Journal, Secrets]:
    journal = Journal(folder / "j.sqlite", folder / "blobs", KEY.derive("j"), lambda: NOW)
    return journal, Secrets(folder / "secrets.bin", KEY)


def _told(journal: Journal, secrets: Secrets) -> Told:
    with journal._file.reading():
        tables = tuple(
            tuple(journal._file.execute(f"SELECT * FROM {table} ORDER BY rowid"))
            for table in ("entry", "entry_blob", "event_log")
        )
    entries = tuple(tuple("queued" if cell == "sending" else cell for cell in row) for row in tables[0])
    return Told((entries, *tables[1:]), secrets.get("token"))


# ---- the work ----------------------------------------------------------------------------------------------

Step = Callable[[Journal, Secrets], object]


def _content(name: str) -> bytes:
    return name.encode() * (700 if name.startswith("long") else 1)


def _note(number: int, *names: str, **more: Any) -> Step:
    attached = tuple((name, _content(name)) for name in names)
    payload = {"record": f"r{number}", "values": {"text": "слово " * number * 20}}
    return lambda journal, _: journal.add("record", payload, attached, entry_id=f"e{number}", **more)


def _settled(number: int, state: State, **more: Any) -> Step:
    return lambda journal, _: journal.sending.settle([Outcome(f"e{number}", state, **more)])


_STEPS: tuple[Step, ...] = (
    _note(1),
    _note(2, "photo", "long act"),
    lambda _, secrets: secrets.set("token", "wsd_1"),
    _note(3, draft=True),
    _note(3, "photo"),  # from the draft; its file is there already
    lambda journal, _: journal.sending.claim(2),
    _settled(1, State.ACKED, receipt={"change_no": 7, "version": 1}),
    _settled(2, State.RETRY, error="centre_unreachable", next_try_at=NOW),
    _note(4, "long scan", supersedes="e1"),
    lambda _, secrets: secrets.set("token", "wsd_2" * 300),
    lambda journal, _: journal.sending.confirm(["e1"]),
    lambda journal, _: journal.discard("e2", "entered twice"),
    lambda journal, _: journal.note_taken_back("e1", "e4"),
    lambda journal, _: journal.sending.claim(9),
    _settled(4, State.QUARANTINED, error="value_wrong", receipt={"details": {"field": "x" * 3_000}}),
)
