"""A small file of the profile, AES-GCM under a key derived from the profile's, which is in the keyring."""

from __future__ import annotations

import os
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.models.keys import MasterKey

_MARK = b"WSS1"


class SealedFile:
    """Whole or not there; a file of another key or a changed byte is refused."""

    def __init__(self, path: Path, key: MasterKey, purpose: str) -> None:
        self.path, self._key = path, bytes.fromhex(key.derive(purpose))

    def read(self) -> bytes:
        """Empty when there is none. Raises KnownError (sealed_damaged)."""
        from cryptography.exceptions import InvalidTag

        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return b""
        try:
            return self._cipher().decrypt(content[4:16], content[16:], content[:4])
        except (InvalidTag, ValueError) as error:
            raise KnownError("sealed_damaged", file=str(self.path)) from error

    def write(self, content: bytes) -> None:
        nonce = os.urandom(12)
        write_atomically(self.path, _MARK + nonce + self._cipher().encrypt(nonce, content, _MARK))

    def _cipher(self):  # type: ignore[no-untyped-def]
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._key)
