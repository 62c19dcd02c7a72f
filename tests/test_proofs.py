"""A property is tried with a part of its examples by `make test` and with all of them by `make fuzz`."""

from __future__ import annotations

import pytest

from tests import proofs


def test_a_short_proof_is_a_quarter_and_a_whole_one_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "WHOLE", False)
    assert [proofs.examples(count) for count in (8, 40, 100)] == [5, 10, 25]
    monkeypatch.setattr(proofs, "WHOLE", True)
    assert [proofs.examples(count) for count in (8, 40, 100)] == [8, 40, 100]
