"""At which syncs what differs still is read and said again."""

from __future__ import annotations

from app.models.store.database import Database
from app.sync.standing import is_due


def test_what_stands_is_due_at_every_eighth_sync_and_at_none_between(cache: Database) -> None:
    asked = [is_due(cache, "readings") for _ in range(17)]
    assert [number for number, due in enumerate(asked, 1) if due] == [8, 16]


def test_each_part_is_counted_by_itself(cache: Database) -> None:
    assert not any(is_due(cache, "readings") for _ in range(7))
    assert not is_due(cache, "cards")
    assert is_due(cache, "readings")
    assert not any(is_due(cache, "cards") for _ in range(6))
    assert is_due(cache, "cards")
