"""Named views of the trends: kept, shared, set by IT, and how a well was left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.core.notices import Notice
from app.models.store import records
from app.models.wells import Well
from app.services.wells import computed_pens, trend_views
from app.services.wells.computed_pens import ComputedPen
from app.services.wells.trend_views import Look, TrendView
from app.services.workspace import Workspace

LOOK = Look(
    ("intake_pressure", "=own"),
    {"intake_pressure": (2e6, 9e6)},
    {"pressures": 1.5},
    (ComputedPen("=own", "Своё", "Своё", "intake_pressure * 2"),),
)


@pytest.fixture
def wells(workspace: Workspace) -> list[Well]:
    return records.wells(workspace.store)


def test_a_view_comes_back_whole_and_stands_where_it_is_meant_for(
    workspace: Workspace, wells: list[Well], tmp_path: Path
) -> None:
    esp, srp = wells
    kept = trend_views.save(workspace, TrendView("Насос / ПЭД", LOOK, esp.lift, "", "7d"))
    assert kept.name == "Насос _ ПЭД"
    trend_views.save(workspace, TrendView("Only here", LOOK, "", srp.key["uid"]))
    assert trend_views.every(workspace, esp) == [kept]
    assert [one.name for one in trend_views.every(workspace, srp)] == ["Only here"]
    file = trend_views.write_file(kept, tmp_path / "for a colleague.json")
    trend_views.remove(workspace, kept)
    assert trend_views.every(workspace, esp) == []
    assert trend_views.take_file(workspace, file) == kept
    trend_views.take_pens(workspace, esp, kept.look)
    assert LOOK.computed[0] in computed_pens.of_field(workspace, esp.field_name)


def test_what_it_sets_stands_for_all_until_one_has_an_own_of_that_name(
    workspace: Workspace, wells: list[Well], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELLSIDE_SITE", str(tmp_path / "site" / "site.json"))
    (tmp_path / "site" / "trend-views").mkdir(parents=True)
    trend_views.write_file(TrendView("Site", LOOK), tmp_path / "site" / "trend-views" / "a.json")
    (found,) = trend_views.every(workspace, wells[0])
    assert (found.origin, found.look) == ("site", LOOK)
    trend_views.save(workspace, TrendView("Site", Look(("motor_current",))))
    (found,) = trend_views.every(workspace, wells[0])
    assert (found.origin, found.look.pens) == ("own", ("motor_current",))


@pytest.mark.parametrize(
    "damage",
    [
        {"name": ""},
        {"look": None},
        {"look": {"pens": ["a"], "scales": {"a": [3, 1]}}},
        {"look": {"pens": ["a"], "scales": ["a"]}},
        {"look": {"pens": ["a"], "heights": {"a": -1}}},
        {"look": {"pens": ["a"], "computed": [{"key": "a"}]}},
    ],
    ids=["name", "look", "scales", "scales of no pen", "heights", "computed"],
)
def test_a_damaged_view_is_told_and_the_others_work(
    damage: dict[str, object], workspace: Workspace, wells: list[Well], tmp_path: Path
) -> None:
    whole = trend_views.save(workspace, TrendView("Whole", LOOK))
    file = trend_views.write_file(whole, tmp_path / "b.json")
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | damage), encoding="utf-8")
    with pytest.raises(KnownError) as refused:
        trend_views.take_file(workspace, file)
    assert refused.value.code == "trend_view_damaged"
    file.rename(workspace.paths.folder / "trend-views" / "b.json")
    told: list[Notice] = []
    stop = workspace.notices.subscribe(told.append)
    assert trend_views.every(workspace, wells[0]) == [whole]
    stop()
    assert len(told) == 1


def test_a_well_is_found_as_it_was_left_and_a_damaged_file_is_forgotten(
    workspace: Workspace, wells: list[Well]
) -> None:
    assert trend_views.last(workspace, wells[0]) is None
    trend_views.leave(workspace, wells[0], LOOK)
    trend_views.leave(workspace, wells[1], Look(("load",)))
    kept = trend_views.last(workspace, wells[0])
    assert kept is not None
    assert (kept.pens, kept.scales, kept.heights) == (LOOK.pens, LOOK.scales, LOOK.heights)
    (workspace.paths.folder / "trends.json").write_text("{", encoding="utf-8")
    assert trend_views.last(workspace, wells[0]) is None


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[]",
        "{}",
        '{"fields": 5}',
        '{"fields": {"Северное": {"key": "=1"}}}',
        '{"fields": {"Северное": [5]}}',
        '{"fields": {"Северное": [{"key": "=1"}]}}',
        '{"fields": {"Северное": [{"key": "=1", "ru": 5, "en": "a", "formula": "1"}]}}',
    ],
)
def test_formulas_of_a_field_that_are_none_are_told_as_damaged(kept: str, workspace: Workspace) -> None:
    (workspace.paths.folder / "computed_pens.json").write_text(kept, encoding="utf-8")
    with pytest.raises(KnownError, match="computed_pens_damaged"):
        computed_pens.of_field(workspace, "Северное")
