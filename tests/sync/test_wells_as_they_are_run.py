"""What a card's file says of its well goes over the centre: another laptop computes the same with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.analysis.cards.figures import analyse
from app.core.jobs import Job
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.importers.base import Contents, Thing
from app.importers.card_json import read_card
from app.importers.plan import Plan
from app.models.store import records
from app.services.opening import open_workspace
from app.services.wells.equipment import equipment_at
from app.services.workspace import Workspace
from app.sync.pull import Pulled, pull_records
from tests.conftest import shared_file
from tests.sync.test_limits_travel import Stream
from tests.sync.test_one_name_at_both_ends import FILE, Ends, ends  # noqa: F401 - a fixture


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(profile_paths(tmp_path / "second" / "cache.duckdb"), NoticeBus())
    yield opened
    opened.close()


def test_the_well_of_a_card_is_the_same_on_a_second_laptop_to_the_last_digit(
    ends: Ends,  # noqa: F811
    second: Workspace,
) -> None:
    path = shared_file("data/well-c.json")
    told = json.loads(path.read_text(encoding="utf-8")) | {"well": "77"}
    ends.bring(Contents((), things=(Thing("card_json", told, FILE.name),)), "card", plan=Plan(()))
    pull_records(Job(), second.store, second.journal, Stream(ends), Pulled())
    card = read_card(path)
    here = equipment_at(ends.laptop, 2, card.taken_at).bore
    (well,) = [well for well in records.wells(second.store) if well.name == "77"]
    there = equipment_at(second, int(well.id), card.taken_at).bore
    assert there == here
    assert there.rods == card.bore.rods
    measures = analyse(replace(card, bore=there)).measures
    assert measures == analyse(card).measures
    assert measures["pump_intake_pressure_pa"] is not None
