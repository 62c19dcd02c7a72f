"""Dates that say their day of the week, months of other languages, a logger's table of four header lines, gas
of a national return, a well whose name has a second word.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_variants import take, times, values

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("Mon 03/02/2026", "Tue 03/03/2026"), ["03-02T00:00", "03-03T00:00"]),
        (("Mon 02/03/2026", "Tue 03/03/2026"), ["03-02T00:00", "03-03T00:00"]),
        (("Tue 02/03/2026", "Tue 03/03/2026"), ["02-03T00:00", "03-03T00:00"]),
        (("пн 02.03.2026", "вт 03.03.2026"), ["03-02T00:00", "03-03T00:00"]),
        (("02.03.2026 (Понедельник) 08:00", "03.03.2026 (Вторник) 08:00"), ["03-02T08:00", "03-03T08:00"]),
        (("Thu Oct 01 08:00:00 2026", "Tue Oct 13 08:00:00 UTC 2026"), ["10-01T08:00", "10-13T08:00"]),
        (("13-ene-2026", "jue 01 oct 2026"), ["01-13T00:00", "10-01T00:00"]),
        (("1 März 2026", "13. Okt 2026"), ["03-01T00:00", "10-13T00:00"]),
    ],
)
def test_a_day_of_the_week_tells_which_number_is_the_month(
    strangers: Workspace, tmp_path: Path, cells: tuple[str, str], expected: list[str]
) -> None:
    rows = "".join(f"{cell};{50 + i}\n" for i, cell in enumerate(cells))
    assert times(take(strangers, tmp_path, f"Date;Рпр, атм\n{rows}", well="101")) == expected


def test_a_day_of_the_week_that_fits_no_reading_is_asked_about(strangers: Workspace, tmp_path: Path) -> None:
    text = "Date;Рпр, атм\nFri 03/02/2026;50\nFri 04/03/2026;51\n"
    assert take(strangers, tmp_path, text, well="101").refused == "date_order"


def test_a_loggers_four_lines_are_one_header(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        '"TOA5","Pad","CR6","12345","CR6.Std.12","CPU:p.CR6","2021","T"\n'
        '"TIMESTAMP","RECORD","Intake_pressure_Avg","Frequency"\n"TS","RN","kPa","Hz"\n"","","Avg","Smp"\n'
        '"2026-10-01 08:00:00",1,5000,50\n"2026-10-01 08:01:00",2,"NAN",50.5\n'
    )
    found = take(strangers, tmp_path, text, well="101")
    assert values(found) == [5_000_000]
    assert times(found, sensor="frequency") == ["10-01T08:00", "10-01T08:01"]


def test_gas_that_no_oil_holds_so_little_of_is_asked_for_its_unit(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "sigla;anio;mes;prod_pet;prod_gas;prod_agua\n101;2025;1;201;{};51\n"
    assert take(strangers, tmp_path, text.format(6.01)).refused == "gas_unit"
    for said, cubic in (("thousands", 6010), ("ones", 6.01)):
        (row,) = take(strangers, tmp_path, text.format(6.01), answers={"gas_unit": said}).records
        assert row["gas_m3"] == pytest.approx(cubic)
    (row,) = take(strangers, tmp_path, text.format(20_100)).records
    assert row["gas_m3"] == 20_100
    by_mass = text.replace("prod_pet", "Oil mass")
    assert take(strangers, tmp_path, by_mass.format(6.01)).refused == "gas_unit", "201 t, as it is taken"


def test_a_well_keeps_the_second_word_of_its_name(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина {}\nДата;Рпр, атм\n01.10.2026 00:00;50\n"
    for name in ("101 бис", "101 БС2", "101/5"):
        assert list(take(strangers, tmp_path, text.format(name), new_wells=True).readings) == [name]
    for said in ("101 куст 5", "101 в работе"):
        assert list(take(strangers, tmp_path, text.format(said)).readings) == ["101"]
