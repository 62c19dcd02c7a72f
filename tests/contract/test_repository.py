"""What the repository promises, on every store: receipts for ever, versions, change numbers that skip no late
commit, files, tokens.
"""

from __future__ import annotations

import hashlib
import json
import threading
from datetime import timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from app.core.clock import parse_time
from app.models.holding import checked_values
from app.models.kinds import KINDS
from app.models.wells import ESP, Well, WellId
from app.sync.transports.oracle import OracleReader
from app.sync.wire import FileRef, payload_sha256
from central import outbox
from central.api import documents as api_documents
from central.stores import changes, devices, documents, records, wells
from central.stores.devices import Device
from central.stores.engine import changing, next_numbers, reading
from central.stores.tables import OUTBOX, RECORDS, VERSIONS, column_of
from tests.contract.entries_made import AT, FIELD, VALUES, entry, record, taken


@pytest.mark.parametrize("kind", list(VALUES))
def test_a_record_of_each_kind_comes_back_as_it_was_sent(engine: Engine, device: Device, kind: str) -> None:
    payload = record(kind)
    (receipt,) = taken(engine, device, entry(payload=payload))
    assert (receipt.status, receipt.code, receipt.details) == ("accepted", "", {})
    with reading(engine) as connection:
        stored = records.current(connection, payload["record"])
        row = (
            connection.execute(sa.select(RECORDS[kind]).where(RECORDS[kind].c.id == payload["record"]))
            .mappings()
            .one()
        )
    assert stored is not None
    clean = checked_values(KINDS[kind], payload["values"])
    assert stored.body["values"] == clean
    assert row[KINDS[kind].at] == AT, "microseconds and zone"
    for field in KINDS[kind].fields:
        sent = clean.get(field.key, "" if field.type in ("text", "choice", "rows") else None)
        if field.type == "rows" and sent:
            assert json.loads(row[column_of(field.key)]) == sent
            continue
        if field.type == "time" and sent:
            sent = parse_time(sent)
        assert row[column_of(field.key)] == (
            pytest.approx(sent, rel=1e-15) if isinstance(sent, float) else sent
        ), field.key


def test_the_same_entry_again_gets_the_same_receipt_and_changes_nothing(
    engine: Engine, device: Device
) -> None:
    sent = entry()
    (first,) = taken(engine, device, sent)
    (again,) = taken(engine, device, sent)
    assert (again.status, again.change_no, again.version) == ("duplicate", first.change_no, first.version)
    with reading(engine) as connection:
        assert changes.newest(connection) == len(
            [1 for _ in changes.since(connection, 0, (FIELD,)).changes]
        ) + _outbox(connection)


def _outbox(connection: Any) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(OUTBOX)).scalar_one())


def test_another_entry_under_a_known_id_is_rejected_and_a_changed_payload_seen(
    engine: Engine, device: Device
) -> None:
    sent = entry()
    taken(engine, device, sent)
    other = record()
    (reused,) = taken(
        engine, device, sent.model_copy(update={"payload": other, "payload_sha256": payload_sha256(other)})
    )
    (damaged,) = taken(engine, device, entry().model_copy(update={"payload_sha256": "0" * 64}))
    assert [(r.status, r.code) for r in (reused, damaged)] == [
        ("rejected", "id_reuse"),
        ("rejected", "hash_differs"),
    ]


def test_one_rejected_entry_keeps_none_of_its_batch_back(engine: Engine, device: Device) -> None:
    bad = record(values={"liquid_m3_per_s": "many"})
    receipts = taken(engine, device, entry(), entry(payload=bad), entry(payload=record("event")))
    assert [r.status for r in receipts] == ["accepted", "rejected", "accepted"]


def test_an_edit_of_a_version_that_is_no_more_is_a_conflict_with_both_bodies(
    engine: Engine, device: Device
) -> None:
    payload = record()
    taken(engine, device, entry(payload=payload))
    newer = {**payload, "values": {**payload["values"], "water_cut": 0.5}}
    mine = {**payload, "values": {**payload["values"], "water_cut": 0.7}}
    (ok,) = taken(engine, device, entry(payload=newer, base_version=1))
    (stale,) = taken(engine, device, entry(payload=mine, base_version=1))
    assert ok.version == 2
    assert stale.status == "conflict"
    assert stale.base is not None
    assert stale.current is not None
    assert (stale.base["values"]["water_cut"], stale.current["values"]["water_cut"], stale.version) == (
        0.0,
        0.5,
        2,
    )


