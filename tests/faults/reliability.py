"""What the fault runs did, kept for docs/RELIABILITY.md, which `make faults` writes."""

from __future__ import annotations

import json
import os
from pathlib import Path

KEPT = Path(__file__).resolve().parents[2] / "out" / "reliability.json"


def note(
    what: str,
    faults: int,
    saved: int,
    there: int,
    readings: int | None = None,
    kinds: dict[str, int] | None = None,
) -> None:
    """Only a full run is written down."""
    if not os.environ.get("WELLSIDE_FAULT_RUN"):
        return
    KEPT.parent.mkdir(exist_ok=True)
    known = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    known[what] = {
        "faults": faults,
        "saved": saved,
        "there": there,
        "readings": readings,
        "kinds": kinds or {},
    }
    KEPT.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
