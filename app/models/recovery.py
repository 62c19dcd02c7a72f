"""Ways back to a profile's key when the keyring, the account or the folder is another than before.

Beside the journal lies `cache.recovery`, one JSON file without a secret in the clear: the key sealed under a
recovery key that was shown once and is kept nowhere (16 random bytes, AES-GCM); the key sealed for the site's
IT (RSA-OAEP with SHA-256, so that OpenSSL alone opens it); the name that the keyring knows the key by, so
that a folder that was moved finds it. Making the first anew makes the one before open nothing here; with an
older copy of this file it opens what that copy is of.

Both sealed parts are looked at on a bad day only, too late for one that is damaged: so IT's carries a hash
under the key itself, and is sealed anew when that does not fit; what was last made for the first is
known by a mark that is kept elsewhere (`mark_of`). A file of a newer form is neither guessed
at nor written over.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.plain import Json, JsonObject, object_in
from app.models import written_key
from app.models.values import needed_text

_WORDS, _IT, _NAME = "by_recovery_key", "by_site", "keyring_name"
_MARK = b"wellside recovery 1"
_RECOVERY_BYTES, _KEY_BYTES, LEAST_RSA_BITS = 16, 32, 3072
_NONCE_BYTES, _TAG_BYTES = 12, 16
VERSION = 1
LONGEST = 1 << 16
"""Bytes. It has two thousand; the rest of what somebody sends to IT under its name is not read."""


class Recovery:
    """Read when asked, written at once. Raises KnownError (recovery_damaged, recovery_newer,
    folder_not_writable).
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    # ---- a recovery key, shown once ------------------------------------------------------------------------

    @property
    def has_key(self) -> bool:
        return _WORDS in self._readable()

    def mark_of(self, secret: bytes) -> str:
        """Another one when the sealed recovery key is another; empty where there is none."""
        kept = self._all()
        return _hash_under(secret, kept[_WORDS]) if _WORDS in kept else ""

    def make(self, secret: bytes) -> str:
        """A new recovery key for this key of the profile, in groups; told once, kept nowhere."""
        key, nonce = os.urandom(_RECOVERY_BYTES), os.urandom(_NONCE_BYTES)
        sealed = _cipher(key).encrypt(nonce, secret, _MARK)
        self._put(_WORDS, base64.b64encode(nonce + sealed).decode())
        return written_key.written(key)

    def opened(self, typed: str) -> bytes:
        """The profile's key by what a person typed: the recovery key, or the key itself, as IT read it out.
        Raises KnownError (written_key_…, recovery_none, recovery_key_wrong).
        """
        from cryptography.exceptions import InvalidTag

        key = written_key.read(typed, (_RECOVERY_BYTES, _KEY_BYTES))
        if len(key) == _KEY_BYTES:
            return key
        kept = self._all()
        if _WORDS not in kept:
            raise KnownError("recovery_none", file=str(self.path))
        try:
            sealed = base64.b64decode(needed_text(kept, _WORDS), validate=True)
        except ValueError as error:
            raise self._damaged() from error
        if len(sealed) != _NONCE_BYTES + _KEY_BYTES + _TAG_BYTES:
            raise self._damaged()
        try:
            return bytes(_cipher(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _MARK))
        except InvalidTag as error:
            raise KnownError("recovery_key_wrong") from error

    # ---- held by the site's IT -----------------------------------------------------------------------------

    @property
    def held_by(self) -> str:
        """Fingerprint of the site's public key that it was sealed for; empty for none."""
        return _text(_held_in(self._readable()), "fingerprint")

    def hold(self, secret: bytes, public_pem: str) -> None:
        """Seal it for the site, once for each of its keys and of ours. Raises KnownError
        (site_recovery_key).
        """
        held, mine = _held_in(self._readable()), fingerprint(public_pem)
        told = held.get("fingerprint"), held.get("of")
        if told == (mine, _hash_under(secret, [mine, held.get("sealed")])):
            return
        public, padding = _public(public_pem), _padding()
        sealed = base64.b64encode(public.encrypt(secret, padding)).decode()
        self._put(_IT, {"fingerprint": mine, "sealed": sealed, "of": _hash_under(secret, [mine, sealed])})

    def unsealed(self, private_pem: bytes, password: bytes | None = None) -> str:
        """For IT: the profile's key, in groups. Raises KnownError (recovery_not_held, private_key_wrong)."""
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        held = _held_in(self._all())
        if not held:
            raise KnownError("recovery_not_held", file=str(self.path))
        try:
            private = load_pem_private_key(private_pem, password)
            if not isinstance(private, RSAPrivateKey):
                raise ValueError("RSA")
            sealed = base64.b64decode(needed_text(held, "sealed"))
            key = private.decrypt(sealed, _padding())
            if len(key) != _KEY_BYTES:
                raise ValueError("no key")
            return written_key.written(key)
        except (ValueError, TypeError) as error:
            raise KnownError(
                "private_key_wrong", fingerprint=str(held.get("fingerprint", ""))[:16]
            ) from error

    # ---- a folder that was moved ---------------------------------------------------------------------------

    @property
    def keyring_name(self) -> str:
        """What the keyring knew the key by when the profile was last opened; no secret."""
        return _text(self._readable(), _NAME)

    def remember_name(self, name: str) -> None:
        """Not in a file of a newer form: whoever has the key is not kept from the work by it."""
        if self.keyring_name == name:
            return
        try:
            self._put(_NAME, name)
        except KnownError as error:
            if error.code != "recovery_newer":
                raise

    # ---- the file ------------------------------------------------------------------------------------------

    def _all(self) -> JsonObject:
        try:
            with self.path.open("rb") as file:
                content = file.read(LONGEST + 1)
            kept = object_in(content) if len(content) <= LONGEST else {}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise self._damaged() from error
        version = kept.get("version", VERSION) if kept else None
        if isinstance(version, bool) or not isinstance(version, int):
            raise self._damaged()
        if version > VERSION:
            raise KnownError("recovery_newer", file=str(self.path))
        return kept

    def _damaged(self) -> KnownError:
        return KnownError("recovery_damaged", file=str(self.path))

    def _readable(self) -> JsonObject:
        """For what a start asks: a damaged file keeps nobody from the work."""
        try:
            return self._all()
        except KnownError:
            return {}

    def _put(self, part: str, content: object) -> None:
        """What nobody can read is laid aside and made anew, what only a newer program can is left alone."""
        try:
            kept = self._all()
        except KnownError as error:
            if error.code == "recovery_newer":
                raise
            kept = {}
        try:
            if not kept and self.path.exists():
                os.replace(self.path, self.path.with_name(f"{self.path.name}.damaged"))
            write_atomically(self.path, json.dumps({**kept, "version": VERSION, part: content}).encode())
        except OSError as error:
            raise KnownError(
                "folder_not_writable", folder=str(self.path.parent), reason=str(error)
            ) from error


