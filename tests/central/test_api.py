"""The service's border: who may ask, how much, how often; what is malformed, hostile, another field's."""

from __future__ import annotations

import gzip
import json
import socket
import time
import uuid
from typing import Any

import httpx
import pytest

from app.core.clock import iso
from app.models import limits
from app.models.wells import well_uid
from app.sync.wire import Batch, EntryIn, Receipt, Receipts, WellKey, is_genuine, payload_sha256, token_key
from central.stores import devices
from central.stores.engine import open_engine
from tests.centre_process import AT, CentreProcess, new_field

HOSTILE = [
    "'; DROP TABLE wells; --",
    '" OR 1=1 --',
    "${jndi:ldap://x}",
    "../../etc/passwd",
    "\u202etxt.exe",
    "%s%n{0}",
    "Robert'); DELETE FROM devices;--",
    "x" * 5_000,
    "𝕏\u0301",
    "'+(SELECT 1)+'",
]


def entry(field: str, well: str = "123", **values: Any) -> EntryIn:
    record_id = str(uuid.uuid4())
    payload = {
        "record": record_id,
        "kind": "note",
        "well": 1,
        "at": iso(AT),
        "until": None,
        "values": {"text": "x", **values},
        "action": "saved",
        "author": "",
    }
    key = WellKey(uid=well_uid(field, "5", well), field=field, pad="5", name=well)
    return EntryIn(
        id=str(uuid.uuid4()),
        kind="record",
        payload=payload,
        payload_sha256=payload_sha256(payload),
        created_at=iso(AT),
        well=key,
    )


def send(client: httpx.Client, *entries: EntryIn) -> list[Receipt]:
    answer = client.post("/v1/batches", content=Batch(entries=entries).model_dump_json())
    assert answer.status_code == 200, answer.text
    return list(Receipts.model_validate_json(answer.content).receipts)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/hello"),
        ("GET", "/v1/changes"),
        ("POST", "/v1/batches"),
        ("POST", "/v1/readings"),
        ("GET", "/v1/models"),
        ("POST", "/v1/files?name=x"),
        ("GET", f"/v1/documents/{'0' * 64}"),
        ("PUT", f"/v1/documents/{'0' * 64}?offset=0"),
        ("PUT", f"/v1/entries/{'0' * 8}-0000-7000-8000-{'0' * 12}"),
    ],
)
def test_nothing_is_answered_without_a_token(centre: CentreProcess, method: str, path: str) -> None:
    for header in (
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer wsd_wrong"},
        {"Authorization": "Basic eDp4"},
    ):
        answer = httpx.request(method, centre.url + path, headers=header, content=b"{}")
        assert (answer.status_code, answer.json()) == (401, {"code": "token"})


def test_a_scope_that_a_device_has_not_is_refused(centre: CentreProcess) -> None:
    with centre.client(centre.token(new_field(), "pull")) as client:
        assert client.get("/v1/changes").status_code == 200
        for method, path in (
            ("POST", "/v1/batches"),
            ("POST", "/v1/readings"),
            ("POST", "/v1/files?name=x"),
            ("GET", "/v1/models"),
        ):
            assert client.request(method, path, content=b"{}").status_code == 403


def test_a_revoked_device_is_refused_by_the_very_next_request(centre: CentreProcess) -> None:
    name = uuid.uuid4().hex
    token = centre.token(new_field(), name=name)
    with centre.client(token) as client:
        assert client.get("/v1/hello").status_code == 200
        engine = open_engine(centre.database)
        with engine.begin() as connection:
            assert devices.revoke(connection, name, AT) == 1
        engine.dispose()
        assert client.get("/v1/hello").status_code == 401


def test_a_receipt_is_genuine_and_the_same_for_ever(centre: CentreProcess) -> None:
    field = new_field()
    token = centre.token(field)
    with centre.client(token) as client:
        sent = entry(field)
        (first,) = send(client, sent)
        (again,) = send(client, sent)
        assert (first.status, again.status, again.change_no) == ("accepted", "duplicate", first.change_no)
        assert is_genuine(first, token_key(token))
        assert not is_genuine(first.model_copy(update={"status": "duplicate"}), token_key(token))
        one = client.put(f"/v1/entries/{sent.id}", content=sent.model_dump_json())
        assert Receipt.model_validate_json(one.content).status == "duplicate"
        assert client.get(f"/v1/entries/{sent.id}").json()["change_no"] == first.change_no


