"""When a photo was taken, as the camera wrote it (EXIF 2.32, tags 0x9003, 0x9004 and 0x0132)."""

from __future__ import annotations

import struct
from datetime import datetime
from pathlib import Path

from app.core.zones import FieldZone
from app.models.limits import EARLIEST, LATEST

HEAD = 256 * 1024
_TAKEN, _DIGITISED, _CHANGED, _EXIF_PLACE = 0x9003, 0x9004, 0x0132, 0x8769
_ASCII = 2


def taken_at(path: Path, zone: FieldZone) -> datetime | None:
    """By the camera's clock, which tells no zone and stands as the field's. None for what is no JPEG or says
    nothing.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return None
    block = _exif_in(head)
    if block is None:
        return None
    try:
        tags = _tags_of(block)
    except (struct.error, IndexError):
        return None
    for tag in (_TAKEN, _DIGITISED, _CHANGED):
        moment = _moment(tags.get(tag, ""), zone)
        if moment is not None:
            return moment
    return None


def _exif_in(head: bytes) -> bytes | None:
    """The TIFF block of the APP1 segment."""
    if not head.startswith(b"\xff\xd8"):
        return None
    place = 2
    while place + 4 <= len(head) and head[place] == 0xFF:
        marker, length = head[place + 1], int.from_bytes(head[place + 2 : place + 4], "big")
        if marker == 0xE1 and head[place + 4 : place + 10] == b"Exif\0\0":
            return head[place + 10 : place + 2 + length]
        if marker == 0xDA or length < 2:
            return None
        place += 2 + length
    return None


def _tags_of(block: bytes) -> dict[int, str]:
    order = {b"MM": ">", b"II": "<"}.get(block[:2])
    if order is None:
        return {}
    (first,) = struct.unpack_from(order + "I", block, 4)
    found = _directory(block, order, first)
    place = found.pop(_EXIF_PLACE, "")
    return {**found, **(_directory(block, order, int(place)) if place else {})}


def _directory(block: bytes, order: str, start: int) -> dict[int, str]:
    """Tag → text; of the pointer to the camera's own directory its number."""
    (count,) = struct.unpack_from(order + "H", block, start)
    found: dict[int, str] = {}
    for number in range(min(count, 200)):
        tag, type_, length, value = struct.unpack_from(order + "HHII", block, start + 2 + 12 * number)
        if tag == _EXIF_PLACE:
            found[tag] = str(value)
        elif type_ == _ASCII and tag in (_TAKEN, _DIGITISED, _CHANGED) and length > 4:
            found[tag] = block[value : value + min(length, 40)].split(b"\0")[0].decode("ascii", "replace")
    return found


def _moment(text: str, zone: FieldZone) -> datetime | None:
    try:
        moment = zone.utc(datetime.strptime(text.strip(), "%Y:%m:%d %H:%M:%S"))
    except ValueError:
        return None
    return moment if EARLIEST <= moment < LATEST else None
