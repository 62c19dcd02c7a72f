"""A block that is sent again after a lost reply is there once: ClickHouse knows it by its token, and
it is announced only when it is there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from clickhouse_connect.driver.exceptions import DatabaseError, OperationalError

from app.core.errors import KnownError
from central import outbox, relay
from central.stores import clickhouse as clickhouse_store
from central.stores.clickhouse import ClickHouse
from central.stores.engine import changing
from tests.profiles import centre_tables

AT = datetime(2026, 10, 10, tzinfo=UTC)


class Driver:
    """As ClickHouse does it: a token that was seen writes nothing, a block without one always does."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.tokens: set[str] = set()
        self.replies_lost = 0
        self.order: list[str] = []

    def insert_arrow(self, table: str, content: pa.Table, settings: dict[str, str]) -> None:
        self._take(table, content.num_rows, settings)

    def raw_insert(self, table: str, insert_block: bytes, fmt: str, settings: dict[str, str]) -> None:
        self._take(table, insert_block.count(b"\n") + 1, settings)

    def query(self, *_: Any, **__: Any) -> Any:
        return SimpleNamespace(result_rows=[])

    def command(self, *_: Any, **__: Any) -> None:
        """What undoing remembers."""

    def _take(self, table: str, rows: int, settings: dict[str, str]) -> None:
        token = settings.get("insert_deduplication_token", "")
        self.order.append(table)
        if not token or token not in self.tokens:
            self.tokens.add(token)
            self.rows[table] = self.rows.get(table, 0) + rows
        if self.replies_lost:
            self.replies_lost -= 1
            raise ConnectionResetError("the reply is lost")


@pytest.fixture
def driver() -> Driver:
    return Driver()


@pytest.fixture
def clickhouse(driver: Driver) -> ClickHouse:
    made = ClickHouse("http://127.0.0.1:9", "x", "y")
    made._client = driver
    made.forget_client = lambda: None  # type: ignore[method-assign]
    return made


def readings(n: int = 3) -> pa.Table:
    return pa.table(
        {
            "well_id": np.ones(n, np.uint32),
            "sensor_type": np.ones(n, np.uint8),
            "timestamp": pa.array([AT] * n, pa.timestamp("us", tz="UTC")),
            "value": np.zeros(n, np.float32),
            "quality": np.zeros(n, np.uint8),
        }
    )


def test_readings_whose_reply_was_lost_are_there_once(clickhouse: ClickHouse, driver: Driver) -> None:
    driver.replies_lost = 1
    with pytest.raises(KnownError, match="clickhouse_down"):
        clickhouse.insert_readings(readings(), "import/0", "test")
    assert "wellside.ingest_log" not in driver.rows, "not announced before it is known to be there"
    clickhouse.insert_readings(readings(), "import/0", "test")
    assert driver.rows["wellside.sensor_readings"] == 3
    assert driver.order[-1] == "wellside.ingest_log"


def test_lines_whose_reply_was_lost_are_there_once(clickhouse: ClickHouse, driver: Driver) -> None:
    driver.replies_lost = 1
    with pytest.raises(KnownError, match="clickhouse_down"):
        clickhouse.insert_rows("dynamograms", b"{}\n{}", "card/1", [(1, AT, AT, 2)], "test")
    clickhouse.insert_rows("dynamograms", b"{}\n{}", "card/1", [(1, AT, AT, 2)], "test")
    assert driver.rows["wellside.dynamograms"] == 2
    assert driver.order == ["wellside.dynamograms", "wellside.dynamograms", "wellside.ingest_log"]


def test_the_same_readings_of_another_block_are_another_block(clickhouse: ClickHouse, driver: Driver) -> None:
    for token in ("import/0", "import/1"):
        clickhouse.insert_readings(readings(), token, "test")
    assert driver.rows["wellside.sensor_readings"] == 6


