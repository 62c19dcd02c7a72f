"""Files kept with the journal: encrypted in pieces, each file under the SHA-256 of its content, written once.

A piece is 1 MiB, AES-GCM, its nonce the file's own prefix and its number: pieces cannot be swapped, a missing
end shows because the last one says that it is the last. A file of gigabytes passes through a megabyte of
memory.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.errors import KnownError
from app.core.files import sync_folder
from app.core.pieces import of_a_size

PIECE = 1 << 20
_MARK = b"WSB2"
TAG = 16


@dataclass(frozen=True)
class Attachment:
    sha256: str
    size: int
    name: str


class Blobs:
    """`key`: 32 bytes of the profile. OSError is the caller's to name."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._key = folder, key

    def put(self, name: str, content: bytes | Path | Iterator[bytes]) -> Attachment:
        """On the disk when this returns. Raises OSError."""
        beside = self._folder / f".{os.getpid()}.{os.urandom(6).hex()}.tmp"
        digest, size = hashlib.sha256(), 0
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                prefix = os.urandom(7)
                out.write(_MARK + prefix)
                cipher = self._cipher()
                for number, (piece, last) in enumerate(_pieces(content)):
                    digest.update(piece)
                    size += len(piece)
                    out.write(cipher.encrypt(piece_nonce(prefix, number, last), piece, None))
                out.flush()
                os.fsync(out.fileno())
            target = self._folder / digest.hexdigest()
            os.replace(beside, target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        sync_folder(self._folder)
        return Attachment(digest.hexdigest(), size, name)

    def has(self, sha256: str) -> bool:
        return (self._folder / sha256).exists()

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """The content, piece by piece, checked. Raises KnownError when it is damaged or gone."""
        from cryptography.exceptions import InvalidTag

        digest = hashlib.sha256()
        try:
            with (self._folder / sha256).open("rb") as file:
                head = file.read(11)
                if head[:4] != _MARK:
                    yield self._sealed_whole(head + file.read(), sha256)
                    return
                cipher, number, sealed = self._cipher(), 0, file.read(PIECE + TAG)
                while True:
                    following = file.read(PIECE + TAG)
                    piece = cipher.decrypt(piece_nonce(head[4:], number, not following), sealed, None)
                    digest.update(piece)
                    yield piece
                    if not following:
                        break
                    sealed, number = following, number + 1
        except (OSError, InvalidTag, ValueError) as error:  # a ValueError: too short to be sealed
            raise KnownError("attachment_damaged", sha256=sha256, reason=type(error).__name__) from error
        if digest.hexdigest() != sha256:
            raise KnownError("attachment_damaged", sha256=sha256, reason="SHA-256")

    def read(self, sha256: str) -> bytes:
        return b"".join(self.pieces(sha256))

    def _sealed_whole(self, sealed: bytes, sha256: str) -> bytes:
        """A file kept by version 0.1 before pieces: one nonce, one tag, named by its hash."""
        content: bytes = self._cipher().decrypt(sealed[:12], sealed[12:], sha256.encode())
        return content

    def _cipher(self) -> Any:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._key)


def piece_nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _pieces(content: bytes | Path | Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """(piece, whether it is the last)."""
    if isinstance(content, bytes):
        for start in range(0, max(len(content), 1), PIECE):
            yield content[start : start + PIECE], start + PIECE >= len(content)
        return
    if isinstance(content, Path):
        with content.open("rb") as file:
            yield from of_a_size(iter(lambda: file.read(PIECE), b""), PIECE)
        return
    yield from of_a_size(content, PIECE)
