"""Renews the locked requirements: pinned, with hashes, for Linux and Windows, without registry addresses."""

from __future__ import annotations

import sys

from tools.packages import uv

PROGRAM = ("pyproject.toml", "--extra", "build")
LOCKED = {
    "setup": ("--group", "setup"),
    "deploy": ("--group", "deploy"),
    "airflow": ("--group", "airflow"),
    "learning": ("--group", "learning"),
    "run": PROGRAM,
    "test": (*PROGRAM, "--extra", "central", "--extra", "traces", "--extra", "frames", "--extra", "test"),
    "central": (*PROGRAM, "--extra", "central", "--extra", "traces"),
    # Numbers of the same versions as the centre's: what is made is to be equal to the last digit.
    "batch": ("--group", "batch", "--constraint", "requirements/central.txt"),
}
BARE = ("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate")


def main() -> int:
    for name, sources in LOCKED.items():
        where = ("--universal", "--python-version", "3.11", "--generate-hashes", *BARE, "--quiet")
        if not uv("pip", "compile", *sources, *where, "-o", f"requirements/{name}.txt"):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
