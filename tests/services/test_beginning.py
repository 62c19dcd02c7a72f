"""From when to when there is anything of a well."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from app.core.clock import from_us, to_us
from app.models.cards import StoredCard
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import cards, readings
from app.services.records.beginning import AHEAD, span
from app.services.workspace import Workspace
from tests.conftest import NOW

FIRST, LAST = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)
TAKEN = {
    "the day after the last reading": (LAST + timedelta(days=1), FIRST, LAST + timedelta(days=1)),
    "before the first one": (FIRST - timedelta(days=90), FIRST - timedelta(days=90), LAST),
    "among them": (LAST - timedelta(days=3), FIRST, LAST),
    "ten years ahead, by a clock that is wrong": (NOW + timedelta(days=3650), FIRST, NOW + AHEAD),
}


def take_card(workspace: Workspace, at: datetime) -> None:
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    position, load = 1.5 - 1.5 * np.cos(angle), 3e4 + 1e4 * np.sin(angle)
    assert cards.add(workspace.store, [StoredCard("a card", 1, at, 6.0, position, load)])[0] == 1


@pytest.mark.parametrize("taken", TAKEN)
def test_a_card_belongs_to_what_there_is_of_a_well(taken: str, workspace: Workspace) -> None:
    at, since, until = TAKEN[taken]
    moments = np.array([to_us(FIRST), to_us(LAST)])
    number = SENSORS["dynamic_level"].number
    readings.write(workspace.store, Readings.of_one(1, number, moments, np.array([760.0, 859.0])))
    take_card(workspace, at)
    found = span(workspace, 1)
    assert found is not None
    assert (from_us(found[0]), from_us(found[1])) == (since, until)


def test_a_well_with_cards_alone_has_no_period_and_shows_them_all(workspace: Workspace) -> None:
    take_card(workspace, LAST)
    assert span(workspace, 1) is None
