"""Names that are spelt nearly like a word, of very many: the few that share its rarest groups of three
letters are compared with it, not all of them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import numpy as np

MOST_SHARING = 20_000
"""Names that are looked at for one word: of groups that most of them have none is asked."""
MOST_COMPARED = 16


class Nearest:
    def __init__(self, names: Iterable[str]) -> None:
        self._names = [name for name in dict.fromkeys(names) if name]
        told: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            for group in _groups(name):
                told.setdefault(group, []).append(number)
        self._of_group = {group: np.array(numbers, np.int64) for group, numbers in told.items()}

    def to(self, word: str, most: int = 3, least: float = 0.6) -> list[str]:
        """The nearest first; `least` is difflib's ratio."""
        sharing = sorted((self._of_group[one] for one in _groups(word) & self._of_group.keys()), key=len)
        looked, size = list[np.ndarray](), 0
        for numbers in sharing:
            size += len(numbers)
            if looked and size > MOST_SHARING:
                break
            looked.append(numbers)
        if not looked:
            return []
        numbers, shared = np.unique(np.concatenate(looked), return_counts=True)
        best = numbers[np.argsort(-shared, kind="stable")[:MOST_COMPARED]]
        return difflib.get_close_matches(word, [self._names[number] for number in best], most, least)


def _groups(name: str) -> set[str]:
    padded = f"  {name.lower()} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
