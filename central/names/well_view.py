"""Wells out of a site's own table: a view of Oracle's, or of any database that SQLAlchemy speaks to, named by
IT in a file. Nothing but one SELECT of plain names, in a transaction that only reads.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.core.errors import KnownError
from app.models.limits import MOST_WELLS
from central.names.well_files import WellList, list_of

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_$#]{0,127}")
_HEADERS = {"name": "well", "field": "field", "pad": "pad", "lift": "lift", "state": "state"}
"""Parts of a well → what the importer calls them."""


@dataclass(frozen=True)
class ViewOfWells:
    """`columns`: part of a well → column. `aliases` are the columns whose values are its other names: a
    number of the accounting system, a short name of the telemetry. `field` is that of rows without one.
    """

    view: str
    columns: dict[str, str]
    aliases: tuple[str, ...] = ()
    depth_column: str = ""
    depth_unit: str = "m"
    field: str = ""
    url_variable: str = "WELLSIDE_WELLS_URL"


def read_config(path: Path) -> ViewOfWells:
    """`{"view": "ASSETS.WELLS_V", "columns": {"name": "WELL_NAME", "field": …}, "aliases": ["API_NO"], …}`;
    the address with its password stands in a variable of the environment, never in the file. Raises
    KnownError (wells_view).
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        columns = {str(key): str(value) for key, value in dict(data["columns"]).items()}
        found = ViewOfWells(
            str(data["view"]),
            columns,
            tuple(map(str, data.get("aliases", ()))),
            str(data.get("depth_column", "")),
            str(data.get("depth_unit", "m")),
            str(data.get("field", "")),
            str(data.get("url_variable", "WELLSIDE_WELLS_URL")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"{type(error).__name__} {error}"[:120]
        raise KnownError("wells_view", file=str(path), reason=reason) from error
    unknown = [key for key in columns if key not in _HEADERS]
    if unknown or "name" not in columns:
        known = ", ".join(_HEADERS)
        raise KnownError(
            "wells_view", file=str(path), reason=f"columns: {', '.join(unknown) or 'name'} ({known})"
        )
    parts = found.view.split(".")
    for name in (*parts, *columns.values(), *found.aliases, *filter(None, [found.depth_column])):
        if not _IDENTIFIER.fullmatch(name) or len(parts) > 2:
            raise KnownError("wells_view", file=str(path), reason=f"“{name[:60]}”")
    return found


def read_view(view: ViewOfWells) -> WellList:
    """Raises KnownError (wells_view_unreachable, too_many_wells, and what a list of wells may not be)."""
    url = os.environ.get(view.url_variable, "")
    if not url:
        raise KnownError("wells_view_address", variable=view.url_variable)
    names = [*view.columns.values(), *view.aliases, *filter(None, [view.depth_column])]
    try:
        rows = _select(url, view.view, names)
    except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
        cause = getattr(error, "orig", None) or error
        raise KnownError("wells_view_unreachable", reason=f"{type(cause).__name__} {cause}"[:200]) from error
    if len(rows) > MOST_WELLS:
        raise KnownError("too_many_wells", limit=MOST_WELLS)
    return _listed(view, rows)


def _select(url: str, view: str, names: list[str]) -> list[tuple[Any, ...]]:
    schema, _, table = view.rpartition(".")
    columns: list[sa.ColumnClause[Any]] = [sa.column(_folded(name)) for name in names]
    source = sa.table(_folded(table), *columns, schema=_folded(schema) or None)
    query = sa.select(*columns).select_from(source).limit(MOST_WELLS + 1)
    engine = sa.create_engine(url, pool_size=1, max_overflow=0)
    try:
        with engine.connect() as connection:
            if engine.dialect.name in ("oracle", "postgresql", "mysql", "mariadb"):
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            elif engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA query_only = ON")
            found = [tuple(row) for row in connection.execute(query)]
            connection.rollback()
        return found
    finally:
        engine.dispose()


def _folded(name: str) -> str:
    """A name of capitals is what the database makes of a name without quotes."""
    return name.lower() if name.isupper() else name


def _listed(view: ViewOfWells, rows: list[tuple[Any, ...]]) -> WellList:
    """As a sheet of a workbook, so that headers, names and lifts are read by the same rules."""
    headers = [_HEADERS[part] for part in view.columns]
    headers += ["aliases"] * bool(view.aliases)
    headers += [f"depth, {view.depth_unit}"] * bool(view.depth_column)
    width = len(view.columns)
    cells: list[list[str]] = []
    for row in rows:
        others = [_text(value) for value in row[width : width + len(view.aliases)]]
        line = [_text(value) for value in row[:width]]
        line += [";".join(filter(None, others))] * bool(view.aliases)
        line += [_text(row[-1])] * bool(view.depth_column)
        cells.append(line)
    return list_of(Path(view.view), headers, cells, view.field)


def _text(value: Any) -> str:
    """A number of a well is a name: 101, not 101.0."""
    if value is None:
        return ""
    plain = float(value) if isinstance(value, float) or type(value).__name__ == "Decimal" else None
    return str(int(plain)) if plain is not None and plain.is_integer() else str(value)
