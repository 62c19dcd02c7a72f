"""What a DBA is given to run: read as Oracle's SQL as far as a parser goes, about columns that are there."""

from __future__ import annotations

import re
import sys

import pytest
import sqlglot

from central.cli import main
from central.stores.oracle_dba import GROWING, script
from central.stores.tables import METADATA
from central.stores.types import Moment


def test_growing_tables_are_parted_by_a_moment_that_each_row_has() -> None:
    for table, moment in GROWING.items():
        column = METADATA.tables[table].columns[moment]
        assert isinstance(column.type, Moment)
        assert not column.nullable
        assert "parted_by" not in METADATA.tables[table].columns


def test_each_statement_is_one_and_closes_what_it_opens() -> None:
    said = list(script("WELLSIDE", "WELLSIDE_DATA"))
    assert len(said) == 3 + 2 * len(GROWING)
    for statement in said:
        assert ";" not in statement
        assert statement.count("(") == statement.count(")")
        assert len(sqlglot.parse(statement, read="oracle", error_level=sqlglot.ErrorLevel.RAISE)) == 1


def test_a_name_that_is_no_name_makes_no_script(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match="DROP"):
        list(script("X; DROP USER Y", "WELLSIDE_DATA"))
    for owner, code in (("wellside", 0), ("x y", 1)):
        monkeypatch.setattr(sys, "argv", ["central", "oracle", "script", "--owner", owner])
        ended = 0
        try:
            main()
        except SystemExit as end:
            ended = int(str(end.code))
        assert ended == code
    said = capsys.readouterr()
    assert re.search(r"ALTER TABLE WELLSIDE\.record_versions MODIFY PARTITION", said.out)
    assert "value_wrong" in said.err
