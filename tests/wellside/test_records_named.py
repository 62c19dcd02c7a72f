"""What columns of records are called: no two fields share one."""

from __future__ import annotations

import pytest

from app.models.kinds import KINDS
from wellside.field import _names_of


@pytest.mark.parametrize("kind", [kind.key for kind in KINDS])
def test_no_two_fields_of_a_kind_are_one_column(kind: str) -> None:
    names = _names_of(KINDS[kind])
    assert len(set(names.values())) == len(names)


def test_what_is_unlike_is_called_short_and_what_is_alike_in_full() -> None:
    assert {"oil_m3", "oil_kg", "water"} <= set(_names_of(KINDS["production"]).values())
    assert {"level", "level_m"} <= set(_names_of(KINDS["fluid_level"]).values())
