"""CPython for Linux: a copy of the interpreter that runs the build, made to run from any folder.

Why a copy and not the distribution's package: docs/adr/0009. What the copy takes from the system (its C
library, OpenSSL, …) a package has to declare.
"""

from __future__ import annotations

import importlib
import platform
import pprint
import shutil
import sys
import sysconfig
from pathlib import Path

from installer import trimming
from installer.layout import LINUX

HERE = b"$ORIGIN/../lib"
"""Where the interpreter looks for its library instead of where it was once installed."""


def bring(folder: Path) -> str:
    """Its version."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    standard = folder / "lib" / f"python{version}"
    source = Path(sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix}))
    shutil.copytree(source, standard, ignore=_not_ours, symlinks=False)
    trimming.trim(standard, LINUX, "standard")
    (folder / "bin").mkdir()
    interpreter = Path(sys.base_prefix) / "bin" / f"python{version}"
    shutil.copyfile(interpreter, folder / "bin" / "python3")
    (folder / "bin" / "python3").chmod(0o755)
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        library = Path(sysconfig.get_config_var("LIBDIR")) / sysconfig.get_config_var("INSTSONAME")
        shutil.copyfile(library, folder / "lib" / library.name)
    for path in [folder / "bin" / "python3", *folder.glob("lib/*.so*"), *standard.glob("lib-dynload/*.so")]:
        trimming.strip([path])
        path.chmod(0o755)
        move_runpath(path)
    _forget_the_builder(standard)
    return platform.python_version()


def _not_ours(folder: str, names: list[str]) -> set[str]:
    """Byte code is made anew, packages are those of the lock."""
    return {"__pycache__", "site-packages", "dist-packages"}.intersection(names)


def move_runpath(path: Path) -> None:
    """Written over in its place, no byte moves: what follows is a shorter text and its end."""
    built = f"{sys.base_prefix}/lib".encode()
    content = path.read_bytes()
    if built + b"\0" in content and len(built) >= len(HERE):
        path.write_bytes(content.replace(built + b"\0", HERE.ljust(len(built), b"\0") + b"\0"))


def _forget_the_builder(standard: Path) -> None:
    """What `sysconfig` says of how it was built, without the folders of the machine that did."""
    [path] = standard.glob("_sysconfigdata_*.py")
    told = importlib.import_module(path.stem).build_time_vars
    kept = {name: value for name, value in told.items() if sys.base_prefix not in str(value)}
    text = f"# How it was built, without folders.\nbuild_time_vars = {pprint.pformat(kept, width=100)}\n"
    path.write_text(text, encoding="utf-8")
