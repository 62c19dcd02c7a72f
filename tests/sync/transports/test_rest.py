"""What goes over REST and what is made of the answer, without a network: headers, bodies, refusals."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

import httpx
import pytest

from app.sync.parcel import Introduction
from app.sync.transports import rest as rest_module
from app.sync.transports.rest import Rest
from app.sync.transports.rest_reader import RestReader
from app.sync.wire import Batch, EntryIn, Receipt, payload_sha256
from tests.sync.transports.centre_at_hand import Centre, centre, in_pieces, refused, rest

__all__ = ["centre", "rest"]

ID = "00000000-0000-4000-8000-000000000001"
SHA = hashlib.sha256(b"file").hexdigest()


def test_a_device_is_known_by_the_digest_of_its_token_and_without_one_nobody_is_asked(rest: Rest) -> None:
    assert rest.key == hashlib.sha256(b"wsd_secret").hexdigest()
    assert refused(lambda: Rest("https://centre.example", "")).code == "centre_token"


def test_a_batch_goes_compressed_and_receipts_are_read_each_by_itself(rest: Rest, centre: Centre) -> None:
    payload = {"record": "x"}
    entry = EntryIn(
        id=ID,
        kind="record",
        payload=payload,
        payload_sha256=payload_sha256(payload),
        created_at="2026-05-01T00:00:00Z",
    )
    good = {"id": ID, "sha256": SHA, "status": "accepted", "received_at": "2026-05-01T00:00:00Z"}
    centre.says({"receipts": [{"id": "none of ours"}, good]})
    assert rest.send(Batch(entries=(entry,))) == (Receipt(**good),)
    [asked] = centre.asked
    assert (asked.method, asked.url.path, asked.headers["Content-Encoding"]) == (
        "POST",
        "/v1/batches",
        "gzip",
    )
    assert asked.headers["Content-Type"] == "application/json"
    assert asked.headers["Authorization"] == "Bearer wsd_secret"
    assert json.loads(gzip.decompress(asked.content))["entries"][0]["id"] == ID


def test_a_file_goes_in_pieces_that_say_where_they_belong_and_what_they_are(
    rest: Rest, centre: Centre
) -> None:
    centre.says({"offset": 4, "complete": False})
    assert rest.offset(SHA) == (4, False)
    centre.says({"offset": 8, "complete": True})
    assert rest.put_piece(SHA, 4, b"more", last=True) == 8
    centre.says({"offset": 6, "complete": False})
    assert rest.put_piece(SHA, 4, b"mo", last=False) == 6
    where, last, not_last = centre.asked
    assert (where.method, where.url.path) == ("GET", f"/v1/documents/{SHA}/offset")
    assert (last.method, last.url.path) == ("PUT", f"/v1/documents/{SHA}")
    assert dict(last.url.params) == {"offset": "4", "last": "true"}
    assert dict(not_last.url.params) == {"offset": "4", "last": "false"}
    assert last.headers["X-Piece-SHA256"] == hashlib.sha256(b"more").hexdigest()
    assert (last.content, last.headers["Content-Type"]) == (b"more", "application/octet-stream")


def test_a_file_that_is_not_what_its_name_says_is_not_taken(rest: Rest, centre: Centre) -> None:
    centre.answers += [httpx.Response(200, content=b"file"), httpx.Response(200, content=b"other")]
    assert rest.file(SHA) == b"file"
    error = refused(lambda: rest.file(SHA))
    assert (error.code, error.details["reason"]) == ("centre_not_itself", "SHA-256")


def test_it_is_asked_for_what_it_lacks_for_sums_and_for_parts(rest: Rest, centre: Centre) -> None:
    centre.says({"ids": ["a"]})
    assert rest.lacking((ID,)) == ("a",)
    centre.says({"whole": "3/5"})
    assert rest.record_sums(whole=True).whole == "3/5"
    centre.says({"whole": "3/5", "parts": [{"well": 7, "kind": "note", "count": 3, "digest": 5}]})
    assert rest.record_sums(whole=False).parts[0].digest == 5
    centre.says({"changes": [], "next": 0})
    assert rest.record_part(7, "note").changes == ()
    lacking, whole, parts, part = centre.asked
    assert (lacking.url.path, json.loads(lacking.content)) == ("/v1/entries/lacking", {"ids": [ID]})
    assert (whole.url.path, whole.url.params["whole"], parts.url.params["whole"]) == (
        "/v1/records/sums",
        "true",
        "false",
    )
    assert (part.url.path, dict(part.url.params)) == ("/v1/records/part", {"well": "7", "kind": "note"})


def test_changes_are_read_each_by_itself_and_one_without_a_number_is_none(rest: Rest, centre: Centre) -> None:
    told = [{"change_no": 1, "topic": "record", "key": "a"}, {"change_no": 2}, {"topic": "record"}]
    centre.says({"changes": told, "next": 2, "more": True})
    found = rest.changes(0)
    assert [(one.change_no, one.topic) for one in found.changes] == [(1, "record"), (2, "unreadable")]
    assert (found.next, found.more) == (2, True)
    centre.says({"changes": [], "next": 9})
    assert rest.changes(9, "Северное").next == 9
    assert [dict(asked.url.params) for asked in centre.asked] == [
        {"since": "0"},
        {"since": "9", "field": "Северное"},
    ]


HELLO = {
    "protocol": 1,
    "server_time": "2026-05-01T00:00:00Z",
    "device": "d",
    "fields": ["A"],
    "scopes": ["read"],
}


def test_a_greeting_is_believed_only_with_the_number_that_was_sent_and_each_has_its_own(
    rest: Rest, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two more of each request are its names in a trace.
    drawn = iter(["aa", "", "", "bb", "", "", "cc", "", ""])
    monkeypatch.setattr(rest_module.secrets, "token_hex", lambda size: f"{next(drawn)}{size}")
    centre.says({**HELLO, "scopes": ["read"], "nonce": "aa16"})
    greeted = rest.hello()
    assert (greeted.nonce, greeted.device, greeted.fields) == ("aa16", "d", ("A",))
    for other in ("aa16", ""):  # a page that was kept, and one that knows of no number
        centre.says({**HELLO, "scopes": ["read"], "nonce": other})
        error = refused(rest.hello)
        assert (error.code, error.details["reason"]) == ("centre_not_itself", "nonce")
    assert [(asked.method, asked.url.path, asked.url.params["nonce"]) for asked in centre.asked] == [
        ("GET", "/v1/hello", number) for number in ("aa16", "bb16", "cc16")
    ]


def test_a_laptop_introduces_itself_and_a_person_signs_in_with_what_is_said_of_them(
    rest: Rest, centre: Centre
) -> None:
    said = {"site": "a" * 64, "device": "d", "name": "n", "fields": ["A"], "public_key": "b" * 64}
    passport = {**said, "issued_at": "2026-05-01T00:00:00Z"}
    told = {"passport": passport, "signature": "s", "site_key": "c" * 64, "keys": {"A": "d" * 64}}
    centre.says(told)
    assert rest.introduce("b" * 64) == Introduction.model_validate(told)
    centre.says({"name": "А. Иванов"})
    assert rest.signed_in("token") == "А. Иванов"
    introduced, signed = centre.asked
    assert (introduced.method, introduced.url.path) == ("POST", "/v1/introduction")
    assert json.loads(introduced.content) == {"public_key": "b" * 64}
    assert (signed.method, signed.url.path) == ("POST", "/v1/person")
    assert json.loads(signed.content) == {"id_token": "token"}
    assert {asked.headers["Content-Type"] for asked in centre.asked} == {"application/json"}


def test_what_is_closed_asks_nobody_any_more(rest: Rest, centre: Centre) -> None:
    reader = RestReader(rest)
    reader.close()
    centre.says({"offset": 1, "complete": True})
    assert rest.offset(SHA) == (1, True), "the reader speaks through what others hold"
    rest.close()
    with pytest.raises(RuntimeError, match="closed"):
        rest.offset(SHA)


@pytest.mark.parametrize("status", [404, 405])
def test_what_has_no_greeting_is_no_centre_and_another_refusal_stays_one(
    status: int, rest: Rest, centre: Centre
) -> None:
    centre.says({}, status)
    error = refused(rest.hello)
    assert (error.code, error.details["reason"]) == ("centre_not_itself", str(status))
    centre.says({"code": "x" * 100}, 422)
    error = refused(rest.hello)
    assert (error.code, error.details) == ("centre_refused", {"status": 422, "reason": "x" * 60})
    centre.says({}, status)
    assert refused(lambda: rest.changes(0)).code == "centre_refused", "only of the greeting"


@pytest.mark.parametrize(
    ("status", "headers", "code", "details"),
    [
        (408, {}, "centre_unreachable", {"reason": "HTTP 408", "retry_after_s": None}),
        (425, {}, "centre_unreachable", {"reason": "HTTP 425", "retry_after_s": None}),
        (500, {}, "centre_unreachable", {"reason": "HTTP 500", "retry_after_s": None}),
        (503, {"Retry-After": "2.5"}, "centre_unreachable", {"reason": "HTTP 503", "retry_after_s": 2.5}),
        (429, {}, "centre_busy", {"reason": "", "retry_after_s": 1.0}),
        (429, {"Retry-After": "-4"}, "centre_busy", {"reason": "", "retry_after_s": 1.0}),
        (300, {}, "centre_not_itself", {"reason": "HTTP 300"}),
        (399, {}, "centre_not_itself", {"reason": "HTTP 399"}),
        (400, {}, "centre_refused", {"status": 400, "reason": ""}),
        (403, {}, "centre_token", {"reason": "403"}),
        (499, {}, "centre_refused", {"status": 499, "reason": ""}),
    ],
)
def test_each_refusal_has_its_code_and_what_is_known_of_it(
    status: int, headers: dict[str, str], code: str, details: dict[str, Any], rest: Rest, centre: Centre
) -> None:
    centre.answers.append(httpx.Response(status, headers=headers, content=b"[]"))
    error = refused(lambda: rest.offset(SHA))
    assert (error.code, error.details) == (code, details)
    assert error.retry is (code in ("centre_unreachable", "centre_busy"))


def test_an_answer_of_another_form_says_of_what_question(rest: Rest, centre: Centre) -> None:
    centre.says({"offset": "x"})
    error = refused(lambda: rest.offset(SHA))
    assert (error.code, error.details["reason"]) == ("centre_not_itself", f"/v1/documents/{SHA}/offset: 2")


def test_a_busy_centre_is_waited_for_as_long_as_it_says_and_answers_then(rest: Rest, centre: Centre) -> None:
    waited: list[float] = []
    rest.pause = waited.append
    for seconds in ("2", "120"):
        centre.says({}, 429, headers={"Retry-After": seconds})
    centre.says({"offset": 1, "complete": True})
    assert rest.offset(SHA) == (1, True)
    assert waited == [2.0, 120.0]
    centre.says({}, 429, headers={"Retry-After": "121"})
    assert refused(lambda: rest.offset(SHA)).code == "centre_busy"
    centre.says({}, 503, headers={"Retry-After": "1"})
    assert refused(lambda: rest.offset(SHA)).code == "centre_unreachable", "the sync waits for that one"
    assert waited == [2.0, 120.0]


def test_a_network_that_breaks_is_told_by_its_kind_and_no_longer_than_a_line(
    rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise httpx.ReadTimeout("slow " * 100)

    monkeypatch.setattr(rest._client, "send", breaks)
    error = refused(lambda: rest.offset(SHA))
    assert (error.code, error.retry) == ("centre_unreachable", True)
    assert error.details["reason"].startswith("ReadTimeout: slow")
    assert len(error.details["reason"]) == 200
    assert rest_module.TRIES_WHEN_BUSY == 30


@pytest.mark.parametrize("status", [200, 400])
def test_an_answer_without_an_end_is_none_whatever_it_is_packed_in(
    rest: Rest, centre: Centre, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    """It filled the laptop's memory."""
    monkeypatch.setattr(rest_module, "MOST_ANSWER_BYTES", 1 << 20)
    centre.answers.append(httpx.Response(status, content=in_pieces(b" " * 65_536, 1_000)))
    bomb = gzip.compress(b" " * (4 << 20))
    centre.answers.append(httpx.Response(status, content=bomb, headers={"Content-Encoding": "gzip"}))
    for _ in range(2):
        assert refused(lambda: rest.offset(SHA)).code == "centre_not_itself"