def fingerprint(pem: str) -> str:
    """SHA-256 of what the PEM encloses, whatever its lines are."""
    inside = "".join(line.strip() for line in pem.splitlines() if not line.startswith("-----"))
    return hashlib.sha256(inside.encode()).hexdigest()


def _held_in(kept: JsonObject) -> JsonObject:
    """What is sealed for IT; what is none of that is sealed anew, and the other part is left alone."""
    held = kept.get(_IT)
    return held if isinstance(held, dict) else {}


def _text(told: JsonObject, key: str) -> str:
    """Empty where it is none: one damaged part takes nothing from the others."""
    text = told.get(key)
    return text if isinstance(text, str) else ""


def _hash_under(secret: bytes, told: Json) -> str:
    """Of which key this is the sealed one, and that not a letter of it is another since."""
    return hashlib.blake2b(json.dumps(told).encode(), key=secret, digest_size=16).hexdigest()


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _public(pem: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        public = load_pem_public_key(pem.encode())
    except ValueError as error:
        raise KnownError("site_recovery_key", reason=str(error)[:100]) from error
    if not isinstance(public, RSAPublicKey) or public.key_size < LEAST_RSA_BITS:
        raise KnownError("site_recovery_key", reason=f"RSA {LEAST_RSA_BITS}+")
    return public


def _padding() -> Any:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    return padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
