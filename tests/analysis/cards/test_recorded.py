"""Figures of a few cards, kept as they are: a constant that slips by one moves some of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.analysis.cards.recorded import cards, figures, kept

CARDS = cards()


def moved(before: Any, now: Any, place: str = "") -> list[str]:
    """Where they differ by more than two machines do."""
    if isinstance(before, dict) and isinstance(now, dict):
        if before.keys() != now.keys():
            return [f"{place}: {sorted(before.keys() ^ now.keys())}"]
        return [one for key in before for one in moved(before[key], now[key], f"{place}.{key}")]
    if isinstance(before, list) and isinstance(now, list):
        if len(before) != len(now):
            return [f"{place}: {len(before)} are {len(now)}"]
        numbers = [abs(one) for one in before if isinstance(one, int | float)]
        if len(numbers) == len(before):
            return (
                [] if now == pytest.approx(before, rel=1e-6, abs=1e-9 * max(numbers, default=0)) else [place]
            )
        return [
            one
            for at, pair in enumerate(zip(before, now, strict=True))
            for one in moved(*pair, f"{place}[{at}]")
        ]
    if isinstance(before, int | float) and isinstance(now, int | float):
        return [] if now == pytest.approx(before, rel=1e-6, abs=1e-9) else [f"{place}: {before} is {now}"]
    return [] if before == now else [f"{place}: {before} is {now}"]


@pytest.mark.parametrize("name", sorted(CARDS))
def test_figures_of_a_card_move_only_knowingly(name: str) -> None:
    """When that is meant, `python -m tests.analysis.cards.recorded`."""
    assert moved(kept()[name], figures(CARDS[name])) == []


def test_each_card_that_is_there_is_kept_and_no_other() -> None:
    assert sorted(kept()) == sorted(CARDS)


def test_a_millionth_more_is_told_with_its_place() -> None:
    assert moved({"a": [1.0, 2.0], "b": {"c": 3.0}}, {"a": [1.0, 2.0], "b": {"c": 3.00001}}) == [
        ".b.c: 3.0 is 3.00001"
    ]
    assert moved({"a": [1.0, 2.0]}, {"a": [1.0, 2.00001]}) == [".a"]
    assert moved([["code", {}]], [["other", {}]]) == ["[0][0]: code is other"]
    assert moved({"a": [1.0]}, {"a": [1.0, 2.0]}) == [".a: 1 are 2"]
    assert moved({"a": 1.0}, {"b": 1.0}) == [": ['a', 'b']"]
    assert moved({"a": None}, {"a": 1.0}) == [".a: None is 1.0"]
