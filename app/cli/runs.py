"""Runs of pumps: `wellside runs`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.common import Json, Store, print_json, reading_of, speaker_of
from app.core.clock import iso

if TYPE_CHECKING:
    from app.services.wells.pump_runs import PumpRun


def runs(
    wells: Annotated[list[str] | None, typer.Argument(metavar="[WELL]…")] = None,
    pad: Annotated[str | None, typer.Option(help="The wells of this pad.")] = None,
    field: Annotated[str | None, typer.Option(help="The pad's field, or a whole field.")] = None,
    serial: Annotated[str, typer.Option(help="Only of this serial number, through its wells.")] = "",
    days: Annotated[int, typer.Option(min=1, help="The window of the figures, back from now.")] = 365,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Runs of pumps from start to pull, failures and causes; run life by each definition in use."""
    from app.models.failure_codes import failure_codes
    from app.reports import run_words
    from app.services.reports.report import wells_of
    from app.services.wells import pump_runs, run_life

    with reading_of(store) as workspace:
        chosen = wells_of(workspace, wells or [], pad, field) if wells or pad or field else None
        found, now = pump_runs.runs(workspace, chosen), workspace.clock()
        found = pump_runs.of_serial(found, serial) if serial else found
        speaker, codes = speaker_of(workspace), failure_codes(workspace.paths.folder)
    if as_json:
        told, counted = pump_runs.figures(found, now, float(days)), pump_runs.counted(found, codes)
        counts = {one.key: {"counts": dict(one.counts), "unsaid": one.unsaid} for one in counted}
        print_json({"figures": told.__dict__, "reasons": counts, "runs": [_json(one, now) for one in found]})
        return
    for one in found:
        said = {key: one.said(key) for key in pump_runs.SAID}
        span, lived = (one.started, one.ended), one.days(now)
        print(run_words.line(one.well.name, one.pump, span, lived, one.state, said, codes, speaker))
    print("\n".join(run_life.lines(found, now, float(days), codes, speaker)))


def _json(one: PumpRun, now: datetime) -> dict[str, object]:
    from app.services.wells.pump_runs import SAID

    lived = one.days(now)
    return {
        "well": one.well.name,
        "pump": one.pump,
        "started": iso(one.started),
        "ended": iso(one.ended) if one.ended else None,
        "ended_by_the_next_run": one.is_guessed,
        "ended_nobody_knows_when": one.is_undated,
        "days": None if lived is None else round(lived, 1),
        "failed": one.failed,
        **{key: one.said(key) or None for key in SAID},
        "serials": [{"item": item, "serial": number} for item, number in one.serials],
        "teardowns": [record.id for record in one.teardowns],
    }
