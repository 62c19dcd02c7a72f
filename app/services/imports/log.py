"""The log of imports, as a laboratory or whoever sent the files wants it: which file, when and by whom, what
was read of it and written, what was doubtful, what was said with its lines, whether it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.clock import iso, parse_time
from app.core.errors import Details
from app.core.plain import JsonObject, as_json
from app.core.texts import Speaker
from app.importers.base import Contents
from app.models.entries import Entry, State
from app.models.store import records
from app.models.values import Read, a_list, a_part, count_of, list_of, part_of, rows_of
from app.services.imports.check import Checked
from app.services.imports.words import cell_words, remark_words
from app.services.reports.table_files import write_table
from app.services.workspace import Workspace

_MOMENT = "moment"
MOST_SAID = 200
COLUMNS = ("at", "file", "sha256", "author", "kind", "read", "added", "changed", "same", "doubtful")


@dataclass(frozen=True)
class Logged:
    """`read` and `doubtful` are None, and `lines` empty, of what was taken before they were kept. `lines` are
    the remarks and the cells that did not fit, in words.
    """

    id: str
    at: datetime
    file: str
    sha256: str
    author: str
    kind: str
    read: int | None
    added: int
    changed: int
    same: int
    doubtful: int | None
    undone_at: datetime | None
    undone: bool
    lines: tuple[str, ...]

    def told(self) -> JsonObject:
        body = {key: getattr(self, key) for key in (*COLUMNS, "undone")}
        undone_at = None if self.undone_at is None else iso(self.undone_at)
        return {
            "id": self.id,
            **body,
            "at": iso(self.at),
            "undone_at": undone_at,
            "remarks": list(self.lines),
        }


def said_of(contents: Contents, checked: Checked, problems: Sequence[JsonObject]) -> JsonObject:
    """What the journal keeps of an import beside what it did. Of a file that comes in pieces only the first
    is counted: then nothing is said of how much was read.
    """
    whole = all(sheet.more is None for sheet in contents.sheets)
    taken = [sheet for sheet in checked.sheets if not sheet.get("skipped")]
    return {
        "read": sum(count_of(sheet, "rows") for sheet in taken) if whole and taken else None,
        "doubtful": sum(count_of(sheet, "warnings") for sheet in taken),
        "remarks": [[code, _plain(details)] for code, details in (*contents.remarks, *checked.remarks)][
            :MOST_SAID
        ],
        "problems": list(problems),
    }


def log(workspace: Workspace, speaker: Speaker, since: datetime | None = None) -> list[Logged]:
    """Newest first; what was taken back stays in it."""
    undone = _undone(workspace)
    found = []
    for record in records.imports(workspace.store):
        if since is not None and record.at < since:
            continue
        entry = workspace.journal.get(record.id)
        payload: JsonObject = {} if entry is None else entry.payload
        said = part_of(payload, "said")
        found.append(
            Logged(
                record.id,
                record.at,
                record.file_name,
                record.sha256,
                str(payload.get("author") or ""),
                record.kind,
                _count(said, "read"),
                record.rows_added,
                record.rows_changed,
                record.rows_same,
                _count(said, "doubtful"),
                undone[record.id].created_at if record.id in undone else None,
                record.undone,
                tuple(_lines(record.kind, said, speaker)),
            )
        )
    return found


def _plain(details: Details) -> JsonObject:
    """As a journal can keep it: a moment under a key of its own."""
    return {
        key: {_MOMENT: iso(value)} if isinstance(value, datetime) else as_json(value)
        for key, value in details.items()
    }


def _as_said(details: Details) -> Details:
    return {
        key: parse_time(value[_MOMENT]) if isinstance(value, dict) and _MOMENT in value else value
        for key, value in details.items()
    }


def _undone(workspace: Workspace) -> dict[str, Entry]:
    states = tuple(state for state in State if state not in (State.DRAFT, State.DISCARDED))
    entries = workspace.journal.of_other_kinds(("import_undone",), states)
    return {str(entry.payload["import"]): entry for entry in entries}


def _lines(kind: str, said: JsonObject, speaker: Speaker) -> list[str]:
    kept = (a_list(one, "remarks") for one in list_of(said, "remarks"))
    lines = [
        remark_words(kind, str(code), _as_said(a_part(details, "remarks")), speaker) for code, details in kept
    ]
    return [*lines, *(cell_words(kind, cell, speaker) for cell in rows_of(said, "problems"))]


def _count(said: Read, key: str) -> int | None:
    return None if said.get(key) is None else count_of(said, key)


def export(logged: list[Logged], out: Path, speaker: Speaker) -> None:
    """By suffix: .csv, .xlsx, .parquet; headers and words in the reader's language. Raises KnownError."""
    import pyarrow as pa

    def named(key: str) -> str:
        return speaker.say(f"import_log.{key}")

    def state(one: Logged) -> str:
        if not one.undone:
            return named("stands")
        return (
            named("undone") if one.undone_at is None else f"{named('undone')} {speaker.moment(one.undone_at)}"
        )

    columns: dict[str, list[Any]] = {named(key): [getattr(one, key) for one in logged] for key in COLUMNS}
    columns[named("at")] = [speaker.moment(one.at) for one in logged]
    columns[named("kind")] = [kind_words(one.kind, speaker) for one in logged]
    columns[named("state")] = [state(one) for one in logged]
    columns[named("remarks")] = ["\n".join(one.lines) for one in logged]
    counted = {named(key) for key in ("read", "added", "changed", "same", "doubtful")}
    arrays = {
        name: pa.array(cells, pa.int64() if name in counted else pa.string())
        for name, cells in columns.items()
    }
    write_table(pa.table(arrays), out)


def kind_words(kind: str, speaker: Speaker) -> str:
    """What the file held."""
    return speaker.say(f"kind.{kind}") if speaker.has(f"kind.{kind}") else kind
