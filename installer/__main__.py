"""`python -m installer WHAT`: a layer, or a package of both, below `--out` (dist/installers)."""

from __future__ import annotations

import argparse
from pathlib import Path

from installer import cpython, program, runtime
from installer.layout import LINUX, put_in_force
from tools.packages import ROOT


def main() -> None:
    parser = argparse.ArgumentParser(prog="installer", description=__doc__)
    parser.add_argument("what", choices=["layers"])
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "installers")
    told = parser.parse_args()
    root = told.out / LINUX.key
    lower, upper = runtime.build(root, LINUX, cpython.bring), program.build(root)
    put_in_force(root, upper, lower)
    print(f"{root}: {upper.name} on {lower.name}")


if __name__ == "__main__":
    main()
