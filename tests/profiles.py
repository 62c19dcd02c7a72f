"""What each test would make anew, made once in a process and copied: an empty profile, a centre's tables."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.notices import NoticeBus
from app.core.paths import Paths, profile_paths
from app.services.opening import open_workspace

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="wellside-tests-", ignore_cleanup_errors=True)


@functools.cache
def _empty_profile() -> Path:
    folder = Path(_folder().name) / "profile"
    open_workspace(profile_paths(folder / "cache.duckdb"), NoticeBus()).close()
    return folder


def empty_profile(folder: Path) -> Paths:
    """The profile in `folder`, which is as a first start leaves it where there was none."""
    paths = profile_paths(folder / "cache.duckdb")
    if not any(folder.glob("cache*")):  # a journal without its cache is a cache that was lost
        shutil.copytree(_empty_profile(), folder, dirs_exist_ok=True)
    return paths


@functools.cache
def _migrated() -> Path:
    from central.stores.engine import open_engine
    from central.stores.migrating import migrate

    file = Path(_folder().name) / "centre.sqlite"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


def centre_tables(file: Path) -> Engine:
    """SQLite with the tables of a centre that nobody has spoken to."""
    from central.stores.engine import open_engine

    shutil.copyfile(_migrated(), file)
    return open_engine(f"sqlite:///{file}")
