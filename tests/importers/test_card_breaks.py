"""Several cards under one another are never one card of several strokes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.importers.card_breaks import begins_again
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_variants import take

__all__ = ["readers_here", "strangers"]

HEADER = "position_in,load_lbf\n"
CARD = "0,4000\n20,9000\n40,9200\n60,9300\n40,4300\n20,4200\n"
POSITION = np.array([0.0, 20, 40, 60, 40, 20])


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        ([*range(2, 8), *range(9, 15)], 6),
        (range(2, 14), 0),
        (range(2, 26, 2), 0),
        ([*range(2, 11), *range(12, 15)], 0),
    ],
)
def test_a_card_begins_where_a_break_and_the_stroke_say_so(lines: list[int], begins: int) -> None:
    assert begins_again(np.array(lines), np.r_[POSITION, POSITION]) == begins


@pytest.mark.parametrize("between", ["\n", HEADER, "\n" + HEADER])
@pytest.mark.usefixtures("readers_here")
def test_two_cards_in_one_table_are_refused_for_what_they_are(
    strangers: Workspace, tmp_path: Path, between: str
) -> None:
    said = {"well": "101", "time": "2026-10-01 08:00", "strokes_per_minute": 5}
    found = take(strangers, tmp_path, HEADER + CARD + between + CARD, **said)
    assert (found.refused, found.details["line"] > 8) == ("card_several", True)
    assert take(strangers, tmp_path, HEADER + CARD, **said).cards == 1
