"""Entries that a centre took and whose change it has not shown: it is asked, and only of those."""

from __future__ import annotations

from typing import Any, cast

import pytest

from app.models.entries import Outcome, State
from app.models.journal import Journal
from app.sync import epochs
from app.sync.transports.base import PushCentre


class Asked:
    """A centre that has all but some."""

    def __init__(self, *lost: str) -> None:
        self.lost, self.asked = lost, list[tuple[str, ...]]()

    def lacking(self, entry_ids: tuple[str, ...]) -> tuple[str, ...]:
        self.asked.append(entry_ids)
        return tuple(one for one in entry_ids if one in self.lost)


def taken(journal: Journal, *names: str) -> None:
    for number, name in enumerate(names, 1):
        journal.add("note", {"n": number}, entry_id=name)
    journal.sending.claim(len(names))
    receipt: dict[str, Any] = {"version": 1, "change_no": 7}
    journal.sending.settle([Outcome(name, State.ACKED, None, receipt) for name in names])


def settled(journal: Journal, centre: Asked) -> int:
    return epochs.settle_unshown(journal, cast(PushCentre, centre))


def states(journal: Journal) -> dict[str, State]:
    return {one.id: one.state for one in journal.entries()}


def test_what_the_centre_has_is_there_and_what_it_has_not_goes_again(journal: Journal) -> None:
    taken(journal, "a", "b", "c")
    journal.add("note", {"n": 9}, entry_id="unsent")
    centre = Asked("b")
    assert settled(journal, centre) == 2
    assert states(journal) == {
        "a": State.CONFIRMED,
        "b": State.QUEUED,
        "c": State.CONFIRMED,
        "unsent": State.QUEUED,
    }
    assert centre.asked == [("a", "b", "c")]
    assert settled(journal, centre) == 0
    assert len(centre.asked) == 1, "nothing is left to ask about"


@pytest.mark.parametrize("lost", [(), ("a", "b")])
def test_a_centre_that_has_all_or_none_of_it_is_believed(journal: Journal, lost: tuple[str, ...]) -> None:
    taken(journal, "a", "b")
    assert settled(journal, Asked(*lost)) == 2 - len(lost)
    assert set(states(journal).values()) == {State.QUEUED if lost else State.CONFIRMED}


@pytest.mark.parametrize(("most", "asked"), [(1, 3), (2, 2), (3, 1)])
def test_many_are_asked_for_in_parts(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, most: int, asked: int
) -> None:
    monkeypatch.setattr(epochs, "MOST_ASKED", most)
    taken(journal, "a", "b", "c")
    centre = Asked("c")
    assert settled(journal, centre) == 2
    assert [one for part in centre.asked for one in part] == ["a", "b", "c"]
    assert len(centre.asked) == asked
