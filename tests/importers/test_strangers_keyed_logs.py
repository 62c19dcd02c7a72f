"""Logs whose lines name their values, and points of a database of series: each name is a column."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importers.key_values import blocks_in, form_of
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_machines import psi, read

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
AT = "2026-10-01 08:0{n}:00"


def lines(form: str) -> str:
    """Two lines a minute apart with 800 and 801 psi."""
    return "".join(form.format(n=n, v=800 + n, s=1790841600 + 60 * n) + "\n" for n in range(2))


@pytest.mark.parametrize(
    "form",
    [
        "ts=2026-10-01T08:0{n}:00Z well=101 pip_psi={v} freq_hz=50",
        AT + " well=101, PIP={v} psi, FREQ=50.0 Hz, CURR=30.1 A",
        AT + " WELL: 101 PIP: {v} psi FREQ: 50 Hz",
        AT + ",123 INFO well=101 pip={v}psi freq=50Hz",
        "[" + AT + "] WARN: Well=101; Intake pressure={v} psi; Drive frequency=50 Hz",
        "<134>1 2026-10-01T08:0{n}:00Z rtu escd 211 - - well=101 pip={v} psi freq=50 Hz",
        'level=info time="' + AT + '" well="101" msg="poll: all ok" intake_pressure_psi={v}',
        "Time=" + AT + "|Well=101|PIP={v} psi|Freq=50 Hz",
        "Time: " + AT + "\nWell: 101\nPIP: {v} psi\nFrequency: 50 Hz\n",
        "Время: 01.10.2026 08:0{n}\nСкважина: 101\nРпр = {v} psi\nЧастота = 50 Гц\n-----",
        'esp,well=101,site=a\\ b pip_psi={v},freq_hz=50i,state="ok, on" {s}000000000',
        "pip_psi,well=101 value={v} {s}000000000",
    ],
)
def test_each_name_of_a_line_is_a_column(strangers: Workspace, tmp_path: Path, form: str) -> None:
    found = read(strangers, tmp_path, "rtu.log", lines(form))
    assert psi(found) == [("08:00", 800), ("08:01", 801)]


def test_a_name_that_a_line_does_not_say_has_no_value_there(strangers: Workspace, tmp_path: Path) -> None:
    text = lines("time=" + AT + " well=101 pip_psi={v} freq_hz=50").replace("pip_psi=800 ", "")
    assert psi(read(strangers, tmp_path, "rtu.log", text)) == [("08:01", 801)]


def test_a_moment_without_its_year_is_refused_with_its_line(strangers: Workspace, tmp_path: Path) -> None:
    text = lines("Oct  1 08:0{n}:00 rtu escd[2]: pip={v}psi freq=50Hz")
    found = read(strangers, tmp_path, "syslog", text, well="101")
    assert (found.refused, found.details["value"]) == ("value_not_time", "Oct  1 08:00:00")


def test_of_several_that_write_nobodys_values_are_anothers(strangers: Workspace, tmp_path: Path) -> None:
    text = lines("2026-10-01T08:0{n}:00Z esp-10{n}: pip={v}psi freq=50Hz")
    found = read(strangers, tmp_path, "rtu.log", text, well="102")
    assert found.refused == "wells_unknown"
    alone = read(strangers, tmp_path, "rtu.log", text.replace("esp-100", "esp-101"), well="102")
    assert psi(alone, "102") == [("08:00", 800), ("08:01", 801)]
    assert "import.column_unused" in alone.said


def test_lines_without_pairs_are_told_and_a_torn_end_is_left_out(
    strangers: Workspace, tmp_path: Path
) -> None:
    form = "time=" + AT + " well=101 pip_psi={v} freq_hz=50"
    text = (
        lines(form)
        + "link lost\n" * 1
        + lines(form).replace("08:0", "09:0")
        + "time=2026-10-01 08:05:00 well=101 pip_psi=8"
    )
    found = read(strangers, tmp_path, "rtu.log", text)
    assert {"import.lines_without_pairs", "import.row_cut_off"} <= found.said
    assert psi(found)[-1] == ("09:01", 801)


@pytest.mark.parametrize(
    "text",
    [
        "Intake Pressure=800 Discharge Pressure=2000",
        "well=101 pip=800 pip=801",
        "Motor Temp: 200 F Intake Pressure: 800 psi",
    ],
)
def test_what_can_be_parted_in_two_ways_is_no_such_line(text: str) -> None:
    assert form_of([text, text, text]) is None


def test_a_form_that_comes_once_is_none_of_many() -> None:
    assert blocks_in(["Well: 101", "PIP: 800 psi"]) is None
    assert blocks_in(["Well: 101", "PIP: 800", "PIP: 801", "Well: 102", "PIP: 3"]) is None


def test_a_line_of_a_series_that_is_no_point_is_told(strangers: Workspace, tmp_path: Path) -> None:
    text = "esp,well=101 pip_psi=800 1790841600000000000\n" * 41 + "esp,well=101 pip_psi=\n"
    assert "import.lines_without_pairs" in read(strangers, tmp_path, "a.lp", text).said


def test_a_field_of_two_measurements_says_of_which(strangers: Workspace, tmp_path: Path) -> None:
    text = "esp,well=101 pip_psi=800 1790841600\nmodel,well=101 pip_psi=900 1790841600\n"
    found = read(strangers, tmp_path, "a.lp", text)
    assert found.refused == "no_sensor_column"
