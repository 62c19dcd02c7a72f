"""ICU's data for the languages of the window: Qt's wheel for Linux carries those of eight hundred, 32 MB.

The library holds nothing but one package of data behind one name, so it is made anew around a smaller one, by
ICU's own `icupkg` (Debian: icu-devtools) and binutils.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

LIBRARY = re.compile(r"libicudata\.so\.(\d+)")
AROUND = """
 .section .note.GNU-stack,"",@progbits
 .section .rodata
 .balign 16
 .globl icudt{version}_dat
 .type icudt{version}_dat, @object
icudt{version}_dat:
 .incbin "{data}"
 .size icudt{version}_dat, .-icudt{version}_dat
"""


def keep_only(library: Path, kept: Iterable[str]) -> None:
    """Items whose names fit a pattern of `kept`, in a library of the same name.

    Raises SystemExit where a pattern fits nothing, CalledProcessError where what is kept needs what is not.
    """
    named = LIBRARY.fullmatch(library.name)
    if named is None:
        raise SystemExit(f"{library.name}: no library of ICU's data")
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder)
        data = inside / f"icudt{named[1]}l.dat"  # icupkg takes the package's name from the file's
        run("objcopy", "-O", "binary", "-j", ".rodata", library, data)
        names = run("icupkg", "-l", data).split()
        stale = [pattern for pattern in kept if not any(fits(name, [pattern]) for name in names)]
        if stale:
            raise SystemExit(f"{library.name}: nothing in it is called {', '.join(stale)}")
        gone = inside / "gone.txt"
        gone.write_text("".join(f"{name}\n" for name in names if not fits(name, kept)), encoding="ascii")
        lean = inside / "lean" / data.name
        lean.parent.mkdir()
        run("icupkg", "-r", gone, data, lean)
        source, compiled, linked = inside / "data.s", inside / "data.o", inside / library.name
        source.write_text(AROUND.format(version=named[1], data=lean), encoding="ascii")
        run("as", "-o", compiled, source)
        run("ld", "-shared", "--build-id=none", "-soname", library.name, "-o", linked, compiled)
        content, mode = linked.read_bytes(), library.stat().st_mode
    library.unlink()  # it may be a link into a cache
    library.write_bytes(content)
    library.chmod(mode)


def fits(name: str, patterns: Iterable[str]) -> bool:
    """A `*` does not reach into the folders of a package."""
    return any(name.count("/") == pattern.count("/") and fnmatchcase(name, pattern) for pattern in patterns)


def run(*order: str | Path) -> str:
    return subprocess.run([str(part) for part in order], check=True, capture_output=True, text=True).stdout
