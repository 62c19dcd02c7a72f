"""Two laptops and a real centre: what is decided on one changes the model of the other within one run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.analysis.cards.outline import VECTOR_VERSION
from app.analysis.model_places import own_place, put_in_force
from app.analysis.ranker import ranker, stored_ranker
from app.core.clock import utc_now
from app.core.jobs import Job
from app.models.findings import Finding
from app.models.store import records
from app.models.wells import SRP, Well, WellId
from app.services.centre import sync
from app.services.centre.connections import TOKEN
from app.services.learnt import models
from app.services.learnt.state import CARDS
from app.services.records import entries
from app.services.workspace import Workspace
from central.config import LEARNING_FOLDER, MODEL_KEYS, MODELS_FOLDER
from central.learning import publishing, steps
from central.learning.runs import Loop
from central.stores.engine import open_engine
from tests.central.learning.labelled import BEGAN, TOO_SURE, site
from tests.centre_process import CentreProcess, laptop, new_field

WELLS, DECISIONS = 14, 200


@pytest.fixture
def loop(centre: CentreProcess) -> Iterator[Loop]:
    folder, engine = centre.folder, open_engine(centre.database)
    where = (folder / LEARNING_FOLDER, folder / MODELS_FOLDER, folder / MODEL_KEYS)
    yield Loop(engine, *where, "test", utc_now, 7)
    engine.dispose()
    put_in_force(CARDS, None)


def decide(one: Workspace) -> None:
    """As an engineer does it, two hundred times: each decision with the card as the models saw it."""
    numbers = sorted(int(well.id) for well in records.wells(one.store))
    for n, label in enumerate(site(DECISIONS, WELLS)):
        at = BEGAN + timedelta(days=n)  # a finding is known by its well, its rule and its day
        seen = {
            "features": VECTOR_VERSION,
            "card": list(label.card),
            "outline": list(label.outline),
            "rules": dict(label.rules or {}),
        }
        number = numbers[n // 2 % WELLS]
        finding = Finding(number, label.code, "act", label.said or 0.0, at, at)
        decision, why = ("accepted", "") if label.holds else ("rejected", "нет такого")
        entries.decide(one, finding, decision, why, seen)


def fetched(workspace: Workspace) -> str:
    models.fetch(Job(), workspace.settings, workspace.paths, lambda: workspace.secrets.get(TOKEN))
    return models.switch(workspace.paths)


@pytest.mark.slow
def test_two_hundred_decisions_on_one_laptop_change_the_model_of_the_other_within_one_run(
    centre: CentreProcess, loop: Loop, tmp_path: Path
) -> None:
    field = new_field()
    wells = [Well(WellId(n + 1), f"{n + 1}", field, "5", SRP) for n in range(WELLS)]
    with (
        laptop(tmp_path / "a", centre, field, wells=False) as one,
        laptop(tmp_path / "b", centre, field, wells=False) as other,
    ):
        with one.store.writing() as cursor:
            records.put_wells(cursor, wells)
        one.settings.set("author", "Анна")
        assert fetched(other) == "", "a centre that has taught nothing"
        decide(one)
        assert sync.run(Job(), one).sent == DECISIONS
        steps.prepare(loop)
        for step in steps.STEPS.values():
            told = step(loop)
        assert told["observed"]["labels"] == DECISIONS  # type: ignore[index, call-overload]
        assert fetched(other) == told["version"]
        now, before = ranker(), stored_ranker(own_place(CARDS))
        assert now is not None
        assert now.confidence(TOO_SURE, 0.8, 0.8) < before.confidence(TOO_SURE, 0.8, 0.8) - 0.1
        assert publishing.roll_back(loop) == ""
        assert fetched(other) == before.version, "what the centre takes back goes from the laptops"
        other.settings.set("centre_url", "https://nowhere.invalid")
        assert models.back(other.paths) == told["version"], "by hand, without a network"
