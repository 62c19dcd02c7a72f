"""A relay that stood still in the middle of an insert that partitions cut in three, and wakes when the engine
has forgotten its tokens: with the engine itself and as many inserts as it remembers, not with a store that
plays one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from central import outbox, relay
from central.embedded.embedding import embed
from central.stores.clickhouse import MONTHS_AN_INSERT, READING_COLUMNS, ClickHouse
from central.stores.engine import changing
from central.stores.leases import TAKEN_AFTER_S, Lease
from tests.central.test_two_centres import waiting
from tests.faults import reliability
from tests.profiles import centre_tables

MONTHS = 3 * MONTHS_AN_INSERT
WINDOW = "SELECT create_table_query FROM system.tables WHERE name = 'sensor_readings'"


def _readings(well: int, value: float, months: int) -> pa.Table:
    """One a month; the oldest are of 2014."""
    moments = np.datetime64("2014-01", "M") + np.arange(months)
    columns = [
        np.full(months, well, np.uint32),
        np.ones(months, np.uint8),
        moments.astype("datetime64[us]"),
        np.full(months, value, np.float32),
        np.zeros(months, np.uint8),
    ]
    return pa.table(
        [pa.array(column).cast(field.type) for column, field in zip(columns, READING_COLUMNS, strict=True)],
        schema=READING_COLUMNS,
    )


@pytest.mark.slow
@pytest.mark.parametrize("part", [1, 2, 3])
def test_a_relay_that_wakes_in_the_middle_of_its_months_writes_nothing_over_a_correction(
    tmp_path: Path, rounds: int, part: int
) -> None:
    """Its first, second or last insert of three stands still until ten thousand and one others have come."""
    others = 10_001 if rounds >= 200 else 25
    engine = centre_tables(tmp_path / "centre.sqlite")
    process, second, _ = embed(tmp_path, "127.0.0.1", 0)
    clock = [0.0]
    leases = [Lease(engine, "relay", name, lambda: clock[0]) for name in ("one", "two")]
    try:
        second.prepare()
        if rounds < 200:  # the same in little: it remembers twenty
            _remembers(second, 20)
        assert f"deduplication_window = {10_000 if rounds >= 200 else 20}" in second.query(WINDOW)[0][0]
        first = ClickHouse(second._url, second._user, second._password)

        def puts(table: pa.Table, token: str) -> None:
            with changing(engine) as connection:
                outbox.readings(connection, table, token, "import")

        def delivers(number: int) -> int:
            store = (first, second)[number]
            return relay.deliver(engine, store, None, leases[number].held, still=leases[number].still)

        def others_go_on() -> None:
            clock[0] += TAKEN_AFTER_S + 1
            assert delivers(1) == 1
            puts(_readings(7, 4.0, MONTHS), "correction")
            assert delivers(1) == 1
            for number in range(others):
                second.insert_readings(_readings(8, float(number), 1), f"other {number}", "import")

        puts(_readings(7, 3.0, MONTHS), "first")
        assert (leases[0].held(), leases[1].held()) == (True, False)
        first._client = _StandsStill(first.client(), part, others_go_on)
        assert delivers(0) == 0
        assert first._client.inserts == part, "what comes after it, it has no right to any more"
        asked = "SELECT well_id, value, count() FROM wellside.sensor_readings FINAL GROUP BY ALL ORDER BY ALL"
        assert second.query(asked) == [(7, 4.0, MONTHS), (8, float(others - 1), 1)]
        assert waiting(engine) == 0
    finally:
        process.close()
        engine.dispose()
    reliability.tried(f"a relay asleep at part {part} of its months", others, "inserts of the engine itself")


class _StandsStill:
    """Its client, which sleeps before one of the inserts of readings."""

    def __init__(self, client: Any, part: int, meanwhile: Any) -> None:
        self._client, self._part, self._meanwhile = client, part, meanwhile
        self.inserts = 0

    def insert_arrow(self, *asked: Any, **more: Any) -> None:
        self.inserts += 1
        if self.inserts == self._part:
            self._meanwhile()
        self._client.insert_arrow(*asked, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)


def _remembers(store: ClickHouse, tokens: int) -> None:
    store.command(
        f"ALTER TABLE wellside.sensor_readings MODIFY SETTING non_replicated_deduplication_window = {tokens}"
    )
