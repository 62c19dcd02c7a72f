"""Files as historians, controllers, laboratories and departments send them: tags with commas, quality beside
each value, levels side by side, months, notes under a table. Read right, or said.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from app.importers.months import names_months
from app.importers.plan import ColumnPlan
from app.importers.quality_columns import owner_of
from app.services.workspace import Workspace
from tests.importers.imported import imported, readers_here, strangers
from tests.importers.test_strangers_kinds import ATM, BBL, DAY, PIP, PSI, book, series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
KGF, MCF = 98_066.5, 28.316846592


def near(value: float) -> object:
    return pytest.approx(value, rel=2e-6)


# ---- tags --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "unit"),
    [
        ("Куст 1, скв. 101, Рпр, атм", ATM),
        ("Field A, Well 101, Intake Pressure (psi)", PSI),
        ("HIST01.101.PIP_PSI", PSI),
    ],
)
def test_a_tag_may_be_parted_by_commas_and_end_with_its_unit(
    strangers: Workspace, tmp_path: Path, tag: str, unit: float
) -> None:
    found = take(
        strangers, tmp_path, f"Tag;Time;Value\n{tag};2026-10-01 00:00;50\n{tag};2026-10-01 00:01;51\n"
    )
    assert [value for _, value in series(found)] == [near(50 * unit), near(51 * unit)]


def test_tags_scored_together_name_their_wells_be_it_the_only_one(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Time,FLD_PAD1_101_PIP_PSI,FLD_PAD1_102_PIP_PSI\n2026-10-01 00:00,800,900\n"
    found = take(strangers, tmp_path, text, well="102")
    assert series(found)[0][1] == near(800 * PSI)
    assert series(found, "102")[0][1] == near(900 * PSI)
    alone = take(strangers, tmp_path, "Time,FLD_PAD1_101_PIP_PSI\n2026-10-01 00:00,800\n", well="102")
    assert list(alone.readings) == ["101"]


def test_a_column_of_moments_needs_no_name_where_it_is_the_only_one(
    strangers: Workspace, tmp_path: Path
) -> None:
    head = "PI Server: HIST\n,101.PIP,101.Frequency\n,psia,Hz\n"
    text = head + "01-Oct-26 00:00:00,809,50\n01-Oct-26 00:01:00,Bad Input,50\n"
    found = take(strangers, tmp_path, text)
    assert series(found) == [("2026-10-01T00:00:00Z", near(809 * PSI))]
    assert len(series(found, sensor="frequency")) == 2
    assert "value_bad_word" in found.said
    two = take(
        strangers, tmp_path, ",,Рпр, атм\n2026-10-01,2026-10-02,50\n".replace(", атм", " (атм)"), well="101"
    )
    assert two.refused == "column_missing"  # which of them is the moment nothing tells


# ---- quality beside each value -----------------------------------------------------------------------------


def test_a_quality_that_is_called_like_a_column_is_of_that_column(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Time,Well,PIP (psi),PIP.Q,Freq (Hz),Freq.Q\n"
        "2026-10-01 00:00,101,800,Good,50,Good\n2026-10-01 00:01,101,700,Bad,50,Good\n"
    )
    found = take(strangers, tmp_path, text)
    assert len(series(found)) == len(series(found, sensor="frequency")) == 2
    assert found.marked == {"101": {PIP: ["2026-10-01T00:01:00Z"]}}
    alone = take(strangers, tmp_path, text.replace(",Freq.Q", "").replace(",50,Good", ",50"))
    assert alone.marked == found.marked


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("PIP.Q", PIP),
        ("PIP Quality", PIP),
        ("Quality", ""),
        ("PIP2.Q", ""),
        ("TPIP", ""),
    ],
)
def test_the_owner_of_a_quality_is_named_whole(header: str, field: str) -> None:
    columns = [ColumnPlan("PIP (psi)", PIP), ColumnPlan("Freq", "frequency"), ColumnPlan("Note")]
    assert owner_of(header, columns) == field


# ---- months ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Месяц", "08.2026", "09.2026"),
        ("Month", "Aug-2026", "Sep-2026"),
        ("Месяц", "август 2026", "сентябрь 2026"),
    ],
)
def test_rates_of_months_are_said_to_stand_at_their_first_days(
    strangers: Workspace, tmp_path: Path, header: str, first: str, second: str
) -> None:
    text = f"{header};Скв;Qж, м3/сут\n{first};101;45\n{second};101;46\n"
    found = take(strangers, tmp_path, text)
    assert series(found, sensor="liquid_rate") == [
        ("2026-08-01T00:00:00Z", near(45 / DAY)),
        ("2026-09-01T00:00:00Z", near(46 / DAY)),
    ]
    assert "import.values_of_months" in found.said


def test_three_firsts_of_months_are_months_and_two_days_are_days(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = [f"01.0{month}.2026;101;45\n" for month in (6, 7, 8)]
    head = "Дата;Скв;Qж, м3/сут\n"
    assert "import.values_of_months" in take(strangers, tmp_path, head + "".join(rows)).said
    assert "import.values_of_months" not in take(strangers, tmp_path, head + "".join(rows[:2])).said
    days = head + "".join(rows) + "02.08.2026;101;46\n"
    assert "import.values_of_months" not in take(strangers, tmp_path, days).said


@pytest.mark.parametrize(
    ("cells", "months"),
    [
        (["08.2026", ""], True),
        (["Aug-2026", "Sep-26"], True),
        (["август 2026 г."], True),
        (["август 2026", "01.08.2026"], False),
        (["well 2026x"], False),
        ([""], False),
    ],
)
def test_months_are_known_by_their_cells(cells: list[str], months: bool) -> None:
    assert names_months(pa.chunked_array([cells])) is months


def test_hours_beside_a_day_of_production_are_no_clock(strangers: Workspace, tmp_path: Path) -> None:
    text = "Дата;Скв;Добыча нефти, т;Часы\n01.10.2026;101;20;24\n02.10.2026;101;19;23\n"
    found = take(strangers, tmp_path, text)
    assert [(row["at"], row["on_stream_s"]) for row in found.records] == [
        ("2026-10-01T00:00:00Z", 24 * 3600.0),
        ("2026-10-02T00:00:00Z", 23 * 3600.0),
    ]


# ---- levels, means, notes ----------------------------------------------------------------------------------


def test_dynamic_and_static_levels_side_by_side_are_shots_of_their_own(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Скв;Дата;Ндин, м;Нст, м;Рзатр, атм\n"
        "101;01.10.2026;950;-;12\n101;05.10.2026;н/д;430;10\n102;01.10.2026;980;460;11\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    told = [
        (row["well"], row["level"], row["level_m"], row.get("casing_pressure_pa")) for row in found.records
    ]
    assert told == [
        ("101", "dynamic", 950.0, near(12 * ATM)),
        ("101", "static", 430.0, near(10 * ATM)),
        ("102", "dynamic", 980.0, near(11 * ATM)),
        ("102", "static", 460.0, None),  # of such a visit the pressure is that of the running well
    ]


@pytest.mark.parametrize(
    "change", [("Рзатр, атм", "F, Гц"), (";Нст, м;", ";Нст, фут;"), ("01.10", "01.10 06:15")]
)
def test_levels_beside_sensors_in_two_units_or_by_the_hour_stay_side_by_side(
    strangers: Workspace, tmp_path: Path, change: tuple[str, str]
) -> None:
    text = "Скв;Дата;Ндин, м;Нст, м;Рзатр, атм\n101;01.10.2026;950;430;12\n".replace(*change)
    found = take(strangers, tmp_path, text.replace("06:15.2026", "2026 06:15"))
    assert {"dynamic", "static"} - {row.get("level") for row in found.records}


@pytest.mark.parametrize("mean", ["Рпр ср, атм", "Рпр сред., атм", "Рпр (среднее), атм", "Рпр avg, атм"])
def test_of_least_most_and_mean_the_mean_is_taken(strangers: Workspace, tmp_path: Path, mean: str) -> None:
    text = f"Дата;Рпр мин, атм;Рпр макс, атм;{mean}\n01.10.2026;45;55;50\n02.10.2026;46;56;51\n"
    found = take(strangers, tmp_path, text, well="101")
    assert [value for _, value in series(found)] == [near(50 * ATM), near(51 * ATM)]
    assert "import.column_unused" in found.said


def test_a_note_under_a_table_says_its_units(strangers: Workspace, tmp_path: Path) -> None:
    text = "Дата;Скв;Рпр;Рбуф\n01.10.2026;101;50;12\n02.10.2026;101;52;13\nПримечание: давления в кгс/см2\n"
    found = take(strangers, tmp_path, text)
    assert [value for _, value in series(found)] == [near(50 * KGF), near(52 * KGF)]
    assert "import.row_left_out" in found.said


def test_comments_that_say_units_are_no_upper_header(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "# well: 101\n# pressure in kPa, temperature in degF\ntime,intake pressure,motor temperature\n"
        "2026-10-01 00:00,5000,200\n2026-10-01 00:01,5010,201\n"
    )
    found = take(strangers, tmp_path, text)
    assert [value for _, value in series(found)] == [near(5e6), near(5.01e6)]
    assert series(found, sensor="motor_temperature")[0][1] == near((200 + 459.67) / 1.8)


def test_a_word_parted_in_a_narrow_cell_is_one_word(strangers: Workspace, tmp_path: Path) -> None:
    rows = [["Дата\nзамера", "№\nскв.", "Давле-\nние на\nприёме,\nатм"], [datetime(2026, 10, 1), "101", 50]]
    found = imported(strangers, book(tmp_path / "f.xlsx", {"Лист1": rows}))
    assert series(found)[0][1] == near(50 * ATM)


# ---- reports of states, cards ------------------------------------------------------------------------------


def test_units_before_the_names_of_a_states_report_are_heard(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Well,Date,Days,BBLS Oil,Runs,BBLS Water,MCF Prod,MCF Sold\n"
        "101,8-2026,31,1234,1200,3456,5000,4800\n101,9-2026,30,1200,1190,3400,4900,4700\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    [first, second] = found.records
    assert (first["at"], first["period"]) == ("2026-08-01T00:00:00Z", "month")
    assert (first["oil_m3"], first["water_m3"], first["gas_m3"]) == (
        near(1234 * BBL),
        near(3456 * BBL),
        near(5000 * MCF),
    )
    assert second["on_stream_s"] == 30 * DAY
    assert "import.column_unused" in found.said


def test_a_card_between_surface_and_pump_is_taken_at_the_surface(
    strangers: Workspace, tmp_path: Path
) -> None:
    head = "Well Name,Card Date,SPM,Point,Surface Position (in),Surface Load (lbs)"
    rows = [head + ",Downhole Position (in),Downhole Load (lbs)"]
    for i in range(40):
        place, load = min(i, 40 - i), 9000 if i < 20 else 5000
        rows.append(f"101,2026-10-01 06:00:00,6.5,{i},{place},{load},{place / 2},{i}")
    found = take(strangers, tmp_path, "\n".join(rows) + "\n")
    assert not found.refused, found.details
    assert found.cards == 1
    assert found.checked is not None
    card = found.checked.batches[0].named_cards[0][1]
    assert card.position_m.max() == near(20 * 0.0254)
    assert card.load_n.max() == near(9000 * 4.4482216152605)
