"""Tables of strangers: whole before anything in them is looked at, and no larger than they will be."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from fastapi import HTTPException

from central.api.limits import unpacked
from central.api.readings import readings_table
from central.streams.clean import called

ARROW, PARQUET = "application/vnd.apache.arrow.stream", "application/vnd.apache.parquet"
MOMENT = pa.timestamp("us", tz="UTC")


def table(rows: int = 3, **more: pa.Array) -> pa.Table:
    columns = {"well": pa.array(["abc"] * rows), "sensor": pa.array(["def"] * rows)}
    moments = {"timestamp": pa.array(range(rows), MOMENT), "value": pa.array([1.0] * rows)}
    return pa.table({**columns, **moments, **more})


def arrow(told: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, told.schema) as writer:
        writer.write_table(told)
    return bytes(sink.getvalue().to_pybytes())


def parquet(told: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(told, sink, compression="zstd", dictionary_pagesize_limit=1 << 30)
    return sink.getvalue()


KINDS: list[tuple[str, Callable[[pa.Table], bytes]]] = [(ARROW, arrow), (PARQUET, parquet)]


def refused(kind: str, body: bytes) -> int:
    """The status; 0 when it was taken and all its names were read."""
    try:
        called(readings_table(kind, body))
    except HTTPException as error:
        return error.status_code
    return 0


def test_an_offset_that_leads_out_of_its_texts_is_refused_and_ends_no_process() -> None:
    good = arrow(table())
    offsets = struct.pack("<4i", 0, 3, 6, 9)
    assert good.count(offsets) == 2
    for wrong in ((0, 3, 6, 0x40000000), (0x40000000, 3, 6, 9), (0, -5, 6, 9), (0, 9, 3, 6)):
        assert refused(ARROW, good.replace(offsets, struct.pack("<4i", *wrong))) == 422
    assert refused(ARROW, good) == 0


def test_texts_that_are_no_utf8_and_numbers_of_no_dictionary_are_refused() -> None:
    assert refused(ARROW, arrow(table()).replace(b"abcabcabc", b"abc\xff\xfe\xfdabc")) == 422
    wells = ["abc", "xyz", "abc", "abc", "xyz", "xyz", "abc"]
    told = arrow(table(7, well=pa.array(wells).dictionary_encode()))
    numbers = struct.pack("<7i", 0, 1, 0, 0, 1, 1, 0)
    assert told.count(numbers) == 1
    assert refused(ARROW, told.replace(numbers, struct.pack("<7i", 0, 1, 1 << 30, 0, 1, 1, 0))) == 422


@pytest.mark.parametrize(("kind", "packed"), KINDS)
def test_a_text_that_stands_once_and_is_said_in_every_row_counts_in_every_row(
    kind: str, packed: Callable[[pa.Table], bytes]
) -> None:
    once = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000, pa.int32()), pa.array(["x" * (1 << 18)]))
    body = packed(table(2_000, well=once))
    assert len(body) < 1 << 20
    assert refused(kind, body) == 413
    few = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000, pa.int32()), pa.array(["abc"]))
    assert refused(kind, packed(table(2_000, well=few))) == 0


@pytest.mark.parametrize(("kind", "packed"), KINDS)
def test_however_a_text_is_spelt_it_counts_in_every_row(
    kind: str, packed: Callable[[pa.Table], bytes]
) -> None:
    """A large string of a dictionary was none: it was taken, and half a gigabyte made of it."""
    texts = pa.array(["x" * (1 << 18)])
    rows = pa.array([0] * 2_000, pa.int32())
    for spelt in (pa.large_string(), pa.large_binary(), pa.binary()):
        body = packed(table(2_000, well=pa.DictionaryArray.from_arrays(rows, texts.cast(spelt))))
        assert len(body) < 1 << 20
        assert refused(kind, body) == 413, spelt


def test_a_text_that_rows_only_point_at_is_no_column_of_ours() -> None:
    """340 kB were taken, and half a gigabyte made of them: Arrow counts what is pointed at once."""
    rows, text = 2_000, b"x" * (1 << 18)
    views = struct.pack("<i4sii", len(text), text[:4], 0, 0) * rows
    buffers = [None, pa.py_buffer(views), pa.py_buffer(text)]
    for kind in (pa.string_view(), pa.binary_view()):
        body = arrow(table(rows, well=pa.Array.from_buffers(kind, rows, buffers)))
        assert len(body) < 1 << 20
        assert refused(ARROW, body) == 422, kind
    run = pa.RunEndEncodedArray.from_arrays(pa.array([rows], pa.int32()), pa.array([text.decode()]))
    assert refused(ARROW, arrow(table(rows, well=run))) == 422
    once = pa.DictionaryArray.from_arrays(pa.array([0] * 3, pa.int32()), pa.array(["abc"], pa.string_view()))
    assert refused(ARROW, arrow(table(well=once))) == 422


def test_a_column_of_ours_that_holds_lists_or_bytes_of_one_length_is_refused_unread() -> None:
    for well in (pa.array([["abc"]] * 3), pa.array([b"abc"] * 3, pa.binary(3))):
        assert refused(PARQUET, parquet(table(well=well))) == 422, well.type
    assert refused(PARQUET, parquet(table(remark=pa.array([["of", "no", "use"]] * 3)))) == 0


@pytest.mark.parametrize(("kind", "packed"), KINDS)
def test_a_table_with_bytes_changed_is_taken_or_refused(
    kind: str, packed: Callable[[pa.Table], bytes]
) -> None:
    rng, said = random.Random(17), set[int]()
    for told in (table(100), table(100, well=pa.array(["abc", "xyz"] * 50).dictionary_encode())):
        good = packed(told)
        for _ in range(200):
            body = bytearray(good)
            for _ in range(rng.choice((1, 1, 3))):
                body[rng.randrange(len(body))] ^= 1 << rng.randrange(8)
            said.add(refused(kind, bytes(body)))
    assert said <= {0, 413, 422}
    assert 422 in said


def test_no_room_is_made_for_a_window_of_two_gigabytes() -> None:
    def packed(window_log: int) -> bytes:
        how = zstandard.ZstdCompressionParameters(window_log=window_log)
        packing = zstandard.ZstdCompressor(compression_params=how).compressobj()
        return packing.compress(b"0" * 1_000) + packing.flush()

    assert unpacked(packed(27), "zstd") == b"0" * 1_000
    for window_log in (28, 31):
        with pytest.raises(HTTPException) as said:
            unpacked(packed(window_log), "zstd")
        assert said.value.status_code == 400
