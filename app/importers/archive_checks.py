"""What an archive may claim before it is unpacked: a megabyte can hold a gigabyte."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

from app.core.errors import KnownError

MOST_MEMBERS = 1_000
MOST_BYTES = 400 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024
"""Below this a high ratio is no danger: a sheet of equal cells packs well."""


def check_archive(path: Path, content: bytes) -> zipfile.ZipFile:
    """The archive, its directory checked. Raises KnownError (archive_*)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise KnownError("archive_broken", file=str(path)) from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise KnownError("archive_bomb", file=str(path), reason=f"{len(members)} > {MOST_MEMBERS}")
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if total > MOST_BYTES or (total > 16 * SMALL and total > MOST_RATIO * max(packed, 1)):
        raise KnownError(
            "archive_bomb", file=str(path), reason=f"{packed // 1024} KiB → {total // 2**20} MiB"
        )
    for member in members:
        if member.flag_bits & 1:
            raise KnownError("file_password", file=str(path))
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in member.filename:
            raise KnownError("archive_path", file=str(path), member=member.filename[:120])
    return archive
