"""Times of day that are counted beside a date: told by name and figures, else asked; never all midnight."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from app.importers.counted_clocks import clocks, form_of
from app.importers.plan import ColumnPlan
from app.services.workspace import Workspace
from tests.importers.imported import Imported, readers_here, strangers
from tests.importers.test_strangers_kinds import series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


def taken(strangers: Workspace, tmp_path: Path, header: str, cells: str, **options: object) -> Imported:
    text = f"Date;{header};PIP (psi)\n"
    text += "".join(f"2026-10-01;{cell};{800 + i}\n" for i, cell in enumerate(cells.split()))
    return take(strangers, tmp_path, text, well="101", **options)


def clock_of(found: Imported) -> str:
    return " ".join(at[11:19] for at, _ in series(found))


@pytest.mark.parametrize(
    ("header", "cells", "told"),
    [
        ("Seconds", "28800 28860 86340", "08:00:00 08:01:00 23:59:00"),
        ("Секунды", "0 60 120", "00:00:00 00:01:00 00:02:00"),
        ("Minutes", "480 481 1440", "08:00:00 08:01:00 00:00:00"),
        ("Time, s", "0 1 2", "00:00:00 00:00:01 00:00:02"),
        ("Time", "28800 28860 28920", "08:00:00 08:01:00 08:02:00"),
        ("Time", "80000 80100 100200", "08:00:00 08:01:00 10:02:00"),
        ("Time", "0.3333333 0.3340278 0.5", "08:00:00 08:01:00 12:00:00"),
    ],
)
def test_a_clock_that_is_counted_is_read_and_said(
    strangers: Workspace, tmp_path: Path, header: str, cells: str, told: str
) -> None:
    found = taken(strangers, tmp_path, header, cells)
    assert clock_of(found) == told
    assert "import.clock_counted" in found.said


@pytest.mark.parametrize(
    ("header", "cells", "answer", "told"),
    [
        ("Time", "800 830 900", "hhmm", "08:00:00 08:30:00 09:00:00"),
        ("Time", "800 830 900", "s", "00:13:20 00:13:50 00:15:00"),
        ("Time", "8.00 8.30 9.00", "pointed", "08:00:00 08:30:00 09:00:00"),
        ("Time", "8.00 8.30 9.00", "h", "08:00:00 08:18:00 09:00:00"),
        ("Elapsed (s)", "60 120 180", "s", "00:01:00 00:02:00 00:03:00"),
        ("Seconds", "10 20 30", "s", "00:00:10 00:00:20 00:00:30"),
    ],
)
def test_what_its_figures_do_not_tell_is_asked_before_anything_else(
    strangers: Workspace, tmp_path: Path, header: str, cells: str, answer: str, told: str
) -> None:
    asked = taken(strangers, tmp_path, header, cells)
    assert asked.refused == "clock_count"
    assert answer in asked.details["options"]
    found = taken(strangers, tmp_path, header, cells, answers={"clock_count": answer})
    assert clock_of(found) == told


def test_one_row_of_a_day_is_asked_too_and_may_be_left_at_its_midnight(
    strangers: Workspace, tmp_path: Path
) -> None:
    assert taken(strangers, tmp_path, "Time", "0.5").refused == "clock_count"
    found = taken(strangers, tmp_path, "Time", "0.5", answers={"clock_count": "leave"})
    assert clock_of(found) == "00:00:00"
    assert clock_of(taken(strangers, tmp_path, "Time", "28800")) == "08:00:00"


def test_how_long_a_day_ran_is_no_clock(strangers: Workspace, tmp_path: Path) -> None:
    text = "Дата;Скв;Qж, м3/сут;Время\n01.10.2026;101;45;24\n02.10.2026;101;46;23.5\n"
    found = take(strangers, tmp_path, text)
    assert [at for at, _ in series(found, sensor="liquid_rate")] == [
        "2026-10-01T00:00:00Z",
        "2026-10-02T00:00:00Z",
    ]


@pytest.mark.parametrize(
    ("form", "cell", "seconds"),
    [
        ("s", "86400", 86_400),
        ("s", "86401", None),
        ("hhmm", "2359", 86_340),
        ("hhmm", "2400", None),
        ("hhmm", "1260", None),
        ("hhmmss", "235960", None),
        ("pointed", "8.305", None),
        ("h", "8.5", 30_600),
        ("min", "-1", None),
        ("s", "noon", None),
    ],
)
def test_what_is_no_time_of_day_in_its_form_is_bad(form: str, cell: str, seconds: int | None) -> None:
    found = clocks(pa.chunked_array([[cell]]), form)
    assert found.bad.tolist() == [seconds is None]
    assert found.time_us.tolist() == [(seconds or 0) * 1_000_000]


def test_a_unit_of_the_header_alone_is_no_form() -> None:
    assert form_of(ColumnPlan("Time", "clock", "s")) == ""
    assert form_of(ColumnPlan("Time", "clock", "day:s")) == "s"
