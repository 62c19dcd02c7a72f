"""While the window has the profile open, commands that only read go on; those that write it does for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import typer

from app.bootstrap import _do_handed
from app.cli import handing
from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import assessments
from app.models.store import readings as reading_store
from app.services.reading import read_workspace
from app.services.sharing import Sharing, ask_owner
from app.services.workspace import Workspace
from tests.conftest import Said

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 10, 31, tzinfo=UTC)
COMMANDS = """
import contextlib, io, json, os, sys
from app.cli.main import run
store, out = sys.argv[1:]
os.chdir(out)
answers = []
for command in (
    ["wells", "--json"],
    ["export", "123Г", "--what", "readings", "--out", out + "/r.csv"],
    ["report", "123Г", "--out", out + "/r.pdf"],
    ["diagnose", "123Г", "--json"],
    ["import", "r.csv", "--json"],
    ["merge", "123Г", "no such well"],
):
    said, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(errors):
        code = run([*command, "--store", store])
    answers.append([code, said.getvalue(), errors.getvalue()])
print(json.dumps(answers))
"""


@pytest.fixture
def shared(workspace: Workspace) -> Iterator[Workspace]:
    """As the window has it: open, and answering who asks to read."""
    minutes = np.arange(60, dtype=np.int64) * 60_000_000 + to_us(AT)
    pressure = SENSORS["intake_pressure"].number
    values, marks = np.full(60, 5e6, np.float32), np.zeros(60, np.uint8)
    with workspace.store.writing() as cursor:
        reading_store.write_in(cursor, Readings.of_one(1, pressure, minutes, values, marks))
    sharing = Sharing(workspace.paths, workspace.store, workspace.key, partial(_do_handed, workspace))
    yield workspace
    sharing.close()


@pytest.mark.slow
def test_commands_work_beside_the_window_and_what_writes_is_done_by_it(
    shared: Workspace, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS, str(shared.paths.store), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "WELLSIDE_LANG": "en"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    wells, export, report, diagnose, taken, refused = json.loads(done.stdout)
    assert wells[0] == 0, wells
    assert {one["name"] for one in json.loads(wells[1])} == {"123Г", "77"}
    assert export[0] == 0, export
    assert len((tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()) == 61
    assert report[0] == 0, report
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert diagnose[0] == 0, diagnose
    assert json.loads(diagnose[1])["not_assessed"], "it was judged now: nobody had judged it before"
    assert assessments.reason(shared.store, 1) is None, "and the window's own data are as they were"
    assert taken[0] == 0, taken
    (told,) = json.loads(taken[1])
    assert (told["file"], told["added"], told["same"]) == ("r.csv", 0, 60)
    assert [entry.id for entry in shared.journal.entries() if entry.kind == "import"] == [told["id"]]
    assert refused[0] == 1
    assert "no such well" in refused[2]
    with shared.store.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM readings").fetchone() == (60,)
    assert not list((shared.paths.folder / "reading").iterdir()), "no copy is left behind"


def test_a_window_that_does_nothing_for_others_or_is_gone_says_that_the_profile_is_open(
    workspace: Workspace,
) -> None:
    locked = KnownError("store_locked")
    sharing = Sharing(workspace.paths, workspace.store, workspace.key)
    try:
        with pytest.raises(KnownError) as told:
            ask_owner(workspace.paths, {"command": "app.cli.files.import_"}, locked)
    finally:
        sharing.close()
    assert told.value is locked
    with pytest.raises(KnownError, match="store_locked"):
        ask_owner(workspace.paths, {}, locked)


def test_only_commands_that_may_be_handed_over_are_done(workspace: Workspace) -> None:
    asked = [("app.cli.files._told", {}), ("os.system", {}), ("app.cli.main.restore", {})]
    for name, arguments in [*asked, ("app.cli.files.import_", {"files": [], "an_option_of_later": True})]:
        answer = _do_handed(workspace, {"command": name, "arguments": arguments})
        assert answer["error"]["code"] == "store_locked"


def test_what_a_command_prints_is_its_answer_and_what_others_print_is_not(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def command(file: Path, store: Path) -> None:
        other = threading.Thread(target=lambda: sys.stdout.write("of the window"))
        other.start()
        other.join()
        sys.stdout.write(f"{file.name} {store == workspace.paths.store}")
        sys.stderr.write("aside")
        raise typer.Exit(3)

    monkeypatch.setitem(handing.HANDED, "one", command)
    answer = handing.do(workspace, {"command": "one", "arguments": {"file": {"path": "/a/b.csv"}}})
    assert answer == {"said": "b.csv True", "aside": "aside", "error": None, "exit": 3}
    assert capsys.readouterr().out == "of the window"


@pytest.mark.parametrize("command", [["wells"], ["report", "1", "--out", "r.pdf"]])
def test_a_slip_in_the_name_of_the_store_makes_no_empty_profile(
    tmp_path: Path, said: Callable[..., Said], command: list[str]
) -> None:
    code, _, errors = said(*command, "--store", tmp_path / "slip" / "cache.duckdb")
    assert code != 0
    assert "slip" in errors
    assert not (tmp_path / "slip").exists()


def test_who_only_reads_has_nowhere_to_write(workspace: Workspace) -> None:
    workspace.store.close()
    opened = read_workspace(workspace.paths, NoticeBus())
    try:
        with pytest.raises(KnownError, match="store_locked"):
            opened.journal.add("record", {})
        with pytest.raises(KnownError), opened.store.writing() as cursor:
            cursor.execute("DELETE FROM readings")
    finally:
        opened.close()


def test_a_moment_of_reading_is_one_moment(workspace: Workspace) -> None:
    """What is written after the copy was made is not in it."""
    workspace.store.close()
    opened = read_workspace(workspace.paths, NoticeBus())
    try:
        with opened.store.reading() as cursor:
            assert cursor.execute("SELECT count(*) FROM readings").fetchone() == (0,)
        assert opened.clock() - AT > timedelta(0)
    finally:
        opened.close()
