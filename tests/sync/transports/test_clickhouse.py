"""What the driver of ClickHouse is asked and what is made of its answers and troubles; without a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import clickhouse_connect
import pyarrow as pa
import pytest
from clickhouse_connect.driver.exceptions import DatabaseError, OperationalError
from urllib3.exceptions import ProtocolError

from app.core.errors import KnownError
from app.core.jobs import Cancelled
from app.sync.queries import NEWEST
from app.sync.transports.clickhouse import ClickHouseReader


class Driver:
    """`answers`: what each query gives in turn, or raises; an error in a list is raised there."""

    def __init__(self) -> None:
        self.made: list[dict[str, Any]] = []
        self.asked: list[tuple[str, Any]] = []
        self.closed = 0
        self.answers: list[list[Any] | BaseException] = []

    def __call__(self, **options: Any) -> Driver:
        self.made.append(options)
        return self

    @contextmanager
    def query_arrow_stream(self, sql: str, parameters: dict[str, Any]) -> Iterator[Iterator[Any]]:
        self.asked.append((sql, parameters))
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        yield self._told(answer)

    def _told(self, answer: list[Any]) -> Iterator[Any]:
        for one in answer:
            if isinstance(one, BaseException):
                raise one
            yield one

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Driver:
    made = Driver()
    monkeypatch.setattr(clickhouse_connect, "get_client", made)
    return made


def table(*numbers: int) -> pa.Table:
    return pa.table({"n": list(numbers)})


def read(reader: ClickHouseReader) -> list[list[int]]:
    found = list(reader.tables(NEWEST, {"wells": [7]}))
    assert all(isinstance(one, pa.Table) for one in found)
    return [one.column("n").to_pylist() for one in found]


def refused(reader: ClickHouseReader) -> KnownError:
    with pytest.raises(KnownError) as caught:
        read(reader)
    return caught.value


def test_a_question_is_asked_in_its_own_words_and_answered_piece_by_piece(driver: Driver) -> None:
    reader = ClickHouseReader("http://localhost", "u", "p")
    driver.answers += [[table(1, 2), table(3).to_batches()[0]], []]
    assert read(reader) == [[1, 2], [3]]
    assert read(reader) == []
    assert driver.asked == [(NEWEST.sql, {"wells": [7]})] * 2
    assert len(driver.made) == 1, "one connection for all questions"
    assert driver.closed == 0
    reader.close()
    reader.close()
    assert driver.closed == 1


@pytest.mark.parametrize(
    ("address", "port", "secure"),
    [
        ("https://ch.example", 8443, True),
        ("https://ch.example:9443", 9443, True),
        ("http://localhost", 8123, False),
        ("http://localhost:18123", 18123, False),
    ],
)
def test_it_is_connected_to_the_place_that_is_named_and_never_unverified(
    driver: Driver, address: str, port: int, *, secure: bool
) -> None:
    driver.answers.append([])
    read(ClickHouseReader(address, "u", "p", ca_file="own.pem", proxy="http://proxy"))
    [made] = driver.made
    assert (made["host"], made["port"], made["secure"]) == (address.split("/")[2].split(":")[0], port, secure)
    assert (made["username"], made["password"], made["verify"]) == ("u", "p", True)
    assert (made["ca_cert"], made["https_proxy"]) == ("own.pem", "http://proxy")
    assert (made["query_retries"], made["autogenerate_session_id"]) == (0, False)
    assert (made["connect_timeout"], made["send_receive_timeout"]) == (10, 120), (
        "who is away is not waited for"
    )
    assert made["compress"] == ("lz4" if secure else False)
    driver.answers.append([])
    read(ClickHouseReader(address, "u", "p"))
    assert (driver.made[1]["ca_cert"], driver.made[1]["https_proxy"]) == (None, None)


POOL = "HTTPSConnectionPool(host='ch.example', port=8443): Max retries exceeded"


@pytest.mark.parametrize(
    ("error", "code", "reason"),
    [
        (DatabaseError("code: 516, who is that"), "clickhouse_token", "code: 516, who is that"),
        (DatabaseError("no table (for url http://x)"), "clickhouse_refused", "no table"),
        (OperationalError("slow " * 100), "clickhouse_unreachable", ("slow " * 100)[:200]),
        (ProtocolError("cut off"), "clickhouse_unreachable", "cut off"),
        (pa.ArrowInvalid("no stream"), "clickhouse_unreachable", None),
        (ConnectionResetError("gone"), "clickhouse_unreachable", "gone"),
        (OperationalError(f"{POOL}: timed out"), "clickhouse_unreachable", "timed out"),
        (OperationalError(f"{POOL}: reset by peer"), "clickhouse_unreachable", "reset by peer"),
        (OperationalError(f"{POOL}: x"), "clickhouse_unreachable", "OperationalError"),
        (OperationalError("HTTPConnectionPool(host='a'): x"), "clickhouse_unreachable", "OperationalError"),
    ],
)
@pytest.mark.parametrize("before", [0, 1])
def test_each_trouble_is_told_by_its_kind_and_its_connection_is_not_used_again(
    driver: Driver, error: Exception, code: str, reason: str | None, before: int
) -> None:
    """Also of an answer that breaks off after a piece of it."""
    reader = ClickHouseReader("http://localhost", "u", "p")
    driver.answers += [[table(1)] * before + [error] if before else error, [table(2)]]
    told = refused(reader)
    assert (told.code, told.retry) == (code, code == "clickhouse_unreachable")
    assert reason is None or told.details["reason"] == reason
    assert driver.closed == 1
    assert read(reader) == [[2]]
    assert len(driver.made) == 2


@pytest.mark.parametrize(
    "error",
    [KnownError("card_bad"), Cancelled(), KeyboardInterrupt(), ZeroDivisionError(), ValueError("ours")],
)
def test_what_is_no_trouble_of_the_network_goes_on_as_it_is_and_closes_nothing(
    driver: Driver, error: BaseException
) -> None:
    driver.answers.append(error)
    with pytest.raises(type(error)) as caught:
        read(ClickHouseReader("http://localhost", "u", "p"))
    assert caught.value is error
    assert driver.closed == 0
