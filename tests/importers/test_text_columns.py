"""What parts the columns of a text."""

from __future__ import annotations

import io
from pathlib import Path
from time import process_time

import pytest

from app.core.errors import KnownError
from app.importers.base import Order
from app.importers.opening import choose_by_head
from app.importers.text_columns import COMMENT, Spaces, cells_of, columns_of, without_mark
from app.importers.vocabulary import vocabulary

HERE = Path("file.txt")
UNITLESS = "API RP 11L DESIGN\nWell 101\n\nRod string\nTaper   Diameter   Length\n1   0.875   2000\n"
"""A report of a rod program without a unit."""


def _rows(text: str) -> list[list[str]]:
    lines = text.splitlines(keepends=True)
    return list(columns_of(HERE, lines).rows(lines))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Date Time P T\n01.10.2026 00:00 50,5 98,1\n",
            [["Date", "Time", "P", "T"], ["01.10.2026", "00:00", "50,5", "98,1"]],
        ),
        (
            "Time P\n2026-10-01 00:00:00 50.5\n2026-10-01 00:01:00 50.6\n",
            [["Time", "P"], ["2026-10-01 00:00:00", "50.5"], ["2026-10-01 00:01:00", "50.6"]],
        ),
        (
            "Intake pressure   Motor T\n50.5              98.1\n51                98\n",
            [["Intake pressure", "Motor T"], ["50.5", "98.1"], ["51", "98"]],
        ),
        ("# t  p\n0.0  1.5\n0.1  1.6\n", [["t", "p"], ["0.0", "1.5"], ["0.1", "1.6"]]),
        ("  1  4000\n  2  4100\n", [["1", "4000"], ["2", "4100"]]),
        (
            'Well "Intake pressure"\n101 50\n102 51\n',
            [["Well", "Intake pressure"], ["101", "50"], ["102", "51"]],
        ),
        ("a\tb c\n1\t2 3\n", [["a", "b c"], ["1", "2 3"]]),
        ("Дата;Рпр\n01.10.2026 00:00;50,5\n", [["Дата", "Рпр"], ["01.10.2026 00:00", "50,5"]]),
        ("Date,P\n2026-10-01 00:00,50\n", [["Date", "P"], ["2026-10-01 00:00", "50"]]),
    ],
    ids=["clock", "dated", "wide", "marked", "numbers", "quoted", "tab", "semicolon", "comma"],
)
def test_columns_are_parted_by_what_parts_most_lines_alike(text: str, rows: list[list[str]]) -> None:
    assert _rows(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "Only prose is here\nand it has lines of words\nof any length\n",
        "one\ntwo\n",
        "Date\n2026-10-01 00:00\n",
    ],
)
def test_prose_and_a_single_column_are_no_table(text: str) -> None:
    with pytest.raises(KnownError) as refused:
        _rows(text)
    assert refused.value.code == "csv_no_columns"


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("# made by a logger", True),
        ("// note", True),
        ("! note", True),
        ("#101;50", False),
        ("# 101", False),
        ("#N/A;50", False),
        ("#ДЕЛ/0!;1", False),
        ("-50;1", False),
        ("--;1", False),
    ],
)
def test_a_comment_is_told_from_a_well_and_from_a_word_of_a_spreadsheet(line: str, is_one: bool) -> None:
    assert (COMMENT.match(line) is not None) == is_one


def test_white_space_is_respaced_line_by_line() -> None:
    lines = ["a  b\n", "1  2\n", "\n", "3  4\n"]
    columns = columns_of(HERE, lines)
    source = io.BufferedReader(columns.bytes_of(io.BytesIO("".join(lines).encode())))  # type: ignore[arg-type]
    assert source.read() == b"a\tb\n1\t2\n\n3\t4\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "RODSTAR-V 3.2  Rod String Design\nTaper   Diameter (in)   Length (ft)\n1   0.875   2000\n",
            "rod_text",
        ),
        (UNITLESS, "rod_text"),
        ("RODSTAR\nTaper;Diameter (in);Length (ft)\n1;0.875;2000\n", "text_table"),
        ("Well,Program,Taper\n101,RODSTAR,2\n", "text_table"),
        ("Скважина;Расчёт RP11L;Ступень\n101;да;2\n", "text_table"),
        ("Date;Intake pressure\n1;2\n", "text_table"),
    ],
)
def test_a_report_of_a_rod_program_is_told_from_a_table(text: str, key: str) -> None:
    assert choose_by_head(HERE, text.encode()).key == key


def test_a_report_of_a_rod_program_is_refused_where_no_unit_is_named() -> None:
    importer = choose_by_head(HERE, UNITLESS.encode())
    assert importer.key == "rod_text"
    assert importer.read is not None
    with pytest.raises(KnownError) as refused:
        importer.read(HERE, io.BytesIO(UNITLESS.encode()), Order(vocabulary()))
    assert (refused.value.code, refused.value.details["program"]) == ("rod_text", "RP 11L")


@pytest.mark.parametrize(
    ("line", "dated", "cells"),
    [
        ("01.10.2026 00:00 5", True, ["01.10.2026 00:00", "5"]),
        ("01.10.2026 00:00 5", False, ["01.10.2026", "00:00", "5"]),
        ("01-Oct-26 00:00:00,5 PM x", True, ["01-Oct-26 00:00:00,5 PM", "x"]),
        ("2026-10-01   08:00\t7", True, ["2026-10-01 08:00", "7"]),
        ("01.10.2026 5 00:00", True, ["01.10.2026", "5", "00:00"]),
        ('"a b" c', False, ["a b", "c"]),
        ("", False, []),
    ],
)
def test_white_space_parts_cells_but_quotes_and_where_it_is_said_a_date_and_its_clock_do_not(
    line: str, dated: bool, cells: list[str]
) -> None:
    assert cells_of(line, dated=dated) == cells
    assert Spaces(False, dated).cut(line) == cells


