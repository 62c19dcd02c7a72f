"""The one place that builds things.

The order of a start: the command line decides between a headless command and the window; the window takes the
profile's paths, the log, the single instance, the workspace (settings, key, journal, store), the task runner,
the window, and then runs. Qt is imported only when a window is wanted.
"""

from __future__ import annotations

import gc
import importlib
import logging
import logging.handlers
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from app.core.clock import utc_now
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, NoticeBus, Severity
from app.core.paths import Paths, demo_store, profile_paths, resources
from app.core.plain import JsonObject
from app.core.texts import Speaker

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.services.workspace import Workspace

LOG_BYTES = 2_000_000
WATCH_STALLS = "WELLSIDE_WATCH_STALLS"
"""Set in the environment: what keeps the window busy for over 10 ms goes into the log with its place."""
CLOSING_S = 2.5
"""A closing window waits no longer for what runs."""


def main(arguments: list[str] | None = None) -> int:
    if sys.argv[1:2] == [
        "--read-foreign-file"
    ]:  # child.ARGUMENT: how a frozen program starts its reading process
        from app.importers import child

        return child.main(sys.argv[-1])
    given = sys.argv[1:] if arguments is None else arguments
    handed = _handed(given)
    if (handed or not given) and _has_screen():
        # The everyday start does not wait for the command line's parser.
        return run_window(None, False, handed)
    from app.cli import main as cli

    return cli.run(arguments, window=run_window, screenshots=take_screenshots, load_window=load_window)


def _handed(given: list[str]) -> str:
    """What the system hands over alone: a link of ours, or a file (no command has a suffix); else nothing."""
    if len(given) != 1 or given[0].startswith("-"):
        return ""
    path = Path(given[0])
    if given[0].startswith("wellside:"):
        return given[0]
    return str(path.absolute()) if path.suffix and path.is_file() else ""


def run_window(store: Path | None, demo: bool, to_open: str = "") -> int:
    """Returns the exit code. Raises KnownError only where there is no screen to show it on."""
    _refuse_without_screen()
    application = _application()
    paths = profile_paths(demo_store() if demo and store is None else store)
    _log_to(paths)
    from app.views.single_instance import raise_first

    if raise_first(paths.store, to_open):
        return 0
    code, again = _session(application, paths, demo, to_open)
    while again:
        code, again = _session(application, paths, demo)
    return code


def _session(application: QApplication, paths: Paths, demo: bool, to_open: str = "") -> tuple[int, bool]:
    """A window until it is closed: (exit code, whether a backup took the profile's place and one opens with
    it). Nothing of the first stays, its passphrase least of all.
    """
    waiting: list[Notice] = []
    notices = NoticeBus()
    stop_waiting = notices.subscribe(waiting.append)
    workspace = open_or_explain(paths, notices)
    if workspace is None:
        return 1, False
    stop_waiting()
    from app.services import fault_reports
    from app.services.sharing import Sharing
    from app.views.ending import Ending
    from app.views.handed import HandedCommands
    from app.views.handing_out import OPEN
    from app.views.language import Languages
    from app.views.main_window import MainWindow
    from app.views.opening import Opening
    from app.views.single_instance import SingleInstance
    from app.views.tasks import TaskRunner

    gc.freeze()  # what is loaded by now stays: a collection in the window's thread need not look at it
    runner = TaskRunner()
    if kept := fault_reports.watch(paths, utc_now()):
        told = {"file": str(kept)}
        waiting.append(Notice(Severity.WARNING, "notice.broken_off", told, OPEN, str(kept)))
    window = MainWindow(workspace, runner, Languages(application))
    if os.environ.get(WATCH_STALLS):
        from app.views.stall_meter import StallMeter

        StallMeter(window)
    window.demo.look(wanted=demo)
    instance = SingleInstance(paths.store, window)
    instance.raised.connect(window.come_forward)
    opening = Opening(window, workspace)
    instance.handed.connect(opening.open)
    if to_open:
        opening.open(to_open)
    _catch_bugs(window.show_error)
    window.show()
    handed = HandedCommands(window, workspace, _do_handed)
    sharing = Sharing(paths, workspace.store, workspace.key, handed.ask)
    for notice in waiting:
        window.bottom.show_notice(notice)
    ending = Ending(window, application)
    code = application.exec()
    ending.close()
    sys.excepthook = sys.__excepthook__
    instance.close()
    all_left = runner.shutdown(CLOSING_S)
    sharing.close()
    workspace.close()
    if not all_left:
        # A thread waits for a network that does not answer. What was saved is on the disk; nobody is kept
        # waiting for the rest.
        logging.shutdown()
        os._exit(int(code))
    restoring, window.dialogs.restoring = window.dialogs.restoring, None
    window.deleteLater()
    if restoring is not None:
        _restore(paths, *restoring)
    return int(code), restoring is not None


def _do_handed(workspace: Workspace, request: JsonObject) -> JsonObject:
    from app.cli import handing  # the window has no command line until somebody uses it
    from app.cli import main as commands

    assert commands.app, "each has said that it may be handed over"
    return handing.do(workspace, request)


