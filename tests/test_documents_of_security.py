"""What the documents say is tested: every test and every file that they name is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@cache
def _tests() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py")))


@pytest.mark.parametrize("name", ["SECURITY.md", "ASVS.md", "RELIABILITY.md"])
def test_every_test_that_a_document_names_is_there(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    defined = set(re.findall(r"def (test_\w+)", _tests()))
    for one, more in re.findall(r"`(?:tests/[\w/]+\.py::)?(test_\w+)(…?)`", text):
        assert any(known.startswith(one) for known in defined) if more else one in defined, one
    paths = set(re.findall(r"`(tests/[\w./]+?)`", text))
    assert paths
    assert {path for path in paths if not (ROOT / path).exists()} == set()


def test_every_chapter_has_its_line() -> None:
    text = (ROOT / "docs/ASVS.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (V\d+) ", text, flags=re.M) == [f"V{number}" for number in range(1, 18)]
