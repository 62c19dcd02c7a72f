"""Profiles that earlier versions left behind (tests/data/journals), put where a test can open them."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from app.core.paths import Paths, profile_paths
from app.models.keys import obtain_key
from app.models.store.database import MIGRATIONS, Database

KEPT = Path(__file__).parent / "data" / "journals"
VERSIONS = sorted(int(path.name) for path in KEPT.iterdir() if path.is_dir())


def expected(version: int) -> Any:
    return json.loads((KEPT / str(version) / "expected.json").read_text(encoding="utf-8"))


def cache_of(version: int) -> Any:
    return json.loads((KEPT / str(version) / "cache.json").read_text(encoding="utf-8"))


def profile_of(version: int, folder: Path, *, with_cache: bool) -> Paths:
    """As that version left it; without its cache, as it is found after one was lost."""
    shutil.copytree(_left(version) if with_cache else KEPT / str(version), folder)
    folder.chmod(0o700)
    return profile_paths(folder / "cache.duckdb")


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="wellside-versions-", ignore_cleanup_errors=True)


@functools.cache
def _left(version: int) -> Path:
    """Made once in a process: row by row it takes longer than all that is asked of it."""
    folder = Path(_folder().name) / str(version)
    shutil.copytree(KEPT / str(version), folder)
    folder.chmod(0o700)
    _make_cache(profile_paths(folder / "cache.duckdb"), cache_of(version))
    return folder


def _make_cache(paths: Paths, kept: Any) -> None:
    database = Database(paths.store, obtain_key(paths).derive("cache"))
    with database.writing() as cursor:
        cursor.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)")
        for name in sorted(kept["migrations"]):
            cursor.execute((MIGRATIONS / name).read_text(encoding="utf-8"))
        for table, rows in kept["tables"].items():
            columns = cursor.execute(
                "SELECT column_name, data_type FROM duckdb_columns() "
                "WHERE table_name = ? AND database_name = 'cache'",
                [table],
            ).fetchall()
            values = ", ".join(
                f"CAST(json_extract_string(r, '$.{name}') AS {kind})"
                if "[" not in kind
                else f"CAST(json_extract(r, '$.{name}') AS {kind})"
                for name, kind in columns
            )
            cursor.execute(
                f"INSERT INTO {table} SELECT {values} "
                "FROM (SELECT CAST(unnest(CAST(? AS VARCHAR[])) AS JSON) AS r)",
                [[json.dumps(row, ensure_ascii=False) for row in rows]],
            )
    database.checkpoint()
    database.close()
