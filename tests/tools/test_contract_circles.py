"""Circles of imports are found however they close, and where an import stands is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.contracts.circles import circles, graph_of
from tools.contracts.imports import Import, Place, imports_of
from tools.contracts.sources import Module


def _made_of(**texts: str) -> dict[str, Module]:
    return {name: Module(name, Path(f"{name}.py"), imports_of(name, text)) for name, text in texts.items()}


@pytest.mark.parametrize(
    "back",
    [
        "import a",
        "def f():\n    import a",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a",
    ],
)
def test_a_circle_is_found_however_it_closes(back: str) -> None:
    modules = _made_of(a="import b", b="from c import thing", c=back, d="import a")
    assert circles(graph_of(modules)) == [["a", "b", "c"]]


def test_two_circles_are_two_and_a_diamond_is_none() -> None:
    assert circles({"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c"}}) == [["c", "d"], ["a", "b"]]
    assert circles({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()}) == []


def test_where_an_import_stands_is_told() -> None:
    types = "if TYPE_CHECKING:\n    from b import c\nelse:\n    import d\n"
    text = f"import a\n{types}def f(x=__import__('e')):\n    import g\n"
    assert imports_of("m", text) == [
        Import("a", 1, plain=True),
        Import("b.c", 3, Place.TYPING),
        Import("d", 5, plain=True),
        Import("e", 6, Place.FUNCTION),
        Import("g", 7, Place.FUNCTION, plain=True),
    ]
