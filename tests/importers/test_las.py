"""LAS as loggers write it: 1.2, 2.0 and 3.0, wrapped or not, with dates of two words, nulls run together."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.importers.base import Order
from app.importers.formats.las_file import IMPORTER
from app.importers.sheets import LINE, Sheet
from app.importers.vocabulary import vocabulary

HEAD = """~Version
 VERS. {version} : v
 WRAP. {wrap} : w
 {more}
~Well
 STRT.S 0 : first
 NULL. -999.25 : null
 WELL. 101 : WELL
~Curve
 TIME. : Time
 PIP.psi : Intake pressure
 TMOT.degF : Motor temperature
{data}"""


def las(data: str, version: str = "2.0", wrap: str = "NO", more: str = "") -> str:
    return HEAD.format(version=version, wrap=wrap, more=more, data=data)


def sheets(text: str, encoding: str = "utf-8") -> tuple[Sheet, ...]:
    assert IMPORTER.read is not None
    content = text.encode(encoding)
    assert IMPORTER.recognises(Path("log.txt"), content[:100])
    return IMPORTER.read(Path("log.las"), io.BytesIO(content), Order(vocabulary())).sheets


def rows(text: str) -> list[list[object]]:
    table = sheets(text)[0].table
    return [list(row) for row in zip(*(table.column(f"c{i}").to_pylist() for i in range(3)), strict=True)]


RIGHT = [["2026-10-01T00:00:00", 800.0, 200.0], ["2026-10-01T00:01:00", 801.0, 201.0]]
DATED = [["01.10.2026 00:00:00", 800.0, 200.0], ["01.10.2026 00:01:00", 801.0, 201.0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (las("~A\n2026-10-01T00:00:00 800 200\n2026-10-01T00:01:00 801 201\n"), RIGHT),
        (las("~ASCII\n# a remark\n2026-10-01T00:00:00 800 200\n\n2026-10-01T00:01:00 801 201"), RIGHT),
        (las("~A\n2026-10-01T00:00:00\n 800 200\n2026-10-01T00:01:00\n 801\n 201\n", wrap="YES"), RIGHT),
        (las("~A\n2026-10-01T00:00:00\n 800 200\n2026-10-01T00:01:00\n 801 201\n"), RIGHT),
        (las("~A TIME PIP TMOT\n01.10.2026 00:00:00 800 200\n01.10.2026 00:01:00 801 201\n"), DATED),
        (las("~A\n01.10.2026 00:00:00\n 800 200\n01.10.2026 00:01:00\n 801 201\n", wrap="YES"), DATED),
        (las('~A\n"01.10.2026 00:00:00" 800 200\n"01.10.2026 00:01:00" 801 201\n'), DATED),
        (las("~A\n01.10.2026 00:00:00,800,200\n01.10.2026 00:01:00,801,201\n"), DATED),
        (las("~A\n2026-10-01T00:00:00,800,200\n2026-10-01T00:01:00,801,201", more="DLM. COMMA : d"), RIGHT),
        (las("~A\n01.10.2026 00:00:00\t800\t200\n01.10.2026 00:01:00\t801\t201", more="DLM. TAB :"), DATED),
        (las("~A\r\n2026-10-01T00:00:00 800 200\r\n2026-10-01T00:01:00 801 201\r\n"), RIGHT),
    ],
)
def test_rows_are_parted_however_a_logger_writes_them(text: str, expected: list[list[object]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("t   -999.25-999.25", [None, None]),
        ("t   800.50-999.25", [800.5, None]),
        ("t   -12.5-13.5", [-12.5, -13.5]),
        ("t   1.5e-05 -999.2500", [1.5e-05, None]),
        ("t   NaN 3", [None, 3.0]),
    ],
)
def test_nulls_are_nothing_also_where_no_room_was_left_between_them(line: str, cells: list[object]) -> None:
    assert rows(las(f"~A\n{line}\n"))[0][1:] == cells


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("~A\nt 800 200\nt 801\n", 15),
        ("~A\nt 800 200 7\n", 14),
        ("~A\nt 800 200\nt 801,5 201,5 7\n", 15),
    ],
)
def test_a_row_of_other_width_is_refused_with_its_line(data: str, line: int) -> None:
    with pytest.raises(KnownError) as refused:
        sheets(las(data))
    assert (refused.value.code, refused.value.details["line"]) == ("las_row", line)
    assert refused.value.details["expected"] == 3


def test_a_wrapped_row_that_never_ends_is_refused() -> None:
    with pytest.raises(KnownError) as refused:
        sheets(las("~A\nt\n 800\n", wrap="YES"))
    assert refused.value.code == "las_row"


@pytest.mark.parametrize(
    ("text", "section"), [("~W\n WELL. 1 : w\n~A\n1 2\n", "~V"), ("~V\n VERS. 2.0 : v\n~A\n1 2\n", "~Curve")]
)
def test_a_missing_section_is_named(text: str, section: str) -> None:
    assert IMPORTER.read is not None
    with pytest.raises(KnownError) as refused:
        IMPORTER.read(Path("log.las"), io.BytesIO(text.encode()), Order(vocabulary()))
    assert (refused.value.code, refused.value.details["section"]) == ("las_section", section)


def test_lines_headers_units_and_the_well_are_kept() -> None:
    found = sheets(las("~A\n# remark\nt 800 200\n"))[0]
    assert found.headers == ("Time", "Intake pressure", "Motor temperature")
    assert found.units == ("", "psi", "degF")
    assert found.above[0] == ("Well: 101",)
    assert found.table.column(LINE).to_pylist() == [15]


def test_in_las_1_2_the_value_stands_behind_the_colon() -> None:
    text = las("~A\nt 800 200\n", version="1.2").replace(" WELL. 101 : WELL", " WELL. WELL : 101")
    assert sheets(text)[0].above[0] == ("Well: 101",)


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "utf-8-sig", "utf-16"])
def test_a_log_is_read_in_any_encoding(encoding: str) -> None:
    text = las("~A\nt 800 200\n").replace("Intake pressure", "Давление на приёме")
    if encoding == "utf-16":
        assert IMPORTER.read is not None
        found = IMPORTER.read(Path("l.las"), io.BytesIO(text.encode(encoding)), Order(vocabulary())).sheets
    else:
        found = sheets(text, encoding)
    assert found[0].headers[1] == "Давление на приёме"


LAS_3 = """~Version
VERS. 3.0 : CWLS LAS 3.0
WRAP. NO : one line a step
DLM. COMMA : the delimiter
~Well
NULL. -999.25 : null
WELL. 101 : WELL
~Log_Parameter
MATR. SAND : Matrix {S}
~Log_Definition
TIME.  : Time {YYYY-MM-DDThh:mm:ss}
PIP.psi  : Intake pressure {F10.2} | Log_Parameter
TMOT.degF : Motor temperature {F10.2}
~Log_Data | Log_Definition
2026-10-01T00:00:00,800,-999.25
2026-10-01T00:01:00,801,201
~Tops_Definition
TOPN. : Formation {S}
TOPT.M : Top depth {F}
~Tops_Data | Tops_Definition
"BS10, upper",2100.5
"""


def test_las_3_has_its_log_and_every_other_section_as_a_sheet() -> None:
    log, tops = sheets(LAS_3)
    assert (log.name, tops.name) == ("log", "log (tops)")
    assert log.headers == ("Time", "Intake pressure", "Motor temperature")
    assert log.table.column("c2").to_pylist() == [None, 201.0]
    assert tops.table.column("c0").to_pylist() == ["BS10, upper"]
