"""How far the journal has come, in its own small file: whole or not there, and never in the way of saving."""

from __future__ import annotations

import os
import stat
import struct
import zlib
from pathlib import Path

import pytest

from app.models import journal_mark
from app.models.journal_mark import JournalMark, Reached

FAR = Reached(70_000, 500)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "j.sqlite-reached"


def put(path: Path, *reached: Reached) -> None:
    mark = JournalMark(path)
    for one in reached:
        mark.put(one)
    mark.close()


def sealed(begins: bytes, steps: int, saved: int) -> bytes:
    body = struct.pack(">8sQQ", begins, steps, saved)
    return body + struct.pack(">I", zlib.crc32(body))


def test_what_was_put_last_is_read_by_the_next_program(path: Path) -> None:
    assert JournalMark(path).read() is None
    put(path, Reached(1, 1), FAR)
    assert JournalMark(path).read() == FAR
    assert path.read_bytes() == sealed(b"reached1", 70_000, 500), "as earlier and later versions read it"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        sealed(b"reached1", 70_000, 500)[:-1],
        sealed(b"reached1", 70_000, 500) + b"\0",
        sealed(b"reached1", 70_000, 500)[:-1] + b"\xff",
        b"\0" + sealed(b"reached1", 70_000, 500)[1:],
        sealed(b"reached2", 70_000, 500),
        bytes(28),
    ],
    ids=["empty", "short", "long", "its sum", "its beginning", "another version", "zeros"],
)
def test_one_that_is_not_whole_or_of_another_form_says_nothing(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert JournalMark(path).read() is None


def test_only_its_owner_may_read_and_write_it(path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows keeps access in ACLs")
    put(path, FAR)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_there_already_is_not_written_again_and_what_was_refused_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    full = True

    def write(handle: int, content: bytes) -> int:
        written.append(len(content))
        if full:
            raise OSError(28, "No space left on device")
        return as_it_is(handle, content)

    as_it_is = os.write
    monkeypatch.setattr(journal_mark.os, "write", write)
    mark = JournalMark(path)
    mark.put(FAR)
    full = False
    for _ in range(3):
        mark.put(FAR)
    mark.close()
    assert written == [28, 28], "refused once, then once for all"
    assert JournalMark(path).read() == FAR


def test_its_file_is_opened_once_and_closed_once_and_opened_anew_after_that(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def watched(name: str) -> None:
        as_it_is = getattr(os, name)
        monkeypatch.setattr(journal_mark.os, name, lambda *given: (told.append(name), as_it_is(*given))[1])

    watched("open")
    watched("close")
    mark = JournalMark(path)
    mark.close()
    assert told == []
    for steps in (1, 2):
        mark.put(Reached(steps, 0))
    mark.close()
    mark.close()
    assert told == ["open", "close"]
    mark.put(Reached(3, 0))
    mark.close()
    assert told == ["open", "close"] * 2
    assert JournalMark(path).read() == Reached(3, 0)
