"""Bodies that are short and hold a great deal: a few letters of JSON make hundreds of bytes of memory, and
while they are read nobody else is heard.
"""

from __future__ import annotations

import gzip
import json

import pytest
from fastapi import HTTPException
from pydantic import BaseModel

from app.core import plain
from app.sync.wire import MOST_ASKED, Asked, Batch, Introduce
from benchmarks.pushing import flow_test
from central.api import readings
from central.api.limits import unpacked
from central.api.parsed import Malformed, parsed
from tests.centre_process import CentreProcess, new_field

ROW = {"well": "С/5/1", "sensor": "intake_pressure", "timestamp": "2026-11-24T08:00:00Z", "value": 5.2}


def many(one: str, count: int) -> str:
    return "[" + ",".join([one] * count) + "]"


@pytest.mark.parametrize("one", ["[]", "{}", "[[]]"])
@pytest.mark.parametrize("model", [Batch, Asked, Introduce])
def test_a_body_of_more_lists_than_may_be_meant_is_refused_before_it_is_read(
    model: type[BaseModel], one: str
) -> None:
    body = f'{{"entries":{many(one, 130_000)}}}'.encode()
    with pytest.raises(HTTPException) as refused:
        parsed(model, body)
    assert (refused.value.status_code, refused.value.detail) == (413, "too_many_values")


def test_a_body_of_more_numbers_than_may_be_meant_is_refused_before_it_is_read() -> None:
    body = json.dumps({"entries": [], "x": [1] * (plain.MOST_VALUES + 1)}).encode()
    with pytest.raises(HTTPException) as refused:
        parsed(Batch, body)
    assert refused.value.status_code == 413


def test_a_full_batch_and_all_readings_that_are_taken_at_once_are_not_too_much() -> None:
    cards = {**flow_test(1).model_dump(), "payload": {"load_n": [0.5] * 10_000, "position_m": [0.5] * 10_000}}
    assert not plain.is_wide(json.dumps({"entries": [cards] * 20}).encode())
    named = {"wells": [{"uid": "x", "field": "С", "pad": "5", "name": str(n)} for n in range(65_000)]}
    assert not plain.is_wide(json.dumps(named).encode()), "an import of all wells that there may be"
    rows = (json.dumps({**ROW, "unit": "МПа", "tag": "a,b"}) + ",").encode() * readings.MOST_READINGS
    assert not plain.is_wide(rows, readings.MOST_VALUES)


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_what_is_unpacked_is_no_longer_than_is_asked_for(packing: str) -> None:
    import zstandard

    pack = {"gzip": gzip.compress, "zstd": zstandard.compress}[packing]
    assert unpacked(pack(b"0" * 4_096), packing, 4_096) == b"0" * 4_096
    with pytest.raises(HTTPException) as refused:
        unpacked(pack(b"0" * 4_097), packing, 4_096)
    assert refused.value.status_code == 413


def test_a_small_question_may_not_be_unpacked_into_a_large_one(centre: CentreProcess) -> None:
    body = gzip.compress(json.dumps({"public_key": "ab" * 32, "x": "0" * 100_000}).encode())
    assert len(body) < 4_096
    with centre.client(centre.token(new_field())) as laptop:
        answer = laptop.post("/v1/introduction", content=body, headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_of_a_list_that_is_wrong_in_every_place_the_first_is_told() -> None:
    """A hundred thousand places took a second to be told, and nobody else was heard meanwhile."""
    for model, name, most in ((Asked, "ids", MOST_ASKED), (Batch, "entries", 200)):
        with pytest.raises(Malformed) as refused:
            parsed(model, f'{{"{name}":{many("7", most)}}}'.encode())
        assert [one for one in refused.value.where if one != name] == [f"{name}.0"]


def test_readings_are_looked_at_some_at_a_time_and_come_whole_and_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at: list[int] = []
    some = readings._some

    def noted(rows: list[object], start: int) -> object:
        looked_at.append(len(rows))
        return some(rows, start)

    monkeypatch.setattr(readings, "_some", noted)
    rows = [{**ROW, "value": float(number)} for number in range(2_500)]
    table = readings.readings_table("application/json", json.dumps({"readings": rows}).encode())
    assert looked_at == [1_000, 1_000, 500]
    assert table.column("value").to_pylist() == [float(number) for number in range(2_500)]
    assert readings.readings_table("application/json", b'{"readings": []}').num_rows == 0


def test_what_is_wrong_with_a_reading_is_told_by_its_place_in_the_whole(centre: CentreProcess) -> None:
    rows = [ROW] * 1_001 + [{**ROW, "value": "much"}, {**ROW, "timestamp": 7}]
    with centre.client(centre.token(new_field())) as laptop:
        answer = laptop.post("/v1/readings", json={"readings": rows})
        none = laptop.post("/v1/readings", json={"readings": 5})
    assert (answer.status_code, answer.json()) == (
        422,
        {"code": "malformed", "where": ["readings.1001.value", "readings.1002.timestamp"]},
    )
    assert (none.status_code, none.json()["where"]) == (422, ["readings"])