def test_where_columns_are_wide_one_space_is_no_end_and_a_mark_before_a_header_is_none() -> None:
    assert Spaces(True, False).cut("  Intake pressure   Motor T\tx ") == ["Intake pressure", "Motor T", "x"]
    assert Spaces(True, False).cut("# Time  PIP") == ["Time", "PIP"]
    assert without_mark("// t p") == "t p"
    assert without_mark("#101") == "#101"


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b\n1,5;2,5\n", ";"),
        ("a,b\n1,2\n", ","),
        ("a|b\n1|2\n", "|"),
        ("a\tb\n1\t2\n", "\t"),
        ("a;b,c\n1;2,5\n2;3,5\n", ";"),
        ("a,b,c\n1;5,2,3\n1;6,2,3\n", ","),
        ("x\na;b;c\n1;2;3\n4;5;6\n", ";"),
        ("# comment, with, commas\na;b\n1;2\n", ";"),
    ],
)
def test_a_separator_is_the_one_that_cuts_most_lines_alike(text: str, separator: str) -> None:
    found = columns_of(HERE, text.splitlines(keepends=True))
    assert (found.separator, found.spaces) == (separator, None)


def test_commas_within_numbers_part_no_columns() -> None:
    found = columns_of(HERE, ["t  p\n", "0,1  1,5\n", "0,2  1,6\n"])
    assert found.spaces is not None
    assert _rows("t p\n0,1 1,5\n0,2 1,6\n") == [["t", "p"], ["0,1", "1,5"], ["0,2", "1,6"]]


def test_the_refusal_shows_the_first_line_that_says_anything() -> None:
    with pytest.raises(KnownError) as refused:
        columns_of(HERE, ["\n", "word " + "x" * 100 + "\n"])
    assert refused.value.details == {"file": "file.txt", "header": ("word " + "x" * 100)[:80]}


def parted_by(*lines: str) -> str:
    """The separator; empty where white space parts them, a question mark where nothing does."""
    try:
        found = columns_of(HERE, [line + "\n" for line in lines])
    except KnownError:
        return "?"
    return found.separator if found.spaces is None else ""


@pytest.mark.parametrize(
    ("lines", "separator"),
    [
        # three columns say more than two
        (("a;b|c|d", "1;2|3|4"), "|"),
        (("a|b;c;d", "1|2;3;4"), ";"),
        # of widths that are as frequent the wider one counts
        (("a;b", "c;d", "1|2|x;3;x;4", "5|6|x;7;x;8"), ";"),
        # over twenty columns a further one says nothing
        (("|".join("abcdefghijklmnopqrst") + ";" * 20, "|".join("0" * 20) + ";" * 20), ";"),
        # a comma in all lines is less than a semicolon in three of four, and more than one in two of them
        (("a;x,x", "b;x,x", "c;x,x", "d,x"), ";"),
        (("a;x,x", "b;x,x", "cx,x", "dx,x"), ","),
    ],
)
def test_of_two_separators_that_one_is_it_that_cuts_more_lines_into_more_columns(
    lines: tuple[str, ...], separator: str
) -> None:
    assert parted_by(*lines) == separator


@pytest.mark.parametrize(
    ("lines", "is_table"),
    [
        (("ab cd ef gh ij", "xx yy zz 1 2"), True),
        (("ab cd ef gh ij", "xx yy zz ww 2"), False),
        (("ab cd ef gh ij", "xx yy zz 1 2", "xx yy zz 3 4"), True),
        (("ab cd ef gh ij", "xx yy zz 1 2", "xx yy zz ww 4"), False),
        (("ab cd", "1 2", "3 4", "words", "more of these"), True),
        (("ab cd", "1 2", "3 4 x", "words", "more of these words"), False),
        (("ab 1 2 3",), False),
        (("1", "2", "3"), False),
        (("ab cd", "1 2"), True),
    ],
)
def test_white_space_parts_a_table_where_six_lines_of_ten_are_alike_and_two_cells_of_five_have_figures(
    lines: tuple[str, ...], is_table: bool
) -> None:
    """The header beside them has none."""
    assert parted_by(*lines) == ("" if is_table else "?")


def test_white_space_within_quotes_that_commas_part_is_no_end_of_a_column() -> None:
    quoted = ('"Well 1","5 6"', '"Well 2","7 8"')
    assert parted_by(*quoted, "1 2 3", "4 5 6") == ","
    assert parted_by(quoted[0], "1 2 3", "4 5 6") == ""


def test_of_two_ways_to_take_spaces_that_one_is_it_that_gives_more_columns_up_to_twenty() -> None:
    assert _rows("a b  c d\n1 2  3 4\n") == [["a", "b", "c", "d"], ["1", "2", "3", "4"]]
    wide = "  ".join("0" for _ in range(19))
    assert _rows(f"{wide}  a b\n{wide}  1 2\n")[1][19:] == ["1 2"]
    narrow = "  ".join("0" for _ in range(18))
    assert _rows(f"{narrow}  a b\n{narrow}  1 2\n")[1][18:] == ["1", "2"]


def test_a_long_line_that_is_nearly_a_rule_is_looked_at_once() -> None:
    """Once for each of its characters it took longer than a reader is waited for."""
    began = process_time()
    columns = columns_of(HERE, ["Time;P\n", "1;2\n", "-" * 40_000 + "x\n", "3;4\n"])
    assert columns.separator == ";"
    assert process_time() - began < 1.0
