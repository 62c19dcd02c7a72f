"""What is newer than the last visit, and where in the sketch of a well what was measured stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.records import Record
from app.models.store import records
from app.services.records import entries
from app.services.wells import visits
from app.services.wells.sketch import sketch
from app.services.workspace import Workspace

HOUR = timedelta(hours=1)


def test_the_visit_before_is_told_and_who_comes_back_soon_is_still_at_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    well, other = records.wells(workspace.store)
    first = workspace.clock()
    assert visits.visit(workspace, well) is None
    monkeypatch.setattr(workspace, "clock", lambda: first + HOUR / 2)
    assert visits.visit(workspace, well) is None, "still the first visit"
    monkeypatch.setattr(workspace, "clock", lambda: first + 5 * HOUR)
    assert visits.visit(workspace, well) == first + HOUR / 2
    assert visits.visit(workspace, well) == first + HOUR / 2, "the same visit has the same one before"
    assert visits.visit(workspace, other) is None
    (workspace.paths.folder / "visits.json").write_text("{", encoding="utf-8")
    assert visits.visit(workspace, well) is None


def test_records_later_than_the_visit_are_news_and_the_last_level_stands_at_its_depth(
    workspace: Workspace,
) -> None:
    well = records.wells(workspace.store)[0]
    now = workspace.clock()
    assert sketch(workspace, well, ()) is None, "no depth is known"
    for hours, level in ((-30, 700.0), (-2, 640.0)):
        values = {"level": "dynamic", "level_m": level}
        record = Record(f"level {hours}", "fluid_level", int(well.id), now + hours * HOUR, None, values)
        entries.save_record(workspace, record)
    since = now - 24 * HOUR
    told = visits.news(workspace, well, since, ())
    assert (told.records, told.cards, told.is_none) == ((("fluid_level", 1),), 0, False)
    assert visits.news(workspace, well, now - HOUR, ()).is_none
    run = {"depth_m": 1800.0}
    entries.save_record(workspace, Record("run", "installation", int(well.id), now - 99 * HOUR, None, run))
    drawn = sketch(workspace, well, ())
    assert drawn is not None
    assert (drawn.pump_m, drawn.level_m, drawn.level_at) == (1800.0, 640.0, now - 2 * HOUR)
    assert drawn.depth_m > 1800.0