def _restore(paths: Paths, backup: Path, phrase: str) -> None:
    """A backup in place of the profile that was closed just now; what keeps it from that is told in a box."""
    from app.core.settings import Settings
    from app.services import backups
    from app.views.error_dialog import start_error_box

    try:
        backups.restore(backup, phrase, paths, unused=True)
    except KnownError as error:
        start_error_box(error, Speaker(Settings(paths.settings)["language"])).exec()


def load_window() -> str:
    """All that the window is made of, without one, for who asks whether it could be shown: the pages."""
    from app.views import main_window, pages

    assert main_window.MainWindow
    return f"{len(list(pages.load_ahead()))} pages"


def take_screenshots(
    out: Path,
    store: Path | None,
    page: str | None = None,
    language: str | None = None,
    theme: str | None = None,
    size: str = "1366x768",
) -> int:
    """Works under Xvfb, and without any screen on Qt's offscreen platform. All pages, languages and themes
    where none is named.
    """
    if not _has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.core.texts import LANGUAGES
    from app.views.pages import PAGES
    from app.views.theme import THEMES

    known = (*PAGES, "builder")
    if page is not None and page not in known:
        raise KnownError("page_unknown", page=page, known=", ".join(known))
    if theme is not None and theme not in THEMES:
        raise KnownError("theme_unknown", theme=theme, known=", ".join(THEMES))
    wide, _, high = size.replace("×", "x").partition("x")
    if not (wide.isdecimal() and high.isdecimal() and 320 <= int(wide) <= 7680 and 240 <= int(high) <= 4320):
        raise KnownError("size_unknown", size=size)
    application = _application()
    paths = profile_paths(demo_store() if store is None else store)
    from app.services.opening import open_workspace

    workspace = open_workspace(paths)
    _fill_demo(workspace)
    from app.views.language import Languages
    from app.views.main_window import MainWindow
    from app.views.screenshots import take_all
    from app.views.tasks import TaskRunner

    runner = TaskRunner()
    window = MainWindow(workspace, runner, Languages(application))
    pages = (page,) if page else known
    languages = (language,) if language else LANGUAGES
    themes = (theme,) if theme else tuple(THEMES)
    shown = (int(wide), int(high))
    for path in take_all(
        application, window, runner, workspace.settings, out, pages, languages, themes, shown
    ):
        print(path)
    window.close()
    runner.shutdown()
    workspace.close()
    return 0


def _application() -> QApplication:
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from app.views import theme

    application = QApplication.instance() or QApplication(["wellside"])
    assert isinstance(application, QApplication)
    application.setApplicationName("wellside")
    application.setApplicationDisplayName("Wellside")
    application.setDesktopFileName("org.wellside.Wellside")
    application.setWindowIcon(QIcon(str(resources() / "icons" / "wellside.svg")))
    theme.load_fonts()
    return application


def open_or_explain(paths: Paths, notices: NoticeBus) -> Workspace | None:
    """The store opens in a thread while the window's modules load: both take about as long."""
    from app.services.opening import open_workspace

    with ThreadPoolExecutor(1, "open") as pool:
        opening = pool.submit(open_workspace, paths, notices)
        importlib.import_module("app.views.main_window")
    try:
        return opening.result()
    except KnownError as error:
        return _explained(paths, notices, error)


def _explained(paths: Paths, notices: NoticeBus, error: KnownError) -> Workspace | None:
    """Before there is a window: what is wrong, in a box; where a recovery key helps, a place to enter it."""
    from app.core.settings import Settings
    from app.services.recovery import HELPED
    from app.views.error_dialog import start_error_box
    from app.views.recovering import RecoveryDialog

    speaker = Speaker(Settings(paths.settings)["language"])
    print(speaker.error(error), file=sys.stderr)
    if error.code not in HELPED:
        start_error_box(error, speaker).exec()
        return None
    return open_or_explain(paths, notices) if RecoveryDialog(paths, error, speaker).exec() else None


def _fill_demo(workspace: Workspace) -> None:
    from app.cli.main import show_progress
    from app.services.demo import building, marks

    if marks.lacking(workspace.store):
        building.build(workspace, Job(show_progress, min_gap_s=1.0))


def _has_screen() -> bool:
    return bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    )


def _refuse_without_screen() -> None:
    if not _has_screen():
        raise KnownError("no_screen")


def _log_to(paths: Paths) -> None:
    try:
        paths.logs.mkdir(mode=0o700, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            paths.logs / "wellside.log", maxBytes=LOG_BYTES, backupCount=3, encoding="utf-8"
        )
    except OSError:
        return  # a folder that cannot be written to is explained when the workspace is opened
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("wellside").setLevel(logging.INFO)


def _catch_bugs(show: object) -> None:
    """An exception in a slot would end in the terminal that nobody sees: show it, log it, go on."""
    assert callable(show)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        show(error)

    sys.excepthook = hook
