"""What comes from outside the window: a file dragged out of another program, a right click on a chart, the
system that asks the program to end.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.kinds import KINDS
from app.services.opening import open_workspace
from app.services.records import entries, forms
from app.services.workspace import Workspace
from tests.e2e.drag_source import SIDE
from tests.e2e.hand import NEEDS_A_SCREEN, Hand, until

pytestmark = NEEDS_A_SCREEN
AT = (900, 400)
PREVIEW = "Import: line.csv"


@pytest.fixture
def hand(program: subprocess.Popen[str], profile: Path, screen: str) -> Hand:
    made = Hand(screen)
    until(lambda: "Wellside" in made("getwindowname", made.window("— Wellside")), "a well")
    return made


@pytest.fixture
def files_elsewhere(hand: Hand, screen: str, tmp_path: Path) -> Iterator[Hand]:
    file = tmp_path / "line.csv"
    file.write_text("well,time,line_pressure (MPa)\n202,2026-11-02T00:00:00Z,1.2\n")
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    other = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.drag_source", *map(str, AT), str(file)],
        env={**environment, "DISPLAY": screen},
    )
    hand.window("Files elsewhere")
    yield hand
    other.kill()
    other.wait()


def _session(profile: Path) -> dict[str, Any]:
    path = profile / "session.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


@contextmanager
def _opened(profile: Path) -> Iterator[Workspace]:
    workspace = open_workspace(profile_paths(profile / "cache.duckdb"), NoticeBus())
    yield workspace
    workspace.close()


def _drag(hand: Hand, x: int, y: int) -> None:
    hand("mousemove", "--sync", AT[0] + SIDE // 2, AT[1] + SIDE // 2)
    hand("mousedown", 1)
    for step in range(1, 11):
        hand("mousemove", "--sync", AT[0] + (x - AT[0]) * step // 10, AT[1] + (y - AT[1]) * step // 10)
    hand("sleep", 0.5)
    hand("mouseup", 1)


@pytest.mark.slow
def test_a_file_of_another_program_is_taken_wherever_it_is_let_go(files_elsewhere: Hand) -> None:
    hand = files_elsewhere
    for place in ((520, 320), (70, 24)):  # a chart, and the field of the search: a path is no name of a well
        _drag(hand, *place)
        hand.focus(PREVIEW)
        hand.keys_until("Escape", lambda: not hand.sees(PREVIEW), "the end of the preview")


@pytest.mark.slow
def test_a_note_on_a_chart_is_made_by_a_right_click_and_the_keyboard(hand: Hand, profile: Path) -> None:
    hand.focus("— Wellside")
    hand.keys("ctrl+2")
    until(lambda: _session(profile).get("page") == "trends", "the trends")
    before = _session(profile)["period_to_us"]
    hand("mousemove", "--sync", 620, 300)

    def zoomed() -> bool:
        hand("click", 4)
        hand("sleep", 1)
        return bool(_session(profile)["period_to_us"] != before)

    until(zoomed, "a chart that answers")
    hand("click", 3)
    hand("sleep", 1)
    hand.keys("Down", "Return")
    hand.focus("Note")
    hand.types("a jump")
    hand.keys("Tab", "Return")
    until(lambda: not hand.sees("^Note"), "the note is kept")
    hand.focus("— Wellside")
    hand("sleep", 1)
    hand.keys("ctrl+q")
    until(lambda: not hand.sees("Wellside"), "the end of the window")
    with _opened(profile) as workspace:
        note = forms.last_of(workspace, KINDS["note"], _session(profile)["well"])
    assert note is not None
    assert note.values["text"] == "a jump"


@pytest.mark.slow
def test_a_shutdown_of_the_system_is_no_crash_and_keeps_what_is_typed(
    hand: Hand, program: subprocess.Popen[str], profile: Path
) -> None:
    hand.focus("— Wellside")
    hand.keys("ctrl+n", "Down", "Return")
    hand.focus("Flow test · Well")
    hand.types("12.5")
    program.send_signal(signal.SIGTERM)
    until(lambda: program.poll() is not None, "the end of the program", 20)
    _, errors = program.communicate()
    assert program.returncode == 0, errors
    assert _session(profile)["clean"] is True
    with _opened(profile) as workspace:
        (draft,) = entries.drafts(workspace)
    assert "12.5" in draft.payload["texts"]["fields"].values()
