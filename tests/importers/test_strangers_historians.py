"""Exports of historians, panels and data bases: columns with names of their own, tags that begin with a well,
values with their units in the cells, forms of dates over a column. Read right, or said.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.importers.date_order import order_said
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import PIP, PSI, series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
FIRST, SECOND, THIRD = (f"2026-10-01T00:0{minute}:00Z" for minute in range(3))


def near(value: float) -> object:
    return pytest.approx(value, rel=2e-6)


INFLUX = """#group,false,false,true,true,false,false,true,true,true
#datatype,string,long,dateTime:RFC3339,dateTime:RFC3339,dateTime:RFC3339,double,string,string,string
#default,_result,,,,,,,,
,result,table,_start,_stop,_time,_value,_field,_measurement,well
,,0,2026-09-30T00:00:00Z,2026-10-02T00:00:00Z,2026-10-01T00:00:00Z,50.5,{field},{measurement},101
,,0,2026-09-30T00:00:00Z,2026-10-02T00:00:00Z,2026-10-01T00:01:00Z,50.6,{field},{measurement},101

,result,table,_start,_stop,_time,_value,_field,_measurement,well
,,1,2026-09-30T00:00:00Z,2026-10-02T00:00:00Z,2026-10-01T00:00:00Z,48,{field},{measurement},102
"""


@pytest.mark.parametrize(("field", "measurement"), [("frequency", "esp"), ("value", "frequency")])
def test_a_data_base_of_series_is_read_by_its_own_columns(
    strangers: Workspace, tmp_path: Path, field: str, measurement: str
) -> None:
    found = take(strangers, tmp_path, INFLUX.format(field=field, measurement=measurement))
    assert series(found, sensor="frequency") == [(FIRST, near(50.5)), (SECOND, near(50.6))]
    assert series(found, "102", "frequency") == [(FIRST, 48.0)]


def test_a_data_logger_is_read_by_its_own_columns_and_zero_is_its_bad(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "_NUMERICID,_NAME,_VALUE,_TIMESTAMP,_QUALITY\n"
        "1,Channel1.Well101.Frequency,50.1,2026-10-01 00:00:00,192\n"
        "1,Channel1.Well101.Frequency,0.0,2026-10-01 00:01:00,0\n"
    )
    found = take(strangers, tmp_path, text)
    assert series(found, sensor="frequency") == [(FIRST, near(50.1)), (SECOND, 0.0)]
    assert found.marked == {"101": {"frequency": [SECOND]}}


def test_of_a_panels_validity_one_is_what_is_good(strangers: Workspace, tmp_path: Path) -> None:
    rows = "".join(
        f'"Well101.Frequency";"01.10.2026 00:0{minute}:00";50,{minute};{valid};46296{minute}000,0\n'
        for minute, valid in ((0, 1), (1, 2))
    )
    head = '"VarName";"TimeString";"VarValue";"Validity";"Time_ms"\n'
    found = take(strangers, tmp_path, head + rows)
    assert series(found, sensor="frequency") == [(FIRST, 50.0), (SECOND, near(50.1))]
    assert found.marked == {"101": {"frequency": [SECOND]}}


def test_a_word_for_a_well_before_a_number_makes_a_tag_be_it_the_only_one(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "DateTime,Well101_PIP_psi,Well101_Freq_Hz\n2026-10-01 00:00,800,50\n2026-10-01 00:01,(null),50\n"
    found = take(strangers, tmp_path, text, well="102")
    assert series(found) == [(FIRST, near(800 * PSI))]
    assert len(series(found, sensor="frequency")) == 2


def test_cells_that_say_their_units_are_no_header(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        '"Time","101 PIP","101 Motor temperature"\n"2026-10-01 00:00:00","5.58 MPa","98.5 °C"\n'
        '"2026-10-01 00:01:00","5.59 MPa","98.6 °C"\n"2026-10-01 00:02:00","","98.7 °C"\n'
    )
    found = take(strangers, tmp_path, text)
    assert series(found) == [(FIRST, near(5.58e6)), (SECOND, near(5.59e6))]
    assert series(found, sensor="motor_temperature")[2] == (THIRD, near(371.85))


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("Date (dd/mm/yyyy)", "day"),
        ("Date {MM/DD/YYYY}", "month"),
        ("Дата (дд.мм.гггг)", "day"),
        ("Date, dd-mmm-yy", "day"),
        ("Date", ""),
        ("m/d", ""),
    ],
)
def test_a_form_over_a_column_says_the_order_of_day_and_month(header: str, order: str) -> None:
    assert order_said(header) == order


@pytest.mark.parametrize(("form", "day"), [("DD/MM/YYYY", "2026-10-05"), ("MM/DD/YYYY", "2026-05-10")])
def test_dates_that_fit_both_orders_are_read_by_their_form(
    strangers: Workspace, tmp_path: Path, form: str, day: str
) -> None:
    found = take(strangers, tmp_path, f"Date ({form});PIP, psi\n05/10/2026;800\n06/09/2026;801\n", well="101")
    assert series(found)[-1 if form.startswith("D") else 0] == (f"{day}T00:00:00Z", near(800 * PSI))


def test_a_number_that_only_its_letter_tells_from_a_known_well_is_asked_of(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Well;Time;PIP, psi\n{well};2026-10-01 00:00;800\n"
    for well in ("W-101", "W101", "Well-101"):
        assert take(strangers, tmp_path, text.format(well=well), new_wells=True).refused == "wells_unknown"
    assert take(strangers, tmp_path, text.format(well="W-103"), new_wells=True).new_wells == ["W-103"]


# ---- what is stored under a mark ---------------------------------------------------------------------------


def test_a_filler_within_the_limits_is_said_with_its_line(strangers: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"2026-10-01 00:0{n};{ohms}\n" for n, ohms in enumerate((5000, 9999, 4990)))
    found = take(strangers, tmp_path, f"Time;Rиз, кОм\n{rows}", well="101")
    assert found.marked == {"101": {"insulation_resistance": [SECOND]}}
    assert found.checked is not None
    told = [about["lines"] for code, about in found.checked.remarks if code == "import.marked_filler"]
    assert told == [[3]]


def test_a_filler_out_of_its_limits_is_said_once(strangers: Workspace, tmp_path: Path) -> None:
    rows = "2026-10-01 00:00;50\n2026-10-01 00:01;-9999\n"
    found = take(strangers, tmp_path, f"Time;PIP, bar\n{rows}", well="101")
    assert found.marked == {"101": {PIP: [SECOND]}}
    assert "import.sentinels" in found.said
    assert "import.marked_filler" not in found.said


def test_a_jump_there_and_back_is_said(strangers: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"2026-10-01 00:{n:02};{50 + 0.1 * (n % 3) + 20 * (n == 15)}\n" for n in range(30))
    found = take(strangers, tmp_path, f"Time;PIP, bar\n{rows}", well="101")
    assert found.marked == {"101": {PIP: ["2026-10-01T00:15:00Z"]}}
    assert "import.marked_jump" in found.said


# ---- logs --------------------------------------------------------------------------------------------------


def test_each_curve_of_a_log_may_have_a_null_of_its_own(strangers: Workspace, tmp_path: Path) -> None:
    curves = "".join(
        f"<logCurveInfo><mnemonic>{name}</mnemonic><unit>{unit}</unit>{null}</logCurveInfo>"
        for name, unit, null in (
            ("TIME", "s", ""),
            ("PIP", "psi", ""),
            ("TMOT", "degF", "<nullValue>-1</nullValue>"),
        )
    )
    text = (
        '<logs xmlns="http://www.witsml.org/schemas/1series"><log><nameWell>101</nameWell>'
        f"<indexType>date time</indexType><nullValue>-5</nullValue>{curves}"
        "<logData><mnemonicList>TIME,PIP,TMOT</mnemonicList><unitList>s,psi,degF</unitList>"
        "<data>2026-10-01T00:00:00Z,800,200</data><data>2026-10-01T00:01:00Z,-5,-1</data></logData></log></logs>"
    )
    found = take(strangers, tmp_path, text, "log.xml")
    assert series(found) == [(FIRST, near(800 * PSI))]
    assert series(found, sensor="motor_temperature") == [(FIRST, near((200 + 459.67) / 1.8))]


# ---- moments -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("since", [datetime(1, 1, 1), datetime(1601, 1, 1)])
def test_counts_of_a_ten_millionth_of_a_second_begin_where_their_programs_begin(
    strangers: Workspace, tmp_path: Path, since: datetime
) -> None:
    days = datetime(2026, 10, 1) - since
    count = days.days * 864_000_000_000
    text = f"Time;PIP, psi\n{count};800\n{count + 600_000_000};801\n"
    found = take(strangers, tmp_path, text, well="101")
    assert series(found) == [(FIRST, near(800 * PSI)), (SECOND, near(801 * PSI))]


def test_a_year_of_two_figures_may_stand_first_and_the_days_tell_it(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Time;PIP, psi\n26-09-30 00:00;800\n26-10-01 00:00;801\n"
    found = take(strangers, tmp_path, text, well="101")
    assert [at for at, _ in series(found)] == ["2026-09-30T00:00:00Z", FIRST]
    assert "import.date_order" in found.said
    over = "Time;PIP, psi\n25-12-30 00:00;800\n25-12-31 00:00;801\n26-01-01 00:00;802\n"
    assert series(take(strangers, tmp_path, over, well="101"))[2][0] == "2026-01-01T00:00:00Z"
    days = "Time;PIP, psi\n29-09-26 00:00;800\n30-09-26 00:00;801\n01-10-26 00:00;802\n"
    assert series(take(strangers, tmp_path, days, well="101"))[2][0] == FIRST


def test_one_day_whose_year_may_stand_first_is_asked_of(strangers: Workspace, tmp_path: Path) -> None:
    text = "Time;PIP, psi\n26-10-01 00:00;800\n26-10-01 00:01;801\n"
    asked = take(strangers, tmp_path, text, well="101")
    assert asked.refused == "date_order"
    assert asked.details["options"] == {"year": "2026-10-01", "day": "2001-10-26"}
    answered = take(strangers, tmp_path, text, well="101", answers={"date_order": "year"})
    assert [at for at, _ in series(answered)] == [FIRST, SECOND]
