"""What waits on a laptop, as one file for a stick: sealed for its site, signed by its laptop.

    WSUNSENT1
    {…}            one line: the laptop's passport, signed by the centre; whose fields; salt
    pieces         AES-GCM of a mebibyte each, four bytes of length before each, the last marked as such
    signature      Ed25519 of the laptop, 64 bytes, over the SHA-256 of all before it

Inside is a line of JSON for each entry, with the content of its files after it. The centre signs passports
and gives each field's laptops a key of that field. Nothing of a file is believed before its signature was
checked.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from pydantic import ValidationError

from app.core.errors import KnownError
from app.core.pieces import of_a_size
from app.core.plain import is_wide
from app.sync.wire import EntryIn, FileRef, Hex32, Moment, Name, Wire, canonical

MAGIC = b"WSUNSENT1\n"
PIECE, _TAG, _SIGNATURE, LONGEST_HEADER, LONGEST_LINE = 1 << 20, 16, 64, 1 << 16, 16 << 20


class Passport(Wire):
    """What the centre says of a laptop."""

    site: Hex32
    device: str
    name: Name
    fields: tuple[Name, ...]
    public_key: Hex32
    issued_at: Moment


class Introduction(Wire):
    """What a laptop is told, so that it can seal, sign and open parcels. `keys`: field → key."""

    passport: Passport
    signature: str
    site_key: Hex32
    keys: dict[str, Hex32]


class Header(Wire):
    passport: Passport
    signature: str
    fields: tuple[Name, ...]
    entries: int
    made_at: Moment
    salt: Hex32


@dataclass(frozen=True)
class Parcel:
    """One whose signatures are right. `head` is the line as it stands in the file."""

    header: Header
    head: bytes


Part = EntryIn | tuple[FileRef, bytes, bool]
Item = tuple[EntryIn, list[tuple[FileRef, Iterable[bytes]]]]


def introduction_of(text: str) -> Introduction | None:
    """As it was kept. None for nothing, and for one of another version: it is asked for again."""
    try:
        return Introduction.model_validate_json(text) if text else None
    except ValidationError:
        return None


def passport_signed(passport: Passport, site_seed: bytes) -> str:
    return str(_private(site_seed).sign(_said(passport)).hex())


def public_of(seed: bytes) -> str:
    """The public half of a signing key, in hexadecimal."""
    return str(_private(seed).public_key().public_bytes_raw().hex())


# ---- writing -----------------------------------------------------------------------------------------------


def write(
    out: BinaryIO,
    introduction: Introduction,
    seed: bytes,
    items: Iterable[Item],
    *,
    fields: tuple[str, ...],
    entries: int,
    made_at: str,
) -> None:
    header = Header(
        passport=introduction.passport,
        signature=introduction.signature,
        fields=fields,
        entries=entries,
        made_at=made_at,
        salt=os.urandom(32).hex(),
    )
    head = header.model_dump_json().encode() + b"\n"
    digest = hashlib.sha256()

    def put(content: bytes) -> None:
        digest.update(content)
        out.write(content)

    put(MAGIC + head)
    cipher = _cipher(header, introduction.keys)
    for number, (piece, last) in enumerate(of_a_size(_lines(items), PIECE)):
        sealed = cipher.encrypt(_nonce(number, last), piece, head)
        put(len(sealed).to_bytes(4, "big") + sealed)
    out.write(_private(seed).sign(digest.digest()))


def _lines(items: Iterable[Item]) -> Iterator[bytes]:
    for entry, files in items:
        yield entry.model_dump_json().encode() + b"\n"
        for _, content in files:
            yield from content


# ---- reading -----------------------------------------------------------------------------------------------


def checked(file: BinaryIO, site_key: str) -> Parcel:
    """Who signed it and that nothing was changed since, before anything of it is used. Raises KnownError
    (parcel_none, parcel_other_site, parcel_stranger, parcel_changed).
    """
    from cryptography.exceptions import InvalidSignature

    file.seek(0)
    if file.read(len(MAGIC)) != MAGIC:
        raise KnownError("parcel_none")
    head = file.readline(LONGEST_HEADER)
    try:
        header = Header.model_validate_json(head)
        public = _public(header.passport.public_key)
    except (ValidationError, ValueError) as error:
        raise KnownError("parcel_changed") from error
    if not set(header.fields) <= set(header.passport.fields):
        raise KnownError("parcel_changed")
    if not hashlib.sha256(bytes.fromhex(site_key)).hexdigest() == header.passport.site:
        raise KnownError("parcel_other_site", device=header.passport.name)
    try:
        _public(site_key).verify(bytes.fromhex(header.signature), _said(header.passport))
    except (InvalidSignature, ValueError) as error:
        raise KnownError("parcel_stranger") from error
    try:
        public.verify(*_signed_part(file, len(MAGIC) + len(head)))
    except (InvalidSignature, ValueError) as error:
        raise KnownError("parcel_changed") from error
    return Parcel(header, head)


def opened(file: BinaryIO, parcel: Parcel, keys: dict[str, str]) -> Iterator[Part]:
    """Each entry, then its files, each piece by piece: (which, piece, whether it is the last one). It is read
    whole before the first: a laptop that signed what does not hold together is believed nothing. Raises
    KnownError (parcel_field, parcel_changed).
    """
    digest = hashlib.sha256()
    for part in _parts(file, parcel, keys):
        if isinstance(part, EntryIn):
            continue
        ref, piece, last = part
        digest.update(piece)
        if last:
            if digest.hexdigest() != ref.sha256:
                raise KnownError("parcel_changed")
            digest = hashlib.sha256()
    return _parts(file, parcel, keys)


def _parts(file: BinaryIO, parcel: Parcel, keys: dict[str, str]) -> Iterator[Part]:
    plain = _Plain(file, parcel, _cipher(parcel.header, keys))
    for _ in range(parcel.header.entries):
        line = plain.line()
        try:
            if is_wide(line):
                raise ValueError("wide")
            entry = EntryIn.model_validate_json(line)
        except ValueError as error:  # a ValidationError is one
            raise KnownError("parcel_changed") from error
        yield entry
        for ref in entry.attachments:
            left = ref.size
            while True:
                piece = plain.take(min(left, PIECE))
                left -= len(piece)
                yield ref, piece, left == 0
                if not left:
                    break
    plain.end()


class _Plain:
    """The sealed pieces as one stream."""

    def __init__(self, file: BinaryIO, parcel: Parcel, cipher: Any) -> None:
        self._file, self._cipher, self._head = file, cipher, parcel.head
        self._end = file.seek(0, os.SEEK_END) - _SIGNATURE
        file.seek(len(MAGIC) + len(parcel.head))
        self._number = 0
        self._buffer = bytearray()
        """Added to and taken from in place: copied for each piece, pieces of a byte would take a day."""

    def line(self) -> bytes:
        seen = 0
        while (end := self._buffer.find(b"\n", seen)) < 0:
            seen = len(self._buffer)
            if seen > LONGEST_LINE:
                raise KnownError("parcel_changed")
            self._more()
        line = self.take(end)
        del self._buffer[:1]
        return line

    def end(self) -> None:
        """Nothing is in it that nobody is told of."""
        if self._buffer or self._file.tell() != self._end:
            raise KnownError("parcel_changed")

    def take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._more()
        part = bytes(self._buffer[:size])
        del self._buffer[:size]
        return part

    def _more(self) -> None:
        from cryptography.exceptions import InvalidTag

        length = int.from_bytes(self._file.read(4), "big")
        if not 0 < length <= PIECE + _TAG or self._file.tell() + length > self._end:
            raise KnownError("parcel_changed")
        sealed = self._file.read(length)
        last = self._file.tell() == self._end
        try:
            self._buffer += self._cipher.decrypt(_nonce(self._number, last), sealed, self._head)
        except InvalidTag as error:
            raise KnownError("parcel_changed") from error
        self._number += 1


def _signed_part(file: BinaryIO, begin: int) -> tuple[bytes, bytes]:
    """(signature, digest of all before it)."""
    end = file.seek(0, os.SEEK_END) - _SIGNATURE
    if end < begin:
        raise ValueError("too short")
    file.seek(0)
    digest, left = hashlib.sha256(), end
    while left:
        piece = file.read(min(left, PIECE))
        digest.update(piece)
        left -= len(piece)
    return file.read(_SIGNATURE), digest.digest()


# ---- keys --------------------------------------------------------------------------------------------------


def _cipher(header: Header, keys: dict[str, str]) -> Any:
    """Of the keys of all its fields: who has not each of them opens nothing."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    missing = [field for field in header.fields if field not in keys]
    if missing or not header.fields:
        raise KnownError("parcel_field", fields=", ".join(missing))
    secret = b"".join(bytes.fromhex(keys[field]) for field in sorted(header.fields))
    key = HKDF(hashes.SHA256(), 32, bytes.fromhex(header.salt), b"wellside unsent 1").derive(secret)
    return AESGCM(key)


def _said(passport: Passport) -> bytes:
    return b"wellside passport 1\n" + canonical(passport.model_dump(mode="json")).encode()


def _private(seed: bytes) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


def _public(key: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))


def _nonce(number: int, last: bool) -> bytes:
    """Each parcel has a key of its own, by its salt."""
    return number.to_bytes(11, "big") + bytes([last])
