"""How far an archive has been read, by well and device: what a download begins with the next time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.paths import Paths
from app.core.plain import JsonObject, object_in
from app.devices.profile import Profile
from app.models.values import built, part_of
from app.models.wells import Well

SECOND_US = 1_000_000
SAME_OFFSET_US = 5 * SECOND_US
"""A clock that differs less from what it was is as it was: times that are stored do not wander."""


@dataclass(frozen=True)
class ReadSoFar:
    """`number` and `device_us` are of the last record that is stored: -1 and 0 for none. `offset_us`: what
    its times were corrected by.
    """

    offset_us: int
    number: int = -1
    device_us: int = 0


def key_of(well: Well, profile: Profile) -> str:
    return f"{well.key['uid']} {profile.key} {profile.unit_id}"


def load(paths: Paths, key: str) -> ReadSoFar | None:
    """A file that cannot be read says nothing: the archive is read whole, and what is stored stays."""
    told = part_of(_told(paths), key)
    return built(ReadSoFar, told) if told else None


def save(paths: Paths, key: str, so_far: ReadSoFar) -> None:
    """Raises KnownError (file_not_written)."""
    content = {**_told(paths), key: asdict(so_far)}
    try:
        write_atomically(paths.device_state, json.dumps(content, indent=1).encode())
    except OSError as error:
        raise KnownError("file_not_written", file=str(paths.device_state), reason=str(error)) from error


def settled(paths: Paths, key: str, offset_us: int) -> ReadSoFar:
    """With the offset that times are corrected by: to the whole second, as devices stamp, and the one of
    before while it is about as it was. Noted before anything is stored: after a crash the same record gets
    the same time again. Raises KnownError (file_not_written).
    """
    so_far = load(paths, key)
    if so_far is None or abs(so_far.offset_us - offset_us) > SAME_OFFSET_US:
        whole_us = round(offset_us / SECOND_US) * SECOND_US
        so_far = replace(so_far or ReadSoFar(whole_us), offset_us=whole_us)
        save(paths, key, so_far)
    return so_far


def _told(paths: Paths) -> JsonObject:
    try:
        return object_in(paths.device_state.read_bytes())
    except (OSError, ValueError):
        return {}
