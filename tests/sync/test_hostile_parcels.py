"""Files of unsent work that a laptop of the site has rightly signed, and that say what they should not:
nothing is taken under the rights of whoever takes them, nothing stands that no form would have let in, and no
profile is kept from opening.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.core.plain import MOST_VALUES, Json
from app.models.canonical import payload_hash
from app.models.entries import Entry, State
from app.models.kinds import KINDS
from app.models.store import kinds, records
from app.models.wells import well_uid
from app.services.centre import unsent
from app.services.centre.unsent import Taken
from app.services.opening import open_workspace
from app.services.records import applying, entries
from app.services.workspace import Workspace
from app.sync import parcel
from app.sync.push import envelope
from app.sync.wire import EntryIn, FileRef
from tests.central.test_api import entry
from tests.conftest import NOW
from tests.sync.memory_centre import MemoryCentre
from tests.sync.records_made import flow_test
from tests.sync.test_parcels import NORTH, SEED, SITE, SOUTH, introduced, met, pushes, read, sealed

LIQUID = "liquid_m3_per_s"


@pytest.fixture
def hostile(workspace: Workspace, other: Workspace, memory_centre: MemoryCentre) -> Workspace:
    met(workspace, memory_centre, NORTH)
    met(other, memory_centre, NORTH, SOUTH)
    entries.save_record(workspace, flow_test())
    return workspace


def told(laptop: Workspace, **changed: Json) -> EntryIn:
    """Its last entry with another payload, under an id of its own and its right hash."""
    keys = {int(well.id): well.key for well in records.every_well(laptop.store)}
    one = envelope(laptop.journal, laptop.journal.entries()[-1], keys.get)
    payload = {**one.payload, **changed}
    return one.model_copy(
        update={"id": str(uuid.uuid4()), "payload": payload, "payload_sha256": payload_hash(payload)[1]}
    )


def stick(laptop: Workspace, file: Path, *said: EntryIn) -> Path:
    introduction = unsent._introduction(laptop)
    assert introduction is not None
    with file.open("wb") as out:
        parcel.write(
            out,
            introduction,
            bytes.fromhex(laptop.secrets.get("signing key")),
            [(one, []) for one in said],
            fields=(NORTH,),
            entries=len(said),
            made_at=iso(NOW),
        )
    return file


# ---- rights ------------------------------------------------------------------------------------------------


def _key(field: str, uid: str = "", name: str = "101") -> dict[str, Json]:
    return {"uid": uid or well_uid(field, "1", name), "field": field, "pad": "1", "name": name}


@pytest.mark.parametrize(
    "changed",
    [
        {"well_key": _key(SOUTH)},
        {"well_key": _key(NORTH, well_uid(SOUTH, "1", "101"))},
        {"well_key": _key(NORTH, str(uuid.uuid5(uuid.NAMESPACE_OID, "of nobody here")))},
        {"well_key": _key("")},
        {"well_keys": {"1": _key(SOUTH)}},
        {
            "kind": "well_merge",
            "values": {
                "well_name": "123Г",
                "into_uid": well_uid(SOUTH, "1", "101"),
                "into_field": SOUTH,
                "into_pad": "1",
                "into_name": "101",
            },
        },
    ],
    ids=["by its field", "by its uid", "by a uid of nobody", "of no field", "of an import", "by a merge"],
)
def test_nothing_goes_into_a_field_of_the_taker_that_the_signer_has_not(
    hostile: Workspace, other: Workspace, tmp_path: Path, changed: dict[str, Json]
) -> None:
    entries.save_record(other, flow_test(), key={k: str(v) for k, v in _key(SOUTH).items()})
    before = other.journal.entries()
    good = told(hostile)
    taken = unsent.take(other, stick(hostile, tmp_path / "w", told(hostile, **changed), good))
    assert taken == Taken("d", 1, 0, 1)
    assert [one.id for one in other.journal.entries()] == [*(e.id for e in before), good.id]


def test_a_record_of_another_field_is_not_changed_by_its_id(
    hostile: Workspace, other: Workspace, memory_centre: MemoryCentre, tmp_path: Path
) -> None:
    theirs = entries.save_record(other, flow_test(), key={k: str(v) for k, v in _key(SOUTH).items()})
    taken = unsent.take(other, stick(hostile, tmp_path / "w", told(hostile, record=theirs.id)))
    assert taken == Taken("d", 0, 0, 1)
    assert kinds.find(other.store, KINDS["flow_test"], theirs.id) == theirs


def test_a_file_sealed_for_a_field_that_its_laptop_has_not_is_refused() -> None:
    """By one that knows the key of that field from when it had it."""
    known = introduced(NORTH).model_copy(update={"keys": introduced(NORTH, SOUTH).keys})
    out = io.BytesIO()
    parcel.write(out, known, SEED, [(entry(SOUTH), [])], fields=(SOUTH,), entries=1, made_at=iso(NOW))
    with pytest.raises(KnownError, match="parcel_changed"):
        read(out.getvalue(), SITE.of_fields((SOUTH,)))


# ---- poison ------------------------------------------------------------------------------------------------

POISON: dict[str, dict[str, Json]] = {
    "no kind": {"kind": "nonsense"},
    "a number for a kind": {"kind": 5},
    "no moment": {"at": "x"},
    "the year 1": {"at": "0001-01-01T00:00:00Z"},
    "the year 9999": {"at": "9999-12-31T23:59:59Z"},
    "a list for an end": {"until": []},
    "a list for values": {"values": []},
    "no values": {"values": None},
    "an object for a number": {"values": {LIQUID: {"a": 1}}},
    "a number over its limit": {"values": {LIQUID: 1e300, "duration_s": 1.0}},
    "a negative rate": {"values": {LIQUID: -1.0, "duration_s": 1.0}},
    "no rate": {"values": {"duration_s": 1.0}},
    "10**400": {"values": {LIQUID: 10**400}},
    "a number for a record": {"record": 5},
    "a path for a record": {"record": "../../../../etc"},
    "a record of 100,000 letters": {"record": "x" * 100_000},
    "a number for an author": {"author": 5},
    "nothing that is done": {"action": "explode"},
    "a text for a well": {"well_key": "x"},
    "numbers for names": {"well_key": {"uid": 1, "field": 2, "pad": 3, "name": 4}},
}


def test_what_no_form_would_let_in_is_refused_and_its_neighbour_is_taken(
    hostile: Workspace, other: Workspace, tmp_path: Path
) -> None:
    bad = [told(hostile, **changed) for changed in POISON.values()]
    wrong_hash = told(hostile).model_copy(update={"payload_sha256": "0" * 64})
    good = told(hostile)
    taken = unsent.take(other, stick(hostile, tmp_path / "w", *bad, wrong_hash, good))
    assert taken == Taken("d", 1, 0, 0, len(bad) + 1)
    assert [one.id for one in other.journal.entries()] == [good.id]


@pytest.mark.parametrize(
    "poison",
    [
        ("record", {"at": "x"}),
        ("record", {"values": {LIQUID: {"a": 1}}}),
        ("card", {"position_m": ["x"]}),
        ("import", {"plan": 5}),
        ("import_undone", {"import": []}),
    ],
)
def test_an_entry_that_cannot_be_applied_keeps_no_profile_from_opening(
    hostile: Workspace, other: Workspace, poison: tuple[str, dict[str, Json]]
) -> None:
    """By a stick of before: it stands in the journal, and every start applied it and ended there."""
    entries.save_record(other, flow_test())
    kind, changed = poison
    payload = {**told(hostile, **changed).payload}
    digest = payload_hash(payload)[1]
    wrong = Entry(str(uuid.uuid4()), kind, payload, digest, NOW, State.QUEUED)
    other.journal.take_over(wrong, "", "d")
    record = entries.save_record(other, flow_test())
    applying.bring_in(other, wrong)
    other.close()
    other.paths.store.unlink()
    notices, told_at_start = NoticeBus(), list[str]()
    notices.subscribe(lambda notice: told_at_start.append(notice.code))
    for _ in range(2):
        opened = open_workspace(other.paths, notices, lambda: NOW)
        try:
            assert kinds.find(opened.store, KINDS["flow_test"], record.id) is not None
            assert [e.id for e in opened.journal.not_shown()] == [wrong.id]
        finally:
            opened.close()
    assert "notice.saved_not_shown" in told_at_start


# ---- replayed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["changed", "removed"])
def test_an_older_file_does_not_bring_back_what_a_newer_one_has_changed(
    hostile: Workspace, other: Workspace, memory_centre: MemoryCentre, tmp_path: Path, what: str
) -> None:
    record = entries.save_record(hostile, flow_test())
    unsent.save(hostile, tmp_path / "old")
    pushes(hostile, memory_centre)
    if what == "changed":
        record = entries.save_record(hostile, replace(record, values={**record.values, LIQUID: 0.002}))
    else:
        entries.remove_record(hostile, record)
    unsent.save(hostile, tmp_path / "new")
    unsent.take(other, tmp_path / "new")
    shown = kinds.find(other.store, KINDS["flow_test"], record.id)
    assert unsent.take(other, tmp_path / "old") == Taken("d", 1, 1, 0)
    assert kinds.find(other.store, KINDS["flow_test"], record.id) == shown
    assert (shown is None) == (what == "removed")
    pushes(other, memory_centre)
    assert {one.state for one in other.journal.entries()} == {State.ACKED}


# ---- whole before anything is taken, and of a size ---------------------------------------------------------


def test_a_rightly_signed_file_that_does_not_hold_together_gives_nothing_of_its_beginning() -> None:
    one, content = entry(NORTH), b"content"
    ref = FileRef(sha256=hashlib.sha256(b"another").hexdigest(), size=len(content), name="a.pdf")
    with_file = entry(NORTH).model_copy(update={"attachments": (ref,)})
    for items, count in (
        ([(one, []), (with_file, [(ref, [content])])], 2),
        ([(one, []), (entry(NORTH), [])], 1),
        ([(one, [])], 2),
        ([(one, [])], 0),
    ):
        with pytest.raises(KnownError, match="parcel_changed"):
            read(sealed(*items, entries=count))


def test_a_line_that_is_short_and_wide_is_not_read() -> None:
    """Three letters of it were three hundred bytes of memory."""
    wide: Json = [[] for _ in range(MOST_VALUES)]
    one = entry(NORTH)
    read(sealed((one, [])))
    with pytest.raises(KnownError, match="parcel_changed"):
        read(sealed((one.model_copy(update={"payload": {"a": wide}}), [])))