def test_a_centre_that_says_a_byte_at_a_time_is_not_waited_for_and_a_slow_line_is(
    rest: Rest, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest_module, "TIMEOUT_S", 0.0)  # each piece is the last of its minute
    centre.answers.append(httpx.Response(200, content=in_pieces(b" ", 100)))
    error = refused(lambda: rest.offset(SHA))
    assert (error.code, error.retry) == ("centre_unreachable", True)
    said = b'{"offset": 3, "complete": false}'
    centre.answers.append(httpx.Response(200, content=in_pieces(said + b" " * 5_000, 1)))
    assert rest.offset(SHA) == (3, False)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'"x"', b"[]", b'{"code": 7}', b"\xff", b""])
def test_a_refusal_whose_words_are_none_is_a_refusal(rest: Rest, centre: Centre, content: bytes) -> None:
    centre.answers.append(httpx.Response(409, content=content))
    error = refused(lambda: rest.offset(SHA))
    assert (error.code, error.details["reason"]) == ("centre_refused", "")


@pytest.mark.parametrize("at", ["x", "", "2026-13-45T99:99:99Z", "0001-01-01T00:00:00+23:59"])
def test_a_greeting_with_a_time_that_is_none_is_not_the_centres(
    rest: Rest, centre: Centre, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    monkeypatch.setattr(rest_module.secrets, "token_hex", lambda _: "aa")
    centre.says({**HELLO, "nonce": "aa", "server_time": at})
    assert refused(rest.hello).code == "centre_not_itself"
    centre.says({**HELLO, "nonce": "aa"})
    assert rest.hello().device == "d"


def test_numbers_that_no_store_here_can_hold_cost_only_the_change_that_has_them(
    rest: Rest, centre: Centre
) -> None:
    good = {"change_no": 1, "topic": "record", "key": "a"}
    for more, topics in (
        ({"change_no": 10**30}, ["record"]),
        ({"version": 1 << 53}, ["unreadable", "record"]),
        ({"change_no": -1}, ["record"]),
    ):
        centre.says({"changes": [good | more, good], "next": 1})
        assert [one.topic for one in rest.changes(0).changes] == topics
    centre.says({"changes": [], "next": 10**30})
    assert refused(lambda: rest.changes(0)).code == "centre_not_itself"
