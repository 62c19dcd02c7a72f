"""A stream of any length under a passphrase: scrypt (RFC 7914) makes the key, AES-GCM seals pieces of 1 MiB
as in `blobs`. The head says how the key was made; a changed byte, a piece in another's place, a missing end
and a wrong passphrase are refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from app.core.errors import KnownError
from app.core.pieces import of_a_size
from app.models.blobs import PIECE, TAG, piece_nonce

_MARK = b"WSBK1"
_SALT, _PREFIX = 16, 7
_HEAD = len(_MARK) + 1 + _SALT + _PREFIX
COST = 17
"""2¹⁷ blocks of 1 KiB: 128 MiB and some tenths of a second for each guess."""
_MOST_COST = 20
SHORTEST = 10
"""Letters of a passphrase."""


def seal(file: IO[bytes], passphrase: str, parts: Iterator[bytes]) -> None:
    """Raises KnownError (passphrase_short), OSError."""
    if len(passphrase) < SHORTEST:
        raise KnownError("passphrase_short", least=SHORTEST)
    salt, prefix = os.urandom(_SALT), os.urandom(_PREFIX)
    head = _MARK + bytes([COST]) + salt + prefix
    cipher = _cipher(passphrase, salt, COST)
    file.write(head)
    for number, (piece, last) in enumerate(of_a_size(parts, PIECE)):
        file.write(cipher.encrypt(piece_nonce(prefix, number, last), piece, head))


def opened(path: Path, passphrase: str) -> Iterator[bytes]:
    """Piece by piece. Raises KnownError (backup_damaged, backup_passphrase, file_unreadable)."""
    from cryptography.exceptions import InvalidTag

    number = 0
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if len(head) < _HEAD or not head.startswith(_MARK) or head[len(_MARK)] > _MOST_COST:
                raise KnownError("backup_damaged", file=str(path))
            salt, prefix = head[len(_MARK) + 1 :][:_SALT], head[-_PREFIX:]
            cipher = _cipher(passphrase, salt, head[len(_MARK)])
            sealed = file.read(PIECE + TAG)
            while True:
                following = file.read(PIECE + TAG)
                yield cipher.decrypt(piece_nonce(prefix, number, not following), sealed, head)
                if not following:
                    return
                sealed, number = following, number + 1
    except OSError as error:
        raise KnownError("file_unreadable", file=str(path), reason=str(error)) from error
    except (InvalidTag, ValueError) as error:
        # Of the first piece nobody can say whether the passphrase or a byte is another.
        raise KnownError("backup_damaged" if number else "backup_passphrase", file=str(path)) from error


def _cipher(passphrase: str, salt: bytes, cost: int) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    key = Scrypt(salt=salt, length=32, n=1 << cost, r=8, p=1).derive(passphrase.encode())
    return AESGCM(key)
