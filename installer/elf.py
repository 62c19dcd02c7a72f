"""What the libraries of a layer ask of the system they run on: names of libraries, and how new its C library
is.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

from installer.layout import files_of

MAGIC = b"\x7fELF\x02\x01"
"""64 bits, little-endian: the only kind that is built here."""
PT_LOAD, PT_DYNAMIC = 1, 2
DT_NEEDED, DT_STRTAB = 1, 5
GLIBC = re.compile(rb"\0GLIBC_2\.(\d+)(?=[.\0])")


def is_elf(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(6) == MAGIC


def needed(content: bytes) -> list[str]:
    """Names of the libraries that a file is linked with."""
    table, size, count = (*struct.unpack_from("<Q", content, 32), *struct.unpack_from("<HH", content, 54))[:3]
    segments = [struct.unpack_from("<IIQQQQQQ", content, table + n * size) for n in range(count)]
    dynamic = next((one for one in segments if one[0] == PT_DYNAMIC), None)
    if dynamic is None:
        return []
    entries = []
    for place in range(dynamic[2], dynamic[2] + dynamic[5], 16):
        tag, value = struct.unpack_from("<QQ", content, place)
        if tag == 0:
            break
        entries.append((tag, value))
    address = next(value for tag, value in entries if tag == DT_STRTAB)
    texts = next(
        address - one[3] + one[2]
        for one in segments
        if one[0] == PT_LOAD and one[3] <= address < one[3] + one[5]
    )
    starts = [texts + value for tag, value in entries if tag == DT_NEEDED]
    return [content[start : content.index(b"\0", start)].decode() for start in starts]


def asked_of_the_system(folder: Path) -> tuple[set[str], int]:
    """Libraries that no file of the folder is, and the least glibc 2.x."""
    libraries = [path for path in files_of(folder) if is_elf(path)]
    names = {path.name for path in libraries}
    asked: set[str] = set()
    least = 0
    for path in libraries:
        content = path.read_bytes()
        asked.update(needed(content))
        least = max([least, *(int(minor) for minor in GLIBC.findall(content))])
    return asked - names, least
