"""Makes the profile that every later version must be able to open:
`python -m tools.keep_profile tests/data/journals/N`.

Run once per version of the payloads, by the code of that version, before it changes (the README there). The
journal holds each kind of entry, in each state that one can be found in; `expected.json` says what is in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ["WELLSIDE_NO_KEYRING"] = "1"

import numpy as np

from app.core.clock import iso
from app.core.ids import new_id
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.entries import Entry, Outcome, State
from app.models.findings import Evidence, Finding
from app.models.kinds import KINDS
from app.models.kinds.spec import Field
from app.models.records import Record
from app.models.store import kinds, records
from app.models.store.database import MIGRATIONS
from app.models.wells import ESP, SRP, Well, WellId
from app.reports.blocks import Pairs
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.reports import clippings
from app.services.reports import templates as report_templates
from app.services.workspace import Workspace

KEY = bytes(range(32))
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
FIELD = "Северное"
WELLS = (
    Well(WellId(1), "123Г", FIELD, "5", ESP, aliases=("123Г/К-5",)),
    Well(WellId(2), "77", FIELD, "6", SRP),
)


def values_of(kind: str) -> dict[str, Any]:
    """One value of every field, within its limits; a passport calls the well what it is called."""
    named = {"well_name": WELLS[0].name} if kind == "well_passport" else {}
    return cells_of(KINDS[kind].fields) | named


def cells_of(fields: tuple[Field, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for field in fields:
        if field.type == "number":
            low, high = field.usual or (field.minimum or 0.0, field.maximum or 100.0)
            made[field.key] = round(low + (high - low) / 3, 6)
        elif field.type == "choice":
            made[field.key] = field.choices[0] if field.choices else "other"
        elif field.type == "rows":
            made[field.key] = [cells_of(field.cells)] * 2
        elif field.type == "flag":
            made[field.key] = True
        elif field.type == "time":
            made[field.key] = iso(AT)
        else:
            made[field.key] = f"текст {field.key}"
    return made


def records_of_every_kind(workspace: Workspace) -> None:
    for number, kind in enumerate(KINDS):
        until = AT + timedelta(hours=number + 1) if kind.until else None
        record = Record(new_id(), kind.key, 1, AT + timedelta(minutes=number), until, values_of(kind.key))
        files = (("акт.pdf", b"%PDF-1.4 " + bytes(range(256))),) if kind.attaches else ()
        entries.save_record(workspace, record, files)
        if number % 2:
            entries.save_record(workspace, replace(record, at=record.at + timedelta(seconds=1)))
    gone = entries.add_note(workspace, 2, AT, "написано и снято")
    entries.remove_record(workspace, gone)
    entries.keep_draft(workspace, new_id(), "flow_test", 2, {"liquid_m3_per_s": "12,"})


def card(workspace: Workspace) -> None:
    angle = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    entries.add_card(workspace, WELLS[1], AT, 6.0, 1.5 - 1.5 * np.cos(angle), 40e3 + 15e3 * np.sin(angle))


def decisions(workspace: Workspace) -> None:
    for number, (decision, reason) in enumerate((("accepted", ""), ("rejected", "меняли датчик"))):
        since = AT - timedelta(days=2 + number)
        why = Evidence("intake_pressure_rising", {"share": 0.12, "sigma": 3.5}, "intake_pressure", since, AT)
        codes = ("gas_interference", "pump_off")
        finding = Finding(1, codes[number], "act", 0.8, since, AT, (why,), (), ("flow_test",))
        entries.decide(workspace, finding, decision, reason)


def imports(workspace: Workspace, folder: Path) -> None:
    for number in range(2):
        file = folder / f"readings-{number}.csv"
        rows = [f"{(AT + timedelta(minutes=i)).isoformat()},{5 + i / 100 + number}" for i in range(30)]
        file.write_text("time,intake_pressure (MPa)\n" + "\n".join(rows) + "\n", encoding="utf-8")
        report = importing.import_file(workspace, file, ImportOptions("123Г"))
        file.unlink()
    importing.undo(workspace, report.id)


def settle(workspace: Workspace) -> None:
    """The first entries as if they had met a centre: one in each state that a protocol can leave it in."""
    waiting = workspace.journal.sending.claim(7)
    body = {**waiting[3].payload, "values": {**waiting[3].payload["values"], "note": "их"}}
    receipt = {"status": "accepted", "change_no": 1, "version": 1, "sha256": waiting[0].payload_sha256}
    refused = {"status": "rejected", "code": "value_out_of_limits", "details": {"field": "water_cut"}}
    asked = {"status": "conflict", "version": 2, "base": None, "current": body}
    workspace.journal.sending.settle(
        [
            Outcome(waiting[0].id, State.ACKED, None, receipt),
            Outcome(waiting[1].id, State.ACKED, None, receipt),
            Outcome(waiting[2].id, State.QUARANTINED, "value_out_of_limits", refused),
            Outcome(waiting[3].id, State.CONFLICT, "conflict", asked),
            Outcome(waiting[4].id, State.RETRY, "centre_unreachable", None, AT + timedelta(minutes=5)),
            Outcome(waiting[5].id, State.WAIT_AUTH, "centre_token"),
        ]
    )
    workspace.journal.sending.confirm([waiting[0].id])
    note = entries.add_note(workspace, 2, AT, "не нужно")
    last = workspace.journal.entries(State.QUEUED)[-1]
    assert last.payload["record"] == note.id
    workspace.journal.discard(last.id, "лишнее")


def told(entry: Entry) -> dict[str, Any]:
    files = [[file.sha256, file.size, file.name] for file in entry.attachments]
    return {
        "id": entry.id,
        "kind": entry.kind,
        "payload_sha256": entry.payload_sha256,
        "state": str(entry.state),
        "supersedes": entry.supersedes,
        "error": entry.error,
        "reason": entry.reason,
        "files": files,
    }


def shown(workspace: Workspace) -> dict[str, Any]:
    """What pages read of the records, by kind."""
    found = {}
    for kind in KINDS:
        rows = [r for w in WELLS for r in kinds.of_well(workspace.store, kind, int(w.id))]
        found[kind.key] = sorted(
            ([r.id, iso(r.at), iso(r.until) if r.until else None, r.values] for r in rows), key=str
        )
    return found


def cache_of(workspace: Workspace) -> dict[str, Any]:
    """Every row of every table, and the migrations that made the tables; the file itself is megabytes."""
    with workspace.store.reading() as cursor:
        names = cursor.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'cache' ORDER BY ALL"
        ).fetchall()
        tables = {
            name: [
                json.loads(row) for (row,) in cursor.execute(f"SELECT to_json(t) FROM {name} t").fetchall()
            ]
            for (name,) in names
        }
    made_by = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MIGRATIONS.glob("*.sql")}
    return {"migrations": made_by, "tables": {name: rows for name, rows in tables.items() if rows}}


def files_of_reports(workspace: Workspace) -> None:
    clippings.take(workspace, Pairs((("Скважина", "123Г"), ("Дебит", "42 м³/сут"))), "Обзор")
    report_templates.save(workspace, report_templates.find(workspace, "well"), "mine")


def files_of_settings(folder: Path) -> None:
    """As a person leaves them: a choice of each type."""
    settings = {"language": "en", "theme": "dark", "live_interval_s": 5.0, "company": "НГДУ-3"}
    (folder / "settings.json").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
    session = {"well": 1, "page": "trends", "period_key": "7d", "geometry": "", "clean": True}
    (folder / "session.json").write_text(json.dumps(session), encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1]).absolute()
    folder.mkdir(parents=True)
    paths = profile_paths(folder / "cache.duckdb")
    paths.key_file.write_text(KEY.hex(), encoding="ascii")
    moment = iter(AT + timedelta(seconds=n) for n in range(100_000))
    workspace = open_workspace(paths, NoticeBus(), lambda: next(moment))
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, list(WELLS))
    records_of_every_kind(workspace)
    card(workspace)
    decisions(workspace)
    imports(workspace, folder)
    settle(workspace)
    files_of_reports(workspace)
    expected = {
        "entries": [told(entry) for entry in workspace.journal.entries()],
        "shown": shown(workspace),
        "fields": {kind.key: [field.key for field in kind.fields] for kind in KINDS},
    }
    cache = cache_of(workspace)
    workspace.close()
    for path in folder.glob("cache.duckdb*"):
        path.unlink()
    files_of_settings(folder)
    for name, content in (("expected.json", expected), ("cache.json", cache)):
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