def test_nothing_to_announce_is_not_announced(clickhouse: ClickHouse, driver: Driver) -> None:
    clickhouse.announce("dynamograms", [], 0, "test")
    assert driver.order == []


def test_what_the_outbox_holds_goes_under_the_token_it_was_put_in_with(
    clickhouse: ClickHouse, driver: Driver
) -> None:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, readings().schema) as writer:
        writer.write_table(readings())
    row = {
        "target": "sensor_readings",
        "row_format": "Arrow",
        "token": "import/7",
        "content": sink.getvalue().to_pybytes(),
    }
    driver.replies_lost = 1
    with pytest.raises(KnownError, match="clickhouse_down"):
        relay._carry(clickhouse, [row], {})
    assert relay._carry(clickhouse, [row], {}) == []
    assert driver.tokens >= {"import/7"}
    assert driver.rows["wellside.sensor_readings"] == 3


def test_batches_are_numbered_upwards_whatever_the_clock_does(
    clickhouse: ClickHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for now_us in (1_000, 1_000, 5, 2_000):
        monkeypatch.setattr("central.stores.clickhouse.time.time_ns", lambda us=now_us: us * 1000)
        found.append(clickhouse.next_batch())
    assert found == [1_000, 1_001, 1_002, 2_000]


def test_a_server_that_nobody_reaches_is_down_and_one_that_refuses_is_not() -> None:
    with pytest.raises(KnownError, match="clickhouse_down"):
        ClickHouse("http://127.0.0.1:9", "x", "y").query("SELECT 1")
    for error, down in (
        (OperationalError("Connection refused executing HTTP request attempt 2"), True),
        (DatabaseError("server response: code: 202. too many queries"), True),
        (DatabaseError("server response: code: 62. syntax"), False),
    ):
        assert isinstance(clickhouse_store._known(error), KnownError) is down


@pytest.mark.parametrize(
    ("refusal", "set_aside_after"),
    [("code: 27. cannot parse", 1), ("code: 36. bad arguments", 5), ("code: 252. too many parts", None)],
)
def test_a_row_that_a_server_refuses_stands_in_nobodys_way_and_its_trouble_is_waited_out(
    clickhouse: ClickHouse, driver: Driver, refusal: str, set_aside_after: int | None
) -> None:
    """Years in one file were `too many parts`, and the relay stood before it for ever."""

    def refusing(*_: Any, **__: Any) -> None:
        raise DatabaseError(refusal)

    driver.raw_insert = refusing  # type: ignore[method-assign]
    row = {"id": 7, "target": "flow_rates", "row_format": "JSONEachRow", "token": "t"}
    row["content"] = b'{"well_id":1,"timestamp":"2026-10-10T00:00:00Z"}'
    refusals: dict[int, int] = {}
    for tried in range(1, 9):
        if tried == set_aside_after:
            assert [one["id"] for one, _ in relay._carry(clickhouse, [row], refusals)] == [7]
            return
        with pytest.raises(KnownError, match="clickhouse_down"):
            relay._carry(clickhouse, [row], refusals)
    assert set_aside_after is None


def test_a_row_waits_in_the_outbox_until_it_is_there(
    clickhouse: ClickHouse, driver: Driver, tmp_path: Path
) -> None:
    """Whatever happens between the sending and the answer."""
    engine = centre_tables(tmp_path / "centre.sqlite")
    with changing(engine) as connection:
        line = b'{"well_id":1,"timestamp":"2026-10-10T00:00:00Z"}'
        outbox.add(connection, "flow_rates", "r/1", "JSONEachRow", line)
    driver.replies_lost = 1
    with pytest.raises(KnownError, match="clickhouse_down"):
        relay.deliver(engine, clickhouse)
    assert relay.deliver(engine, clickhouse) == 1
    assert relay.deliver(engine, clickhouse) == 0
    assert driver.rows["wellside.flow_rates"] == 1
    engine.dispose()
