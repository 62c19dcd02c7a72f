"""Whatever in ClickHouse is of a well is asked which numbers are taken before a restored centre gives one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import pytest

from central import restoring
from central.stores import wells
from central.stores.clickhouse import ClickHouse
from central.stores.clickhouse_versions import VERSIONS
from central.stores.engine import reading
from tests.central.test_own_fields import MINE, card, device, of, sent
from tests.profiles import centre_tables

_MADE = re.compile(r"CREATE TABLE IF NOT EXISTS wellside\.(\w+)")
_DROPPED = re.compile(r"DROP TABLE IF EXISTS wellside\.(\w+)")


def _tables_of_wells() -> set[str]:
    """As the schema makes them, without what it has dropped since."""
    statements = [statement for _, _, some in VERSIONS for statement in some]
    of_wells = "\n".join(one for one in statements if "well_id UInt32" in one)
    return {*_MADE.findall(of_wells)} - {*_DROPPED.findall("\n".join(statements))}


class OneRow:
    """ClickHouse with a row of well 700 in one table, and in no other."""

    def __init__(self, table: str) -> None:
        self._asked = f"SELECT max(well_id) FROM wellside.{table}"

    def prepare(self) -> None:
        """It is."""

    def query(self, sql: str) -> list[Any]:
        return [(700 if sql == self._asked else 0,)]


@pytest.mark.parametrize("table", sorted(_tables_of_wells()))
def test_a_new_well_has_no_number_under_which_a_table_has_rows(tmp_path: Path, table: str) -> None:
    """Readings are kept for a while only: what was made of them, and names on boards, were not asked."""
    engine = centre_tables(tmp_path / "centre.sqlite")
    restoring.number_on(engine, cast(ClickHouse, OneRow(table)))
    assert sent(engine, device(engine, MINE), of("card", MINE, card())).status == "accepted"
    with reading(engine) as connection:
        assert [int(well.id) for well in wells.all_wells(connection)] == [701]
    engine.dispose()
