"""Measurements that other systems send, as rows, tables and files: each is taken once."""

from __future__ import annotations

import contextlib
import gzip
import io
from typing import Any

import httpx
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.core.clock import iso, to_us
from tests.central.test_api import entry, send
from tests.centre_process import AT, CentreProcess, new_field


def test_readings_come_as_json_arrow_and_parquet_and_the_same_again_is_nothing_new(
    centre: CentreProcess,
) -> None:
    field = new_field()
    with centre.client(centre.token(field)) as client:
        send(client, entry(field))
        n = 1_000
        table = pa.table(
            {
                "well": [f"{field}/5/123"] * n,
                "sensor": ["intake_pressure"] * n,
                "value": np.linspace(5, 6, n),
                "unit": ["MPa"] * n,
                "timestamp": pa.array(to_us(AT) + np.arange(n) * 1_000_000, pa.timestamp("us", tz="UTC")),
            }
        )
        arrow, parquet = io.BytesIO(), io.BytesIO()
        with pa.ipc.new_stream(arrow, table.schema) as writer:
            writer.write_table(table)
        pq.write_table(table, parquet)
        rows = [
            {
                "well": f"{field}/5/123",
                "sensor": "intake_pressure",
                "timestamp": iso(AT),
                "value": 5.0,
                "unit": "MPa",
            },
            {"well": "нет", "sensor": "x", "timestamp": iso(AT), "value": 1},
        ]
        kinds = {
            "application/vnd.apache.arrow.stream": arrow.getvalue(),
            "application/vnd.apache.parquet": parquet.getvalue(),
        }
        for kind, body in (*kinds.items(), *kinds.items()):
            packed = gzip.compress(body)
            answer = client.post(
                "/v1/readings", content=packed, headers={"Content-Type": kind, "Content-Encoding": "gzip"}
            )
            assert answer.json() == {"taken": n, "set_aside": {}}
        assert client.post("/v1/readings", json={"readings": rows}).json() == {
            "taken": 1,
            "set_aside": {"well_unknown": 1},
        }
        reader = centre.operator()
        found = reader.query(
            "SELECT count(), min(value), max(value) FROM wellside.sensor_readings FINAL WHERE well_id IN "
            "{wells:Array(UInt32)}",
            parameters={"wells": centre.numbers(field)},
        ).result_rows
        reader.close()
    assert found == [(n, 5e6, 6e6)]


def test_a_value_that_is_set_back_is_the_newest_and_a_key_is_of_one_content(centre: CentreProcess) -> None:
    """3, then 4, then 3: the last was taken for the first one again, and 4 stayed."""
    field = new_field()
    with centre.client(centre.token(field)) as client:
        send(client, entry(field, "123"))
        row = {"well": "123", "sensor": "intake_pressure", "timestamp": iso(AT)}

        def post(value: float, key: str = "") -> httpx.Response:
            headers = {"Idempotency-Key": key} if key else {}
            return client.post("/v1/readings", json={"readings": [{**row, "value": value}]}, headers=headers)

        def newest() -> Any:
            asked = {"w": centre.numbers(field)}
            told = "SELECT value FROM wellside.sensor_readings FINAL WHERE well_id IN {w:Array(UInt32)}"
            with contextlib.closing(centre.operator()) as operator:
                return operator.query(told, parameters=asked).result_rows

        for value in (3e6, 4e6, 3e6):
            assert post(value).json()["taken"] == 1
        assert newest() == [(3e6,)]
        assert (post(5e6, "k").status_code, post(5e6, "k").status_code) == (200, 200)
        reused = post(6e6, "k")
        assert (reused.status_code, reused.json()["code"]) == (409, "key_reused")
        assert newest() == [(5e6,)]


@pytest.mark.slow
def test_a_file_of_another_system_is_taken_once_by_the_same_importers(centre: CentreProcess) -> None:
    field = new_field()
    with centre.client(centre.token(field)) as client:
        send(client, entry(field, "123Г"))
        body = "Скважина;Дата;Хлористые соли, мг/л\n123Г;12.03.2026;41,5\n".encode("cp1251")
        answers = [
            client.post("/v1/files", params={"name": "лаб.csv"}, content=body).json() for _ in range(2)
        ]
        assert [answer["status"] for answer in answers] == ["accepted", "duplicate"]
        bad = client.post(
            "/v1/files",
            params={"name": "лаб.csv"},
            content="Скважина;Дата;Хлористые соли, мг/л\n777;12.03.2026;41,5\n".encode(),
        ).json()
        assert (bad["status"], bad["code"]) == ("rejected", "wells_unknown")
        told = client.get("/v1/changes").json()["changes"]
    assert [
        change["body"]["values"]["value"]
        for change in told
        if change["topic"] == "record" and change["body"]["kind"] == "lab_result"
    ] == [41.5]
