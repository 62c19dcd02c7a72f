"""Readings as streams of Arrow over REST: asked by name, read batch by batch to their end, or refused."""

from __future__ import annotations

import json
import struct
from datetime import UTC, datetime
from typing import Any

import httpx
import pyarrow as pa
import pytest

from app.core.errors import KnownError
from app.sync.queries import NEWEST
from app.sync.transports import rest as rest_module
from app.sync.transports.rest import Rest
from app.sync.transports.rest_reader import RestReader, _Body
from tests.sync.transports.centre_at_hand import Centre, centre, in_pieces, refused, rest

__all__ = ["centre", "rest"]


def stream_of(*batches: list[int]) -> bytes:
    sink = pa.BufferOutputStream()
    schema = pa.schema([("n", pa.int64())])
    with pa.ipc.new_stream(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(pa.record_batch([batch], schema=schema))
    return sink.getvalue().to_pybytes()


def test_a_stream_that_comes_a_byte_at_a_time_is_not_waited_for(
    rest: Rest, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was looked at when a megabyte of it had come: a byte a minute held the laptop for two years."""
    monkeypatch.setattr(rest_module, "TIMEOUT_S", 0.0)  # each piece is the last of its minute
    endless = in_pieces(b" ", 100)
    centre.answers.append(httpx.Response(200, content=endless))
    error = refused(lambda: list(RestReader(rest).tables(NEWEST, {"wells": []})))
    assert (error.code, error.retry) == ("centre_unreachable", True)
    assert len(list(endless)) > 90


def test_a_query_is_asked_by_name_with_its_values_and_answers_batch_by_batch(
    rest: Rest, centre: Centre
) -> None:
    centre.answers.append(httpx.Response(200, content=stream_of([1, 2], [3])))
    reader = RestReader(rest)
    assert reader.of_the_centre
    tables = list(reader.tables(NEWEST, {"wells": [7], "since": datetime(2026, 5, 1, tzinfo=UTC)}))
    assert [table.column("n").to_pylist() for table in tables] == [[1, 2], [3]]
    [asked] = centre.asked
    assert (asked.method, asked.url.path) == ("POST", "/v1/read/newest")
    assert asked.headers["Content-Type"] == "application/json"
    assert json.loads(asked.content) == {"wells": [7], "since": "2026-05-01T00:00:00Z"}


def test_an_answer_whose_texts_lead_out_of_it_is_no_answer(rest: Rest, centre: Centre) -> None:
    texts = pa.record_batch([["abc", "abc", "abc"]], ["announced_at"])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, texts.schema) as writer:
        writer.write_batch(texts)
    good, offsets = sink.getvalue().to_pybytes(), struct.pack("<4i", 0, 3, 6, 9)
    assert good.count(offsets) == 1
    broken = good.replace(offsets, struct.pack("<4i", 0, 3, 6, 1 << 30))
    centre.answers.append(httpx.Response(200, content=broken))
    with pytest.raises(KnownError, match="centre_unreachable") as caught:
        list(RestReader(rest).tables(NEWEST, {"wells": [7], "since": datetime(2026, 5, 1, tzinfo=UTC)}))
    assert caught.value.retry


def test_an_answer_that_comes_in_small_pieces_is_the_same(rest: Rest, centre: Centre) -> None:
    whole = stream_of([1, 2], [3])
    pieces = [whole[at : at + 7] for at in range(0, len(whole), 7)]
    centre.answers.append(httpx.Response(200, content=iter([b"", *pieces])))
    tables = list(RestReader(rest).tables(NEWEST, {"wells": []}))
    assert [table.column("n").to_pylist() for table in tables] == [[1, 2], [3]]


def test_an_answer_of_more_than_a_piece_is_read_on_to_its_end(rest: Rest, centre: Centre) -> None:
    """A batch that lay over the end of a piece was taken for a broken network, again at every try."""
    centre.answers.append(httpx.Response(200, content=stream_of(list(range(300_000)), [3])))
    first, last = RestReader(rest).tables(NEWEST, {"wells": []})
    assert first.num_rows == 300_000
    assert last.column("n").to_pylist() == [3]


def test_an_answer_that_is_cut_off_or_no_arrow_is_a_broken_network_and_never_a_short_answer(
    rest: Rest, centre: Centre
) -> None:
    for content in (stream_of([1, 2], [3])[:-60], b"<html>sign in</html>", b"\xff" * 64, b""):
        centre.answers.append(httpx.Response(200, content=content))
        error = refused(lambda: list(RestReader(rest).tables(NEWEST, {"wells": []})))
        assert (error.code, error.retry) == ("centre_unreachable", True)
        assert error.details["reason"].startswith("Arrow: ")


def test_of_an_answer_that_is_no_arrow_a_line_is_told(
    rest: Rest, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: Any) -> None:
        raise pa.ArrowInvalid("no stream " * 100)

    monkeypatch.setattr(pa.ipc, "open_stream", breaks)
    centre.answers.append(httpx.Response(200, content=b"x"))
    error = refused(lambda: list(RestReader(rest).tables(NEWEST, {"wells": []})))
    assert len(error.details["reason"]) == 200


def test_a_stream_that_is_refused_says_why(rest: Rest, centre: Centre) -> None:
    centre.says({"code": "too_many_wells"}, 422)
    error = refused(lambda: list(RestReader(rest).tables(NEWEST, {"wells": []})))
    assert error.details == {"status": 422, "reason": "too_many_wells"}


def test_pieces_of_a_body_are_read_on_as_a_file_to_their_end_and_no_further() -> None:
    body = _Body(iter([b"ab", b"", b"cdefg"]))
    assert body.readable()
    assert [body.read(size) for size in (1, 3, 3, 9, 9, 9)] == [b"a", b"b", b"cde", b"fg", b"", b""]
    assert _Body(iter([])).readall() == b""
    assert _Body(iter([b"whole", b"", b" body"])).readall() == b"whole body"
