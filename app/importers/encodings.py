"""In which encoding a text is: by marks, by zeros, by what the letters make of themselves. The old code pages
differ in nothing but which bytes are which letters: the one that makes words of them is the right one.
"""

from __future__ import annotations

import codecs
import io
import re
from functools import cache
from math import log
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import KnownError
from app.importers.base import HEAD, looks_binary, utf16_of

CUT_OFF = "\x1a"
"""Before the text of a row that is not whole, as the end of a text once was marked."""

OLD = ("cp1251", "cp866", "koi8-r", "cp1252", "mac_cyrillic")
"""Windows, DOS, Unix, Western Europe, the Macintosh: the first wins where nothing tells them apart."""

_RARE = {"koi8-r": 1.0, "mac_cyrillic": 1.0}
"""What one letter more speaks for them: `КУСТ` of Windows is `йсяр` there, and a few letters tell little."""

JUDGED = 4096
"""High bytes that are looked at: a few hundred letters settle it."""

# How often a letter stands in Russian, in tenths of a per cent.
_LETTERS = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (
            *(110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26),
            *(20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 2.6, 0.4, 0.4),
        ),
        strict=True,
    )
)
_SYMBOLS = "°№«»±–—…·µ³²½" + "\xa0"
_WESTERN = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýþßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝÞ"
_STRANGE = 0.01


def encoding_of(path: Path, head: bytes) -> str:
    """UTF-8, UTF-16 with or without its mark, else an old code page. Raises KnownError for a binary file."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if without_mark := utf16_of(head):
        return without_mark
    if looks_binary(head):
        raise KnownError("file_binary", file=str(path))
    try:
        head.decode("utf-8-sig")
        return "utf-8-sig"
    except UnicodeDecodeError as error:
        # The 64 KiB may end inside a letter; anything earlier that is not UTF-8 means an old code page.
        if error.start > len(head) - 4 and len(head) >= HEAD:
            return "utf-8-sig"
        if _is_damaged_utf8(head):
            raise KnownError("file_encoding", file=str(path), position=error.start) from error
        return code_page_of(head)


def _is_damaged_utf8(head: bytes) -> bool:
    """Many letters of several bytes and few bytes that are none: no code page makes so many by chance."""
    text = head.decode("utf-8-sig", "replace")
    broken = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - broken > 10 * broken


def code_page_of(content: bytes) -> str:
    """Which of the old code pages makes the likeliest text of the bytes over 127."""
    cut = _around_high_bytes(content)
    count = max(sum(byte > 127 for byte in cut), 1)

    def likely(encoding: str) -> tuple[float, int]:
        return _likelihood(cut, encoding) - _RARE.get(encoding, 0.0) / count, -OLD.index(encoding)

    return max(OLD, key=likely)


def _around_high_bytes(content: bytes) -> bytes:
    """The lines that hold anything to judge by, as far as needed."""
    found, size = [], 0
    for line in content.split(b"\n"):
        if not line.isascii():
            found.append(line)
            size += sum(byte > 127 for byte in line)
            if size >= JUDGED:
                break
    return b"\n".join(found)


def _likelihood(content: bytes, encoding: str) -> float:
    """The mean over the letters that the code pages disagree about: a logarithm of how usual they are."""
    text = content.decode(encoding, "replace")
    total, count = 0.0, 0
    for place, letter in enumerate(text):
        if letter < "\x80":
            continue
        before = text[place - 1] if place else " "
        after = text[place + 1] if place + 1 < len(text) else " "
        total += _worth(letter, before, after)
        count += 1
    return total / max(count, 1)


@cache
def _worth(letter: str, before: str, after: str) -> float:
    if letter in _SYMBOLS:
        return log(4)
    latin = [near for near in (before, after) if near.isascii() and near.isalpha()]
    if letter in _WESTERN:  # an accented letter stands among Latin ones
        return log(8) if latin else log(_STRANGE)
    share = _LETTERS.get(letter.lower())
    if share is None:
        return log(_STRANGE)
    odd = 2.0 * len(latin)  # a Russian letter between Latin ones
    if letter.isupper() and before.islower():
        odd += 4.0  # no word has a capital inside
    elif letter.islower() and before.isdigit():
        odd += 4.0  # wells are 123Г, not 123г
    elif letter.islower() and before.isupper() and after.isupper():
        odd += 4.0  # nor a small letter among capitals
    elif letter == "я" and not before.isalpha():
        odd += 1.0  # few words begin so, and names with a capital are no such words of the Macintosh
    return log(share) - odd - (0.5 if letter.isupper() else 0.0)


class Utf8(io.RawIOBase):
    """A stream's bytes as UTF-8 without a mark, `head` first. Where everything so far was ASCII, the first
    byte that is not UTF-8 tells which code page the rest is in. An undecodable byte is an UndecodableError.
    """

    def __init__(self, head: bytes, stream: BinaryIO, encoding: str) -> None:
        self._head, self._stream, self._encoding = head, stream, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._place, self._only_ascii, self._ready = 0, True, b""
        self._last, self._ended, self.had_zeros = "", False, False

    @property
    def unended(self) -> str:
        """The last line, once it was read, of a text that does not end with the end of a line."""
        return self._last if self._ended else ""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            raw, self._head = (self._head, b"") if self._head else (self._stream.read(1 << 20), b"")
            decoded = self._decoded(raw)
            self.had_zeros = self.had_zeros or "\0" in decoded
            text = without_zeros(decoded)
            self._ready = text.encode()
            self._last = last_line(self._last, text)
            self._ended = not raw
            self._place += len(raw)
            if not raw:
                break
        n = min(len(buffer), len(self._ready))
        buffer[:n] = self._ready[:n]
        self._ready = self._ready[n:]
        return n

    def _decoded(self, raw: bytes) -> str:
        try:
            text = self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            # What the error names are the bytes not decoded yet: some may be of the piece before.
            begins = self._place + len(raw) - len(error.object)
            before = error.object[: error.start]
            if self._encoding != "utf-8-sig" or not (self._only_ascii and before.isascii()):
                raise UndecodableError(begins + error.start) from error
            self._encoding = code_page_of(error.object)
            self._decoder = codecs.getincrementaldecoder(self._encoding)()
            return self._in_code_page(error.object, begins)
        self._only_ascii = self._only_ascii and raw.isascii()
        return text

    def _in_code_page(self, raw: bytes, begins: int) -> str:
        try:
            return self._decoder.decode(raw)
        except UnicodeDecodeError as error:
            raise UndecodableError(begins + error.start) from error


_ZEROS = re.compile("\0+")


def without_zeros(text: str) -> str:
    """What stood where a run of zeros is nobody knows: a row with such a run in it is none."""
    return _ZEROS.sub(CUT_OFF, text) if "\0" in text else text


def last_line(before: str, text: str) -> str:
    """What stands behind the last end of a line."""
    end = max(text.rfind("\n"), text.rfind("\r"))
    return text[end + 1 :] if end >= 0 else before + text


class UndecodableError(Exception):
    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position
