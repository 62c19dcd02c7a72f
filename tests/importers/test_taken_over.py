"""A reader that its file has taken over: whatever it says, the program refuses the file and goes on."""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from app.core.errors import KnownError
from app.importers import child
from app.importers.base import Contents, Order
from app.importers.sheets import Layout
from app.importers.vocabulary import vocabulary

SAYS = "import sys; sys.stdout.buffer.write(open(sys.argv[1], 'rb').read())"


def table(text: pa.Array | None = None) -> pa.Table:
    texts = text if text is not None else pa.array(["abc", "def", "ghi"])
    return pa.table({"c0": texts, "__line": pa.array(range(1, len(texts) + 1))})


def arrow(told: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, told.schema) as writer:
        writer.write_table(told)
    return bytes(sink.getvalue().to_pybytes())


def frame(letter: bytes, content: bytes) -> bytes:
    return struct.pack("<cQ", letter, len(content)) + content


def head(streamed: bool = False, **more: Any) -> bytes:
    sheet = {
        **{"name": "s", "layout": Layout(0).to_json(), "headers": ["a"], "units": [""], "above": []},
        **{"hidden": False, "cut": False, "file": "", "repeated": [], "from_1904": False, "hidden_lines": []},
    }
    said = {"sheets": [sheet], "things": [], "remarks": [], "streamed": streamed, **more}
    return frame(b"J", json.dumps(said).encode())


def read(folder: Path, said: bytes, monkeypatch: pytest.MonkeyPatch) -> Contents:
    """By a child that says this and nothing else."""
    (told := folder / "said").write_bytes(said)
    (file := folder / "r.csv").write_bytes(b"a\n1\n")
    monkeypatch.setattr(child, "_command", lambda: [sys.executable, "-S", "-c", SAYS, str(told)])
    with file.open("rb") as source:
        return child.Reading(file, source, "text_table", Order(vocabulary())).contents


def test_what_a_good_reader_says_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = head(remarks=[{"code": "x", "details": {"n": 1}}]) + frame(b"T", arrow(table()))
    found = read(tmp_path, said, monkeypatch)
    assert found.sheets[0].table.column("c0").to_pylist() == ["abc", "def", "ghi"]
    assert found.remarks == (("x", {"n": 1}),)


def hostile_tables() -> dict[str, bytes]:
    good, offsets = arrow(table()), struct.pack("<4i", 0, 3, 6, 9)
    assert good.count(offsets) == 1
    text, rows = b"x" * (1 << 18), 20_000
    views = pa.py_buffer(struct.pack("<i4sii", len(text), text[:4], 0, 0) * rows)
    once = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([text.decode()]))
    return {
        "an offset that leads out": good.replace(offsets, struct.pack("<4i", 0, 3, 6, 0x40000000)),
        "offsets that go back": good.replace(offsets, struct.pack("<4i", 0, 9, 3, 6)),
        "no UTF-8": good.replace(b"abcdefghi", b"abc\xff\xfe\xfdghi"),
        "views": arrow(
            table(pa.Array.from_buffers(pa.string_view(), rows, [None, views, pa.py_buffer(text)]))
        ),
        "five gigabytes of one text": arrow(table(once)),
        "half of it": good[: len(good) // 2],
        "nothing": b"",
        "no Arrow": b"\xff" * 64,
    }


@pytest.mark.parametrize("streamed", [False, True], ids=["a sheet", "the rest of one"])
@pytest.mark.parametrize("name", hostile_tables())
def test_a_table_that_is_none_is_refused_and_ends_no_process(
    name: str, streamed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = frame(b"T", hostile_tables()[name])
    if not streamed:
        with pytest.raises(KnownError, match="file_too_heavy"):
            read(tmp_path, head() + bad, monkeypatch)
        return
    found = read(tmp_path, head(streamed=True) + frame(b"T", arrow(table())) + bad, monkeypatch)
    more = found.sheets[0].more
    assert more is not None
    with pytest.raises(KnownError, match="file_too_heavy"):
        list(more())


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"J",
        struct.pack("<cQ", b"J", 1 << 62),
        frame(b"J", b"{"),
        frame(b"J", b"[" * 100_000),
        frame(b"J", b"[]"),
        frame(b"J", b"{}"),
        frame(b"J", b'{"error": 1}'),
        frame(b"J", b'{"error": {"details": {}}}'),
        frame(b"X", b"{}"),
        head(sheets=[1]),
        head(sheets=[{}]) + frame(b"T", arrow(table())),
        head(things=[{"importer": 1}]),
        head(remarks=[["x"]]),
        head() + frame(b"J", b"{}"),
    ],
    ids=range(15),
)
def test_what_is_no_answer_is_refused(said: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KnownError, match="file_too_heavy"):
        read(tmp_path, said, monkeypatch)


def test_an_error_names_its_own_details_and_no_others_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`code` and `retry` among them were arguments of a call."""
    error = {"code": "file_empty", "details": {"code": "x", "retry": True, "self": 1}}
    with pytest.raises(KnownError) as told:
        read(tmp_path, frame(b"J", json.dumps({"error": error}).encode()), monkeypatch)
    assert (told.value.code, told.value.retry) == ("file_empty", False)
    assert told.value.details["file"] == str(tmp_path / "r.csv")
