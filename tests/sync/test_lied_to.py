"""A centre that was not itself for a while, or something in its place: once it is, laptops come to show what
it says, whatever was changed in its answers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.models.store import central, records
from app.models.wells import well_uid
from app.sync.compared import RecordDifference
from app.sync.pull import CHANGE_NO, RECORDS
from app.sync.standing import EVERY
from app.sync.wire import Changes
from tests.sync.conftest import WELL
from tests.sync.memory_centre import MemoryCentre
from tests.sync.memory_readings import MemoryReadings
from tests.sync.test_engine import Syncs, source, syncs, there  # noqa: F401 - fixtures
from tests.sync.test_pull_readings import OCTOBER, THERE, Carrier
from tests.sync.test_pull_records import KEY, body
from tests.sync.test_set_back import agree, says_otherwise, shown
from tests.sync.test_sums import compared, write_own


def test_records_whose_part_was_told_wrongly_once_are_asked_for_again(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sums were right, and the answer to what differs was not: it stood for ever, without a word."""
    there.says("record", "r1", KEY, body("r1"))
    syncs()
    says_otherwise(there)
    with monkeypatch.context() as lying:
        lying.setattr(there, "record_part", lambda well, kind: Changes(changes=(), next=there.newest))
        assert [one.mended for one in syncs().record_differences] == [False]
    assert shown(syncs) == set()
    for _ in range(EVERY):
        syncs()
    assert shown(syncs) == {"r1"}
    assert agree(syncs, there)


def test_a_version_that_no_record_has_does_not_stand_for_ever(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("record", "r1", KEY, body("r1"))
    true = there.log[0]
    there.log[0] = true.model_copy(
        update={"version": 4_000_000_000, "body": body("r1", values={"liquid_m3_per_s": 0.9})}
    )
    syncs()
    there.log[0] = true
    syncs()
    assert agree(syncs, there)
    assert central.version_of(syncs.cache, "r1") == true.version


def test_a_number_that_the_centre_has_not_given_yet_is_no_mark_to_go_on_from(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What came after was never told: of wells nobody counts anything."""
    there.says("well", KEY["uid"], KEY, {"lift": "srp"})
    with monkeypatch.context() as lying:
        lying.setattr(there, "changes", lambda after, field="": Changes(changes=(), next=(1 << 53) - 1))
        syncs()
    assert central.mark(syncs.cache, RECORDS, CHANGE_NO) == str((1 << 53) - 1)
    there.says("record", "r1", KEY, body("r1"))
    syncs()
    assert shown(syncs) == {"r1"}
    assert {well.uid: well.lift for well in records.wells(syncs.cache)}[KEY["uid"]] == "srp"


def other(**changed: Any) -> dict[str, Any]:
    return {"lift": "esp", "state": "stopped", "aliases": ["A"], "depth_m": 2_000.0} | changed


@pytest.mark.parametrize(
    ("key", "about"),
    [({}, {"lift": "srp"}), ({}, {"aliases": ["A", "77"]}), ({}, {"depth_m": 1.0}), ({"name": "124"}, {})],
)
def test_a_well_that_was_told_otherwise_than_it_is_is_read_anew(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
    key: dict[str, Any],
    about: dict[str, Any],
) -> None:
    """No comparison spoke of wells: a name or an alias that was changed once led files to another well."""
    there.says("well", KEY["uid"], KEY, other())
    true = there.log[0]
    there.says("well", KEY["uid"], KEY | key, other(**about))
    lied = there.log.pop()
    there.log[0] = lied.model_copy(update={"change_no": true.change_no})
    syncs()
    there.log[0] = true
    said = [one for _ in range(EVERY) for one in syncs().record_differences]
    assert said == [RecordDifference(0, central.WELLS, mended=True)], "all of them, and read anew"
    (well,) = [one for one in records.wells(syncs.cache) if one.uid == KEY["uid"]]
    assert (well.name, well.lift, well.aliases, well.depth_m) == (WELL.name, "esp", ("A",), 2_000.0)
    for _ in range(EVERY):
        syncs()
    read = len(there.asked_after)
    for _ in range(EVERY):
        syncs()
    assert set(there.asked_after[read:]) == {true.change_no}, "and then there is peace"


def test_a_well_that_nobody_has_and_at_which_nothing_stands_leaves(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("well", KEY["uid"], KEY, other())
    true = there.log[0]
    phantom = KEY | {"uid": "00000000-0000-4000-8000-000000000077", "name": "nobody's"}
    there.says("well", phantom["uid"], phantom, other())
    there.log[0] = there.log.pop().model_copy(update={"change_no": true.change_no})
    syncs()
    there.log[0] = true
    for _ in range(EVERY):
        syncs()
    assert WELL.name in (names := [well.name for well in records.wells(syncs.cache)])
    assert "nobody's" not in names


# ---- readings and cards ------------------------------------------------------------------------------------


@pytest.fixture
def carrier(cache: Any, memory_readings: MemoryReadings) -> Carrier:
    made = Carrier(cache, memory_readings)
    memory_readings.has(THERE, 1, OCTOBER, [1.0, 2.0])
    made.pulls()
    return made


def test_readings_that_were_told_wrongly_once_are_asked_for_again(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, row in carrier.source.rows.items():
        carrier.source.rows[key] = replace(row, value=9.0)
    with monkeypatch.context() as lying:
        lying.setattr(carrier.source, "readings", lambda part, coarse=False: iter(()))
        assert [one.mended for one in compared(carrier)] == [False]
    said = [one.mended for _ in range(EVERY) for one in compared(carrier)]
    assert said == [True]
    assert [row for row in carrier.rows().values() if row != 9.0] == []


def test_a_month_that_only_this_laptop_has_is_said_when_it_stays_so(carrier: Carrier) -> None:
    write_own(carrier, OCTOBER.replace(month=11))
    assert compared(carrier) == [], "what was confirmed a moment ago may be on its way"
    said = [(one.month, one.mended) for _ in range(EVERY) for one in compared(carrier)]
    assert said == [("2026-11", False)]


def test_an_announcement_that_nobody_has_made_is_no_mark_to_go_on_from(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lying:
        lying.setattr(carrier.source, "newest", lambda wells: "2031-01-01 00:00:00.000000")
        carrier.pulls()
    carrier.source.has(THERE, 1, OCTOBER.replace(day=20), [5.0])
    carrier.pulls()
    assert 5.0 in carrier.rows().values()


def test_wells_that_are_told_as_they_are_known_are_left_alone(
    syncs: Syncs,  # noqa: F811
    there: MemoryCentre,  # noqa: F811
) -> None:
    there.says("well", KEY["uid"], KEY, other())
    beside = KEY | {"uid": well_uid("Северное", "6", "77"), "pad": "6", "name": "77", "number": 80}
    there.says("well", str(beside["uid"]), beside, {"lift": "srp"})
    syncs()
    read = len(there.asked_after)
    for _ in range(2 * EVERY):
        assert syncs().record_differences == []
    assert set(there.asked_after[read:]) == {there.newest}, "nothing is read anew"
