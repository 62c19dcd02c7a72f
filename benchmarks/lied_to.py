"""Two laptops whose centre's answers are changed on the way, by seeds (tests/sync/lied_to.py): prints which
came to show something else, and how many syncs that was. `python -m benchmarks.lied_to [FIRST [COUNT]]`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.simulated import ids
from tests.sync.lied_to import Story


def main() -> None:
    first, count = (int(sys.argv[n]) if len(sys.argv) > n else usual for n, usual in ((1, 0), (2, 100)))
    syncs, lies, wrong, said = 0, Counter[str](), 0, 0
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            ids.put_in_place(patch)
            story = Story(seed, Path(folder))
            found = story.differs()
        syncs, lies, said = syncs + story.syncs, lies + story.lies, said + bool(story.said)
        wrong += bool(found)
        if found:
            told = {"seed": seed, "differs": found, "said": story.said, "lies": story.lies}
            print(json.dumps(told, ensure_ascii=False), flush=True)
    figures = {"seeds": count, "syncs": syncs, "lies": sum(lies.values()), "said": said, "wrong": wrong}
    print(json.dumps(figures | dict(lies)))


if __name__ == "__main__":
    main()
