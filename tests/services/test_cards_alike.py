"""Cards like this one: the nearest of all wells, what they turned out to be, and one decision for many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from app.analysis.cards.alike import SIZE
from app.core.ids import new_id
from app.core.jobs import Job
from app.models.cards import StoredCard
from app.models.records import Record
from app.models.store import cards as card_store
from app.models.store import findings as finding_store
from app.models.store import outlines, records
from app.models.wells import SRP, Well, WellId
from app.services.diagnosis import alike
from app.services.records import deeds, entries
from app.services.workspace import Workspace
from tests.centre_process import AT, open_laptop

FULL, GAS, BROKEN = 1.0, 0.5, 0.0
TURN = np.linspace(0, 2 * np.pi, 80, endpoint=False)


def card(well: int, day: int, kind: float, rng: np.random.Generator, size: float = 1.0) -> StoredCard:
    """A full pump, one that fills to a part, and a record that is no stroke; of any size."""
    place = (1 - np.cos(TURN)) * size
    up = np.where(np.sin(TURN) > 0, 1.0, np.where(place < 2 * size * (1 - kind), 0.3, 0.0))
    load = (40e3 + 20e3 * up + rng.normal(0, 200, len(TURN))) * size
    if kind == BROKEN:
        place = np.zeros(len(TURN))
    return StoredCard(new_id(), well, AT + timedelta(days=day), 6.0, place, load)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_laptop(tmp_path / "laptop")
    opened.settings.set("author", "Анна")
    with opened.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(n), str(70 + n), "Северное", "5", SRP) for n in (1, 2, 3)])
    yield opened
    opened.close()


@pytest.fixture
def known(workspace: Workspace) -> list[StoredCard]:
    rng = np.random.default_rng(1)
    cards = [
        *(card(1, day, FULL, rng) for day in range(5)),
        *(card(2, day, GAS, rng, 1.7) for day in range(5)),
        *(card(3, day, GAS, rng, 0.6) for day in range(5)),
        card(3, 9, BROKEN, rng),
    ]
    card_store.add(workspace.store, cards)
    return cards


def test_the_nearest_are_of_all_wells_whatever_their_size_and_tell_what_they_turned_out_to_be(
    workspace: Workspace, known: list[StoredCard]
) -> None:
    gas, other = known[5], known[10]
    alike.decide_together(Job(), workspace, [other], "gas_interference", "accepted", "")
    repair = {"kind": "trs", "state": "done", "reason": "Смена насоса"}
    entries.save_record(workspace, Record(new_id(), "workover", 3, AT + timedelta(days=3), None, repair))
    found = alike.alike(Job(), workspace, gas)
    assert len(found) == 15
    assert {one.well for one in found[:9]} == {"72", "73"}, "those that fill to a part, of both wells"
    assert found[8].apart < 0.05 < found[9].apart
    (decided,) = [one for one in found if one.decided]
    assert (decided.card.id, decided.decided) == (other.id, (("gas_interference", "accepted"),))
    assert {one.repaired for one in found if one.well == "73" and one.card.taken_at <= AT} == {"Смена насоса"}
    assert gas.id not in {one.card.id for one in found}
    assert alike.alike(Job(), workspace, known[-1]) == [], "what is no stroke is like nothing"


def test_new_cards_are_found_and_those_that_are_gone_are_not(
    workspace: Workspace, known: list[StoredCard]
) -> None:
    alike.alike(Job(), workspace, known[0])
    new = card(1, 20, FULL, np.random.default_rng(2))
    card_store.add(workspace.store, [new])
    assert new.id in {one.card.id for one in alike.alike(Job(), workspace, known[0])}
    with workspace.store.writing() as cursor:
        card_store.remove(cursor, [known[1].id])
    assert known[1].id not in {one.card.id for one in alike.alike(Job(), workspace, known[0])}


def test_rows_of_another_maker_are_made_anew(workspace: Workspace, known: list[StoredCard]) -> None:
    outlines.put(workspace.store, "an older maker", [(one.id, [9.0] * SIZE) for one in known])
    found = alike.alike(Job(), workspace, known[0])
    assert found[0].apart < 0.05
    assert outlines.everything(workspace.store, "an older maker") == ([], pytest.approx(np.empty((0, 0))))


@pytest.mark.slow
def test_one_decision_for_a_group_is_a_record_each_and_one_deed_that_is_taken_back_and_done_again(
    workspace: Workspace, known: list[StoredCard]
) -> None:
    same_day = card(2, 0, GAS, np.random.default_rng(3))
    card_store.add(workspace.store, [same_day])
    last, count = alike.decide_together(
        Job(), workspace, [*known[5:15], same_day], "gas_interference", "accepted", ""
    )
    assert count == 10, "a finding is of a well and a day"

    def decided() -> list[str]:
        return [one.decision for well in (2, 3) for one in finding_store.of_well(workspace.store, well)]

    assert decided() == ["accepted"] * 10
    (deed,) = deeds.deeds(workspace)
    assert len(deed.entries) == 10
    named = deeds.named(deeds.deeds(workspace), last)
    assert named is not None
    changed = deeds.turn(workspace, named)
    assert (changed.well, decided()) == (None, [])
    (deed,) = deeds.deeds(workspace)
    assert deed.taken_back
    deeds.turn(workspace, deed)
    assert decided() == ["accepted"] * 10
