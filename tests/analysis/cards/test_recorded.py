"""Figures of a few cards, kept as they are: a constant that slips by one moves some of them."""

from __future__ import annotations

import pytest

from tests.analysis.cards.recorded import cards, figures, kept
from tests.analysis.moved import moved

CARDS = cards()


@pytest.mark.parametrize("name", sorted(CARDS))
def test_figures_of_a_card_move_only_knowingly(name: str) -> None:
    """When that is meant, `python -m tests.analysis.cards.recorded`."""
    assert moved(kept()[name], figures(CARDS[name])) == []


def test_each_card_that_is_there_is_kept_and_no_other() -> None:
    assert sorted(kept()) == sorted(CARDS)
