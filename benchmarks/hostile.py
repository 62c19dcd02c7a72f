"""What a stranger sends: requests whose heads and lengths lie, bodies that are larger than they say."""

from __future__ import annotations

import gzip
import io
import socket
import struct
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from benchmarks.knocking import OTHER

ARROW = "application/vnd.apache.arrow.stream"
PARQUET = "application/vnd.apache.parquet"


WRONG = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "-1e400",
    "1e-400",
    "9" * 5_000,
    "-0",
    "0x10",
    "1_0",
    "true",
    "null",
    '"\\ud800"',
    '"\\u0000"',
    '"\\udfff\\ud800"',
    "[" * 100_000,
    '{"a":' * 100_000,
    "[" * 500 + "]" * 500,
    '"' + "x" * 3_000_000 + '"',
    "1" + "0" * 400,
)
"""Of JSON."""


def poured(port: int, post: bytes, ask: Callable[[], object]) -> tuple[int, float]:
    """Chunks of one byte for six seconds: (how often others asked, their longest wait)."""
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(4)]
    for one in lines:
        one.sendall(post + b"Transfer-Encoding: chunked\r\n\r\n")
        one.setblocking(False)
    flood, stop, waits = b"1\r\nx\r\n" * 40_000, list[bool](), list[float]()

    def pour() -> None:
        while not stop:
            for one in lines:
                with suppress(OSError):
                    one.send(flood)

    with ThreadPoolExecutor(1) as pool:
        pouring, began = pool.submit(pour), time.monotonic()
        while (at := time.monotonic()) - began < 6:
            ask()
            waits.append(time.monotonic() - at)
        stop.append(True)
        pouring.result()
    for one in lines:
        one.close()
    return len(waits), max(waits)


