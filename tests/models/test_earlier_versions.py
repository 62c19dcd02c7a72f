"""What an earlier version left is opened, wholly: journal, files, cache, and what pages read of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.clock import iso
from app.core.notices import Notice, NoticeBus
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.store import cards, findings, kinds, records
from app.models.store.database import MIGRATIONS
from app.services.opening import open_workspace
from app.services.records import applying
from app.services.reports import clippings
from app.services.reports import templates as report_templates
from app.services.workspace import Workspace
from tests.earlier_versions import VERSIONS, cache_of, expected, profile_of

# The oldest and the newest always, those between with the slow ones.
BETWEEN = set(VERSIONS) - {min(VERSIONS), max(VERSIONS)}
every_version = pytest.mark.parametrize(
    "version",
    [pytest.param(one, marks=[pytest.mark.slow] if one in BETWEEN else []) for one in VERSIONS],
    scope="module",
)
Opened = tuple[Workspace, list[Notice]]


def opened(version: int, folder: Path, *, with_cache: bool = True) -> Opened:
    told: list[Notice] = []
    bus = NoticeBus()
    bus.subscribe(told.append)
    return open_workspace(profile_of(version, folder / "p", with_cache=with_cache), bus), told


@pytest.fixture(scope="module")
def upgraded(version: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """What a version left, opened by this one: for the tests that look at it and change nothing."""
    workspace, told = opened(version, tmp_path_factory.mktemp("upgraded"))
    yield workspace, told
    workspace.close()


def shown(workspace: Workspace) -> dict[str, Any]:
    wells = records.wells(workspace.store)
    found = {}
    for kind in KINDS:
        rows = [r for w in wells for r in kinds.of_well(workspace.store, kind, int(w.id))]
        found[kind.key] = sorted(
            ([r.id, iso(r.at), iso(r.until) if r.until else None, r.values] for r in rows), key=str
        )
    return found


@every_version
def test_every_entry_is_there_as_it_was_left(version: int, upgraded: Opened) -> None:
    workspace, _ = upgraded
    found = {entry.id: entry for entry in workspace.journal.entries()}
    left = expected(version)["entries"]
    assert list(found) == [one["id"] for one in left]
    for one in left:
        entry = found[one["id"]]
        # What was on its way when the program ended is sent again.
        state = State.QUEUED if one["state"] == "sending" else one["state"]
        assert (entry.as_written.kind, entry.payload_sha256, entry.state) == (
            one["kind"],
            one["payload_sha256"],
            state,
        )
        assert (entry.supersedes, entry.error, entry.reason) == (
            one["supersedes"],
            one["error"],
            one["reason"],
        )
        for sha256, size, name in one["files"]:
            content = workspace.journal.blobs.read(sha256)
            assert (hashlib.sha256(content).hexdigest(), len(content)) == (sha256, size)
            assert name in [file.name for file in entry.attachments]


@every_version
def test_a_cache_of_an_earlier_version_shows_the_same_records(version: int, upgraded: Opened) -> None:
    workspace, told = upgraded
    assert "notice.cache_rebuilt" not in [notice.code for notice in told]
    left, now = expected(version)["shown"], shown(workspace)
    assert {key: now[key] for key in left} == left
    assert len(cards.of_well(workspace.store, 2)) == 1
    with workspace.store.reading() as cursor:
        assert cursor.execute("SELECT count(*), max(value) FROM readings").fetchall() == [
            (30, pytest.approx(5.29e6))
        ]


@every_version
def test_decisions_of_an_earlier_version_are_there_after_the_upgrade(version: int, upgraded: Opened) -> None:
    workspace, _ = upgraded
    decided = [
        (finding.code, finding.decision, finding.reason)
        for finding in findings.of_well(workspace.store, 1)
        if finding.decision and not finding.code.startswith("текст")
    ]
    assert sorted(decided) == [
        ("gas_interference", "accepted", ""),
        ("pump_off", "rejected", "меняли датчик"),
    ]


@pytest.mark.slow
@every_version
def test_a_journal_of_an_earlier_version_fills_a_new_cache(version: int, tmp_path: Path) -> None:

    workspace, told = opened(version, tmp_path, with_cache=False)
    try:
        applying.replay(workspace)
        assert [notice for notice in told if notice.code == "notice.entry_not_replayed"] == []
        given_up = {one["id"] for one in expected(version)["entries"] if one["state"] == "discarded"}
        dropped = {
            entry.payload.get("record") for entry in workspace.journal.entries() if entry.id in given_up
        }
        left = {
            key: [row for row in rows if row[0] not in dropped]
            for key, rows in expected(version)["shown"].items()
        }
        now = shown(workspace)
        assert {key: now[key] for key in left} == left
        wells = {well.name: int(well.id) for well in records.wells(workspace.store)}
        assert len(cards.of_well(workspace.store, wells["77"])) == 1
        with workspace.store.reading() as cursor:
            found = cursor.execute(
                "SELECT code, decision, reason FROM finding_decisions WHERE confidence = 0.8 ORDER BY ALL"
            ).fetchall()
        assert found == [("gas_interference", "accepted", ""), ("pump_off", "rejected", "меняли датчик")]
    finally:
        workspace.close()


@every_version
def test_migrations_that_an_earlier_version_has_applied_are_never_edited(version: int) -> None:
    for name, digest in cache_of(version)["migrations"].items():
        assert hashlib.sha256((MIGRATIONS / name).read_bytes()).hexdigest() == digest, name


@every_version
def test_the_small_files_of_an_earlier_version_are_read(version: int, upgraded: Opened) -> None:
    workspace, told = upgraded
    assert (workspace.settings["language"], workspace.settings["live_interval_s"]) == ("en", 5.0)
    assert [one.caption for one in clippings.taken(workspace)] == ["Обзор"]
    assert report_templates.find(workspace, "mine").sections
    assert [notice for notice in told if notice.code.startswith("error.")] == []
