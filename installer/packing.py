"""Archives whose bytes depend on what is in them and on nothing else: names in order, one owner, one time."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

from tools.packages import ROOT

EXECUTABLE = frozenset({"python3", "wellside"})
"""Files that a person or a launcher starts; everything else is read."""
EPOCH = "SOURCE_DATE_EPOCH"


def moment() -> int:
    """[s] All that is packed is of this time: SOURCE_DATE_EPOCH, else the commit's."""
    told = os.environ.get(EPOCH)
    if told:
        return int(told)
    order = ["git", "log", "-1", "--format=%ct"]
    return int(subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def mode_of(path: Path) -> int:
    if path.is_dir():
        return 0o755
    return 0o755 if path.name in EXECUTABLE and path.read_bytes()[:2] in (b"#!", b"\x7fE") else 0o644


def everything_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix())


def tar(folder: Path, target: Path, paths: Iterable[Path] | None = None, quick: bool = False) -> Path:
    """A tar.xz of a folder under its own name. `quick`: for tests, hardly compressed."""
    order = ["xz", "-T2", "-0" if quick else "-6", "--stdout"]
    with target.open("wb") as out, subprocess.Popen(order, stdin=subprocess.PIPE, stdout=out) as packer:
        assert packer.stdin is not None
        with tarfile.open(fileobj=packer.stdin, mode="w|", format=tarfile.PAX_FORMAT) as packed:
            for path in [folder, *everything_in(folder)] if paths is None else paths:
                told = packed.gettarinfo(path, path.relative_to(folder.parent).as_posix())
                told.uid = told.gid = 0
                told.uname = told.gname = "root"
                told.mtime = moment()
                told.mode = 0o777 if path.is_symlink() else mode_of(path)
                if told.islnk():  # two names of one file on this disk are two files
                    told.type, told.size = tarfile.REGTYPE, path.stat().st_size
                with path.open("rb") if told.isreg() else io.BytesIO() as content:
                    packed.addfile(told, content)
    if packer.returncode:
        raise SystemExit(f"{target.name}: xz ended with {packer.returncode}")
    return target


def archive(folder: Path, target: Path) -> Path:
    """A ZIP of a folder under its own name."""
    when = time.gmtime(max(moment(), 315532800))[:6]  # a ZIP knows no time before 1980
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in everything_in(folder):
            if path.is_dir() or path.is_symlink():
                continue
            told = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), when)
            told.compress_type, told.create_system = zipfile.ZIP_DEFLATED, 3
            told.external_attr = mode_of(path) << 16
            packed.writestr(told, path.read_bytes())
    return target
