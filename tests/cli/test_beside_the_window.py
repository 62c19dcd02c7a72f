"""While the window has the profile open, commands that only read go on; those that write are told to wait."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import assessments
from app.models.store import readings as reading_store
from app.services.reading import read_workspace
from app.services.sharing import Sharing
from app.services.workspace import Workspace
from tests.conftest import Said

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 10, 31, tzinfo=UTC)
COMMANDS = """
import contextlib, io, json, sys
from app.cli.main import run
store, out = sys.argv[1:]
answers = []
for command in (
    ["wells", "--json"],
    ["export", "123Г", "--what", "readings", "--out", out + "/r.csv"],
    ["report", "123Г", "--out", out + "/r.pdf"],
    ["diagnose", "123Г", "--json"],
    ["import", out + "/r.csv"],
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
    sharing = Sharing(workspace.paths, workspace.store, workspace.key)
    yield workspace
    sharing.close()


def test_reading_commands_work_beside_the_window_and_a_writing_one_is_told(
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
    wells, export, report, diagnose, taken = json.loads(done.stdout)
    assert wells[0] == 0, wells
    assert {one["name"] for one in json.loads(wells[1])} == {"123Г", "77"}
    assert export[0] == 0, export
    assert len((tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()) == 61
    assert report[0] == 0, report
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert diagnose[0] == 0, diagnose
    assert json.loads(diagnose[1])["not_assessed"], "it was judged now: nobody had judged it before"
    assert assessments.reason(shared.store, 1) is None, "and the window's own data are as they were"
    assert taken[0] != 0
    assert "already open" in taken[2]
    with shared.store.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM readings").fetchone() == (60,)
    assert not list((shared.paths.folder / "reading").iterdir()), "no copy is left behind"


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
