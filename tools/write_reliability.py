"""Writes the tables of docs/RELIABILITY.md out of what fault runs have noted (`make faults`, or one of its
runs by itself). What was not run stays as it stands there.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE, KEPT, TRIED = ROOT / "docs/RELIABILITY.md", ROOT / "out/reliability.json", ROOT / "out/tried.json"
BEGIN, END = "<!-- made by make faults -->", "<!-- end -->"


TRIES = ["| simulation | tries | of | lost, doubled, torn or stuck | run |", "|---|---|---|---|---|"]


def main() -> int:
    if not KEPT.exists() and not TRIED.exists():
        print("no fault run was noted: make faults", file=sys.stderr)
        return 1
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    block, _, tail = rest.partition(END)
    campaigns, _, tries = block.partition(TRIES[0])
    lines = [*(_campaigns() if KEPT.exists() else campaigns.strip().splitlines()), "", *TRIES, *_tries(tries)]
    PAGE.write_text(f"{head}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{tail}", encoding="utf-8")
    return 0


def _tries(before: str) -> list[str]:
    """What was run anew, and what stands there of runs before it."""
    rows = {line.split("|")[1].strip(): line for line in before.splitlines()[2:] if line.startswith("|")}
    for what, row in _noted(TRIED).items():
        rows[what] = f"| {what} | {row['tries']:,} | {row['of']} | 0 | {row['at']} |"
    return list(rows.values())


def _noted(file: Path) -> dict[str, dict[str, Any]]:
    """What runs left there, each with its own day; one that noted none has the file's."""
    if not file.exists():
        return {}
    day = f"{datetime.fromtimestamp(file.stat().st_mtime, UTC):%Y-%m-%d}"
    return {what: {"at": day} | row for what, row in json.loads(file.read_text(encoding="utf-8")).items()}


def _campaigns() -> list[str]:
    noted = _noted(KEPT)
    lines = [
        f"Last full run: {min(row['at'] for row in noted.values())}, `make faults`, two cores.",
        "",
        "| what happened | how often | entries said to be saved | entries at the centre under their own id "
        "| lost or doubled | readings lost or doubled |",
        "|---|---|---|---|---|---|",
    ]
    for what, row in noted.items():
        readings = f"0 of {row['readings']}" if row["readings"] else "—"
        kinds = (
            f" ({', '.join(f'{name} {n}' for name, n in sorted(row['kinds'].items()))})"
            if row["kinds"]
            else ""
        )
        lines.append(
            f"| {what}{kinds} | {row['faults']} | {row['saved']} | {row['there']} | 0 | {readings} |"
        )
    return lines


if __name__ == "__main__":
    sys.exit(main())
