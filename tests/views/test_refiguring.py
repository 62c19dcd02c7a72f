"""Cards of other equipment than is known now are computed again behind the pages."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.jobs import Job
from app.models.changes import CARDS, FINDINGS, Changed
from app.services.diagnosis import diagnose, refiguring
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.views.refiguring import _refigure


@pytest.mark.parametrize("stale", [0, 2])
def test_which_cards_are_stale_is_asked_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, stale: int
) -> None:
    asked: list[Any] = []

    def refigure(*of: Any) -> int:
        asked.append(of)
        return stale

    for module in (refiguring, diagnose):
        monkeypatch.setattr(module, "refigure", refigure)
    well = find_well(workspace, "77")
    changed = _refigure(Job(), workspace, well)
    assert changed == (Changed(well.id, frozenset({CARDS, FINDINGS})) if stale else None)
    assert len(asked) == 1
    diagnose.diagnose(workspace, well)
    assert len(asked) == 2, "whoever asks for a diagnosis alone has the cards renewed first"
