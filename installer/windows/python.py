"""CPython for Windows: an input of the build whose checksum is pinned (python.toml), unpacked as it comes."""

from __future__ import annotations

import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

from installer.layout import digest_of

PINNED = Path(__file__).with_name("python.toml")
LEFT_OUT = ("python.exe", "pythonw.exe", "_sqlite3.pyd", "sqlite3.dll", "winsound.pyd", "_msi.pyd")
"""An interpreter that runs anything is what a list of allowed programs keeps out: only ours runs here. The
others nothing of ours imports (SQLite is apsw's).
"""


def minor() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def pinned() -> dict[str, str]:
    """File and checksum for the minor version that runs this. Raises SystemExit where there is none."""
    told = tomllib.loads(PINNED.read_text(encoding="utf-8"))
    if minor() not in told:
        raise SystemExit(f"{PINNED.name} pins {', '.join(told)}; byte code is made by this Python, {minor()}")
    found: dict[str, str] = told[minor()]
    return found


def bring_from(archive: Path, checked: bool = True) -> Callable[[Path], str]:
    """What `runtime.build` wants: unpacks into a folder and says the version. `checked=False` is for the
    stand-in of the tests and makes no release. Raises SystemExit where the archive is another.
    """
    if checked:
        wanted = pinned()
        if (found := digest_of(archive)) != wanted["sha256"]:
            raise SystemExit(
                f"{archive.name} is not {wanted['file']} of {PINNED.name}: its sha256 is {found}"
            )

    def bring(folder: Path) -> str:
        folder.mkdir(parents=True)
        with zipfile.ZipFile(archive) as packed:
            for name in packed.namelist():
                if name not in LEFT_OUT:
                    packed.extract(name, folder)
        library = f"python{minor().replace('.', '')}"
        if not (folder / f"{library}.dll").exists():
            raise SystemExit(
                f"{archive.name} holds no {library}.dll; byte code is made by this Python, {minor()}"
            )
        (folder / f"{library}._pth").write_text(f"{library}.zip\n.\n", encoding="ascii", newline="\n")
        return version_of((folder / f"{library}.dll").read_bytes())

    return bring


def version_of(library: bytes) -> str:
    """As its version resource says it: 3.11.9."""
    name = "FileVersion\0".encode("utf-16-le")
    at = library.find(name)
    value = library[at + len(name) : at + len(name) + 64].decode("utf-16-le", errors="replace").strip("\0")
    version = value.split("\0")[0]
    if at < 0 or not version.startswith(minor()):
        raise SystemExit(f"its version is not to be read from python's library: {version!r}")
    return version
