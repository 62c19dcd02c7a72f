"""What the fault runs did, kept for docs/RELIABILITY.md, which `make faults` writes."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parents[2] / "out"
KEPT, TRIED = OUT / "reliability.json", OUT / "tried.json"


def note(
    what: str,
    faults: int,
    saved: int,
    there: int,
    readings: int | None = None,
    kinds: dict[str, int] | None = None,
) -> None:
    """Only a full run is written down."""
    row = {"faults": faults, "saved": saved, "there": there, "readings": readings, "kinds": kinds or {}}
    _keep(KEPT, what, row)


def tried(what: str, tries: int, of_what: str) -> None:
    """Of a simulation in which nothing was lost, torn or stuck: `tries` of `of_what`."""
    _keep(TRIED, what, {"tries": tries, "of": of_what})


def _keep(file: Path, what: str, row: dict[str, Any]) -> None:
    if not os.environ.get("WELLSIDE_FAULT_RUN"):
        return
    file.parent.mkdir(exist_ok=True)
    row = row | {"at": f"{datetime.now(UTC):%Y-%m-%d}"}
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    file.write_text(json.dumps(known | {what: row}, ensure_ascii=False, indent=1), encoding="utf-8")
