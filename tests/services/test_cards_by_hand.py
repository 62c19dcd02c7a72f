"""A dynamogram entered by hand is saved before anything else is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import duckdb
import numpy as np
import pytest

from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.models.cards import StoredCard
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import cards as card_store
from app.models.store import kinds, records
from app.models.wells import Well
from app.services.centre import sync
from app.services.diagnosis import cards
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.workspace import Workspace
from app.sync.transports.base import CentralCard
from tests.conftest import NOW

ANGLE = np.linspace(0, 2 * np.pi, 100, endpoint=False)
POSITION, LOAD = 1.5 - 1.5 * np.cos(ANGLE), 40e3 + 15e3 * np.sin(ANGLE)
AT = NOW - timedelta(days=1)


def pumped(workspace: Workspace) -> Well:
    return next(well for well in records.wells(workspace.store) if well.name == "77")


def told(workspace: Workspace) -> list[str]:
    found: list[str] = []
    workspace.notices.subscribe(lambda notice: found.append(notice.code))
    return found


def full(*_: object) -> Any:
    raise KnownError("disk_full", file="cache.duckdb", retry=True)


@contextmanager
def reopened(workspace: Workspace) -> Iterator[Workspace]:
    workspace.close()
    again = open_workspace(workspace.paths, NoticeBus(), lambda: NOW)
    try:
        yield again
    finally:
        again.close()


@pytest.fixture
def saving(workspace: Workspace) -> Callable[[], StoredCard]:
    return lambda: entries.add_card(workspace, pumped(workspace), AT, 6.0, POSITION, LOAD)


def test_a_card_that_the_physics_can_make_nothing_of_is_saved_shown_and_explained(
    workspace: Workspace,
) -> None:
    flat = np.full(100, 1.5)
    heard = told(workspace)
    saved = entries.add_card(workspace, pumped(workspace), AT, 6.0, flat, LOAD)
    (entry,) = workspace.journal.entries(State.QUEUED)
    assert (entry.id, entry.kind) == (saved.id, "card")
    kept = card_store.by_id(workspace.store, saved.id)
    assert kept is not None
    assert kept.position_m == pytest.approx(flat)
    assert kept.figures == {}
    assert heard == []
    with pytest.raises(KnownError, match="card_"):
        cards.analyse_stored(workspace, kept)


def test_a_card_of_a_well_whose_equipment_cannot_be_read_is_saved(workspace: Workspace) -> None:
    well = pumped(workspace)
    with workspace.store.writing() as cursor:
        record = Record("i", "installation", int(well.id), AT - timedelta(days=30))
        kinds.put_one(cursor, record)
        cursor.execute('UPDATE installations SET equipment = \'{"rods": "wrong"}\'')
    saved = entries.add_card(workspace, well, AT, 6.0, POSITION, LOAD)
    assert card_store.by_id(workspace.store, saved.id) is not None
    assert [entry.kind for entry in workspace.journal.entries(State.QUEUED)] == ["card"]


def test_a_card_is_saved_while_the_cache_is_full_and_shown_at_the_next_start(
    workspace: Workspace, saving: Callable[[], StoredCard], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = told(workspace)
    with monkeypatch.context() as patched:
        patched.setattr(workspace.store, "writing", full)
        saved = saving()
    assert [entry.id for entry in workspace.journal.entries(State.QUEUED)] == [saved.id]
    assert heard == ["notice.saved_not_shown", "error.disk_full"]
    assert card_store.by_id(workspace.store, saved.id) is None
    with reopened(workspace) as again:
        assert card_store.by_id(again.store, saved.id) is not None
        assert again.journal.not_shown() == []


def test_a_card_is_saved_while_the_cache_is_damaged_and_is_in_the_new_one(
    workspace: Workspace, saving: Callable[[], StoredCard], monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> Any:
        error = duckdb.IOException("Corrupt database file: computed checksum 1 does not match")
        raise workspace.store._known(error)

    with monkeypatch.context() as patched:
        patched.setattr(workspace.store, "writing", damaged)
        patched.setattr(workspace.store, "reading", damaged)
        saved = entries.add_card(workspace, Well(2, "77", "Северное", "6", "srp"), AT, 6.0, POSITION, LOAD)  # type: ignore[arg-type]
    with reopened(workspace) as again:
        assert list(again.paths.folder.glob("cache.duckdb.corrupt-*"))
        assert card_store.by_id(again.store, saved.id) is not None


def test_a_record_is_said_as_saved_while_the_cache_is_full(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = told(workspace)
    with monkeypatch.context() as patched:
        patched.setattr(workspace.store, "writing", full)
        note = entries.add_note(workspace, 1, AT, "шумит редуктор")
    assert heard == ["notice.saved_not_shown", "error.disk_full"]
    with reopened(workspace) as again:
        assert kinds.find(again.store, KINDS["note"], note.id) is not None


def test_a_list_of_points_that_is_none_is_refused_before_it_is_kept(workspace: Workspace) -> None:
    well = pumped(workspace)
    broken = LOAD.copy()
    broken[7] = np.nan
    with pytest.raises(KnownError, match="card_not_numbers"):
        entries.add_card(workspace, well, AT, 6.0, POSITION, broken)
    with pytest.raises(KnownError, match="card_too_short"):
        entries.add_card(workspace, well, AT, 6.0, POSITION[:2], LOAD[:2])
    assert workspace.journal.entries() == []


def test_a_card_of_the_centre_that_the_physics_cannot_read_is_kept_and_not_passed_over(
    workspace: Workspace,
) -> None:
    flat = tuple([1.5] * 100)
    there = CentralCard("c" * 36, 7, AT, 6.0, flat, tuple(LOAD), False)  # type: ignore[arg-type]
    made = sync.make_card(workspace, there, 2)
    assert (made.id, made.figures, len(made.load_n)) == ("c" * 36, {}, 100)
    assert replace(made, id="x").well_id == 2
