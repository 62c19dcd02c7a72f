"""Files as they really come: what they are is found without a touch. The corpus says what is special about
each.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.corpus import CASES, Case
from tests.importers.reading import read

LEAST_RIGHT = 0.9


def _right(case: Case, folder: Path) -> str:
    """Empty when everything is as the case says; else what is not."""
    path = folder / case.name
    case.make(path)
    found = read(path)
    taken = [sheet for sheet in found.plan.sheets if not sheet.skip]
    kinds = {sheet.kind for sheet in taken}
    if kinds != {case.kind}:
        return f"kind {kinds}"
    fields = {column.field for sheet in taken for column in sheet.columns if column.field}
    if fields != set(case.fields):
        return f"missing {set(case.fields) - fields}, besides {fields - set(case.fields)}"
    errors = [problem for problem in found.problems if problem.severity == "error"]
    if errors:
        return f"problems {errors[:3]}"
    if found.value_count != case.values:
        return f"{found.value_count} values"
    if not set(case.qualifiers) <= found.qualifiers:
        return f"qualifiers {found.qualifiers}"
    if case.wells and tuple(found.rows[0].well.tolist()) != case.wells:
        return f"wells {found.rows[0].well.tolist()}"
    return ""


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_file_of_the_corpus_is_understood_as_it_is(case: Case, tmp_path: Path) -> None:
    assert _right(case, tmp_path) == "", case.shows


@pytest.mark.slow
def test_the_corpus_is_as_large_and_as_right_as_we_owe(tmp_path: Path) -> None:
    assert len(CASES) == 30
    assert len({case.shows for case in CASES}) == 30
    right = [case.name for case in CASES if not _right(case, tmp_path)]
    assert len(right) >= LEAST_RIGHT * len(CASES)
