"""Names stand in the order that people count in."""

from __future__ import annotations

import pytest

from app.core.order import natural


@pytest.mark.parametrize(
    "right",
    [
        ["9", "10", "250", "1000", "1097"],
        ["2", "2а", "2Б", "10", "347Г"],
        ["Куст 5", "куст 6", "Куст 10"],
        ["Елань", "Ёлкино", "Енисей", "Яр"],
        ["15/9-F-4", "15/9-F-12", "15/10-A-1"],
        ["99999999999999999998", "99999999999999999999"],
    ],
)
def test_names_are_put_in_order_as_people_count_and_spell(right: list[str]) -> None:
    assert sorted(reversed(right), key=natural) == right
