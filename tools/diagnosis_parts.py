"""docs/DIAGNOSIS.md has parts written by different trainings; each replaces its own and leaves the others."""

from __future__ import annotations

import re
from pathlib import Path

FILE = Path("docs/DIAGNOSIS.md")
PARTS = ("cards", "labels", "deep", "other", "constants", "esp", "failure", "blind")
"""The last one is written by hand: what was drawn blind, once, and how it came out."""


def put(part: str, text: str) -> None:
    assert part in PARTS
    old = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    known = {
        name: body for name, body in re.findall(r"<!-- part: (\w+) -->\n(.*?)<!-- end -->\n", old, re.DOTALL)
    }
    known[part] = text.rstrip() + "\n"
    whole = "".join(
        f"<!-- part: {name} -->\n{known[name]}<!-- end -->\n\n" for name in PARTS if name in known
    )
    FILE.write_text(whole.rstrip() + "\n", encoding="utf-8")
