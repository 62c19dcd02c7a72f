"""The one secret of a profile: 32 random bytes, in the operating system's keyring.

Where there is no keyring to be trusted (headless, some Linux), a key file readable by the owner only takes
its place and the caller is told, so that it can be shown. Null, plain-text and chained backends are refused:
the null backend silently drops what it is given, and a chain may end in a plain file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.paths import Paths

TRUSTED_BACKENDS = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)
SERVICE = "wellside"


@dataclass(frozen=True)
class MasterKey:
    """`in_keyring` is False where a key file stands in for the keyring."""

    secret: bytes
    in_keyring: bool

    def derive(self, purpose: str) -> str:
        """A key of its own for each file (BLAKE2b keyed hash, RFC 7693), 64 hex digits."""
        return hashlib.blake2b(purpose.encode(), key=self.secret, digest_size=32).hexdigest()


def _trusted_keyring() -> object | None:
    if os.environ.get("WELLSIDE_NO_KEYRING"):
        return None
    import keyring

    backend = keyring.get_keyring()
    return backend if type(backend).__module__.startswith(TRUSTED_BACKENDS) else None


def _from_keyring(name: str) -> bytes | None:
    backend = _trusted_keyring()
    if backend is None:
        return None
    from keyring.errors import KeyringError

    try:
        stored = backend.get_password(SERVICE, name)  # type: ignore[attr-defined]
    except KeyringError as error:
        raise KnownError("keyring_locked", reason=str(error), retry=True) from error
    return bytes.fromhex(stored) if stored else None


def _into_keyring(name: str, secret: bytes) -> bool:
    """Store and read back; False when this keyring cannot be relied on."""
    backend = _trusted_keyring()
    if backend is None:
        return False
    from keyring.errors import KeyringError

    try:
        backend.set_password(SERVICE, name, secret.hex())  # type: ignore[attr-defined]
        return bool(backend.get_password(SERVICE, name) == secret.hex())  # type: ignore[attr-defined]
    except KeyringError:
        return False


def _from_file(path: Path) -> bytes | None:
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise KnownError("key_file", file=str(path), reason=str(error)) from error
    if len(secret) != 32:
        raise KnownError("key_file", file=str(path), reason=f"{len(secret)} bytes instead of 32")
    return secret


def obtain_key(paths: Paths) -> MasterKey:
    """The profile's key; made at the first start. Raises KnownError when the files are there and the key is
    not.
    """
    secret = _from_file(paths.key_file)
    if secret is not None:
        return MasterKey(secret, in_keyring=False)
    name = str(paths.store)
    secret = _from_keyring(name)
    if secret is not None:
        return MasterKey(secret, in_keyring=True)
    if paths.store.exists() or paths.journal.exists():
        raise KnownError("key_missing", file=str(paths.store), key_file=str(paths.key_file))
    secret = secrets.token_bytes(32)
    if _into_keyring(name, secret):
        return MasterKey(secret, in_keyring=True)
    try:
        write_atomically(paths.key_file, secret.hex().encode("ascii"))
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(paths.folder), reason=str(error)) from error
    return MasterKey(secret, in_keyring=False)
