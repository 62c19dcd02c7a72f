"""Whatever goes wrong, in whatever order: nothing is lost, nothing doubled, nothing stuck (I1 to I7)."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.entries import UNSENT, Entry, State
from app.models.journal import Journal
from tests.sync.conftest import FLOW, Laptop, StoppedClock
from tests.sync.memory_centre import MemoryCentre, not_itself, refused, signed_out, unreachable

TROUBLES = {
    "busy": lambda: unreachable(30.0, 429),
    "down": unreachable,
    "signed out": signed_out,
    "portal": not_itself,
    "refused": refused,
}
STEP = st.one_of(
    st.tuples(st.just("save"), st.integers(0, 2)),
    st.tuples(st.just("edit"), st.integers(0, 9)),
    st.tuples(st.just("push"), st.none()),
    st.tuples(st.just("wait"), st.sampled_from([1, 30, 600])),
    st.tuples(st.sampled_from(["send", "offset", "put_piece"]), st.sampled_from(sorted(TROUBLES))),
    st.tuples(
        st.sampled_from(["lose reply", "forge", "other content", "reject", "poison", "start"]),
        st.integers(0, 9),
    ),
)


class Run:
    """One laptop and one centre through the steps of an example."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop, self.centre = laptop, laptop.centre
        self.made: list[Entry] = []

    def step(self, what: str, how: Any) -> None:
        trouble = self.centre.trouble
        if what == "save":
            files = tuple((f"{i}.txt", bytes([i, len(self.made)])) for i in range(how))
            self.made.append(self.laptop.saves(files=files))
        elif what == "push":
            self.laptop.pushes()
            assert State.SENDING not in self.laptop.journal.counts()
        elif what == "wait":
            self.laptop.clock.forward(how)
        elif what in ("send", "offset", "put_piece"):
            trouble.next[what].append(TROUBLES[how]())
        elif what == "lose reply":
            trouble.replies_lost += 1
        elif self.made:
            self._to(what, self.made[how % len(self.made)])

    def _to(self, what: str, entry: Entry) -> None:
        trouble = self.centre.trouble
        if what == "edit":
            values = {**FLOW, "note": f"edit {len(self.made)}"}
            record = entry.payload["record"]
            before = self.laptop.journal.last_of_record(record)
            self.made.append(self.laptop.saves(values, record=record, supersedes=before))
        elif what == "forge":
            trouble.forged.add(entry.id)
        elif what == "other content":
            trouble.other_content.add(entry.id)
        elif what == "reject":
            trouble.rejected[entry.id] = "not today"
        elif what == "poison":
            trouble.poison[entry.id] = unreachable(status=500)
        elif what == "start":  # as after a kill in the middle of a batch
            for claimed in self.laptop.journal.sending.claim(1):
                self.laptop.journal.move(claimed.id, State.QUEUED)

    def heals(self) -> None:
        """The centre is well again, and time goes by until nothing waits for it."""
        self.centre.trouble = type(self.centre.trouble)()
        for _ in range(6):
            self.laptop.clock.forward(86_401)
            self.laptop.pushes()
            for entry in self.laptop.journal.entries(State.QUARANTINED):
                self.laptop.journal.move(entry.id, State.QUEUED)  # a person says: once more


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=3, max_size=18))
def test_nothing_is_lost_doubled_or_stuck(journal: Journal, steps: list[tuple[str, Any]]) -> None:
    with journal._file.quietly():
        for table in ("entry_blob", "event_log", "entry"):
            journal._file.execute(f"DELETE FROM {table}")
    clock = StoppedClock()
    journal._file.clock = clock
    run = Run(Laptop(journal, clock, MemoryCentre(clock)))
    for what, how in steps:
        run.step(what, how)
        every_entry_has_a_way_out(journal)
    sent_is_only_what_the_centre_has(run)
    run.heals()
    sent_is_only_what_the_centre_has(run)
    assert {e.id for e in journal.entries()} >= {e.id for e in run.made}, "nothing is lost here"
    for entry in run.made:
        assert run.laptop.state(entry) in (State.ACKED, State.CONFLICT, State.DISCARDED), "nothing is stuck"
    told = [change.entry_id for change in run.centre.log]
    assert len(told) == len(set(told)), "nothing is doubled there"


def every_entry_has_a_way_out(journal: Journal) -> None:
    for entry in journal.entries(*UNSENT):
        if entry.state is State.RETRY:  # a timer, or none because the network is up again: it goes at once
            assert entry.next_try_at is not None or entry.error == "centre_unreachable"
        assert entry.state not in (State.QUARANTINED, State.CONFLICT) or entry.error


def sent_is_only_what_the_centre_has(run: Run) -> None:
    for entry in run.laptop.journal.entries(State.ACKED, State.CONFIRMED):
        there = run.centre.taken.get(entry.id)
        assert there is not None
        assert there.payload_sha256 == entry.payload_sha256
        for file in entry.attachments:
            assert file.sha256 in run.centre.files
