"""Secrets of connections: in a file of their own, AES-GCM under a key derived from the profile's, which is in the keyring.

A token may be longer than a keyring takes (Windows: 1,280 characters); so only the key is there. Nothing of this is in settings or logs.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.models.keys import MasterKey

_MARK = b"WSS1"


class Secrets:
    """Read when asked, written at once."""

    def __init__(self, path: Path, key: MasterKey) -> None:
        self._path, self._key = path, bytes.fromhex(key.derive("secrets"))

    def get(self, name: str) -> str:
        """Empty when there is none. Raises KnownError (secrets_damaged)."""
        return self._all().get(name, "")

    def set(self, name: str, value: str) -> None:
        """An empty value takes the secret away."""
        kept = {key: text for key, text in (self._all() | {name: value}).items() if text}
        nonce = os.urandom(12)
        sealed = self._cipher().encrypt(nonce, json.dumps(kept).encode(), _MARK)
        write_atomically(self._path, _MARK + nonce + sealed)

    def _all(self) -> dict[str, str]:
        from cryptography.exceptions import InvalidTag

        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        try:
            kept = json.loads(self._cipher().decrypt(content[4:16], content[16:], content[:4]))
        except (InvalidTag, ValueError) as error:
            raise KnownError("secrets_damaged", file=str(self._path)) from error
        return {str(name): str(value) for name, value in kept.items()}

    def _cipher(self):  # type: ignore[no-untyped-def]
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._key)
