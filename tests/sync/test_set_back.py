"""A centre that was restored from a copy: nothing that was confirmed is lost, and both ends come to say the
same.
"""

from __future__ import annotations

import pytest

from app.core.jobs import Cancelled, Job
from app.models.entries import State
from app.models.kinds import KINDS
from app.models.store import central, central_sums
from app.sync.compared import compare_records
from app.sync.pull import RECORDS
from app.sync.wire import RecordSums
from tests.sync.conftest import FLOW
from tests.sync.memory_centre import MemoryCentre, unreachable
from tests.sync.test_engine import Syncs, source, syncs, there  # noqa: F401 - fixtures
from tests.sync.test_pull_records import KEY, body


def shown(syncs: Syncs) -> set[str]:  # noqa: F811
    with syncs.cache.reading() as cursor:
        rows = cursor.execute(f"SELECT id FROM {KINDS['flow_test'].table}").fetchall()
    return {str(row[0]) for row in rows}


def says_otherwise(centre: MemoryCentre, at: int = -1) -> None:
    """The record `r1` has another content there, without a change that tells of it."""
    centre.log[at] = centre.log[at].model_copy(update={"body": body("r1", values={"liquid_m3_per_s": 0.003})})


def agree(syncs: Syncs, there: MemoryCentre) -> bool:  # noqa: F811
    told = {
        (part.well, part.kind): (part.count, part.digest) for part in there.record_sums(whole=False).parts
    }
    return central_sums.sums(syncs.cache) == told


