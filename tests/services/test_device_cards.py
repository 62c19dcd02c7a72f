"""A card out of a device in the store, and whose profile of a device stands."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import KnownError
from app.core.jobs import Job
from app.devices.gate import TCP
from app.models.store import cards as card_store
from app.models.store import records
from app.services.devices import shelf
from app.services.devices.taking_cards import take_card
from app.services.workspace import Workspace
from tests.devices.at_hand import Moving, body, served, shipped, small_device, written_to
from tests.devices.test_archive import _card


def test_a_card_out_of_the_buffer_is_stored_with_the_simulator_s_own_points_and_once(
    workspace: Workspace,
) -> None:
    workspace.clock = Moving(10)
    profile = shipped("demo-rod-pump")
    device = small_device(profile, workspace.clock)
    device.card = lambda _: _card()
    well = next(one for one in records.wells(workspace.store) if one.name == "77")
    with served(device, TCP) as (_, master):
        first = take_card(workspace, well, profile, master, Job())
        again = take_card(workspace, well, profile, master, Job())
    (card,) = card_store.of_well(workspace.store, well.id)
    assert np.array_equal(card.position_m, _card().position_m)
    assert np.array_equal(card.load_n, _card().load_n)
    assert card.strokes_per_minute == pytest.approx(6.0)
    assert (first.report.added, again.report.added) == (1, 0)


def test_a_site_s_profile_stands_over_ours_and_one_s_own_over_both(
    workspace: Workspace, tmp_path: Path
) -> None:
    told = body() | {"key": "generic"}
    assert shelf.add(workspace.paths, written_to(tmp_path, told)).key == "generic"
    assert len(shelf.find(workspace.paths, "generic").registers) == 5
    shared = shelf.share(workspace.paths, "generic", tmp_path / "out.json")
    assert json.loads(shared.read_text(encoding="utf-8")) == told
    assert {key for key, _, one in shelf.all_of(workspace.paths) if not isinstance(one, KnownError)} >= {
        "generic",
        "demo-esp",
    }
    with pytest.raises(KnownError) as caught:
        shelf.find(workspace.paths, "nobody-s")
    assert "demo-esp" in str(caught.value.details["known"])
