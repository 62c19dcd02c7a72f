"""A pair of columns a tag, as a historian's add-in leaves it on a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.importers.pairs import unpaired
from app.services.workspace import Workspace
from tests.importers.imported import imported, readers_here, strangers
from tests.importers.test_strangers_kinds import PIP, PSI, book, series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
ROWS: list[list[Any]] = [
    ["13-Oct-26 05:00:00", 800, "13-Oct-26 05:02:00", 50, "13-Oct-26 05:01:00", 700],
    ["13-Oct-26 06:00:00", "No Data", "13-Oct-26 06:02:00", 50.5, "13-Oct-26 06:01:00", 701],
    ["13-Oct-26 07:00:00", 802, None, None, "13-Oct-26 07:01:00", 702],
]
OVER = ["101.PIP.PV", None, "101.FREQ.PV", None, "102.PIP.PV", None]
UNITS = ["psi", None, "Hz", None, "psi", None]
BELOW = ["Time", "Value"] * 3


@pytest.mark.parametrize("header", [[OVER, UNITS], [OVER, UNITS, BELOW], [OVER, BELOW, UNITS]])
def test_each_tag_has_its_own_times(strangers: Workspace, tmp_path: Path, header: list[list[Any]]) -> None:
    found = imported(strangers, book(tmp_path / "pi.xlsx", {"PI": [*header, *ROWS]}))
    assert [at for at, _ in series(found)] == ["2026-10-13T05:00:00Z", "2026-10-13T07:00:00Z"]
    assert [at for at, _ in series(found, "101", "frequency")] == [
        "2026-10-13T05:02:00Z",
        "2026-10-13T06:02:00Z",
    ]
    assert series(found, "102")[0] == ("2026-10-13T05:01:00Z", pytest.approx(700 * PSI, rel=1e-6))
    assert "value_bad_word" in found.said


def test_pairs_in_a_text_are_read_and_their_lines_are_those_of_the_file(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "101 PIP (psi),,101 Frequency (Hz),\nTime,Value,Time,Value\n"
        "2026-10-13 05:00,800,2026-10-13 05:02,50\n2026-10-13 06:00,5O1,2026-10-13 06:02,50.5\n"
    )
    found = take(strangers, tmp_path, text)
    assert (found.refused, found.details["line"]) == ("value_not_number", 4)
    assert series(take(strangers, tmp_path, text.replace("5O1", "801")), "101", PIP)[1][0][11:16] == "06:00"


def test_what_has_a_header_of_its_own_or_is_no_pair_stays_as_it_is() -> None:
    flat = [["Time", "101.PIP", "Time", "102.PIP"], *([row[:4] for row in ROWS])]
    assert unpaired(flat) is flat
    one_time = [["101.PIP", None, "101.F", None], ["13-Oct-26", 800, 50, 700], ["14-Oct-26", 800, 50, 7]]
    assert unpaired(one_time) is one_time
    untitled = [["Title"], *ROWS]
    assert unpaired(untitled) is untitled
    assert unpaired([]) == []
