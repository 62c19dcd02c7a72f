"""Small files of a profile, and files that a person asked for: whole or not there, and asked for again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

from app.core.texts import Speaker
from app.models.records import AttachedFile, Record
from app.models.recovery import Recovery
from app.reports.blocks import Chart, Pen
from app.services import table_layouts
from app.services.centre import joining, sync
from app.services.imports.opening import ImportOptions
from app.services.imports.watching import Watch
from app.services.records import documents, entries
from app.services.reports import chart_files, clippings, templates
from app.services.reports.table_files import write_table
from app.services.wells import catalogue, computed_pens, listing, merging, trend_views, visits
from app.services.workspace import Workspace
from app.sync.invitation import Invitation
from tests.faults.points.profile_steps import FLOW, MADE, NOW, opened, with_profile
from tests.faults.points.steps import State, Step

SEALED = (".clippings", ".secrets", ".recovery", ".xlsx")
"""Of those only that they are there and can be opened."""
LEFT = (".tmp", ".part")
OWN = ("cache.duckdb", "cache.journal", "cache.blobs", "cache.key", "logs", "settings.json")


def seen(at: Path) -> State:
    """Files by their names; what a killed writer left beside them is none."""
    if not (at / "profile").exists():
        return {}
    found: State = {}
    for path in sorted(at.rglob("*")):
        parts = path.relative_to(at).parts
        if path.is_dir() or path.suffix in LEFT or any(part.startswith(OWN) for part in parts):
            continue
        text = path.read_bytes().decode(errors="replace").replace(str(at), "")
        found["/".join(parts)] = "sealed" if path.suffix in SEALED else MADE.sub("*", text)
    with opened(at) as workspace:
        found["clippings"] = [one.caption for one in clippings.taken(workspace)]
        found["pens"] = len(computed_pens.of_field(workspace, "Северное"))
        found["templates"] = len(templates.every(workspace))
    return found


def step(name: str, do: Callable[[Workspace, Path], object], *, between: bool = False) -> Step:
    return Step(name, with_profile(do), seen, between)


def _well(workspace: Workspace, name: str = "123Г") -> list:
    return [merging.named(workspace, name)]


def _pens(workspace: Workspace, _: Path) -> None:
    computed_pens.save(workspace, "Северное", "double", "2 * intake_pressure", "=two")


def _view(workspace: Workspace, _: Path) -> None:
    trend_views.save(workspace, trend_views.TrendView("mine", trend_views.Look(("intake_pressure",))))


def _left(workspace: Workspace, _: Path) -> None:
    trend_views.leave(workspace, _well(workspace)[0], trend_views.Look(("intake_pressure",)))
    table_layouts.keep(workspace, "wells", table_layouts.Layout((1, 0), frozenset({0})))
    listing.favour(workspace, _well(workspace), True)
    visits.visit(workspace, _well(workspace)[0])


def _no_view(workspace: Workspace, _: Path) -> None:
    trend_views.remove(workspace, trend_views.TrendView("mine", trend_views.Look()))


def _template(workspace: Workspace, _: Path) -> None:
    templates.save(workspace, templates.every(workspace)[0], "ours")


def _no_template(workspace: Workspace, _: Path) -> None:
    templates.remove(workspace, templates.find(workspace, "ours"))


def _chart() -> Chart:
    x = np.arange(3.0)
    return Chart("", "x", "y", (Pen("p", x, x),))


def _clipping(workspace: Workspace, _: Path) -> None:
    clippings.put(
        workspace, [*clippings.taken(workspace)[:0], clippings.Clipping("one", NOW, "said", _chart())]
    )


def _catalogue(workspace: Workspace, at: Path) -> None:
    rod = {"source": "p", "diameter_mm": 22, "mass_kg_per_m": 3.14, "modulus_gpa": 210}
    body = {"catalogue": 1, "sources": {"p": "паспорт"}, "rods": {"ШН23": rod}}
    (at / "theirs.json").write_text(json.dumps(body))
    catalogue.add(workspace.paths, at / "theirs.json")


def _joined(workspace: Workspace, _: Path) -> None:
    joining._certificate(workspace, Invitation("https://centre", "t", certificate="-----BEGIN"))
    sync.remember(workspace, sync.Outcome(NOW))


def _recovery(workspace: Workspace, _: Path) -> None:
    Recovery(workspace.paths.recovery).make(workspace.key.secret)


def _recovery_anew(workspace: Workspace, _: Path) -> None:
    """What nobody can read any more is laid aside, and made anew."""
    if not workspace.paths.recovery.with_name(workspace.paths.recovery.name + ".damaged").exists():
        workspace.paths.recovery.write_bytes(b"{")
    Recovery(workspace.paths.recovery).make(workspace.key.secret)


def _exports(workspace: Workspace, at: Path) -> None:
    table = pa.table({"well": ["1", "2"], "value": [1.0, 2.0]})
    for name in ("out.csv", "out.xlsx"):
        write_table(table, at / name)
    chart_files.write_page([("one", _chart())], "page", Speaker("ru"), at / "page.html")


def _act(workspace: Workspace, _: Path) -> None:
    record = Record("r1", "flow_test", 1, NOW, None, FLOW)
    entries.save_record(workspace, record, (("act.txt", b"act " * 500_000),))


def _act_out(workspace: Workspace, at: Path) -> None:
    (entry,) = workspace.journal.entries()
    (file,) = entry.attachments
    documents.save_as(workspace, AttachedFile("r1", file.sha256, file.name, file.size), at / "act.txt")


def _watched(workspace: Workspace, at: Path) -> None:
    (folder := at / "watched").mkdir(exist_ok=True)
    for name, text in (("good.csv", "2026-10-01,5.1"), ("bad.csv", "2026-10-01,5a")):
        if not any((folder / where / name).exists() for where in ("imported", "rejected")):
            (folder / name).write_text(f"time,intake_pressure (MPa)\n{text}\n")
    Watch(workspace, folder, ImportOptions("123Г")).look(settled=True)


STEPS = (
    step("an attachment", _act),
    step("the attachment out of the profile", _act_out),
    step("a formula for a pen", _pens),
    step("a view of the trends", _view),
    step("how it was left", _left, between=True),
    step("no view", _no_view),
    step("a template of a report", _template),
    step("no template", _no_template),
    step("a chart taken into a report", _clipping),
    step("equipment of one's own", _catalogue, between=True),
    step("a centre joined", _joined, between=True),
    step("a recovery key", _recovery),
    step("a recovery key in the place of a damaged one", _recovery_anew, between=True),
    step("exports", _exports, between=True),
    step("a watched folder", _watched, between=True),
)
