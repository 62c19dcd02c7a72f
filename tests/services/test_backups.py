"""A profile goes to another laptop in one file: whole, checked, under the ids that the centre knows."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models import sealed_stream
from app.models.blobs import PIECE
from app.models.journal_file import files_of
from app.models.store import records
from app.services import backups
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.workspace import Workspace

PHRASE = "three words together"


@pytest.fixture(autouse=True)
def a_quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_stream, "COST", 4)


@pytest.fixture
def worked(workspace: Workspace) -> Workspace:
    """A note, an attachment over a megabyte, a secret, settings that name a file of the profile."""
    well = records.wells(workspace.store)[0]
    entries.add_note(workspace, well.id, workspace.clock(), "worked here")
    workspace.journal.add("document", {"a": 1}, (("big.bin", b"ab" * PIECE),))
    workspace.secrets.set("centre token", "t0ken")
    workspace.settings.set("ca_file", str(workspace.paths.folder / "centre.pem"))
    (workspace.paths.folder / "report-templates").mkdir()
    (workspace.paths.folder / "report-templates" / "Моё.json").write_text("{}", encoding="utf-8")
    (workspace.paths.folder / "logs").mkdir(exist_ok=True)
    return workspace


def test_a_restored_profile_has_the_same_entries_under_the_same_ids(
    worked: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "stick" / "profile.wsbackup"
    out.parent.mkdir()
    made = backups.back_up(worked, PHRASE, out)
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    assert b"worked here" not in out.read_bytes()
    paths = profile_paths(tmp_path / "another laptop" / "cache.duckdb")
    assert backups.restore(out, PHRASE, paths, unused=False) == made.files
    restored = open_workspace(paths, NoticeBus(), worked.clock)
    try:
        said = [(one.id, one.payload, one.state) for one in worked.journal.entries()]
        assert [(one.id, one.payload, one.state) for one in restored.journal.entries()] == said
        assert records.wells(restored.store) == records.wells(worked.store)
        assert restored.secrets.get("centre token") == "t0ken"
        assert restored.settings["ca_file"] == str(paths.folder / "centre.pem")
        assert (paths.folder / "report-templates" / "Моё.json").exists()
        (blob,) = next(one.attachments for one in restored.journal.entries() if one.attachments)
        assert restored.journal.blobs.read(blob.sha256) == b"ab" * PIECE
        assert not backups.is_unused(restored)
    finally:
        restored.close()
    with pytest.raises(KnownError, match="restore_not_empty"):
        backups.restore(out, PHRASE, paths, unused=False)


def test_the_log_of_a_journal_that_was_killed_is_not_taken_for_the_restored_ones(
    worked: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "profile.wsbackup"
    backups.back_up(worked, PHRASE, out)
    paths = profile_paths(tmp_path / "another laptop" / "cache.duckdb")
    worked.journal.add("note", {"text": "later"})
    for path in files_of(worked.paths.journal):
        if path.exists():
            (paths.folder / path.name).write_bytes(path.read_bytes())
    assert paths.journal.with_name(paths.journal.name + "-wal").stat().st_size > 0
    backups.restore(out, PHRASE, paths, unused=True)
    restored = open_workspace(paths, NoticeBus(), worked.clock)
    try:
        assert [one.id for one in restored.journal.entries()] == [one.id for one in worked.journal.entries()][
            :-1
        ]
        assert restored.journal.check() == "ok"
        assert restored.journal.losses.untold() == [], "how far the one before had come says nothing of it"
    finally:
        restored.close()


@pytest.mark.parametrize("killed_at", ["unpacking", "the journal", "the end"])
def test_what_a_killed_restore_left_goes_at_the_next_start_and_is_said(
    killed_at: str, worked: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an ending of its own: what is cleared away by the next start is kept from going at once."""
    out = tmp_path / "profile.wsbackup"
    backups.back_up(worked, PHRASE, out)
    paths = profile_paths(tmp_path / "another laptop" / "cache.duckdb")
    replace = os.replace

    def killed(source: Path, target: Path) -> None:
        if target == paths.journal:
            raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(backups.broken_off, "cleared", lambda _: False)
        if killed_at == "unpacking":
            patch.setattr(backups, "_put_in_place", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        elif killed_at == "the journal":
            patch.setattr(backups.os, "replace", killed)
        with contextlib.suppress(KeyboardInterrupt):
            backups.restore(out, PHRASE, paths, unused=False)
    assert (paths.restoring / "key").exists()
    notices = NoticeBus()
    told: list[str] = []
    notices.subscribe(lambda notice: told.append(notice.code))
    opened = open_workspace(paths, notices, worked.clock)
    try:
        assert not paths.restoring.exists()
        assert ("notice.restore_broken_off" in told) == (killed_at != "the end")
        assert backups.is_unused(opened) == (killed_at != "the end")
        assert (opened.secrets.get("centre token") == "t0ken") == (killed_at == "the end")
    finally:
        opened.close()
    if killed_at != "the end":
        assert backups.restore(out, PHRASE, paths, unused=True) > 0


def test_a_restore_that_meets_a_full_disk_leaves_no_half_of_a_profile(
    worked: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "profile.wsbackup"
    backups.back_up(worked, PHRASE, out)
    paths = profile_paths(tmp_path / "another laptop" / "cache.duckdb")
    replace = os.replace

    def full(source: Path, target: Path) -> None:
        if target == paths.journal:
            raise OSError(28, "No space left on device")
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(backups.os, "replace", full)
        with pytest.raises(KnownError, match="file_not_written"):
            backups.restore(out, PHRASE, paths, unused=False)
    assert not paths.store.exists()
    assert not paths.restoring.exists()
    assert backups.restore(out, PHRASE, paths, unused=False) > 0


def _cut(content: bytes) -> bytes:
    return content[:-20]


def _turned(content: bytes) -> bytes:
    return content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]


def _other(content: bytes) -> bytes:
    return b"PK" + content


@pytest.mark.parametrize("damage", [_cut, _turned, _other], ids=["cut off", "a bit", "no backup"])
def test_a_damaged_file_and_another_passphrase_leave_the_place_as_it_was(
    damage: Callable[[bytes], bytes], worked: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "profile.wsbackup"
    backups.back_up(worked, PHRASE, out)
    paths = profile_paths(tmp_path / "other" / "cache.duckdb")
    with pytest.raises(KnownError, match="backup_passphrase"):
        backups.restore(out, PHRASE + "!", paths, unused=False)
    out.write_bytes(damage(out.read_bytes()))
    with pytest.raises(KnownError, match="backup_damaged"):
        backups.restore(out, PHRASE, paths, unused=False)
    assert list(paths.folder.iterdir()) == []


def test_a_disk_that_keeps_something_else_has_no_backup(
    worked: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked = backups._unpacked

    def other(*given: Any) -> list[tuple[str, int, str]]:
        return [(name, size, "0" * 64) for name, size, _ in unpacked(*given)]

    monkeypatch.setattr(backups, "_unpacked", other)
    with pytest.raises(KnownError, match="backup_differs"):
        backups.back_up(worked, PHRASE, tmp_path / "profile.wsbackup")
    with pytest.raises(KnownError, match="passphrase_short"):
        backups.back_up(worked, "short", tmp_path / "profile.wsbackup")
    assert not list(tmp_path.glob("*.wsbackup*"))


HELD = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        print("held")
"""


@pytest.mark.skipif(os.name == "nt", reason="there a lock is the handle's own")
def test_the_cache_stays_locked_by_the_program_that_copies_it(worked: Workspace, tmp_path: Path) -> None:
    """Closing any descriptor of a file drops the POSIX locks that the process has on it."""

    def held() -> bool:
        asked = [sys.executable, "-c", HELD, str(worked.paths.store)]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "held\n"

    assert held()
    for number in range(2):
        backups.back_up(worked, PHRASE, tmp_path / f"{number}.wsbackup")
        assert held()


@pytest.mark.parametrize("by", ["window", "command line"])
def test_a_profile_that_was_copied_while_it_ran_opens_as_after_no_crash(
    worked: Workspace, tmp_path: Path, by: str
) -> None:
    from app import bootstrap
    from app.cli.backup import restore
    from app.views import session

    session.save(worked.paths.session, session.Session(1, "cards", clean=False))
    out = tmp_path / "profile.wsbackup"
    backups.back_up(worked, PHRASE, out)
    paths = profile_paths(tmp_path / "another laptop" / "cache.duckdb")
    if by == "window":
        bootstrap._restore(paths, out, PHRASE)
    else:
        phrase = tmp_path / "phrase"
        phrase.write_text(PHRASE, encoding="utf-8")
        restore(out, phrase, paths.store)
    opened = session.load(paths.session)
    assert (opened.page, opened.clean) == ("cards", True)
