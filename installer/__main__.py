"""`python -m installer WHAT`: a layer, or packages of both, below `--out` (dist/installers).

layers      CPython with the wheels, and the program: what everything else is made of
linux       a tar.xz to unpack anywhere and a .deb, with papers and checksums
updates     both layers as archives for a feed (`python -m installer.feed publish`)
"""

from __future__ import annotations

import argparse
from pathlib import Path

from installer import cpython, papers, program, runtime, updates
from installer.layout import LINUX, Layer, put_in_force
from installer.linux import deb, portable, signing
from tools.packages import ROOT

EXTRAS = ("oracle",)


def main() -> None:
    parser = argparse.ArgumentParser(prog="installer", description=__doc__)
    parser.add_argument("what", choices=["layers", "linux", "updates"])
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "installers")
    parser.add_argument("--whom", default=deb.WHOM, help="who answers for the packages")
    parser.add_argument("--sign", type=Path, help="the site's file that says what signs (linux/signing.py)")
    parser.add_argument("--quick", action="store_true", help="hardly compressed, for a look")
    told = parser.parse_args()
    upper, lower, extras = layers(told.out)
    made: list[Path] = []
    if told.what == "linux":
        made = linux(told.out, upper, lower, extras, told.whom, told.quick)
        if told.sign and (inside := signing.inside_of(told.sign)):
            for package in (path for path in made if path.suffix == ".deb"):
                inside.sign(package)
        made.append(papers.sums(told.out, made))
        if told.sign:
            made += [signing.detached_of(told.sign).sign(path) for path in list(made)]
    elif told.what == "updates":
        made = updates.build(told.out / "updates", LINUX, upper, lower, quick=told.quick)
    for package in made:
        print(f"{package.stat().st_size / 1e6:6.1f} MB  {package.name}")


def layers(out: Path) -> tuple[Layer, Layer, list[Layer]]:
    root = out / LINUX.key
    lower, upper = runtime.build(root, LINUX, cpython.bring), program.build(root)
    extras = [runtime.build_extra(root, LINUX, name, lower.about["python"]) for name in EXTRAS]
    put_in_force(root, upper, lower)
    print(f"{root}: {upper.name} on {lower.name}")
    return upper, lower, extras


def linux(out: Path, upper: Layer, lower: Layer, extras: list[Layer], whom: str, quick: bool) -> list[Path]:
    version = upper.about["version"]
    told = papers.write(out, upper, lower)
    return [
        *told,
        portable.build(out, upper, lower, quick),
        deb.build(out, upper, lower, told, whom, quick),
        *(deb.build_extra(out, extra, version, whom, quick) for extra in extras),
    ]


if __name__ == "__main__":
    main()
