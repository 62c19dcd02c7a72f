"""What must hold when all is well again (I1 to I10 of the protocol, and what a restore, a change of rights, a
move and a decision promise).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa

from app.models.entries import State
from app.models.kinds import KINDS
from central.stores import documents, heads
from central.stores import engine as stores
from central.stores.tables import CHANGES, RECEIPTS, RECORDS, VERSIONS, WELLS, column_of
from tests.faults.simulated.light_cache import _sums
from tests.faults.simulated.world import Laptop, World, final

SETTLED = (State.CONFIRMED, State.QUARANTINED, State.DISCARDED)


def hold(world: World) -> None:
    with stores.reading(world.centre.engine) as connection:
        taken_once(connection)
        nobody_wrote_over_what_he_had_not_seen(connection)
        for laptop in world.laptops:
            what_was_saved_is_there(connection, laptop)
            both_ends_say_the_same(connection, laptop)
            nothing_of_other_fields_is_here(laptop)


def taken_once(connection: sa.Connection) -> None:
    """I2: an entry is one version, a version is one change and the newest of them is the record."""
    versions = connection.execute(sa.select(VERSIONS)).mappings().all()
    made = Counter(row["entry_id"] for row in versions)
    assert max(made.values(), default=1) == 1, "an entry made two versions"
    taken = {row[0] for row in connection.execute(sa.select(RECEIPTS.c.entry_id))}
    assert set(made) == taken
    told = [
        (row[0], row[1])
        for row in connection.execute(
            sa.select(CHANGES.c.item_key, CHANGES.c.version).where(CHANGES.c.topic == "record")
        )
    ]
    assert {(row["record_id"], row["version"]) for row in versions} <= set(told)
    newest = {row["record_id"]: row for row in sorted(versions, key=lambda row: row["version"])}
    for name, row in newest.items():
        table = RECORDS[row["kind"]]
        there = connection.execute(sa.select(table).where(table.c.id == name)).mappings().one()
        assert there["version"] == row["version"]
        first = KINDS[row["kind"]].fields[0].key
        assert there[column_of(first)] == row["body"]["values"].get(first)


def nobody_wrote_over_what_he_had_not_seen(connection: sa.Connection) -> None:
    """No last writer wins: an entry that made a version stood on the one before it."""
    entries = {row[0]: row[1] for row in connection.execute(sa.select(RECEIPTS.c.entry_id, RECEIPTS.c.entry))}
    makers = {
        (row[0], row[1]): row[2]
        for row in connection.execute(
            sa.select(VERSIONS.c.record_id, VERSIONS.c.version, VERSIONS.c.entry_id)
        )
    }
    for (record, version), by in makers.items():
        if version > 1:
            entry = entries[by]
            seen = entry["base_version"] == version - 1
            assert seen or entry["supersedes"] == makers[record, version - 1], "written over unseen"


def what_was_saved_is_there(connection: sa.Connection, laptop: Laptop) -> None:
    """I1, I3, I8: in the journal to the byte; at the centre, or replaced by one that is, or waiting for a
    person with its reason.
    """
    there = dict(connection.execute(sa.select(RECEIPTS.c.entry_id, RECEIPTS.c.payload_sha256)).all())
    for name, digest in laptop.saved.items():
        entry = laptop.journal.get(name)
        assert entry is not None, "what was said to be saved is not in the journal"
        assert entry.payload_sha256 == digest
        last = final(entry, laptop.journal)
        assert last.state in SETTLED, f"{last.state} {last.error} has no end"
        if last.state is State.CONFIRMED:
            assert there.get(last.id) == last.payload_sha256, "the laptop believes what the centre has not"
            for file in last.attachments:
                device = laptop.line.device
                assert documents.size_for(connection, file.sha256, device.id, device.fields) == file.size
        elif last.state is State.QUARANTINED:
            assert last.error
        else:
            assert last.reason


def both_ends_say_the_same(connection: sa.Connection, laptop: Laptop) -> None:
    """I4, I10: by count and sum, and record by record as the pages show them."""
    told = {
        (one.well, one.kind): (one.count, one.digest)
        for one in heads.sums(connection, laptop.line.device.fields)
    }
    assert _sums(laptop.store) == told
    pending = laptop.journal.pending_records()
    wells = dict(connection.execute(sa.select(WELLS.c.id, WELLS.c.field_name)).all())
    expected: dict[str, Any] = {}
    rows = connection.execute(sa.select(VERSIONS).order_by(VERSIONS.c.version)).mappings().all()
    newest = {row["record_id"]: row for row in rows}
    seen = {name for name, row in newest.items() if wells[row["well_id"]] in laptop.fields}
    for name in seen:
        row = newest[name]
        if row["action"] != "removed":
            given = row["body"]["record"]  # two of one name are two to those who see both
            expected[name if given in seen else given] = row["body"]["values"]
    own = _entered_here_and_never_told(laptop)
    shown = {name: body["values"] for name, body in laptop.store.shown.items()}
    for name in pending | own:
        shown.pop(name, None)
        expected.pop(name, None)
    assert shown == expected


def _entered_here_and_never_told(laptop: Laptop) -> set[str]:
    """In a field that was taken away before the centre had shown it: what a person entered stays his."""
    told = set(laptop.store.numbers.values())
    return {
        name
        for name, body in laptop.store.shown.items()
        if body["well_key"]["field"] not in laptop.fields
        and laptop.store.wells[body["well_key"]["uid"]][0] not in told
        and laptop.journal.last_of_record(name) is not None
    }


def nothing_of_other_fields_is_here(laptop: Laptop) -> None:
    """But what this laptop has entered itself and nobody has taken."""
    pending = laptop.journal.pending_records()
    for name, record in laptop.store.records.items():
        key = next(key for here, key in laptop.store.wells.values() if here == record.well)
        assert key["field"] in laptop.fields or name in pending
