"""What a decision stood on may have been written by any program: the decision stands all the same."""

from __future__ import annotations

import pytest

from app.models.store import findings

NO_TIME = (
    '{"evidence": [{"code": "a", "from": "0001-01-01T00:00:00+23:59"}], "against": [], "settled_by": []}'
)
NONE = [
    "",
    "no JSON",
    "[" * 90_000,
    "5",
    '{"evidence": 5}',
    '{"evidence": [7]}',
    '{"evidence": [{}]}',
    NO_TIME,
]


@pytest.mark.parametrize("text", NONE, ids=range(len(NONE)))
def test_grounds_that_are_none_are_no_evidence_and_end_no_page(text: str) -> None:
    assert findings._grounds(text) == ((), (), ())
    assert findings.group_of({"grounds": text}) == ""


def test_grounds_of_ours_are_read() -> None:
    text = '{"evidence": [{"code": "a"}], "against": [], "settled_by": ["flow_test"], "seen": {"group": "g"}}'
    (evidence,), against, settled_by = findings._grounds(text)
    assert (evidence.code, against, settled_by) == ("a", (), ("flow_test",))
    assert findings.group_of({"grounds": text}) == "g"
