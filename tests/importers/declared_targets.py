"""What columns of tables let through beside the fields of records, as it is kept in tests/data/targets.json.

python -m tests.importers.declared_targets    writes it anew: read the diff before it is committed
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from app.importers.targets import PARTS, TABLE_KINDS, Part, TableKind, Target
from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS
from app.models.sensors import SENSORS

KEPT = Path(__file__).parents[1] / "data" / "targets.json"
ELSEWHERE = {
    *(field.key for kind in KINDS for field in kind.fields),
    *(cell.key for kind in KINDS for field in kind.fields for cell in field.cells),
    *(sensor.key for sensor in SENSORS),
    *(parameter.key for parameter in PARAMETERS),
}
"""They have their limits from where they are declared (tests/data/kinds.json)."""


def kept() -> Any:
    return json.loads(KEPT.read_text(encoding="utf-8"))


def declared() -> dict[str, Any]:
    """Columns that are declared nowhere else, in each form that tables have of them; tables; the parts of a
    passport. What is as usual is left out.
    """
    columns: dict[str, list[Any]] = {}
    for kind in TABLE_KINDS:
        for target in kind.targets:
            told = _told(target)
            if (target.key not in ELSEWHERE or target.role) and told not in columns.setdefault(
                target.key, []
            ):
                columns[target.key].append(told)
    return {
        "columns": {key: told for key, told in columns.items() if told},
        "tables": {kind.key: _told(kind) | _of_columns(kind) for kind in TABLE_KINDS},
        "parts": {part.kind: _told(part) for part in PARTS},
    }


def _of_columns(kind: TableKind) -> dict[str, list[str]]:
    return {
        "needed": [target.key for target in kind.targets if target.required],
        "roles": [target.key for target in kind.targets if target.role],
    }


def _told(one: TableKind | Target | Part) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(one):
        value = getattr(one, field.name)
        usual = field.default is not MISSING and value == field.default
        if not usual and field.name not in ("key", "kind", "targets", "parts"):
            found[field.name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return " ".join(sorted(value))
    if isinstance(value, dict):
        return " ".join(key if key == field else f"{key}→{field}" for key, field in value.items())
    return list(value) if isinstance(value, tuple) else value


if __name__ == "__main__":
    KEPT.write_text(json.dumps(declared(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