def requests(post: bytes, auth: bytes, token: bytes) -> Iterator[tuple[str, bytes]]:
    """`token` is another's."""
    inner = b"GET /v1/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + b"\r\n\r\n"
    hidden = b"GET /v1/changes HTTP/1.1\r\nHost: x\r\n\r\n"
    yield from (
        ("length too short", post + b"Content-Length: 2\r\n\r\n{}" + hidden),
        ("length too long", post + b"Content-Length: 999999\r\n\r\n{}"),
        ("length of no number", post + b"Content-Length: +5\r\n\r\nhello"),
        ("length negative", post + b"Content-Length: -1\r\n\r\n"),
        ("length huge", post + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n{"),
        ("two lengths", post + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello" + hidden),
        ("a list of lengths", post + b"Content-Length: 5, 5\r\n\r\nhello"),
        (
            "length and chunks",
            post + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
        ),
        ("chunks and identity", post + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden),
        ("chunked in other letters", post + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden),
        ("space before the colon", post + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + hidden),
        ("a folded head", post + b"X: a\r\n b\r\nContent-Length: 0\r\n\r\n"),
        ("bare line feeds", post.replace(b"\r\n", b"\n") + b"Content-Length: 0\n\n"),
        ("a zero byte in a head", post + b"X: a\0b\r\nContent-Length: 0\r\n\r\n"),
        ("a chunk's size of 40 digits", post + b"Transfer-Encoding: chunked\r\n\r\n" + b"F" * 40 + b"\r\n{"),
        ("a chunk's size negative", post + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n"),
        (
            "an extension of a megabyte",
            post + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"a" * (1 << 20) + b"\r\nx\r\n0\r\n\r\n",
        ),
        ("trailers without end", post + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 20_000),
        (
            "a token in a trailer",
            b"GET /v1/hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + auth + b"\r\n",
        ),
        ("ten thousand heads", post + b"X: y\r\n" * 10_000 + b"\r\n"),
        ("a head of a megabyte", post + b"X: " + b"y" * (1 << 20) + b"\r\n\r\n"),
        ("two hosts", post + b"Host: y\r\nContent-Length: 0\r\n\r\n"),
        ("two tokens", b"GET /v1/hello HTTP/1.1\r\n" + auth + b"Authorization: Bearer nobody\r\n\r\n"),
        ("an absolute address", b"GET http://127.0.0.1:1/v1/hello HTTP/1.1\r\n" + auth + b"\r\n"),
        ("a way up", b"GET /v1/../../etc/passwd HTTP/1.1\r\n" + auth + b"\r\n"),
        ("a way up in per cents", b"GET /v1/documents/..%2f..%2fetc%2fpasswd HTTP/1.1\r\n" + auth + b"\r\n"),
        ("a line in per cents", b"GET /v1/hello?nonce=%0d%0aX-Forged:1 HTTP/1.1\r\n" + auth + b"\r\n"),
        ("connect", b"CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + auth + b"\r\n"),
        ("HTTP of 1990", b"GET /v1/hello\r\n"),
        ("HTTP of 2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 100),
        (
            "an upgrade to h2c",
            b"GET /v1/hello HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\n"
            b"Upgrade: h2c\r\nHTTP2-Settings: AA\r\n" + auth + b"\r\n",
        ),
        (
            "an upgrade to a web socket",
            b"GET /v1/hello HTTP/1.1\r\nConnection: Upgrade\r\n"
            b"Upgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n" + auth + b"\r\n",
        ),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 500),
        ("noise", bytes(range(256)) * 400),
        ("a thousand in one go", (b"GET /v1/hello HTTP/1.1\r\n" + auth + b"\r\n") * 1_000),
        ("expects to be told to go on", post + b"Expect: 100-continue\r\nContent-Length: 999\r\n\r\n"),
        ("expects what there is not", post + b"Expect: 200-ok\r\nContent-Length: 0\r\n\r\n"),
        ("another's request within a body", post + b"Content-Length: %d\r\n\r\n" % len(inner) + inner),
        (
            "its address said by itself",
            b"GET /v1/hello HTTP/1.1\r\nX-Forwarded-For: 10.0.0.9, \xff, x\r\n" + auth + b"\r\n",
        ),
    )


def packings() -> tuple[tuple[str, bytes, dict[str, str]], ...]:
    zeros = b"0" * (260 << 20)
    once = gzip.compress(zeros, 9)
    long = zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters(window_log=31, enable_ldm=True)
    ).compressobj()
    windowed = long.compress(b"0" * 1000) + long.flush()
    return (
        ("gzip in gzip", gzip.compress(once, 9), {"Content-Encoding": "gzip"}),
        ("gzip, gzip", gzip.compress(once, 9), {"Content-Encoding": "gzip, gzip"}),
        ("zstd of zeros", zstandard.compress(zeros, 3), {"Content-Encoding": "zstd"}),
        ("zstd window of 2 GiB", windowed, {"Content-Encoding": "zstd"}),
        ("zstd frames of nothing", zstandard.compress(b"") * 1_000_000, {"Content-Encoding": "zstd"}),
        (
            "zstd skipped frames",
            b"\x50\x2a\x4d\x18\x00\x00\x00\x00" * 1_000_000,
            {"Content-Encoding": "zstd"},
        ),
        ("gzip members of nothing", gzip.compress(b"") * 500_000, {"Content-Encoding": "gzip"}),
        (
            "gzip head without end",
            b"\x1f\x8b\x08\x08" + b"\0" * 6 + b"a" * (10 << 20),
            {"Content-Encoding": "gzip"},
        ),
        ("deflate", b"x", {"Content-Encoding": "deflate"}),
    )


def hostile_tables() -> Iterator[tuple[str, str, bytes]]:
    moment = pa.timestamp("us", tz="UTC")

    def columns(rows: int, **more: Any) -> dict[str, Any]:
        return {
            "well": pa.array([f"{OTHER}/5/1"] * rows),
            "sensor": pa.array(["intake_pressure"] * rows),
            "timestamp": pa.array(range(rows), moment),
            "value": pa.array([1.0] * rows),
        } | more

    def arrow(table: pa.Table, codec: str | None = None) -> bytes:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=codec)) as out:
            out.write_table(table)
        return bytes(sink.getvalue().to_pybytes())

    def parquet(table: pa.Table, **more: Any) -> bytes:
        sink = io.BytesIO()
        pq.write_table(table, sink, **more)
        return sink.getvalue()

    big = "x" * (1 << 20)
    rows = 20_000
    repeated = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([big]))
    yield "a megabyte repeated, Arrow", ARROW, arrow(pa.table(columns(rows, well=repeated)))
    yield "a megabyte repeated, tag, Arrow", ARROW, arrow(pa.table(columns(rows, tag=repeated)))
    yield (
        "a megabyte repeated, Parquet",
        PARQUET,
        parquet(
            pa.table(columns(rows, well=repeated)), compression="zstd", dictionary_pagesize_limit=1 << 30
        ),
    )
    for spelt in (pa.large_string(), pa.binary(), pa.large_binary(), pa.string_view()):
        other = pa.DictionaryArray.from_arrays(repeated.indices, pa.array([big], spelt))
        yield f"a megabyte repeated as {spelt}, Arrow", ARROW, arrow(pa.table(columns(rows, well=other)))
        if spelt != pa.string_view():
            packed = parquet(pa.table(columns(rows, well=other)), dictionary_pagesize_limit=1 << 30)
            yield f"a megabyte repeated as {spelt}, Parquet", PARQUET, packed
    views = pa.py_buffer(struct.pack("<i4sii", len(big), b"xxxx", 0, 0) * rows)
    for spelt in (pa.string_view(), pa.binary_view()):
        seen = pa.Array.from_buffers(spelt, rows, [None, views, pa.py_buffer(big.encode())])
        yield f"a megabyte seen {rows} times as {spelt}", ARROW, arrow(pa.table(columns(rows, well=seen)))
    run = pa.RunEndEncodedArray.from_arrays(pa.array([rows], pa.int32()), pa.array([big]))
    yield "a megabyte in a run", ARROW, arrow(pa.table(columns(rows, well=run)))
    yield "zeros, lz4", ARROW, arrow(pa.table({"value": pa.array([bytes(200 << 20)])}), "lz4")
    yield "zeros, zstd", ARROW, arrow(pa.table({"well": pa.array([big * 200])}), "zstd")
    yield (
        "five million rows of one value, Parquet",
        PARQUET,
        parquet(pa.table({"value": pa.array([1.0]).take(pa.array([0] * 5_000_001))})),
    )
    yield (
        "four million rows of one value, Parquet",
        PARQUET,
        parquet(
            pa.table(
                {
                    n: pa.array([v]).take(pa.array([0] * 4_000_000))
                    for n, v in (("well", f"{OTHER}/5/1"), ("sensor", "intake_pressure"), ("value", 1.0))
                }
                | {"timestamp": pa.array([0], moment).take(pa.array([0] * 4_000_000))}
            )
        ),
    )
    yield "a list in a list", ARROW, arrow(pa.table({"well": pa.array([[["x"]]]), "value": [1.0]}))
    deep: Any = pa.array([1.0])
    for _ in range(60):
        deep = pa.StructArray.from_arrays([deep], ["a"])
    yield "60 structs deep", ARROW, arrow(pa.table({"value": deep}))
    yield "100,000 columns", ARROW, arrow(pa.table({f"c{n}": pa.array([1]) for n in range(100_000)}))
    yield (
        "one name twice",
        ARROW,
        arrow(pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], ["well", "well"])),
    )
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([100_000_000], pa.int32()), pa.array([1.0]))
    yield "a run of a hundred million", ARROW, arrow(pa.table({"value": runs}))
    yield "nulls of a hundred million", ARROW, arrow(pa.table({"value": pa.nulls(100_000_000)}))
    yield (
        "values NaN and infinite",
        ARROW,
        arrow(pa.table(columns(3, value=pa.array([float("nan"), float("inf"), -1e308])))),
    )
    yield (
        "times at the ends",
        ARROW,
        arrow(pa.table(columns(2, timestamp=pa.array([-(2**63) + 1, 2**63 - 1], moment)))),
    )
    yield (
        "times of nanoseconds",
        ARROW,
        arrow(pa.table(columns(2, timestamp=pa.array([-(2**63) + 1, 2**63 - 1], pa.timestamp("ns"))))),
    )
    yield "no UTF-8", ARROW, arrow(pa.table(columns(1, well=pa.array([b"\xff\xfe"]).view(pa.string()))))
    good = arrow(pa.table(columns(100)))
    for at in range(0, len(good), max(1, len(good) // 40)):
        yield f"a byte other at {at}", ARROW, good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]
    whole = parquet(pa.table(columns(100)))
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        yield (
            f"Parquet, a byte other at {at}",
            PARQUET,
            whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :],
        )
