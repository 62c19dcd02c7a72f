"""Models of the centre while the window is open: in force once nobody waits, and back by one click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.analysis.model_places import put_in_force
from app.analysis.model_versions import model_version
from app.core.notices import Notice
from app.core.signed_feeds import MODEL_ROOT
from app.models.changes import FINDINGS, Changed
from app.services.learnt.state import CARDS
from app.services.workspace import Workspace
from app.views.learnt_models import BACK, LearntModels
from app.views.tasks import TaskRunner
from tests.services.test_learnt_models import SHIPPED, Centre, centre

__all__ = ["centre"]


@pytest.fixture
def watching(
    workspace: Workspace,
    runner: TaskRunner,
    qtbot: QtBot,
    centre: Centre,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[LearntModels]:
    site = tmp_path / "site"
    site.mkdir(mode=0o755)
    (site / MODEL_ROOT).write_bytes((centre.feed.folder / MODEL_ROOT).read_bytes())
    monkeypatch.setenv("WELLSIDE_SITE", str(site / "site.toml"))
    monkeypatch.setattr("app.views.learnt_models.AGAIN_MS", 1)
    parent = QWidget()
    qtbot.addWidget(parent)
    workspace.settings.set("model_feed", str(centre.feed.folder))
    yield LearntModels(workspace, runner, parent)
    put_in_force(CARDS, None)


def test_a_model_is_in_force_once_the_work_is_done_and_one_click_takes_it_back(
    watching: LearntModels,
    centre: Centre,
    workspace: Workspace,
    qtbot: QtBot,
    settled: Callable[[], None],
) -> None:
    heard: list[Notice] = []
    workspace.notices.subscribe(heard.append)
    centre.offers("site-1")
    watching.look()
    qtbot.waitUntil(lambda: [one.code for one in heard] == ["notice.model_switched"])
    assert heard[0].action == BACK
    assert model_version(CARDS) == "site-1"
    watching.back()
    settled()
    assert [one.code for one in heard][1:] == ["notice.model_back"]
    assert model_version(CARDS) == SHIPPED


def test_findings_are_of_the_model_that_is_in_force(
    watching: LearntModels,
    centre: Centre,
    workspace: Workspace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged_by: list[str] = []
    monkeypatch.setattr(
        "app.services.diagnosis.diagnose.diagnose_field", lambda *_: judged_by.append(model_version(CARDS))
    )
    told: list[Changed] = []
    watching.judged_anew.connect(told.append)
    centre.offers("site-1")
    watching.look()
    qtbot.waitUntil(lambda: len(told) == 1)
    watching.back()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert judged_by == ["site-1", SHIPPED]
    assert told == [Changed(kinds=frozenset({FINDINGS}))] * 2


def test_one_that_is_refused_is_told_once_with_the_reason(
    watching: LearntModels, centre: Centre, workspace: Workspace, settled: Callable[[], None]
) -> None:
    heard: list[Notice] = []
    workspace.notices.subscribe(heard.append)
    centre.offers("bad", least_program="99.0")
    for _ in range(2):
        watching.look()
        settled()
    assert [one.code for one in heard] == ["error.model_needs_program"]
