"""Columns that say of each reading what it is worth, in words that other systems and languages have; clocks
and counts written without a mark between their parts; a laboratory's parts per million.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_variants import PSI, take, times, values

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.mark.parametrize(
    ("header", "good", "bad"),
    [
        ("StatusCode", "Good", "BadSensorFailure"),
        ("StatusCode", "GoodClamped", "UncertainLastUsableValue"),
        ("Calidad", "Buena", "Mala"),
        ("Validity", "V", "I"),
    ],
)
def test_words_of_quality_of_other_systems_mark_their_rows(
    strangers: Workspace, tmp_path: Path, header: str, good: str, bad: str
) -> None:
    text = f"Well;Time;PIP (psi);{header}\n101;2026-10-01 00:00;500;{good}\n101;2026-10-01 01:00;501;{bad}\n"
    found = take(strangers, tmp_path, text)
    assert found.marked == {"101": {"intake_pressure": ["2026-10-01T01:00:00Z"]}}


def test_a_column_of_states_that_nobody_understands_is_told(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well;Time;PIP (psi);Status\n101;2026-10-01 00:00;500;OK\n101;2026-10-01 01:00;501;{}\n"
    assert "import.column_unused" in take(strangers, tmp_path, text.format("Fault")).said
    assert "import.column_unused" not in take(strangers, tmp_path, text.format("OK")).said


def test_a_clock_in_another_language_is_no_time_on_stream(strangers: Workspace, tmp_path: Path) -> None:
    text = "Fecha;Hora;Presión de admisión (psi)\n01/10/2026;08:00;700\n13/10/2026;09:30;702\n"
    found = take(strangers, tmp_path, text, well="101")
    assert times(found) == ["10-01T08:00", "10-13T09:30"]
    unknown = text.replace("Hora", "Horass").replace("Presión de admisión", "Foo")
    assert take(strangers, tmp_path, unknown, well="101").records == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("000000", "001500"), ["10-01T00:00", "10-01T00:15"]),
        (("0030", "1415"), ["10-01T00:30", "10-01T14:15"]),
    ],
)
def test_a_clock_without_colons_is_one_where_it_is_written_in_full(
    strangers: Workspace, tmp_path: Path, cells: tuple[str, str], expected: list[str]
) -> None:
    rows = "".join(f"20261001,{cell},{500 + i}\n" for i, cell in enumerate(cells))
    found = take(strangers, tmp_path, f"Date,Time,PIP (psi)\n{rows}", well="101")
    assert times(found) == expected


@pytest.mark.parametrize(
    ("header", "unit"), [("time_s", 1), ("ts_us", 1_000_000), ("timestamp (ms)", 1000), ("time_ns", 10**9)]
)
def test_a_count_since_1970_may_say_what_it_counts_in(
    strangers: Workspace, tmp_path: Path, header: str, unit: int
) -> None:
    rows = "".join(f"{(1790812800 + 60 * i) * unit},{500 + i}\n" for i in range(2))
    found = take(strangers, tmp_path, f"{header},PIP (psi)\n{rows}", well="101")
    assert times(found) == ["10-01T00:00", "10-01T00:01"]
    assert values(found) == pytest.approx([500 * PSI, 501 * PSI])


def test_parts_per_million_are_told_to_be_taken_for_milligrams(strangers: Workspace, tmp_path: Path) -> None:
    wide = "Well,Sample date,Chloride ({0}),pH\n101,2026-10-01,81000,6.5\n"
    long = "Well,Sample date,Analyte,Result,Unit\n101,2026-10-01,Chloride,81000,{0}\n"
    for text in (wide, long):
        assert "import.parts_per_million" in take(strangers, tmp_path, text.format("ppm")).said
        assert "import.parts_per_million" not in take(strangers, tmp_path, text.format("mg/l")).said


def test_amounts_of_a_day_are_production_of_it(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well,Date,Daily oil (m3),Daily water (m3),Hours on\n101,2026-10-01,10,20,24\n"
    (row,) = take(strangers, tmp_path, text).records
    assert (row["oil_m3"], row["water_m3"], row["on_stream_s"], row["period"]) == (10, 20, 86_400, "day")
