"""Updates while the window is open: behind the work, told once, and silent where there is no network."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core import installed
from app.core.jobs import Job
from app.core.notices import Notice
from app.services.updates import updating as service
from app.services.workspace import Workspace
from app.views.tasks import TaskRunner
from app.views.updating import Updating, of_other_version
from tests.services.feeds import Publisher, believing, publisher

__all__ = ["publisher"]


@pytest.fixture
def base(tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Path:
    return believing(tmp_path / "laptop", publisher, monkeypatch).base


@pytest.fixture
def told(workspace: Workspace) -> list[Notice]:
    heard: list[Notice] = []
    workspace.notices.subscribe(heard.append)
    return heard


@pytest.fixture
def window(workspace: Workspace, runner: TaskRunner, qtbot: QtBot, publisher: Publisher) -> Updating:
    parent = QWidget()
    qtbot.addWidget(parent)
    workspace.settings.set("update_feed", str(publisher.feed))
    return Updating(workspace, runner, parent)


def codes(told: list[Notice]) -> list[str]:
    return [notice.code for notice in told]


def test_an_update_is_fetched_behind_the_work_and_told_once(
    base: Path, publisher: Publisher, window: Updating, told: list[Notice], settled: Callable[[], None]
) -> None:
    publisher.publish("0.2.0")
    for _ in range(2):
        window.look()
        settled()
    assert codes(told) == ["notice.update_ready"]
    assert installed.choose(base, counts=True)[0].name == "program-0.2.0"


def test_nothing_newer_is_nothing_to_tell(
    base: Path, publisher: Publisher, window: Updating, told: list[Notice], settled: Callable[[], None]
) -> None:
    publisher.publish("0.1.0")
    window.look()
    settled()
    assert codes(told) == []


def test_without_a_network_nothing_is_told(
    base: Path, publisher: Publisher, window: Updating, told: list[Notice], settled: Callable[[], None]
) -> None:
    publisher.feed.rename(publisher.folder / "away")
    window.look()
    settled()
    assert codes(told) == []


def test_a_feed_that_is_refused_is_told_once(
    base: Path,
    publisher: Publisher,
    window: Updating,
    told: list[Notice],
    settled: Callable[[], None],
    tmp_path: Path,
) -> None:
    stranger = Publisher(tmp_path / "stranger")
    stranger.publish("9.0.0")
    shutil.rmtree(publisher.feed)
    stranger.feed.rename(publisher.feed)
    for _ in range(2):
        window.look()
        settled()
    assert codes(told) == ["error.update_feed_unsigned"]
    assert installed.choose(base, counts=True)[0].name == "program-0.1.0"


@pytest.mark.parametrize(("key", "value"), [("update_auto", False), ("metered", True), ("update_feed", "")])
def test_who_does_not_want_it_or_pays_for_the_network_is_left_alone(
    key: str,
    value: object,
    base: Path,
    publisher: Publisher,
    window: Updating,
    workspace: Workspace,
    told: list[Notice],
    settled: Callable[[], None],
) -> None:
    publisher.publish("0.2.0")
    workspace.settings.set(key, value)
    window.look()
    settled()
    assert codes(told) == []
    assert installed.choose(base, counts=True)[0].name == "program-0.1.0"


def test_a_window_that_is_up_says_that_the_new_program_stays(
    base: Path,
    publisher: Publisher,
    window: Updating,
    settled: Callable[[], None],
) -> None:
    publisher.publish("0.2.0")
    window.look()
    settled()
    installed.choose(base, counts=True)
    window._up()
    settled()
    assert [installed.choose(base, counts=True)[0].name for _ in range(5)] == ["program-0.2.0"] * 5


def test_a_version_that_was_given_up_is_told_as_that(
    base: Path, publisher: Publisher, window: Updating
) -> None:
    assert of_other_version().code == "notice.updated"
    where = installed.place_of(base)
    installed.go_back(where)
    assert of_other_version().code == "notice.updated", "there was nothing to go back from"
    publisher.publish("0.2.0")
    service.prepare(Job(), window._workspace.settings, str)
    for _ in range(installed.TRIES + 1):
        installed.choose(base, counts=True)
    notice = of_other_version()
    assert (notice.code, notice.details["version"]) == ("notice.update_given_up", "0.2.0")
