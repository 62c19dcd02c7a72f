"""Secrets of connections: in a file of their own, AES-GCM under a key derived from the profile's, which is in
the keyring.

A token may be longer than a keyring takes (Windows: 1,280 characters); so only the key is there. Nothing of
this is in settings or logs.
"""

from __future__ import annotations

import json
from pathlib import Path

from app.core.errors import KnownError
from app.models.keys import MasterKey
from app.models.sealed import SealedFile


class Secrets:
    """Read when asked, written at once."""

    def __init__(self, path: Path, key: MasterKey) -> None:
        self._file = SealedFile(path, key, "secrets")

    def get(self, name: str) -> str:
        """Empty when there is none. Raises KnownError (secrets_damaged)."""
        return self._all().get(name, "")

    def set(self, name: str, value: str) -> None:
        """An empty value takes the secret away."""
        kept = {key: text for key, text in (self._all() | {name: value}).items() if text}
        self._file.write(json.dumps(kept).encode())

    def _all(self) -> dict[str, str]:
        try:
            content = self._file.read()
            kept = json.loads(content) if content else {}
        except (KnownError, ValueError) as error:
            raise KnownError("secrets_damaged", file=str(self._file.path)) from error
        return {str(name): str(value) for name, value in kept.items()}
