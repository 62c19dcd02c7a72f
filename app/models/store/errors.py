"""DuckDB's messages, turned into what an engineer can act on. Decided here, at the border."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from app.core.errors import KnownError

_CORRUPT = (
    "Corrupt",
    "AES tag",
    "not a valid DuckDB",
    "checksum",
    "Failed to load metadata",
    "deserializ",
    "WAL",
    "truncated",
    "Could not read enough bytes",
    "INTERNAL",
    "magic bytes",
    "Decryption",
)
_FULL = ("No space left", "not enough space", "disk full", "out of space")


def disk_is_full(error: BaseException) -> bool:
    return any(sign in str(error) for sign in _FULL)


def block_is_damaged(error: duckdb.Error) -> bool:
    """Bytes of the file are not those that were written (met while reading, not a fault of a statement)."""
    return any(sign in str(error) for sign in ("AES tag", "Corrupt database file"))


def known(error: duckdb.Error | OSError, path: Path) -> KnownError | None:
    """The KnownError that `error` means for the store at `path`, or None: then it is a bug of ours."""
    text = str(error)
    if disk_is_full(error) and "invalidated" in text:
        return KnownError("disk_full_restart", file=str(path))
    if disk_is_full(error):
        return KnownError("disk_full", file=str(path), retry=True)
    if "Could not set lock" in text or "already open" in text or "being used by another process" in text:
        pid = re.search(r"PID (\d+)", text)
        return KnownError("store_locked", file=str(path), pid=pid.group(1) if pid else "?", retry=True)
    if "Wrong encryption key" in text:
        return KnownError("store_key_wrong", file=str(path))
    if "newer" in text and "version" in text:
        return KnownError("store_newer", file=str(path))
    if "ermission denied" in text or "read-only" in text.lower() or "Read-only file system" in text:
        return KnownError("store_read_only", file=str(path))
    if isinstance(error, duckdb.OutOfMemoryException):
        return KnownError("store_memory", file=str(path), retry=True)
    if isinstance(
        error,
        (
            duckdb.IOException,
            duckdb.SerializationException,
            duckdb.InternalException,
            duckdb.FatalException,
            duckdb.CatalogException,
            duckdb.InvalidInputException,
        ),
    ) and any(sign in text for sign in _CORRUPT):
        return KnownError("store_corrupt", file=str(path), reason=text.splitlines()[0][:200])
    return None
