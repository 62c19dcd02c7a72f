"""Which tests are units, and in what order the tests of a run are begun."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parent
# `--units` (in `make check`): what stands in these folders or beside this file, is not marked slow and uses
# nothing that takes long to make.
UNIT_FOLDERS = ("analysis", "core", "importers", "models", "reports", "sync")
FIRST_HALF_HAS = {"demo_profile", "qapp"}
SECOND_HALF_HAS = {"centre", "migrated", "postgres_port"}
# A profile on the disk is a story, not a unit.
NO_UNIT_HAS = {"centre", "demo_profile", "qapp", "postgres_port", "workspace", "cache", "version"}


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
    """Each worker's half begins with the slow ones (`make slow`) and with those that need something dear
    which the other half then never makes: windows and the demo field in the first, a centre and its
    databases in the second.
    What is left for the end needs nothing and is short, so both end together.
    """
    halves: list[list[pytest.Item]] = [[], []]
    free: list[pytest.Item] = []
    for item in sorted(items, key=lambda item: item.get_closest_marker("slow") is None):
        half = _half_of(item)
        (free if half is None else halves[half]).append(item)
    first, second = halves
    missing = max(0, len(items) // 2 - len(first))
    return [*first, *free[len(free) - missing :], *second, *free[: len(free) - missing]]


def _half_of(item: pytest.Item) -> int | None:
    fixtures: Any = getattr(item, "fixturenames", ())
    if not FIRST_HALF_HAS.isdisjoint(fixtures):
        return 0
    slow = item.get_closest_marker("slow") is not None
    return 1 if slow or not SECOND_HALF_HAS.isdisjoint(fixtures) else None
