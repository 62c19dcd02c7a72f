"""What a laptop may ask of readings: names and values, its own wells, and never SQL."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pytest

from app.core.clock import iso
from app.core.errors import KnownError
from app.sync.queries import NAMED, QUERIES, Asked, Query
from app.sync.transports.base import Part
from app.sync.transports.clickhouse import ClickHouseReader
from app.sync.transports.rest import Rest
from app.sync.transports.rest_reader import RestReader
from central.api.limits import AtOnce
from central.embedded.embedding import may_ask
from central.embedded.process import EngineProcess
from central.stores.clickhouse import ClickHouse
from tests.central.test_api import entry, send
from tests.central.test_streams import until
from tests.centre_process import AT, CentreProcess, new_field

HOSTILE_SQL = (
    "SELECT 1 INTO OUTFILE '/tmp/wellside-attack'",
    "SELECT * FROM file($$/etc/passwd$$, LineAsString)",
    "SELECT * FROM url('http://127.0.0.1/', 'CSV')",
    "SELECT * FROM sqlite('/tmp/centre.sqlite', 'devices')",
    "SELECT count() FROM wellside.sensor_readings SETTINGS additional_table_filters = {}",
    "SELECT * FROM wellside.readings_hour",
    "SELECT * FROM system.query_log",
    "SELECT * FROM system.tables",
    "SELECT name, value, readonly FROM system.settings LIMIT 10000 UNION ALL SELECT 1, 2, 3",
    "DROP TABLE wellside.sensor_readings",
    "INSERT INTO wellside.ingest_log FORMAT JSONEachRow {}",
    "SELECT * FROM executable('x', 'CSV', 'a Int8')",
    "SYSTEM SHUTDOWN",
)


@pytest.fixture(scope="module")
def two_fields(centre: CentreProcess) -> Iterator[dict[str, Any]]:
    """field → (a client of its device, the numbers of its wells); one reading each."""
    made: dict[str, Any] = {}
    for field in (new_field(), new_field()):
        client = centre.client(centre.token(field))
        send(client, entry(field))
        row = {"well": f"{field}/5/123", "sensor": "intake_pressure", "timestamp": iso(AT), "value": 5e6}
        assert client.post("/v1/readings", json={"readings": [row]}).json()["taken"] == 1
        made[field] = (client, centre.numbers(field))
    yield made
    for client, _ in made.values():
        client.close()


def asked(wells: list[int]) -> dict[str, Any]:
    return {
        "wells": wells,
        "since": "2026-01-01T00:00:00Z",
        "first": "2026-01-01T00:00:00Z",
        "last": "2027-01-01T00:00:00Z",
        "after": "2026-01-01 00:00:00",
        "until": "2100-01-01 00:00:00",
        "target": "sensor_readings",
    }


def rows(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return list(pa.ipc.open_stream(answer.content).read_all().to_pylist())


@pytest.mark.slow
def test_a_device_gets_its_own_wells_whichever_it_asks_for(two_fields: dict[str, Any]) -> None:
    everybody = [number for _, numbers in two_fields.values() for number in numbers]
    for client, _ in two_fields.values():  # hours are made every few seconds
        until(lambda client=client: bool(rows(client.post("/v1/read/hours", json=asked(everybody)))))
    for client, numbers in two_fields.values():
        for name in ("readings", "coarse", "months", "announced", "sums", "hours", "ingest_log"):
            found = rows(client.post(f"/v1/read/{name}", json=asked(everybody)))
            assert {row["well_id"] for row in found} == set(numbers), name


def test_how_far_the_centre_is_with_other_fields_is_told_to_nobody(two_fields: dict[str, Any]) -> None:
    (mine, _), (_, theirs) = two_fields.values()
    assert rows(mine.post("/v1/read/newest", json=asked(theirs)))[0]["n"] == 0
    for query in QUERIES:
        of_theirs = mine.post(f"/v1/read/{query.name}", json=asked(theirs))
        of_nobody = mine.post(f"/v1/read/{query.name}", json=asked([4_000_000_000]))
        assert rows(of_theirs) == rows(of_nobody), query.name


@pytest.mark.parametrize("text", HOSTILE_SQL)
def test_sql_is_neither_a_name_nor_a_value(two_fields: dict[str, Any], text: str) -> None:
    client = next(iter(two_fields.values()))[0]
    assert client.post(f"/v1/read/{text.replace('/', '%2F')}", json=asked([1])).status_code == 404
    for changed in ({"target": text}, {"after": text}, {"wells": [text]}, {"first": text}, {"sql": text}):
        assert client.post("/v1/read/announced", json={**asked([1]), **changed}).status_code == 422
    assert not Path("/tmp/wellside-attack").exists()


def test_a_token_of_a_device_opens_no_clickhouse(centre: CentreProcess) -> None:
    token = centre.token(new_field())
    for user in ("wellside", "wellside_read", "wellside_ingest", "operator", "default", "x", ""):
        answer = httpx.post(
            f"http://127.0.0.1:{centre.clickhouse_port}/",
            content=b"SELECT 1",
            headers={"X-ClickHouse-User": user, "X-ClickHouse-Key": token},
        )
        assert answer.status_code == 403, user


def test_the_engine_itself_reaches_neither_files_nor_addresses_nor_secrets(centre: CentreProcess) -> None:
    """Were the front got round: the operator's own account stands for whoever did it."""
    if '"confined": "files and TCP"' not in centre.log.read_text():
        pytest.skip("this kernel has no Landlock for files and TCP: nothing confines the engine")
    operator = centre.operator()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        for hostile in (
            "SELECT * FROM file('/etc/passwd', 'LineAsString')",
            f"SELECT * FROM file('{centre.folder}/centre.sqlite', 'LineAsString')",
            f"SELECT * FROM sqlite('{centre.folder}/centre.sqlite', 'devices')",
            f"INSERT INTO FUNCTION file('{centre.folder}/written.csv', 'CSV') SELECT 1",
            f"SELECT * FROM url('http://127.0.0.1:{port}/', 'CSV', 'a String') SETTINGS http_max_tries = 1",
        ):
            with pytest.raises(Exception, match=r"(?i)permission denied|unable to open"):
                operator.command(hostile)
    told = operator.query("SELECT * FROM file('/proc/self/environ', 'LineAsString')").result_rows
    operator.close()
    assert "WELLSIDE" not in str(told)
    assert not (centre.folder / "written.csv").exists()