def test_fields_do_not_see_each_other(centre: CentreProcess) -> None:
    mine, theirs = new_field(), new_field()
    with centre.client(centre.token(mine)) as one, centre.client(centre.token(theirs)) as other:
        sent = entry(mine)
        (taken,) = send(one, sent)
        assert taken.status == "accepted"
        assert other.get("/v1/changes").json()["changes"] == []
        assert other.get(f"/v1/entries/{sent.id}").status_code == 404
        (foreign,) = send(other, entry(mine))
        assert (foreign.status, foreign.code) == ("rejected", "field_not_yours")
        before = one.get("/v1/changes").json()["changes"]
        # The record's own name under a well of the other field: as if nobody had it.
        payload = {**sent.payload, "values": {"text": "stolen"}}
        stolen = entry(theirs).model_copy(
            update={"payload": payload, "payload_sha256": payload_sha256(payload)}
        )
        (own,) = send(other, stolen)
        assert (own.status, own.version, own.base, own.current) == ("accepted", 1, None, None)
        assert mine not in json.dumps(own.model_dump(), ensure_ascii=False)
        assert one.get("/v1/changes").json()["changes"] == before
        answer = other.post(
            "/v1/readings",
            json={
                "readings": [
                    {"well": f"{mine}/5/123", "sensor": "intake_pressure", "timestamp": iso(AT), "value": 5e6}
                ]
            },
        )
        assert answer.json() == {"taken": 0, "set_aside": {"well_unknown": 1}}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_text(centre: CentreProcess, text: str) -> None:
    field = new_field()
    with centre.client(centre.token(field)) as client:
        (receipt,) = send(client, entry(field, text=text, author=text[:200]))
        assert receipt.status == "accepted"
        told = client.get("/v1/changes").json()["changes"]
    assert [change["body"]["values"]["text"] for change in told if change["topic"] == "record"] == [
        limits.clean_text(text)
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "wells; DROP"},
        {"values": {"no_such_field": 1}},
        {"at": "yesterday"},
        {"at": "0001-01-01T00:00:00Z"},
        {"record": "../x"},
        {"values": []},
        {"action": "burn"},
        {"values": {"text": 5}},
        {"values": {"text": None}},
        {"author": ["x"]},
        {"values": {"text": "x" * (limits.LONGEST_TEXT + 1)}},
        {"at": "9999-12-31T23:59:59-12:00"},
        {"author": "x" * (limits.LONGEST_NAME + 1)},
        {"at": 5},
    ],
)
def test_a_record_that_is_none_is_rejected_with_its_reason(
    centre: CentreProcess, change: dict[str, Any]
) -> None:
    field = new_field()
    with centre.client(centre.token(field)) as client:
        good = entry(field)
        payload = {**good.payload, **change}
        (receipt,) = send(
            client, good.model_copy(update={"payload": payload, "payload_sha256": payload_sha256(payload)})
        )
        assert receipt.status == "rejected"
        assert receipt.code


@pytest.mark.slow
def test_a_body_that_is_too_large_or_unpacks_too_large_is_refused(centre: CentreProcess) -> None:
    with centre.client(centre.token(new_field())) as client:
        assert client.post("/v1/batches", content=b" " * (17 << 20)).status_code == 413
        bomb = gzip.compress(b"\0" * (300 << 20))
        assert (
            client.post("/v1/readings", content=bomb, headers={"Content-Encoding": "gzip"}).status_code == 413
        )
        assert (
            client.post(
                "/v1/readings", content=b"not packed", headers={"Content-Encoding": "gzip"}
            ).status_code
            == 400
        )
        assert (
            client.post("/v1/readings", content=b"x", headers={"Content-Encoding": "br"}).status_code == 415
        )
        assert (
            client.post("/v1/readings", content=b"x", headers={"Content-Type": "text/plain"}).status_code
            == 415
        )
        many = Batch.model_construct(entries=tuple(entry("x") for _ in range(201)))
        assert client.post("/v1/batches", content=many.model_dump_json()).status_code == 422


def test_a_slow_client_does_not_keep_others_waiting(centre: CentreProcess) -> None:
    token = centre.token(new_field())
    slow = []
    for _ in range(20):
        one = socket.create_connection(("127.0.0.1", centre.port))
        one.sendall(
            (
                f"POST /v1/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: "
                f"1000000\r\n\r\n"
            ).encode()
        )
        slow.append(one)
    try:
        began = time.monotonic()
        with centre.client(centre.token(new_field())) as client:
            assert client.get("/v1/hello").status_code == 200
        assert time.monotonic() - began < 5
    finally:
        for one in slow:
            one.close()


def test_a_device_that_asks_too_often_is_told_when_to_come_back() -> None:
    from central.api.limits import RateLimit

    limit = RateLimit(60)
    waits = [limit.take("a") for _ in range(61)]
    assert waits[:60] == [0.0] * 60
    assert 0 < waits[60] <= 1.0
    assert limit.take("b") == 0.0


def test_no_token_and_no_payload_stand_in_the_log(centre: CentreProcess) -> None:
    field, secret = new_field(), "СЕКРЕТНОЕ-СЛОВО"
    token = centre.token(field)
    with centre.client(token) as client:
        send(client, entry(field, text=secret))
        client.get("/v1/changes", params={"since": "x" * 50})
    text = centre.log.read_text(encoding="utf-8")
    assert '"event": "request"' in text
    assert token not in text
    assert secret not in text


def test_every_answer_has_an_id_and_is_counted(centre: CentreProcess) -> None:
    answer = httpx.get(centre.url + "/health", headers={"X-Request-Id": "abc-123"})
    assert answer.headers["x-request-id"] == "abc-123"
    forged = httpx.get(centre.url + "/health", headers={"X-Request-Id": 'x" injected'})
    assert "injected" not in forged.headers["x-request-id"]
    metrics = centre.metrics()
    assert 'wellside_requests_total{route="/health",status="200"}' in metrics
    assert "wellside_outbox_rows" in metrics