def test_what_it_lost_is_sent_again_although_others_have_written_since(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    """Its numbers go on over those that it had: only its epoch tells that it is not the same any more."""
    kept = syncs.laptop.saves()
    syncs()
    lost = syncs.laptop.saves({**FLOW, "water_cut": 0.5})
    syncs()
    there.set_back_to(1)
    for number in range(5):
        there.says("record", f"r{number}", KEY, body(f"r{number}"))
    report = syncs()
    assert (report.set_back, report.pushed.sent) == (1, 1)
    assert {kept.id, lost.id} <= set(there.taken)
    assert {syncs.laptop.state(e) for e in (kept, lost)} == {State.CONFIRMED}
    assert agree(syncs, there)
    assert syncs().set_back == 0, "once is enough"


def test_a_centre_that_was_set_back_is_read_from_its_beginning_and_then_on(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    for number in range(3):
        there.says("record", f"r{number}", KEY, body(f"r{number}"))
    syncs()
    there.set_back_to(2)
    asked = len(there.asked_after)
    syncs()
    assert there.asked_after[asked] == 0
    asked = len(there.asked_after)
    syncs()
    assert there.asked_after[asked:] == [there.hello().newest_change]


def test_nothing_is_read_of_a_centre_whose_greeting_broke_off(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    """It was read on from a number of before the restore. Found by the simulation, seed 961."""
    lost = syncs.laptop.saves()
    syncs()
    there.set_back_to(0)
    there.says("record", "r1", KEY, body("r1"))
    there.trouble.next["lacking"] = [unreachable()]
    asked = len(there.asked_after)
    assert set(syncs().problems) == {"push"}
    assert (len(there.asked_after), "r1" in shown(syncs)) == (asked, False)
    assert syncs().set_back == 1
    assert lost.id in there.taken
    assert agree(syncs, there)


def test_a_record_that_nobody_has_any_more_leaves_and_one_that_was_set_back_is_shown_so(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "r1", KEY, body("r1", values={"liquid_m3_per_s": 0.001}))
    syncs()
    there.says("record", "r1", KEY, body("r1", values={"liquid_m3_per_s": 0.002}), version=2)
    there.says("record", "gone", KEY, body("gone"))
    syncs()
    assert shown(syncs) == {"r1", "gone"}
    there.set_back_to(1)
    report = syncs()
    assert shown(syncs) == {"r1"}
    assert report.pulled.changed
    known = central.of_record(syncs.cache, "r1")
    assert known is not None
    assert (known.version, known.body["values"]["liquid_m3_per_s"]) == (1, 0.001)
    assert agree(syncs, there)


def test_what_is_unsent_here_stays_when_the_centre_has_lost_what_it_stood_on(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "r1", KEY, body("r1"))
    syncs()
    mine = syncs.laptop.saves(record="r1", base="1")
    there.set_back_to(0)
    there.trouble.unanswered.add(mine.id)
    syncs()
    assert shown(syncs) == {"r1"}
    assert syncs.laptop.state(mine) is State.RETRY


def test_a_restore_that_is_noticed_twice_over_a_crash_sends_once(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    entry = syncs.laptop.saves()
    syncs()
    there.set_back_to(0)
    syncs.laptop.journal.sending.send_again({entry.id})  # and then it died before the mark was set
    assert syncs().pushed.sent == 1
    assert syncs.laptop.state(entry) is State.CONFIRMED
    assert central.mark(syncs.cache, RECORDS, "epoch") == there.epoch


def test_a_centre_without_an_epoch_is_known_by_its_numbers(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.epoch = ""
    lost = syncs.laptop.saves()
    syncs()
    there.set_back_to(0)
    there.epoch = ""
    assert syncs().set_back == 1
    assert lost.id in there.taken


def test_a_centre_without_an_epoch_that_knows_as_much_as_it_said_is_the_same(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    """Its newest number is the very one that was read up to."""
    there.epoch = ""
    syncs.laptop.saves()
    syncs()
    read_to = int(central.mark(syncs.cache, RECORDS, "change_no") or 0)
    assert read_to == there.hello().newest_change > 0
    asked = len(there.asked_after)
    assert syncs().set_back == 0
    assert there.asked_after[asked:] == [read_to]


# ---- the comparison ----------------------------------------------------------------------------------------


def test_a_record_that_the_stream_never_told_is_found_by_counting_and_read(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "r1", KEY, body("r1"))
    there.says("record", "r2", KEY, body("r2"))
    there.hidden.add("r2")
    report = syncs()
    assert shown(syncs) == {"r1", "r2"}
    assert [(one.kind, one.mended) for one in report.record_differences] == [("flow_test", True)]
    there.parts_asked.clear()
    assert syncs().record_differences == []
    assert there.parts_asked == []


def test_a_record_of_the_same_count_and_other_content_is_found_too(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "r1", KEY, body("r1"))
    syncs()
    says_otherwise(there)
    assert [one.mended for one in syncs().record_differences] == [True]
    known = central.of_record(syncs.cache, "r1")
    assert known is not None
    assert known.body["values"]["liquid_m3_per_s"] == 0.003
    there.log[-1] = there.log[-1].model_copy(update={"topic": "forgotten"})
    assert [one.mended for one in syncs().record_differences] == [True]
    assert shown(syncs) == set()


def test_what_this_program_cannot_read_is_asked_for_once(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "r1", KEY, body("r1") | {"kind": "of_next_year"})
    assert [one.mended for one in syncs().record_differences] == [False]
    assert there.asked_after == [0], "the stream told it so: nothing is read anew"
    there.parts_asked.clear()
    assert syncs().record_differences == []
    assert there.parts_asked == []


def test_of_two_sides_that_say_the_same_only_the_one_sum_of_all_is_asked_for(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those of each well and kind are asked for only where that one differs."""
    there.says("record", "r1", KEY, body("r1"))
    asked, sums = [], there.record_sums

    def counted(*, whole: bool) -> RecordSums:
        asked.append("all" if whole else "each")
        return sums(whole=whole)

    monkeypatch.setattr(there, "record_sums", counted)
    syncs()
    assert asked == ["all"]
    says_otherwise(there)
    syncs()
    assert asked == ["all", "all", "each"]


def test_of_two_wells_and_kinds_the_one_that_differs_is_read_again_and_the_other_is_not(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "r1", KEY, body("r1"))
    there.says("record", "e1", KEY, body("e1", values={"code": "tubing_leak"}) | {"kind": "event"})
    syncs()
    there.parts_asked.clear()
    says_otherwise(there, 0)
    report = syncs()
    assert [(one.kind, one.mended) for one in report.record_differences] == [("flow_test", True)]
    assert [kind for _, kind in there.parts_asked] == ["flow_test"]


def test_a_comparison_that_is_stopped_reads_no_part(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "r1", KEY, body("r1"))
    syncs()
    says_otherwise(there, 0)
    there.parts_asked.clear()
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        compare_records(job, syncs.cache, syncs.laptop.journal, there)
    assert there.parts_asked == []


def test_what_a_centre_that_was_set_back_does_not_tell_again_leaves_and_is_counted(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "r1", KEY, body("r1"))
    there.says("record", "e1", KEY, body("e1", values={"code": "tubing_leak"}) | {"kind": "event"})
    syncs()
    assert central_sums.leave_untold(syncs.cache, frozenset()) == 0
    with syncs.cache.writing() as cursor:
        central_sums.begin_anew(cursor)
    assert central_sums.leave_untold(syncs.cache, frozenset()) == 2
    assert shown(syncs) == set()
    assert central_sums.sums(syncs.cache) == {}
