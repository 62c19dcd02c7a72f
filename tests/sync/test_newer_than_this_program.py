"""A laptop that is older than the centre: what it cannot read is kept, and read by the version that can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.core.clock import iso
from app.core.jobs import Job
from app.core.registry import Registry
from app.models import kinds as kind_lists
from app.models import readable, upcasting
from app.models.kinds import KINDS
from app.models.kinds.spec import Field, Kind
from app.models.records import Record
from app.models.store import central, kinds, unread
from app.models.store import kinds as kind_store
from app.models.wells import well_uid
from app.services.records import entries
from app.services.workspace import Workspace
from app.sync import pull
from app.sync.pull import RECORDS, Pulled, pull_records, read_again
from app.sync.wire import Change, Changes, WellKey
from tests.conftest import NOW

WELL = WellKey(uid=well_uid("Северное", "5", "123Г"), field="Северное", pad="5", name="123Г", number=9)
HOLOGRAM = Kind(
    "hologram", "holograms", "taken_at", (Field("shape", "Форма", "Shape", "text"),), "Г", "H", same=()
)


def change(number: int, key: str, body: dict[str, Any], *, topic: str = "record", **more: Any) -> Change:
    told = {"change_no": number, "topic": topic, "key": key, "well": WELL, "entry_id": f"e{number}"}
    return Change.model_validate({**told, "saved_at": iso(NOW), "author": "Б", "body": body, **more})


def body(kind: str, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"record": "x", "kind": kind, "at": iso(NOW), "until": None, "values": values} | {
        "action": "saved",
        **more,
    }


def flow_test(**values: Any) -> dict[str, Any]:
    return body("flow_test", {"duration_s": 14400.0, "liquid_m3_per_s": 0.001, "valid": True, **values})


class Told:
    """A source that says what it is given, once."""

    def __init__(self, *changes: Change) -> None:
        self._changes = changes

    def changes(self, after: int) -> Changes:
        left = tuple(one for one in self._changes if one.change_no > after)
        return Changes(changes=left, next=max((one.change_no for one in left), default=after))


def pulled(workspace: Workspace, *changes: Change) -> None:
    pull_records(Job(), workspace.store, workspace.journal, Told(*changes), Pulled())  # type: ignore[arg-type]


def of(workspace: Workspace, record_id: str) -> Record | None:
    return kinds.find(workspace.store, KINDS["flow_test"], record_id)


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch, workspace: Workspace) -> Iterator[Any]:
    """Calling it makes this the next version of the program: it knows holograms."""

    def upgrade() -> None:
        known = Registry("kind", *KINDS, HOLOGRAM)
        for module in (readable, kind_store, kind_lists):
            monkeypatch.setattr(module, "KINDS", known)
        readable.reader.cache_clear()
        with workspace.store.writing() as cursor:
            cursor.execute(
                "CREATE TABLE holograms (id VARCHAR PRIMARY KEY, well USMALLINT, taken_at TIMESTAMP, "
                "shape VARCHAR)"
            )

    yield upgrade
    readable.reader.cache_clear()


def test_a_kind_that_is_not_known_yet_is_kept_and_read_after_the_upgrade(
    workspace: Workspace, upgraded: Any
) -> None:
    pulled(workspace, change(1, "h1", body("hologram", {"shape": "шар"})), change(2, "f1", flow_test()))
    assert of(workspace, "f1") is not None
    assert central.mark(workspace.store, RECORDS, "change_no") == "2"
    assert unread.counts(workspace.store) == {"kind": 1}
    assert read_again(workspace.store, workspace.journal) == 0, "the same program need not try again"
    upgraded()
    assert read_again(workspace.store, workspace.journal) == 1
    found = kind_store.find(workspace.store, HOLOGRAM, "h1")
    assert found is not None
    assert found.values == {"shape": "шар"}
    assert unread.counts(workspace.store) == {}


def test_a_body_that_this_program_would_misread_is_kept_as_it_came(workspace: Workspace) -> None:
    newer = flow_test(water_cut="per mille") | {"schema_version": upcasting.PAYLOAD_VERSION + 1}
    pulled(workspace, change(1, "f1", newer))
    assert of(workspace, "f1") is None
    (kept,) = unread.of_other_readers(workspace.store, "somebody else")
    assert (kept.reason, kept.raw["body"]) == ("version", newer)


@pytest.mark.parametrize("topic", ["forecast", "model", "map_layer"])
def test_a_topic_that_is_not_known_is_kept_with_all_that_was_said(workspace: Workspace, topic: str) -> None:
    pulled(workspace, change(1, "t", {"a": 1}, topic=topic, colour="red"))
    (kept,) = unread.of_other_readers(workspace.store, "somebody else")
    assert (kept.topic, kept.reason, kept.raw["body"], kept.raw["colour"]) == (
        topic,
        "topic",
        {"a": 1},
        "red",
    )


def test_content_that_cannot_be_read_stops_nothing_that_comes_after_it(workspace: Workspace) -> None:
    wrong = flow_test() | {"at": "last Tuesday"}
    pulled(workspace, change(1, "bad", wrong), change(2, "good", flow_test()))
    assert of(workspace, "good") is not None
    assert unread.counts(workspace.store) == {"content": 1}


def test_a_field_that_is_not_known_yet_survives_an_edit_here(workspace: Workspace) -> None:
    pulled(workspace, change(1, "f1", flow_test(water_cut=0.4, salinity_kg_per_m3=31.0)))
    assert unread.counts(workspace.store) == {"fields": 1}
    shown = of(workspace, "f1")
    assert shown is not None
    assert "salinity_kg_per_m3" not in shown.values
    entries.save_record(workspace, replace(shown, values={**shown.values, "water_cut": 0.5}))
    entries.save_record(workspace, replace(shown, values={**shown.values, "water_cut": 0.6}))
    for entry in workspace.journal.entries():
        assert entry.payload["values"]["salinity_kg_per_m3"] == 31.0
    entries.remove_record(workspace, shown)
    assert workspace.journal.entries()[-1].payload["values"]["salinity_kg_per_m3"] == 31.0


def test_a_field_is_shown_by_the_version_that_knows_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled(workspace, change(1, "f1", flow_test(salinity=31.0)))
    known = KINDS["flow_test"]
    newer = replace(known, fields=(*known.fields, Field("salinity", "С", "S", minimum=0)))
    registry = Registry("kind", *(newer if kind.key == "flow_test" else kind for kind in KINDS))
    for module in (readable, kind_store, kind_lists):
        monkeypatch.setattr(module, "KINDS", registry)
    with workspace.store.writing() as cursor:
        cursor.execute("ALTER TABLE flow_tests ADD COLUMN salinity DOUBLE")
    readable.reader.cache_clear()
    try:
        assert read_again(workspace.store, workspace.journal) == 1
        found = kind_store.find(workspace.store, newer, "f1")
    finally:
        monkeypatch.undo()
        readable.reader.cache_clear()
    assert found is not None
    assert found.values["salinity"] == 31.0


def test_what_is_read_late_does_not_take_the_place_of_what_came_after_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = flow_test(water_cut=0.1) | {"schema_version": upcasting.PAYLOAD_VERSION + 1}
    pulled(workspace, change(1, "f1", newer), change(2, "f1", flow_test(water_cut=0.7), version=2))
    monkeypatch.setattr(readable, "PAYLOAD_VERSION", upcasting.PAYLOAD_VERSION + 1)
    readable.reader.cache_clear()
    try:
        assert read_again(workspace.store, workspace.journal) == 1
    finally:
        monkeypatch.undo()
        readable.reader.cache_clear()
    found = of(workspace, "f1")
    assert found is not None
    assert found.values["water_cut"] == 0.7
    assert central.version_of(workspace.store, "f1") == 2


def test_the_opening_reads_again_what_another_version_could_not(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.core.notices import NoticeBus
    from app.services.opening import open_workspace

    with monkeypatch.context() as older:
        older.setattr(pull.readable, "not_readable", lambda topic, body: "kind")
        older.setattr(pull.readable, "reader", lambda: "an older program")
        pulled(workspace, change(1, "f1", flow_test(water_cut=0.4)))
    assert of(workspace, "f1") is None
    workspace.close()
    again = open_workspace(workspace.paths, NoticeBus())
    try:
        found = of(again, "f1")
        assert found is not None
        assert found.values["water_cut"] == 0.4
    finally:
        again.close()