def test_edits_of_one_record_in_one_batch_stand_as_if_they_had_come_one_by_one(
    engine: Engine, device: Device
) -> None:
    payloads = [record() for _ in range(3)]
    first, other, third = (entry(payload=payload) for payload in payloads)
    edit = entry(payload=payloads[0] | {"author": "B"}, supersedes=first.id)
    again = entry(payload=payloads[0] | {"author": "C"}, base_version=2)
    stale = entry(payload=payloads[0] | {"author": "D"}, base_version=1)
    gone = entry(payload=payloads[1] | {"action": "removed"}, supersedes=other.id)
    said = taken(engine, device, first, other, edit, again, stale, gone, third)
    assert [(one.status, one.version) for one in said] == [
        ("accepted", 1),
        ("accepted", 1),
        ("accepted", 2),
        ("accepted", 3),
        ("conflict", 3),
        ("accepted", 2),
        ("accepted", 1),
    ]
    assert said[4].current is not None
    assert said[4].current["author"] == "C"
    table = RECORDS["flow_test"]
    with reading(engine) as connection:
        stored = [records.current(connection, payload["record"]) for payload in payloads]
        rows = {
            row["id"]: (row["version"], row["deleted"])
            for row in connection.execute(sa.select(table)).mappings()
            if row["id"] in {payload["record"] for payload in payloads}
        }
    assert [one.version for one in stored if one] == [3, 2, 1]
    assert [rows[payload["record"]] for payload in payloads] == [(3, False), (2, True), (1, False)]


