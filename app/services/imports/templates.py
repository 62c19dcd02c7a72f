"""What a laboratory's files look like, remembered: templates with a name, and the choices that were made
before.

A template is a JSON file: it can be sent to a colleague and put into the profile's folder `templates`. It
fits a sheet whose headers are the same, in whatever order.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from app.core import versioned
from app.core.errors import KnownError
from app.core.files import plain_name, write_atomically
from app.core.plain import JsonObject
from app.importers import plan as plans
from app.importers.base import Contents
from app.importers.plan import ColumnPlan, Plan, SheetPlan
from app.importers.scoring import Memory
from app.importers.sheets import Sheet
from app.importers.vocabulary import folded
from app.models.values import list_of, rows_of
from app.services.workspace import Workspace

FORM, VERSION = "wellside-import-template", 1
_RENAMES = versioned.Form(VERSION, renames={})
MEMORY_LIMIT = 5_000


def folder(workspace: Workspace) -> Path:
    return workspace.paths.folder / "templates"


def fingerprint(sheet: Sheet) -> str:
    """The set of headers: the same laboratory's next file has the same."""
    headers = sorted({folded(header) for header in sheet.headers if header})
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()[:16]


def save(workspace: Workspace, name: str, contents: Contents, plan: Plan) -> Path:
    """Everything but what belongs to one file: rows, cells, dates. Raises KnownError for a name that is
    none, and (template_newer) rather than write over what a newer version of the program has made.
    """
    plain = plain_name(name)
    if not plain:
        raise KnownError("template_name", name=name)
    sheets = []
    for sheet in contents.sheets:
        of_sheet = plan.sheet(sheet.name)
        if of_sheet is not None:
            general = replace(of_sheet, edits={}, skip_lines=frozenset(), time="")
            (body_of,) = rows_of(plans.to_json(Plan((general,))), "sheets")
            sheets.append({"fingerprint": fingerprint(sheet), **body_of})
    body = {
        "form": FORM,
        "version": VERSION,
        "name": plain,
        "leave_out_bad": plan.leave_out_bad,
        "sheets": sheets,
    }
    path = folder(workspace) / f"{plain}.json"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    versioned.refuse_newer(path, VERSION)
    write_atomically(path, json.dumps(body, ensure_ascii=False, indent=1).encode())
    return path


def names(workspace: Workspace) -> list[str]:
    return sorted(path.stem for path in folder(workspace).glob("*.json"))


def load(workspace: Workspace, name: str) -> tuple[JsonObject, Path]:
    """By its name in the profile, or a file. Raises KnownError (template_*)."""
    path = Path(name) if name.endswith(".json") else folder(workspace) / f"{name}.json"
    if not path.exists():
        raise KnownError("template_missing", name=name, known=", ".join(names(workspace)) or "—")
    try:
        body = versioned.read(path)
        if body.get("form") != FORM or versioned.version_of(body) < 1:
            raise ValueError(f"form {body.get('form')!r}, version {body.get('version')!r}")
    except (OSError, ValueError, RecursionError) as error:
        raise KnownError("template_damaged", file=str(path), reason=str(error)[:120]) from error
    if versioned.version_of(body) > VERSION:
        raise KnownError("template_newer", file=str(path))
    return _RENAMES.current(body), path


def apply(workspace: Workspace, contents: Contents, plan: Plan, name: str | None) -> Plan:
    """The named template; without a name the one that fits all used sheets, if there is one. A named one must
    fit a sheet.
    """
    if name is not None:
        body, path = load(workspace, name)
        fitted, count = _fit(contents, plan, body, path)
        if not count:
            raise KnownError(
                "template_other",
                name=name,
                known=", ".join(h for s in contents.sheets for h in s.headers if h)[:200],
            )
        return fitted
    for known in names(workspace):
        try:
            body, path = load(workspace, known)
            fitted, count = _fit(contents, plan, body, path)
        except KnownError as error:
            workspace.notices.error(error)  # a damaged template stops nobody who has not asked for it
            continue
        if count:
            return fitted
    return plan


def _fit(contents: Contents, plan: Plan, body: JsonObject, path: Path) -> tuple[Plan, int]:
    kept = {str(sheet.get("fingerprint")): sheet for sheet in _sheets(body, path)}
    count = 0
    for sheet in contents.sheets:
        found = kept.get(fingerprint(sheet))
        proposed = plan.sheet(sheet.name)
        if found is None or proposed is None:
            continue
        template = plans.from_json({"sheets": [found]}, str(path)).sheets[0]
        plan = plan.with_sheet(_onto(proposed, template))
        count += 1
    return (replace(plan, leave_out_bad=bool(body.get("leave_out_bad", False))) if count else plan), count


def _sheets(body: JsonObject, path: Path) -> list[JsonObject]:
    """What is no sheet among them is of nobody. Raises KnownError (template_damaged)."""
    try:
        return [sheet for sheet in list_of(body, "sheets") if isinstance(sheet, dict)]
    except ValueError as error:
        raise KnownError("template_damaged", file=str(path), reason=str(error)[:120]) from error


def _onto(proposed: SheetPlan, template: SheetPlan) -> SheetPlan:
    """By the names of the columns; what the file itself says of its well and its date stays."""
    by_header = {folded(column.header): column for column in template.columns}
    columns = tuple(
        replace(by_header[folded(c.header)], header=c.header, score=1.0, why="remembered")
        if folded(c.header) in by_header
        else ColumnPlan(c.header)
        for c in proposed.columns
    )
    return replace(
        proposed,
        kind=template.kind,
        columns=columns,
        skip=template.skip,
        well=proposed.well or template.well,
        lab=proposed.lab or template.lab,
        month_first=template.month_first,
        strokes_per_minute=proposed.strokes_per_minute or template.strokes_per_minute,
    )


# ---- choices made before -----------------------------------------------------------------------------------


def _memory_file(workspace: Workspace) -> Path:
    return workspace.paths.folder / "headers-seen.json"


def memory(workspace: Workspace) -> Memory:
    """Headers that somebody has assigned by hand. A damaged file is no memory: it only makes proposals
    better.
    """
    try:
        data = json.loads(_memory_file(workspace).read_text(encoding="utf-8"))
        return {str(header): str(key) for header, key in data.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def remember(workspace: Workspace, contents: Contents, plan: Plan) -> None:
    """After an import: what a person chose is what this header means from now on."""
    chosen = {
        folded(column.header): column.field
        for sheet in plan.sheets
        if not sheet.skip
        for column in sheet.columns
        if column.why == "chosen" and column.field and folded(column.header)
    }
    if not chosen:
        return
    known = memory(workspace) | chosen
    write_atomically(
        _memory_file(workspace),
        json.dumps(dict(list(known.items())[-MEMORY_LIMIT:]), ensure_ascii=False, indent=1).encode(),
    )
