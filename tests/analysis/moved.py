"""Where what is said now differs from what was kept, by more than two machines do."""

from __future__ import annotations

from typing import Any

import pytest


def moved(before: Any, now: Any, place: str = "") -> list[str]:
    """Places of figures that are not the same to a millionth, and of words that are not the same."""
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
