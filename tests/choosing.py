"""Which tests are units, and in what order the tests of a run are begun."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parent
# `--units` (in `make check`): what stands in these folders or beside this file, is not marked slow and uses
# nothing that takes long to make.
UNIT_FOLDERS = ("analysis", "core", "importers", "models", "reports", "sync")
NO_UNIT_HAS = {"centre", "demo_profile", "qapp", "postgres_port"}


def is_left_out(path: Path) -> bool:
    """Of a run of the units: the file or folder is not even read."""
    return (
        path.is_relative_to(TESTS)
        and path.is_dir()
        and path.parent == TESTS
        and path.name not in UNIT_FOLDERS
    )


def is_unit(item: pytest.Item) -> bool:
    fixtures: Any = getattr(item, "fixturenames", ())
    return item.get_closest_marker("slow") is None and NO_UNIT_HAS.isdisjoint(fixtures)


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """Slow ones begin each worker's half: what is left for the end is short, so both end together. Those of
    the demo field stand in one half: the other worker does not wait while it is built.
    """
    slow = [item for item in items if item.get_closest_marker("slow") is not None]
    slow.sort(key=lambda item: "demo_profile" not in getattr(item, "fixturenames", ()))
    quick = [item for item in items if item.get_closest_marker("slow") is None]
    first, second = slow[: (len(slow) + 1) // 2], slow[(len(slow) + 1) // 2 :]
    half = max(0, len(items) // 2 - len(first))
    return [*first, *quick[:half], *second, *quick[half:]]
