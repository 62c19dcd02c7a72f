"""Every place that catches a KnownError, and what becomes of the reason there: none is dropped.

A new place needs a line in data/known_errors.json, and its line says who is told. What turns an error into an
empty answer, or into a finding, does not get one.
"""

from __future__ import annotations

import ast
import json
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = json.loads((ROOT / "tests" / "data" / "known_errors.json").read_text(encoding="utf-8"))
PASSED_OVER = {"app/services/reports/templates.py remove"}
"""Nothing is done there: the line in the file says who has told it."""


class _Places(ast.NodeVisitor):
    """What catches KnownError, by the function that it stands in."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._inside: list[str] = []
        self.found: set[str] = set()
        self.silent: set[str] = set()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef) -> None:
        self._inside.append(node.name)
        self.generic_visit(node)
        self._inside.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.visit_FunctionDef(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.type is not None and _names_it(node.type):
            self.found.add(self._place)
            if all(isinstance(line, ast.Pass | ast.Continue) for line in node.body):
                self.silent.add(self._place)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """`exception_handler(KnownError)` and `suppress(KnownError)` catch it too."""
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called in ("exception_handler", "suppress") and any(map(_names_it, node.args)):
            self.found.add(self._place)
            if called == "suppress":
                self.silent.add(self._place)
        self.generic_visit(node)

    @property
    def _place(self) -> str:
        return f"{self._path} {'.'.join(self._inside)}"


def _names_it(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Name) and part.id == "KnownError" for part in ast.walk(node))


@cache
def _places() -> tuple[set[str], set[str]]:
    found: set[str] = set()
    silent: set[str] = set()
    for package in ("app", "central"):
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "KnownError" in text:
                places = _Places(path.relative_to(ROOT).as_posix())
                places.visit(ast.parse(text))
                found, silent = found | places.found, silent | places.silent
    return found, silent


def test_every_place_that_catches_a_known_error_says_what_becomes_of_it() -> None:
    found, _ = _places()
    assert sorted(found - set(ALLOWED)) == [], "not in tests/data/known_errors.json"
    assert sorted(set(ALLOWED) - found) == [], "no longer there"
    assert all(len(reason) > 10 for reason in ALLOWED.values())


def test_none_is_caught_and_passed_over() -> None:
    assert _places()[1] == PASSED_OVER


def test_a_planted_place_is_found() -> None:
    places = _Places("planted.py")
    places.visit(
        ast.parse(
            "def f():\n  try:\n    g()\n  except (OSError, KnownError):\n    pass\n"
            "def h():\n  with suppress(KnownError):\n    g()\n"
        )
    )
    assert places.found == places.silent == {"planted.py f", "planted.py h"}
