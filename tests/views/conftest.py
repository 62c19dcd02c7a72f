"""A real window on the demo field, offscreen; its tasks run in their threads as they do for a user."""

from __future__ import annotations

import faulthandler
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.notices import Notice
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.views import session, theme
from app.views.context import Context
from app.views.language import Languages
from app.views.main_window import MainWindow
from app.views.session import Session
from app.views.settling import settle
from app.views.syncing import Syncing
from app.views.tasks import TaskRunner

LOOKS = (("ru", True, "sunlight"), ("ru", False, "light"), ("en", False, "sunlight"))
"""Language, gloves, theme: the widest texts, and each of the others once."""
EVERY_LOOK = tuple(product(("ru", "en"), (False, True), ("light", "sunlight")))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "look" in metafunc.fixturenames:
        looks = EVERY_LOOK if metafunc.config.getoption("--every-look") else LOOKS
        metafunc.parametrize("look", looks, ids=[f"{a}-{'glove' if b else 'bare'}-{c}" for a, b, c in looks])


@pytest.fixture(autouse=True)
def nothing_translated_yet(qapp: QApplication) -> None:
    """A window of another test of this process may have spoken Russian: what it installed stays with the
    application.
    """
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def settled(qapp: QApplication, runner: TaskRunner) -> Callable[[], None]:
    """Wait until no task runs and the timers of the pages have had their turn."""

    def wait() -> None:
        if not settle(qapp, runner):
            faulthandler.dump_traceback(all_threads=True)
            raise AssertionError(f"still at work: {[task.purpose or task.title for task in runner._alive]}")

    return wait


@pytest.fixture
def context(
    qapp: QApplication, workspace: Workspace, runner: TaskRunner, settled: Callable[[], None]
) -> Iterator[Context]:
    """What a page or a form is given, without the window."""
    parent = QWidget()
    parent.show()
    yield Context(workspace, runner, Syncing(workspace, runner, parent), parent)
    settled()
    parent.deleteLater()


@pytest.fixture
def as_window(context: Context) -> Callable[[QWidget], None]:
    """Makes a page a window of its own that goes with its context: one that outlives it brings the process of
    the tests down where widgets are taken away.
    """
    parent = context.parent()
    assert isinstance(parent, QWidget)
    return lambda page: page.setParent(parent, Qt.WindowType.Window)


def make_window(qapp: QApplication, workspace: Workspace, runner: TaskRunner) -> MainWindow:
    theme.load_fonts()
    window = MainWindow(workspace, runner, Languages(qapp))
    window.resize(1366, 768)
    window.show()
    return window


@pytest.fixture
def window(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    demo_workspace: Workspace,
    runner: TaskRunner,
    settled: Callable[[], None],
) -> Iterator[MainWindow]:
    """With `@pytest.mark.opens(well, page)` it comes up there, as after a session that ended there; else on
    the page that costs least: the Overview, where a first session begins, reads and draws for half a second.
    """
    demo_workspace.settings.set("language", "en")
    wanted = request.node.get_closest_marker("opens")
    well, page = wanted.args if wanted is not None else ("101", "my_work")
    session.save(
        demo_workspace.paths.session, Session(int(find_well(demo_workspace, well).id), page, clean=True)
    )
    made = make_window(qapp, demo_workspace, runner)
    settled()
    yield made
    made.close()
    settled()
    made.deleteLater()


@pytest.fixture
def empty_window(
    qapp: QApplication, tmp_path: Path, runner: TaskRunner, settled: Callable[[], None]
) -> Iterator[MainWindow]:
    from app.core.notices import NoticeBus
    from app.services.opening import open_workspace
    from tests.profiles import empty_profile

    workspace = open_workspace(empty_profile(tmp_path / "empty"), NoticeBus())
    workspace.settings.set("language", "en")
    made = make_window(qapp, workspace, runner)
    settled()
    yield made
    made.close()
    settled()
    made.deleteLater()
    runner.shutdown()
    workspace.close()


@pytest.fixture
def small_window(
    qapp: QApplication, workspace: Workspace, runner: TaskRunner, settled: Callable[[], None]
) -> Iterator[MainWindow]:
    """On a field of one's own (tests/views/small_field.py), by the clock of Yekaterinburg."""
    from tests.views import small_field

    small_field.fill(workspace)
    workspace.settings.set("language", "en")
    workspace.settings.set("time_zone", "Asia/Yekaterinburg")
    workspace.settings.set("author", "Ivanov")
    session.save(workspace.paths.session, Session(1, "overview", clean=True))
    made = make_window(qapp, workspace, runner)
    made.activateWindow()
    settled()
    yield made
    made.close()
    settled()
    made.deleteLater()


@pytest.fixture
def open_well(settled: Callable[[], None]) -> Callable[[MainWindow, str, str], None]:
    def open_it(window: MainWindow, name: str, page: str) -> None:
        well = next(well for well in window.tree.wells() if well.name == name)
        if window.context.well is None or window.context.well.id != well.id:
            window.context.choose_well(well)
        window.open_page(page)
        settled()

    return open_it


@pytest.fixture
def notices(demo_workspace: Workspace) -> Iterator[list[Notice]]:
    heard: list[Notice] = []
    stop = demo_workspace.notices.subscribe(heard.append)
    yield heard
    stop()
