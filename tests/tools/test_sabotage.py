"""The list of named bugs is up to date: each has its place in the sources, and a test that is there."""

from __future__ import annotations

import pytest

from tools.sabotage.planting import ROOT, Bug, planted, read_bugs


def test_there_are_enough_of_them_and_each_is_named_once() -> None:
    names = [bug.name for bug in read_bugs()]
    assert len(set(names)) == len(names) >= 25


@pytest.mark.parametrize("bug", read_bugs(), ids=lambda bug: bug.name)
def test_each_bug_has_its_place_and_its_test(bug: Bug) -> None:
    text = (ROOT / bug.file).read_text(encoding="utf-8")
    assert planted(text, bug) != text
    file, _, test = bug.test.partition("::")
    assert f"def {test.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8")


def test_a_place_that_is_not_there_is_told() -> None:
    with pytest.raises(ValueError, match="0 places"):
        planted("x = 1", Bug("b", "f.py", "y = 1", "y = 2", "t"))
