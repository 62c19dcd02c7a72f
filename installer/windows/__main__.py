"""`python -m installer.windows`: an MSI, an EXE and a ZIP of the two layers, with papers and checksums, below
`--out` (dist/installers).

`--python FILE` is python.org's package for Windows that python.toml pins. `--trial` takes a stand-in for it:
packages to try everything with, which say so in their names. `--signing FILE` says what signs (signing.py),
`--authority FILE` before whom each signature has to hold. `--updates` makes no packages but both layers as
archives for a feed (`python -m installer.feed publish`).
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.core.installed import MANAGED
from installer import packing, papers, program, runtime, updates
from installer.layout import WINDOWS, Layer, assemble, put_in_force
from installer.windows import exe, icon, launchers, listed, msi, python, signing, stand_in
from tools.packages import ROOT

READ_ME = """Wellside {version}

Run wellside.exe from this folder, wherever it lies. `wellside-cli doctor` says whether it has all it needs.
Make a folder `profile` here, and the wells are kept in it; without it they are in the profile of who runs it.

Запустите wellside.exe из этой папки, где бы она ни лежала. `wellside-cli doctor` скажет, всё ли тут есть.
Создайте здесь папку profile, и скважины будут храниться в ней; без неё они в профиле пользователя.
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="installer.windows", description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--python", type=Path, help="python.org's package")
    source.add_argument("--trial", action="store_true", help="a stand-in for it: no release")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "installers")
    parser.add_argument("--signing", type=Path, help="what signs")
    parser.add_argument("--authority", type=Path, help="before whom the signatures have to hold")
    parser.add_argument("--updates", action="store_true", help="archives for a feed in place of packages")
    told = parser.parse_args()
    if told.updates and told.trial:
        parser.error("no laptop is to be updated to a stand-in for Python")
    os.environ.setdefault(packing.EPOCH, str(packing.moment()))
    how = signing.signing_of(told.signing) if told.signing else None
    with tempfile.TemporaryDirectory() as folder:
        archive = told.python or Path(folder) / "stand-in.zip"
        if told.trial:
            stand_in.make(archive)
        upper, lower = layers(told.out / WINDOWS.key, python.bring_from(archive, checked=not told.trial))
        if told.updates:
            made = updates.build(told.out / "updates", WINDOWS, upper, lower)
        else:
            made = packages(told.out, upper, lower, "-trial" if told.trial else "", told.signing)
            made += papers.write(told.out, upper, lower)
    for package in made:
        if how and package.suffix in (".msi", ".exe"):
            how.sign(package)
            if told.authority and (why := signing.trouble(package, told.authority)):
                raise SystemExit(f"{package.name}: its signature does not hold: {why}")
        print(f"{package.stat().st_size / 1e6:6.1f} MB  {package.name}")
    if not told.updates:
        papers.sums(told.out, made)


def layers(root: Path, bring: Callable[[Path], str]) -> tuple[Layer, Layer]:
    lower, upper = runtime.build(root, WINDOWS, bring), program.build(root)
    listed.check(lower)
    put_in_force(root, upper, lower)
    return upper, lower


def packages(out: Path, upper: Layer, lower: Layer, mark: str, sign: Path | None) -> list[Path]:
    version = upper.about["version"]
    name = f"wellside-{version}-{WINDOWS.key}{mark}"
    with tempfile.TemporaryDirectory(dir=out) as folder:
        root, picture = Path(folder) / name, Path(folder) / "wellside.ico"
        icon.build(picture)
        assemble(root, upper, lower)
        for launcher in launchers.build(root, version, picture):
            if sign:
                signing.signing_of(sign).sign(launcher)
        # Updates of a feed then lie with each user's data: this folder is the package's own.
        (root / MANAGED).write_text("msi\n", encoding="ascii")
        command = shlex.join([sys.executable, "-m", signing.__name__, str(sign)]) if sign else ""
        exe.build(root, out / f"{name}.exe", version, picture, command)
        msi.build(root, out / f"{name}.msi", version, picture)
        (root / MANAGED).unlink()
        (root / "README.txt").write_text(
            READ_ME.format(version=version), encoding="utf-8-sig", newline="\r\n"
        )
        packing.archive(root, out / f"{name}.zip")
    return [out / f"{name}{kind}" for kind in (".msi", ".exe", ".zip")]


if __name__ == "__main__":
    main()
