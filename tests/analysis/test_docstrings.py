"""Docstrings of app/analysis: the signature's parameters with units, range, source, an example that runs."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
from functools import cache

import pytest

from tests.analysis.docstrings import ANALYSIS, ROOT, Public, missing, publics, shares

# What need not tell all of it, and why. Names of functions, classes (with all of theirs) or modules.
EXCEPTIONS = {
    "app.analysis.simulate.field_srp.simulate_srp": "six seconds: an example would be longer than its worth",
}
TEXTS = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text(encoding="utf-8")
    for path in sorted(ANALYSIS.rglob("*.py"))
}
OF_MODULES = [module for module, text in TEXTS.items() if re.search(r"^(def|class) [^_]", text, re.M)]
MODULES = [module for module in OF_MODULES if ">>>" in TEXTS[module]]


@cache
def every() -> tuple[Public, ...]:
    return tuple(publics())


def excepted(one: Public) -> bool:
    return any(one.full == name or one.full.startswith(f"{name}.") for name in EXCEPTIONS)


@pytest.mark.parametrize("module", OF_MODULES)
def test_every_public_thing_tells_units_range_source_and_an_example(module: str) -> None:
    gone = {one.name: missing(one) for one in every() if one.module == module and not excepted(one)}
    assert not {name: what for name, what in gone.items() if what}


def test_every_exception_is_still_needed() -> None:
    assert {one.module for one in every()} == set(OF_MODULES)
    for name in EXCEPTIONS:
        assert any(missing(one) for one in every() if one.full == name or one.full.startswith(f"{name}.")), (
            name
        )


def test_hardly_anything_is_excepted() -> None:
    told = shares()
    assert told["example"] > 0.99
    assert told["source or ours"] > 0.99


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(module))
    assert tried > 0
    assert failed == 0


# ---- the checker sees what is not there ----

WHOLE = '''def head(rate: Floats, *, stages: float) -> Floats:
    """Head of the pump.

    H = z·h(Q)

    Args:
        rate: [m³/s] (n,)
        stages: [-] z
    Returns:
        [m] (n,)
    Valid: the range of the points.
    Source: Takacs, ESP Manual.

    >>> 1 + 1
    2
    """
'''


def of_source(source: str) -> Public:
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef)
    return Public("m", node.name, node, "function")


def test_a_whole_docstring_lacks_nothing() -> None:
    assert missing(of_source(WHOLE)) == []


@pytest.mark.parametrize(
    ("there", "instead", "gone"),
    [
        ("stages: [-] z", "stage: [-] z", "Args:"),
        ("        stages: [-] z\n", "", "Args:"),
        ("rate: Floats, *,", "rate: Floats, *, depth_m: float,", "[unit] of depth_m"),
        ("rate: [m³/s] (n,)", "rate: (n,)", "[unit] of rate"),
        ("rate: [m³/s] (n,)", "rate: [m³/s] at the pump (really)", "shape of rate"),
        ("        [m] (n,)", "        of it", "[unit] of what it returns"),
        ("    Returns:\n        [m] (n,)\n", "", "what it returns"),
        ("Valid:", "Where:", "Valid"),
        ("Source:", "From:", "Source or Ours"),
        (">>> 1", "1", "an example that runs"),
        (">>> 1 + 1", ">>> 1 + 1  # doctest: +SKIP", "an example that runs"),
        ("Head of the pump.", "", "a sentence"),
    ],
)
def test_what_is_taken_out_is_missed(there: str, instead: str, gone: str) -> None:
    assert there in WHOLE
    assert any(gone in one for one in missing(of_source(WHOLE.replace(there, instead))))
