"""A key as people write it down, read it out and type it: groups of eight letters and digits.

A group is four bytes of the key and a check (CRC-8 over its place and the bytes) in Crockford's base 32: a
letter that is wrong and a group in another's place are found, and which group it is can be said. What is
easily taken for another is taken as meant: O for 0, I and L for 1, small letters, Cyrillic twins of Latin
ones.
"""

from __future__ import annotations

from app.core.errors import KnownError

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("OILАВСЕНКМОРТХ", "011ABCEHKM0PTX")
_BYTES, _GROUP = 4, 8


def written(key: bytes) -> str:
    """`key` is of whole groups: 16 or 32 bytes.

    >>> written(bytes(16))
    '0000-0000 0000-001W 0000-003R 0000-002N'
    """
    groups = [_group(number, key[start : start + _BYTES]) for number, start in enumerate(_starts(len(key)))]
    return " ".join(f"{group[:4]}-{group[4:]}" for group in groups)


def read(text: str, sizes: tuple[int, ...]) -> bytes:
    """The key of a length that is expected. Raises KnownError (written_key_length, written_key_group)."""
    letters = "".join(text.upper().translate(_MEANT).replace("-", "").replace("–", "").split())
    expected = {size // _BYTES * _GROUP for size in sizes}
    if len(letters) not in expected:
        raise KnownError(
            "written_key_length", found=len(letters), expected=" / ".join(map(str, sorted(expected)))
        )
    key = b""
    for number, start in enumerate(range(0, len(letters), _GROUP)):
        group = letters[start : start + _GROUP]
        part = _bytes(group)[:_BYTES]
        if _group(number, part) != group:
            raise KnownError("written_key_group", group=number + 1, text=f"{group[:4]}-{group[4:]}")
        key += part
    return key


def _starts(size: int) -> range:
    return range(0, size, _BYTES)


def _group(number: int, part: bytes) -> str:
    bits = int.from_bytes(part + bytes([_crc8(bytes([number]) + part)]), "big")
    return "".join(_LETTERS[bits >> shift & 31] for shift in range(35, -1, -5))


def _bytes(group: str) -> bytes:
    """A letter that the alphabet has not counts as nought: the check does not fit then."""
    bits = 0
    for letter in group:
        bits = bits << 5 | max(_LETTERS.find(letter), 0)
    return bits.to_bytes(5, "big")


def _crc8(content: bytes) -> int:
    """Polynomial x⁸ + x² + x + 1: no single letter (five bits) is changed unseen."""
    crc = 0
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ 0x07 if crc & 0x80 else crc << 1) & 0xFF
    return crc