def test_a_batch_that_falls_over_one_entry_keeps_nothing_of_it_twice(
    engine: Engine, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waited to be written with the others is written once, when they are taken one by one."""
    good, bad = entry(), entry()
    real = outbox.flow_rate

    def falls(connection: Any, name: str, *rest: Any) -> None:
        if name == bad.payload["record"]:
            raise RuntimeError("a bug")
        real(connection, name, *rest)

    monkeypatch.setattr(outbox, "flow_rate", falls)
    assert [one.status for one in taken(engine, device, good, bad)] == ["accepted", "rejected"]
    with reading(engine) as connection:
        for made, versions in ((good, 1), (bad, 0)):
            stood = sa.select(VERSIONS.c.version).where(VERSIONS.c.record_id == made.payload["record"])
            assert len(connection.execute(stood).all()) == versions


def test_a_removal_is_a_tombstone_in_the_stream(engine: Engine, device: Device) -> None:
    payload = record()
    taken(
        engine,
        device,
        entry(payload=payload),
        entry(payload={**payload, "action": "removed"}, base_version=1),
    )
    with reading(engine) as connection:
        told = [
            change for change in changes.since(connection, 0, (FIELD,)).changes if change.topic == "record"
        ]
    assert [(change.version, change.deleted) for change in told] == [(1, False), (2, True)]


def test_change_numbers_never_skip_a_late_commit(engine: Engine) -> None:
    """Two writers: the later number waits for the earlier commit, and a reader between sees neither."""
    inside, go_on, seen = threading.Event(), threading.Event(), []

    def slow() -> None:
        with changing(engine) as connection:
            number = next_numbers(connection, 1)
            wells.put(connection, Well(WellId(0), "первая", FIELD, "", ESP))
            seen.append(number)
            inside.set()
            go_on.wait(10)

    def quick() -> None:
        inside.wait(10)
        with changing(engine) as connection:
            wells.put(connection, Well(WellId(0), "вторая", FIELD, "", ESP))

    threads = [threading.Thread(target=work) for work in (slow, quick)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    threads[1].join(0.5)
    with reading(engine) as connection:
        assert changes.since(connection, 0, (FIELD,)).changes == ()
    go_on.set()
    for thread in threads:
        thread.join(20)
    with reading(engine) as connection:
        told = changes.since(connection, 0, (FIELD,))
    assert [change.well.name for change in told.changes if change.well] == ["первая", "вторая"]
    numbers = [change.change_no for change in told.changes]
    assert numbers == sorted(numbers)


def test_the_stream_goes_on_where_it_stopped_and_hides_other_fields(engine: Engine, device: Device) -> None:
    with engine.begin() as connection:
        stranger, _ = devices.add(connection, "other", ("Южное",), devices.SCOPES, AT)
    taken(engine, device, *(entry(payload=record("event")) for _ in range(5)))
    with reading(engine) as connection:
        first = changes.since(connection, 0, (FIELD,), 2)
        rest = changes.since(connection, first.next, (FIELD,))
        hidden = changes.since(connection, 0, stranger.fields)
    assert first.more
    assert len(first.changes) + len(rest.changes) == 6  # the well and five events
    assert hidden.changes == ()
    assert hidden.next == 0, "what others do is told to nobody"


def test_a_file_comes_in_pieces_and_a_damaged_one_starts_again(engine: Engine, device: Device) -> None:
    content = bytes(range(256)) * 1_000
    sha256 = hashlib.sha256(content).hexdigest()
    with engine.begin() as connection:
        documents.add_piece(connection, device.id, sha256, 0, b"damaged", AT)
    assert not documents.complete(engine, device.id, sha256, AT)
    with engine.begin() as connection:
        assert documents.received(connection, device.id, sha256) == (0, 0)
        documents.add_piece(connection, device.id, sha256, 0, content[:100_000], AT)
        assert documents.received(connection, device.id, sha256) == (100_000, 1)
        documents.add_piece(connection, device.id, sha256, 1, content[100_000:], AT)
    assert documents.complete(engine, device.id, sha256, AT)
    with reading(engine) as connection:
        assert b"".join(documents.pieces(connection, sha256)) == content
    waiting = entry(payload=record("document"), attachments=(FileRef(sha256="1" * 64, size=1, name="нет"),))
    here = entry(
        payload=record("document"), attachments=(FileRef(sha256=sha256, size=len(content), name="есть"),)
    )
    assert [r.status for r in taken(engine, device, waiting, here)] == ["waiting", "accepted"]
    with reading(engine) as connection:
        assert documents.readable(connection, sha256, (FIELD,))
        assert not documents.readable(connection, sha256, ("Южное",))


def test_what_was_begun_and_left_goes_and_a_device_begins_only_so_much(
    engine: Engine, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = hashlib.sha256(b"whole").hexdigest()
    named, later = hashlib.sha256(b"named").hexdigest(), AT + timedelta(days=61)
    for sha256, content in ((whole, b"whole"), (named, b"named")):
        with engine.begin() as connection:
            documents.add_piece(connection, device.id, sha256, 0, content, AT)
        assert documents.complete(engine, device.id, sha256, AT)
    with engine.begin() as connection:
        documents.belongs_to(connection, named, FIELD)
        documents.add_piece(connection, device.id, "2" * 64, 0, b"begun", AT)
        documents.add_piece(connection, device.id, "3" * 64, 0, b"begun", later)
        monkeypatch.setattr(documents, "MOST_UNFINISHED", 2)
        assert not documents.quota_left(connection, device.id)
        assert documents.quota_left(connection, "another device")
        documents.forget_left(connection, later)
        assert documents.quota_left(connection, device.id)
        assert documents.received(connection, device.id, "2" * 64) == (0, 0)
        assert documents.received(connection, device.id, "3" * 64) == (5, 1)
        assert documents.size_for(connection, whole, device.id, device.fields) is None
        assert documents.size_for(connection, named, device.id, ()) == 5
        assert documents.size_for(connection, named, "another device", ("Южное",)) is None


def whole_of(engine: Engine, device_id: str, sha256: str, *parts: bytes) -> bool | None:
    with engine.begin() as connection:
        for number, part in enumerate(parts):
            documents.add_piece(connection, device_id, sha256, number, part, AT)
    return documents.complete(engine, device_id, sha256, AT)


def test_a_file_that_two_devices_have_is_read_though_they_cut_it_differently_and_what_is_spare_goes(
    engine: Engine, device: Device
) -> None:
    content = b"the same content"
    sha256 = hashlib.sha256(content).hexdigest()
    assert whole_of(engine, device.id, sha256, content[:3], content[3:])
    assert whole_of(engine, "another device", sha256, content[:9], content[9:])
    with engine.begin() as connection:
        assert documents.quota_left(connection, "another device")
        documents.forget_left(connection, AT)
        assert documents.received(connection, "another device", sha256) == (0, 0), "it is there once"
        assert b"".join(documents.pieces(connection, sha256)) == content
        assert documents.size_for(connection, sha256, "another device", ()) == len(content)


def test_a_last_piece_keeps_no_writer_waiting_while_the_whole_is_read(
    engine: Engine, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """192 MB kept every writer waiting for 2.6 s, and by the 1.0 s that it took where another field had the
    file already it was known that one had.
    """
    content, written = b"a file", list[str]()
    sha256, read = hashlib.sha256(content).hexdigest(), documents._piece_of

    def read_while_others_write(connection: sa.Connection, *asked: Any) -> bytes:
        with engine.begin() as other:
            documents.belongs_to(other, f"{len(written):064}", FIELD)
        written.append(str(asked[0]))
        return read(connection, *asked)

    monkeypatch.setattr(documents, "_piece_of", read_while_others_write)
    for name in (device.id, "another device"):
        assert whole_of(engine, name, sha256, content[:3], content[3:])
    assert written == [device.id] * 2 + ["another device"] * 2, "read as often, whoever has it"


def test_an_upload_that_was_broken_off_when_it_was_whole_is_completed_by_a_last_piece_of_nothing(
    engine: Engine, device: Device
) -> None:
    """So laptops send it: the centre is at the end already."""
    sha256 = hashlib.sha256(b"a file").hexdigest()
    with engine.begin() as connection:
        documents.add_piece(connection, device.id, sha256, 0, b"a file", AT)
        assert api_documents._added(connection, device, sha256, 6, b"", AT) == (False, 6)
        assert documents.received(connection, device.id, sha256) == (6, 1)
    assert documents.complete(engine, device.id, sha256, AT)


def test_an_upload_that_is_another_one_by_the_time_that_it_was_read_is_no_file(
    engine: Engine, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256, read = hashlib.sha256(b"a file").hexdigest(), documents._piece_of

    def sent_anew(*asked: Any) -> bytes:
        said = read(*asked)
        with engine.begin() as other:
            documents.drop_upload(other, device.id, sha256)
            documents.add_piece(other, device.id, sha256, 0, b"other!", AT + timedelta(seconds=1))
        return said

    monkeypatch.setattr(documents, "_piece_of", sent_anew)
    assert whole_of(engine, device.id, sha256, b"a file") is None
    with reading(engine) as connection:
        assert documents.size_for(connection, sha256, device.id, device.fields) is None


def test_a_token_is_kept_hashed_and_a_revoked_one_is_nobodys(engine: Engine) -> None:
    with engine.begin() as connection:
        made, token = devices.add(connection, "x", (FIELD,), ("push",), AT)
        assert devices.by_token(connection, token) == made
        assert token not in str(connection.execute(sa.text("SELECT token_sha256, name FROM devices")).all())
        assert devices.revoke(connection, "x", AT) == 1
        assert devices.by_token(connection, token) is None


def test_a_moment_of_another_zone_is_the_same_moment(engine: Engine, device: Device) -> None:
    local = AT.astimezone(timezone(timedelta(hours=5)))
    payload = record(at=local.isoformat())
    taken(engine, device, entry(payload=payload))
    table = RECORDS["flow_test"]
    with reading(engine) as connection:
        assert connection.execute(sa.select(table.c.taken_at)).scalar_one() == AT
        found = connection.execute(
            sa.select(table.c.id).where(table.c.taken_at.between(AT - timedelta(microseconds=1), AT))
        ).scalar_one()
    assert found == payload["record"]


def test_a_laptop_reads_the_same_stream_from_the_view(engine: Engine, device: Device) -> None:
    payload = record()
    taken(
        engine,
        device,
        entry(payload=payload),
        entry(payload={**payload, "action": "removed"}, base_version=1),
        entry(payload=record("note")),
    )
    with reading(engine) as connection:
        by_service = changes.since(connection, 0, (FIELD,)).changes
    reader = OracleReader(engine.url.render_as_string(hide_password=False))
    try:
        by_view = reader.changes(0).changes
    finally:
        reader.close()
    assert [change.model_dump() for change in by_view] == [change.model_dump() for change in by_service]


def test_many_entries_of_one_batch_are_array_bound_and_all_there(engine: Engine, device: Device) -> None:
    receipts = taken(engine, device, *(entry(payload=record("event")) for _ in range(60)))
    assert {r.status for r in receipts} == {"accepted"}
    with reading(engine) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(RECORDS["event"])).scalar_one() == 60


def test_a_model_is_published_once_and_never_a_pickle(engine: Engine) -> None:
    from app.core.errors import KnownError
    from central.stores import models
    from central.stores.tables import MODELS

    with engine.begin() as connection:
        sha256 = models.add(connection, "ranker", "1", ".npz", b"PK content", AT)
        assert sha256 == hashlib.sha256(b"PK content").hexdigest()
        assert bytes(connection.execute(sa.select(MODELS.c.content)).scalar_one()) == b"PK content"
        for name, version, suffix, content, code in (
            ("ranker", "1", ".npz", b"PK", "model_known"),
            ("x", "1", ".pkl", b"x", "model_kind"),
            ("x", "1", ".npz", b"\x80\x04", "model_kind"),
            ("../x", "1", ".onnx", b"x", "model_name"),
        ):
            with pytest.raises(KnownError) as caught:
                models.add(connection, name, version, suffix, content, AT)
            assert caught.value.code == code
