"""Files kept with the journal: whole or told to be damaged, never half; sealed, named by content."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.errors import KnownError
from app.models import blobs as module
from app.models.blobs import Blobs

PIECE = 1_000
KEY = b"k" * 32


@pytest.fixture
def blobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blobs:
    monkeypatch.setattr(module, "PIECE", PIECE)
    return Blobs(tmp_path, KEY)


def content(size: int) -> bytes:
    return random.Random(size).randbytes(size)


SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7]


def in_parts(given: bytes, size: int) -> Iterator[bytes]:
    """As a parcel brings a file: in parts of a size that is not ours."""
    return (given[start : start + size] for start in range(0, len(given), size))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("where", ["memory", "a file", "small parts", "large parts"])
def test_what_was_put_is_read_whatever_its_size_and_wherever_it_came_from(
    blobs: Blobs, tmp_path: Path, size: int, where: str
) -> None:
    given = content(size)
    source = tmp_path / "source.bin"
    source.write_bytes(given)
    came: dict[str, bytes | Path | Iterator[bytes]] = {
        "memory": given,
        "a file": source,
        "small parts": in_parts(given, 300),
        "large parts": in_parts(given, 2 * PIECE + 1),
    }
    kept = blobs.put("имя.pdf", came[where])
    assert (kept.sha256, kept.size, kept.name) == (hashlib.sha256(given).hexdigest(), size, "имя.pdf")
    assert blobs.read(kept.sha256) == given
    assert [len(piece) for piece in blobs.pieces(kept.sha256)] == (
        [PIECE] * (size // PIECE) + ([size % PIECE] if size % PIECE or not size else [])
    )
    assert blobs.has(kept.sha256)


def test_the_same_content_is_sealed_anew_each_time_and_kept_once(blobs: Blobs, tmp_path: Path) -> None:
    first = blobs.put("a", b"same")
    sealed = (tmp_path / first.sha256).read_bytes()
    assert blobs.put("b", b"same").sha256 == first.sha256
    assert (tmp_path / first.sha256).read_bytes() != sealed, "a nonce is used once"
    assert [p.name for p in tmp_path.iterdir()] == [first.sha256]


def test_what_was_never_put_is_not_there(blobs: Blobs) -> None:
    assert not blobs.has("a" * 64)
    with pytest.raises(KnownError) as caught:
        blobs.read("a" * 64)
    assert (caught.value.code, caught.value.details["reason"]) == ("attachment_damaged", "FileNotFoundError")


@pytest.mark.parametrize("left", [0, 1, 4, 5, 10, 11, 12, 20, 27, 500])
def test_a_file_that_was_cut_anywhere_is_told_to_be_damaged(blobs: Blobs, tmp_path: Path, left: int) -> None:
    """A power cut may leave nothing of it but its name."""
    kept = blobs.put("a", content(2 * PIECE + 5))
    path = tmp_path / kept.sha256
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(KnownError, match="attachment_damaged"):
        blobs.read(kept.sha256)


def test_an_end_that_is_missing_at_the_border_of_a_piece_is_noticed(blobs: Blobs, tmp_path: Path) -> None:
    kept = blobs.put("a", content(3 * PIECE))
    path = tmp_path / kept.sha256
    path.write_bytes(path.read_bytes()[: 11 + 2 * (PIECE + 16)])
    with pytest.raises(KnownError, match="attachment_damaged"):
        blobs.read(kept.sha256)


def test_pieces_that_were_exchanged_are_noticed(blobs: Blobs, tmp_path: Path) -> None:
    kept = blobs.put("a", content(3 * PIECE))
    path, step = tmp_path / kept.sha256, PIECE + 16
    sealed = path.read_bytes()
    head, first, second, rest = (
        sealed[:11],
        sealed[11 : 11 + step],
        sealed[11 + step : 11 + 2 * step],
        sealed[11 + 2 * step :],
    )
    path.write_bytes(head + second + first + rest)
    with pytest.raises(KnownError, match="attachment_damaged"):
        blobs.read(kept.sha256)


@pytest.mark.parametrize("place", [0, 4, 11, 500, 11 + PIECE + 16, -1])
def test_a_changed_bit_is_noticed_wherever_it_is(blobs: Blobs, tmp_path: Path, place: int) -> None:
    kept = blobs.put("a", content(2 * PIECE + 5))
    path = tmp_path / kept.sha256
    damaged = bytearray(path.read_bytes())
    damaged[place] ^= 1
    path.write_bytes(bytes(damaged))
    with pytest.raises(KnownError, match="attachment_damaged"):
        blobs.read(kept.sha256)


def test_a_good_file_under_the_name_of_another_is_noticed(blobs: Blobs, tmp_path: Path) -> None:
    one, other = blobs.put("a", b"one"), blobs.put("b", b"other")
    (tmp_path / one.sha256).write_bytes((tmp_path / other.sha256).read_bytes())
    with pytest.raises(KnownError) as caught:
        blobs.read(one.sha256)
    assert caught.value.details["reason"] == "SHA-256"


def test_another_key_reads_nothing(blobs: Blobs, tmp_path: Path) -> None:
    kept = blobs.put("a", b"secret")
    with pytest.raises(KnownError, match="attachment_damaged"):
        Blobs(tmp_path, b"o" * 32).read(kept.sha256)


def test_a_file_of_version_0_1_is_still_read(blobs: Blobs, tmp_path: Path) -> None:
    given = content(2_500)
    name, nonce = hashlib.sha256(given).hexdigest(), os.urandom(12)
    (tmp_path / name).write_bytes(nonce + AESGCM(KEY).encrypt(nonce, given, name.encode()))
    assert blobs.read(name) == given


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_file_that_could_not_be_kept_leaves_nothing_behind(
    blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module.os, fails, full)
        with pytest.raises(OSError, match="No space"):
            blobs.put("a", content(5_000))
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_breaks_off_leaves_nothing_behind(blobs: Blobs, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        blobs.put("a", tmp_path / "gone.bin")
    assert list(tmp_path.iterdir()) == []


def test_content_is_on_the_disk_before_its_name_and_the_name_before_it_is_said(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    fsync, replace, sync_folder = os.fsync, os.replace, module.sync_folder

    def noting(name: str, call: object) -> object:
        def noted(*given: object) -> object:
            order.append(name)
            return call(*given)  # type: ignore[operator]

        return noted

    monkeypatch.setattr(module, "sync_folder", noting("folder", lambda *_: None))
    monkeypatch.setattr(module.os, "fsync", noting("content", fsync))
    monkeypatch.setattr(module.os, "replace", noting("name", replace))
    blobs.put("a", b"x")
    assert order == ["content", "name", "folder"]
    assert callable(sync_folder)


def test_only_a_piece_is_held_of_a_file_of_any_size(blobs: Blobs, tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(content(10 * PIECE))
    kept = blobs.put("a", source)
    pieces = blobs.pieces(kept.sha256)
    assert next(pieces) == content(10 * PIECE)[:PIECE]
    pieces.close()
