"""wellside.exe for the screen and wellside-cli.exe for the console, of one small C file, by MinGW.

Small and plain, so that a virus scanner sees all of it; Python lives in the runtime beside it.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

SOURCES = Path(__file__).with_name("launcher")
COMPILER, RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"
EXPORTED = re.compile(r"^\s*\[ *\d+\] (\w+)$", re.MULTILINE)
WINDOWED, CONSOLE = "wellside.exe", "wellside-cli.exe"
# Address randomisation and no executable data; nothing of the builder's clock or folders in the file.
HARDENED = (
    "-Wl,--dynamicbase,--nxcompat,--high-entropy-va",
    "-Wl,--no-insert-timestamp",
    "-fstack-protector-strong",
)
HOW = ("-municode", "-O2", "-s", "-static", "-Wall", "-Wextra", "-Werror", "-finput-charset=UTF-8", *HARDENED)


def build(folder: Path, version: str, icon: Path | None = None) -> list[Path]:
    """Both, below `folder`; the same sources and version give the same bytes."""
    return [
        _build(folder / CONSOLE, version, icon, ()),
        _build(folder / WINDOWED, version, icon, ("-mwindows", "-DWINDOWED")),
    ]


def exported(library: Path) -> list[str]:
    """The names that a library of Windows offers."""
    order = [COMPILER.replace("gcc", "objdump"), "-p", str(library)]
    told = subprocess.run(order, capture_output=True, text=True, check=True).stdout
    return EXPORTED.findall(told.partition("[Ordinal/Name Pointer] Table")[2].partition("\n\n")[0])


def numbers(version: str) -> list[str]:
    """Four, as Windows has them."""
    return [*version.split("."), "0", "0", "0", "0"][:4]


def _build(target: Path, version: str, icon: Path | None, kind: tuple[str, ...]) -> Path:
    with tempfile.TemporaryDirectory() as folder:
        resource = Path(folder) / "resource.o"
        said = [
            f'-DVERSION=\\"{version}\\"',
            f"-DNUMBERS={','.join(numbers(version))}",
            f'-DFILENAME=\\"{target.name}\\"',
        ]
        if icon is not None:
            said.append(f'-DPICTURE=\\"{icon}\\"')
        made = [RESOURCES, "-c", "65001", *said, "-I", str(SOURCES), "launcher.rc", str(resource)]
        subprocess.run(made, cwd=SOURCES, check=True)
        order = [COMPILER, *HOW, *kind, "launcher.c", str(resource), "-o", str(target)]
        subprocess.run(order, cwd=SOURCES, check=True)
    return target