@pytest.mark.slow
def test_a_clickhouse_that_is_asked_directly_hears_the_named_statements_alone(
    tmp_path: Path,
) -> None:
    """As a site's read-only account would be tried: it serves the transport whole, and no attack."""
    accounts = {"writer": ("w", None), "laptop": ("secret", may_ask())}
    engine = EngineProcess(tmp_path / "clickhouse", "127.0.0.1", 0, accounts)
    try:
        address = f"http://127.0.0.1:{engine.port}"
        ClickHouse(address, "writer", "w").prepare()
        for password, code in (("wrong", "clickhouse_token"), ("w", "clickhouse_token")):
            with pytest.raises(KnownError, match=code):
                ClickHouseReader(address, "laptop", password).newest([1])
        reader = ClickHouseReader(address, "laptop", "secret")
        part = Part(1, AT, AT)
        assert reader.newest([1]) == ""
        assert (reader.months([1], AT), reader.card_months([1], AT), reader.cards(part)) == ([], [], [])
        assert reader.announced([1], "2026-01-01 00:00:00", "2026-01-02 00:00:00") == []
        assert reader.sums([1], AT) == {}
        assert [table.num_rows for table in reader.readings(part)] in ([], [0])
        assert [table.num_rows for table in reader.readings(part, coarse=True)] in ([], [0])
        for text in HOSTILE_SQL:
            with pytest.raises(KnownError, match="clickhouse_refused"):
                list(reader.tables(Query("attack", text), {}))
        reader.close()
    finally:
        engine.close()


@pytest.mark.slow
def test_an_engine_that_dies_is_started_again_on_the_same_address(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path / "clickhouse", "127.0.0.1", 0, {"writer": ("w", None)})
    try:
        store = ClickHouse(f"http://127.0.0.1:{engine.port}", "writer", "w")
        assert store.ping()
        engine._process.kill()
        until(store.ping)
    finally:
        engine.close()


def test_an_answer_that_breaks_off_is_no_short_answer(centre: CentreProcess) -> None:
    from tests.sync.test_transports import answering

    table = pa.table({"well_id": pa.array([1], pa.uint32())})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    with answering(200, sink.getvalue().to_pybytes()[:-20]) as (port, _):
        rest = Rest(f"http://127.0.0.1:{port}", "t")
        with pytest.raises(KnownError) as caught:
            list(RestReader(rest).tables(NAMED["newest"], {"wells": [1]}))
        rest.close()
    assert (caught.value.code, caught.value.retry) == ("centre_unreachable", True)


def test_a_query_without_all_its_values_is_not_asked() -> None:
    assert NAMED["readings"].bound(Asked(wells=[1])) is None
    assert NAMED["newest"].bound(Asked(wells=[1])) == {"wells": [1]}


def test_a_device_has_so_many_questions_open_and_others_are_let_in() -> None:
    reads = AtOnce(2)
    with reads.one("a") as first, reads.one("a") as second, reads.one("a") as third, reads.one("b") as other:
        assert (first, second, third, other) == (True, True, False, True)
    with reads.one("a") as again:
        assert again
