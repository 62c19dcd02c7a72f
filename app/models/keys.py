"""The one secret of a profile: 32 random bytes, in the operating system's keyring.

Where there is no keyring to be trusted (headless, some Linux), a key file readable by the owner only takes
its place and the caller is told, so that it can be shown. Null, plain-text and chained backends are refused:
the null backend silently drops what it is given, and a chain may end in a plain file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.paths import Paths
from app.models import journal_file
from app.models.recovery import Recovery

TRUSTED_BACKENDS = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)
OF_SYSTEM = {"win32": ("Windows.WinVaultKeyring",), "darwin": ("macOS.Keyring",)}
OF_OTHERS = ("SecretService.Keyring", "libsecret.Keyring", "kwallet.DBusKeyring")
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
    """The one that somebody has chosen, else the system's own. The best of all that `keyring` finds would be
    a chain where there are two, which is not trusted, and to look for it takes a tenth of a start: every
    backend of every system is loaded.
    """
    if os.environ.get("WELLSIDE_NO_KEYRING"):
        return None
    from keyring import core

    backend = core.load_env() or core.load_config() or _of_the_system()
    return backend if type(backend).__module__.startswith(TRUSTED_BACKENDS) else None


def _of_the_system() -> object | None:
    from keyring import core

    for name in OF_SYSTEM.get(sys.platform, OF_OTHERS):
        try:
            return core.load_keyring(f"keyring.backends.{name}")
        except Exception:  # noqa: BLE001 - whatever a backend says of what it lacks: it is not there
            continue
    return None


def _from_keyring(name: str) -> bytes | None:
    backend = _trusted_keyring()
    if backend is None:
        return None
    from keyring.errors import KeyringError

    try:
        stored = backend.get_password(SERVICE, name)  # type: ignore[attr-defined]
        secret = bytes.fromhex(stored) if stored else b""
    except KeyringError as error:
        raise KnownError("keyring_locked", reason=str(error), retry=True) from error
    except ValueError:  # what it gives back is no key, or the name that a file gave it is none
        return None
    return secret if len(secret) == 32 else None


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


def is_only_mine(path: Path) -> bool:
    """Whether nobody else may read it, as far as the file itself says: on Windows, and on a stick or a share
    without owners, it says nothing.
    """
    return path.stat().st_mode & 0o077 == 0


def obtain_key(paths: Paths) -> MasterKey:
    """The profile's key; made at the first start. Raises KnownError when the files are there and the key is
    not.
    """
    secret = _from_file(paths.key_file)
    if secret is not None:
        return MasterKey(secret, in_keyring=False)
    secret = _from_keyring(str(paths.store)) or _of_a_moved_folder(paths)
    if secret is not None:
        _note_name(paths)
        return MasterKey(secret, in_keyring=True)
    if paths.store.exists() or paths.journal.exists():
        raise KnownError("key_missing", file=str(paths.store), key_file=str(paths.key_file))
    try:
        # Its ways lead to a key of before: shown as ways to this one they are none.
        if paths.recovery.exists():
            os.replace(paths.recovery, _aside(paths.recovery))
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(paths.folder), reason=str(error)) from error
    return put_key(paths, secrets.token_bytes(32))


def put_key(paths: Paths, secret: bytes) -> MasterKey:
    """Into the keyring, or the key file where there is no keyring or a key file is what is read first. A key
    file that says something else is laid aside, not written over.
    """
    try:
        if not paths.key_file.exists() and _into_keyring(str(paths.store), secret):
            _note_name(paths)
            return MasterKey(secret, in_keyring=True)
        if paths.key_file.exists():
            os.replace(paths.key_file, _aside(paths.key_file))
        write_atomically(paths.key_file, secret.hex().encode("ascii"))
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(paths.folder), reason=str(error)) from error
    return MasterKey(secret, in_keyring=False)


def fits(paths: Paths, secret: bytes) -> bool:
    """Whether it is the key of the journal that is here; nothing is written."""
    return journal_file.opens(paths.journal, MasterKey(secret, False).derive("journal"))


def _of_a_moved_folder(paths: Paths) -> bytes | None:
    """A keyring knows keys by the place of their profile: one that was moved says where it was before."""
    before = Recovery(paths.recovery).keyring_name
    if not before or not paths.journal.exists():
        return None
    secret = _from_keyring(before)
    if secret is None or not fits(paths, secret) or not _into_keyring(str(paths.store), secret):
        return None
    return secret


def _note_name(paths: Paths) -> None:
    if os.access(paths.folder, os.W_OK):
        Recovery(paths.recovery).remember_name(str(paths.store))


def _aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    return aside
