"""What the kinds of record let through, as it is kept in tests/data/kinds.json.

python -m tests.models.kinds.declared    writes it anew: read the diff before it is committed
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS

KEPT = Path(__file__).parents[2] / "data" / "kinds.json"
WORDS = ("ru", "en", "said")


def kept() -> Any:
    return json.loads(KEPT.read_text(encoding="utf-8"))


def declared() -> dict[str, Any]:
    """Kinds and what laboratories determine, without words; what is as usual is left out."""
    return {
        "kinds": {kind.key: _told(kind) for kind in KINDS},
        "parameters": {parameter.key: _told(parameter) for parameter in PARAMETERS},
    }


def _told(one: Any) -> dict[str, Any]:
    found = {}
    for field in fields(one):
        value = getattr(one, field.name)
        if field.name in (*WORDS, "key") or field.default is not MISSING and value == field.default:
            continue
        nested = field.name in ("fields", "cells")
        found[field.name] = {cell.key: _told(cell) for cell in value} if nested else _plain(value)
    return found


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


if __name__ == "__main__":
    KEPT.write_text(json.dumps(declared(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
