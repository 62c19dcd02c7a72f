"""What is installed, reachable and writable: can the main job run on this machine?"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.core import plugins
from app.core.errors import KnownError
from app.core.paths import Paths, resources, site_file
from app.core.settings import Settings
from app.core.site import site
from app.models.journal import Journal
from app.models.keys import obtain_key
from app.models.secrets import Secrets
from app.models.store.database import open_database
from app.services import recovery, trials
from app.services.centre import connections

PACKAGES = (
    "PySide6-Essentials",
    "pyqtgraph",
    "duckdb",
    "duckdb-extension-httpfs",
    "apsw-sqlite3mc",
    "numpy",
    "pyarrow",
    "reportlab",
    "openpyxl",
    "keyring",
)
BROKEN = (KnownError, ImportError, OSError, RuntimeError, ValueError, TypeError, LookupError, AttributeError)
"""What comes of a package that lacks something."""
LEAST_FREE_BYTES = 500 * 2**20


@dataclass(frozen=True)
class Check:
    """`needed`: without it the main job cannot run. `detail` is data, `problem` an error's code or text."""

    name: str
    good: bool
    needed: bool
    detail: str = ""
    problem: KnownError | None = None


def examine(paths: Paths, load_window: Callable[[], str] | None) -> list[Check]:
    """`load_window` brings in all that the window is made of."""
    checks = [_python(), *(_package(name) for name in PACKAGES), _resources(), _disk(paths)]
    checks += _main_job(load_window)
    key_check = _tried(
        "key", True, lambda: "keyring" if obtain_key(paths).in_keyring else f"file {paths.key_file.name}"
    )
    checks.append(key_check)
    if key_check.good:
        checks.append(_tried("store", True, lambda: _open_store(paths)))
        checks.append(_tried("journal", True, lambda: _open_journal(paths)))
        checks.append(_tried("recovery", False, lambda: _ways_back(paths)))
        checks += _connections(paths)
    checks.append(_screen())
    return checks + _site()


def _main_job(load_window: Callable[[], str] | None) -> list[Check]:
    """What the program is for, done once; what a package names itself is only told."""
    try:
        with trials.workshop() as workspace:
            checks = [_tried(name, True, partial(trial, workspace)) for name, trial in trials.TRIALS.items()]
    except BROKEN as error:
        checks = [Check("trial_store", False, True, f"{type(error).__name__}: {error}")]
    if load_window is not None:
        checks.append(_tried("trial_window", _has_screen(), load_window))
    return checks


def _tried(name: str, needed: bool, work: Callable[[], str]) -> Check:
    """Whatever is wrong with a package is said: a missing module, a library that does not load, a file."""
    try:
        return Check(name, True, needed, work())
    except KnownError as error:
        return Check(name, False, needed, str(error), error)
    except BROKEN as error:
        return Check(name, False, needed, f"{type(error).__name__}: {error}")


def _site() -> list[Check]:
    """What IT has set for this machine, and the plug-ins with what became of them."""
    checks = []
    if site().problem is not None:
        checks.append(Check("site", False, False, str(site_file()), site().problem))
    checks += [Check("site", False, False, str(one), one) for one in site().refused]
    for plugin in plugins.every():
        detail = f"{plugin.group} {plugin.distribution} {plugin.version}: {plugin.reason or plugin.state}"
        checks.append(Check(f"plugin {plugin.name}", plugin.state == plugins.LOADED, False, detail))
    return checks


def _python() -> Check:
    return Check(
        "python",
        sys.version_info >= (3, 11),
        True,
        f"{platform.python_version()} {platform.system()} {platform.machine()}",
    )


def _package(name: str) -> Check:
    """Its version, for who asks after it: whether it works, the trials tell."""
    try:
        return Check(name, True, False, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Check(name, False, False, "—")


def _resources() -> Check:
    missing = [
        name
        for name in (
            "texts/ru.json",
            "texts/en.json",
            "fonts/Roboto-Regular.ttf",
            "translations/wellside_ru.qm",
        )
        if not (resources() / name).exists()
    ]
    return Check("resources", not missing, True, ", ".join(missing))


def _disk(paths: Paths) -> Check:
    free = shutil.disk_usage(paths.folder).free
    return Check("disk", free > LEAST_FREE_BYTES, True, f"{free // 2**20} MiB")


def _open_store(paths: Paths) -> str:
    database = open_database(paths.store, obtain_key(paths).derive("cache"))
    try:
        with database.reading() as cursor:
            row = cursor.execute(
                "SELECT (SELECT count(*) FROM wells), (SELECT count(*) FROM readings)"
            ).fetchone()
    finally:
        database.close()
    return f"{row[0]} wells, {row[1]} readings" if row else ""


def _open_journal(paths: Paths) -> str:
    journal = Journal(paths.journal, paths.blobs, obtain_key(paths).derive("journal"))
    try:
        verdict = journal.check()
        if verdict != "ok":
            raise KnownError("journal_damaged", file=str(paths.journal))
        for loss in journal.losses.untold():
            raise loss.error()
        return f"{journal.unsent_count()} unsent"
    finally:
        journal.close()


def _ways_back(paths: Paths) -> str:
    ways = recovery.ways(paths)
    told = ("key" if ways.own_key else "", ways.held_by and f"IT {ways.held_by}")
    return ", ".join(filter(None, told)) or "—"


def _connections(paths: Paths) -> list[Check]:
    """Each that is set up: does it answer? Without any the main job runs all the same."""
    settings = Settings(paths.settings)
    if not any(settings[key] for key in ("centre_url", "clickhouse_url", "oracle_dsn")):
        return []
    setup = connections.BareSetup(settings, Secrets(paths.secrets, obtain_key(paths)))
    return [
        Check(name, error is None, False, "" if error is None else str(error), error)
        for name, error in connections.try_each(setup).items()
    ]


def _screen() -> Check:
    return Check("screen", _has_screen(), False, os.environ.get("DISPLAY", ""))


def _has_screen() -> bool:
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
