"""Photos dated by their camera, other files by themselves."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.zones import FieldZone
from app.models.kinds import KINDS
from app.models.store import kinds
from app.services.records import documents
from app.services.records.photo_time import taken_at
from app.services.workspace import Workspace
from tests.conftest import shared_file

OCTOBER = datetime(2026, 10, 15, 9, 30, tzinfo=UTC)


def photo(order: str, tag: int = 0x9003) -> bytes:
    """A JPEG of nothing but its EXIF block."""
    ends = "big" if order == "MM" else "little"
    number = lambda value, size: value.to_bytes(size, ends)  # noqa: E731
    head = order.encode() + number(42, 2) + number(8, 4)
    pointer = number(1, 2) + number(0x8769, 2) + number(4, 2) + number(1, 4) + number(26, 4) + number(0, 4)
    own = number(1, 2) + number(tag, 2) + number(2, 2) + number(20, 4) + number(44, 4) + number(0, 4)
    block = b"Exif\0\0" + head + pointer + own + b"2026:10:15 09:30:00\0"
    return b"\xff\xd8\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + b"\xff\xd9"


@pytest.mark.parametrize("order", ["MM", "II"])
@pytest.mark.parametrize("tag", [0x9003, 0x9004, 0x0132])
def test_a_photo_says_when_it_was_taken(tmp_path: Path, order: str, tag: int) -> None:
    (tmp_path / "a.jpg").write_bytes(photo(order, tag))
    assert taken_at(tmp_path / "a.jpg", FieldZone()) == OCTOBER


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"\xff\xd8\xff\xe1\x00", b"\xff\xd8\xff\xe1\x00\x10Exif\0\0MM\0*\xff\xff\xff\xff"],
)
def test_what_says_nothing_has_no_time(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(content)
    assert taken_at(tmp_path / "a.jpg", FieldZone()) is None


def test_a_photo_is_dated_by_its_camera_and_not_by_its_file(workspace: Workspace) -> None:
    path = shared_file("data/own-well/wellhead.jpg")
    documents.attach_file(workspace, path, "77")
    (record,) = kinds.of_well(workspace.store, KINDS["document"], 2)
    assert (record.values["kind"], record.at) == ("photo", OCTOBER)


def test_a_file_that_is_no_photo_is_dated_by_the_file(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "схема.txt"
    path.write_text("НКТ 73", encoding="utf-8")
    os.utime(path, (OCTOBER.timestamp(), OCTOBER.timestamp()))
    documents.attach_file(workspace, path, "77")
    (record,) = kinds.of_well(workspace.store, KINDS["document"], 2)
    assert record.at == OCTOBER
