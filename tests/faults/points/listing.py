"""Every place of the sources where something is written, synced, renamed, committed, sent or received: found
in the code itself, so that a new one is one by being written. Its name says where it stands and what it does.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MODULES = (
    "app/core/files.py",
    "app/models/blobs.py",
    "app/models/journal.py",
    "app/models/journal_file.py",
    "app/models/journal_mark.py",
    "app/models/journal_losses.py",
    "app/models/sealed.py",
    "app/models/sending.py",
    "app/sync/compared.py",
    "app/sync/engine.py",
    "app/sync/epochs.py",
    "app/sync/pull.py",
    "app/sync/push.py",
    "app/sync/rights.py",
    "central/accept.py",
    "central/outbox.py",
    "central/relay.py",
    "central/stores/changes.py",
    "central/stores/devices.py",
    "central/stores/documents.py",
    "central/stores/engine.py",
    "central/stores/epochs.py",
    "central/stores/heads.py",
    "central/stores/receipts.py",
    "central/stores/records.py",
    "central/stores/wells.py",
)
KEPT = (
    "app/core/settings.py",
    "app/core/versioned.py",
    "app/models/keys.py",
    "app/models/sealed_stream.py",
    "app/services/backups.py",
    "app/services/centre/unsent.py",
    "app/sync/parcel.py",
    "central/backups.py",
    "central/restoring.py",
)
"""What is written seldom; killed in works of their own (`keeping.py`)."""
KINDS = {
    "write": {
        *(
            "execute",
            "execute_each",
            "write",
            "write_atomically",
            "add_later",
            "put",
            "set_mark",
            "drop_marks",
        ),
        *("log", "log_each", "write_bytes", "touch"),
    },
    "sync": {"fsync", "sync_folder", "flush"},
    "rename": {"replace", "rename", "unlink"},
    "commit": {"changing", "quietly", "writing", "begin", "attempt", "begin_nested", "commit", "rollback"},
    "send": {"send", "put_piece", "insert_rows", "insert_readings"},
    "receive": {"hello", "offset", "lacking", "record_sums", "record_part", "changes"},
    "settle": {"settle", "confirm", "send_again", "claim", "add", "move", "keep", "accept"},
}
_KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}
_CHANGES = ("INSERT", "UPDATE", "DELETE", "CREATE TABLE")
_OF_NO_DISK = (
    "SET ",
    "USE ",
    "LOAD ",
    "CREATE TEMP ",
    "CREATE OR REPLACE TEMP ",
    "DROP TABLE IF EXISTS temp.",
)
"""How a statement begins that leaves nothing behind but in the process itself."""
_NOT_OF = {("replace", None), ("add", None), ("put", None), ("log", None)}
"""A function of one's own, or of dataclasses, is no write by its name."""
_OWNERS = {
    "replace": {"os"},
    "rename": {"path", ""},
    "add": {"_journal", "changes", "outbox", "dead_letters", "wells"},
}


@dataclass(frozen=True)
class Point:
    name: str
    kind: str
    file: str
    line: int
    function: str


@cache
def points(modules: tuple[str, ...] = MODULES) -> tuple[Point, ...]:
    return tuple(point for module in modules for point in _of_module(module))


def _of_module(module: str) -> list[Point]:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    found: list[Point] = []
    numbers: Counter[str] = Counter()
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        lines: set[int] = set()
        for call in sorted(_calls(function), key=lambda one: (one.lineno, one.col_offset)):
            kind, what = _kind_of(call)
            if kind and call.lineno not in lines and not _only_reads(call):
                lines.add(call.lineno)
                place = f"{module.removesuffix('.py')}:{function.name}:{what}"
                numbers[place] += 1
                name = place if numbers[place] == 1 else f"{place}#{numbers[place]}"
                found.append(Point(name, kind, str(ROOT / module), call.lineno, function.name))
    return found


def _calls(function: ast.FunctionDef) -> list[ast.Call]:
    """Its own, not those of functions inside it."""
    waiting, found = list[ast.AST](function.body), list[ast.Call]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.Call):
            found.append(node)
        waiting += ast.iter_child_nodes(node)
    return found


def _only_reads(call: ast.Call) -> bool:
    """A kill there is a kill at the write after it."""
    asked = ast.unparse(call.args[0]) if call.args else ""
    text = asked.lstrip("f'\"").replace("\\n", " ").strip()
    reads = (
        asked.startswith(("sa.select", "query")) or "SELECT" in asked[:60] and not text.startswith(_CHANGES)
    )
    return _kind_of(call)[1] == "execute" and (reads or text.startswith(_OF_NO_DISK))


def _kind_of(call: ast.Call) -> tuple[str, str]:
    if isinstance(call.func, ast.Attribute):
        name, owner = call.func.attr, _last_of(call.func.value)
    elif isinstance(call.func, ast.Name):
        name, owner = call.func.id, None
    else:
        return "", ""
    if (name, owner) in _NOT_OF or name in _OWNERS and owner not in _OWNERS[name]:
        return "", ""
    return _KIND_OF.get(name, ""), name


def _last_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
