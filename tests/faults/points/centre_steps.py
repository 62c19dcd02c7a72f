"""A centre's own work on its store, each step killed by itself: files taken and taken back, readings that
nobody knows, names and rights given, what is kept once, leases, work that came by a stick.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.clock import EPOCH, iso
from app.models.findings import Finding
from app.models.store.findings import decision_of
from app.models.wells import ESP, Well, WellId
from app.sync import parcel
from app.sync.wire import EntryIn, WellKey, payload_sha256
from central import file_upload, relay, replay, unsent
from central.accept import accept
from central.config import STORE_FILE, Config
from central.ingest import Names, ingest
from central.kept import name_of_the_centre
from central.metrics import Metrics
from central.names.wells import WellBook
from central.opcua import certificates
from central.opcua.taking import Taking
from central.refused import Refusals
from central.stores import (
    bindings,
    dead_letters,
    devices,
    epochs,
    leases,
    models,
    recent,
    request_keys,
    roles,
    site_keys,
    tags,
    wells,
)
from central.stores.bindings import Binding
from central.stores.engine import changing, open_engine
from central.stores.leases import OvertakenError
from central.stores.letters import INCOMING, letters_of
from central.stores.migrating import migrate
from central.stores.roles import Grant
from central.stores.tables import DEVICES, METADATA, RECEIPTS
from central.stores.tags import Tag
from central.streams.kafka_places import KafkaPlaces
from central.watching import FolderFollower
from tests.faults.points.profile_steps import MADE, Around
from tests.faults.points.steps import State, Step
from tests.faults.power.centre_story import NoRows
from tests.faults.power.laptop_story import NOW

FIELD = "Северное"
SEED = b"a" * 32
LAPTOP = "0" * 8 + "-0000" * 3 + "-" + "1" * 12


class Rows(NoRows):
    """ClickHouse that keeps what it took, in files: once for a token."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def insert_readings(self, table: pa.Table, token: str, *_: Any) -> None:
        self._keep(token, f"{len(table)} readings")

    def insert_rows(self, target: str, _: bytes, token: str, *__: Any) -> None:
        self._keep(token, target)

    def command(self, *_: Any) -> None:
        """What undoing remembers."""

    def next_batch(self) -> int:
        return 1

    def announce(self, *_: Any) -> None:
        """Told."""

    def _keep(self, token: str, what: str) -> None:
        self._folder.mkdir(exist_ok=True)
        (self._folder / token.replace("/", "_")).write_text(what)


@contextmanager
def opened(at: Path) -> Iterator[Any]:
    engine = open_engine(f"sqlite:///{at / STORE_FILE}")
    try:
        yield SimpleNamespace(
            engine=engine,
            clickhouse=Rows(at / "rows"),
            metrics=Metrics(),
            clock=lambda: NOW,
            config=Config(at),
            forgot_at=EPOCH,
            relay=SimpleNamespace(wake=lambda: None),
        )
    finally:
        engine.dispose()


def seen(at: Path) -> State:
    """The store row by row, and what ClickHouse has."""
    if not (at / STORE_FILE).exists():
        return {}
    found: State = {"rows": sorted(MADE.sub("*", path.name) for path in (at / "rows").glob("*"))}
    for path in sorted(at.rglob("*")):
        passed = path.name.startswith(STORE_FILE) or "rows" in path.parts or path.suffix == ".tmp"
        if path.is_file() and not passed:
            found[path.relative_to(at).as_posix()] = path.stat().st_size
    with opened(at) as centre, centre.engine.connect() as connection:
        there = set(sa.inspect(connection).get_table_names())
        for table in METADATA.sorted_tables:
            if table.name in there:
                rows = connection.exec_driver_sql(f"SELECT * FROM {table.name}").fetchall()
                found[table.name] = sorted(MADE.sub("*", repr(tuple(row))) for row in rows)
    return found


def step(name: str, do: Callable[[Any, Path], object], *, between: bool = False) -> Step:
    def done(at: Path, around: Around) -> None:
        with opened(at) as centre, around:
            do(centre, at)

    return Step(name, done, seen, between)


def changes(name: str, *do: Callable[[Connection], object]) -> Step:
    """In the writers' turn, one transaction."""

    def done(centre: Any, _: Path) -> None:
        with changing(centre.engine) as connection:
            for one in do:
                one(connection)

    return step(name, done)


def _begins(at: Path, around: Around) -> None:
    with around, opened(at) as centre:
        migrate(centre.engine)
        epochs.begin(centre.engine, NOW)
        name_of_the_centre(at)


def _device(centre: Any) -> devices.Device:
    with centre.engine.connect() as connection:
        found = devices.by_id(connection, LAPTOP)
    assert found is not None
    return found


def _laptop(connection: Connection) -> None:
    device, _ = devices.add(connection, "laptop A", (FIELD,), devices.LAPTOP_SCOPES, NOW)
    connection.execute(sa.update(DEVICES).values(id=LAPTOP))
    wells.put(connection, Well(WellId(0), "123", FIELD, "5", ESP))
    assert device.name


CSV = "well,time,intake_pressure (MPa)\n123,2026-10-01T00:00:00Z,5.2\n123,2026-10-01T00:01:00Z,5.3\n"
TESTS = "Скважина;Дата замера;Длительность, ч;Qж, м3/сут\n123;01.10.2026;4;50\n501;02.10.2026;4;51\n"


def _uploads(name: str, text: str) -> Callable[[Any, Path], object]:
    return lambda centre, _: file_upload.upload(centre, _device(centre), name, text.encode(), "")


def _entry(name: str, kind: str, payload: dict[str, Any], *, supersedes: str | None = None) -> EntryIn:
    key = wells.key_of(Well(WellId(1), "123", FIELD, "5", ESP))
    return EntryIn(
        id=name,
        kind=kind,
        payload=payload,
        payload_sha256=payload_sha256(payload),
        created_at=iso(NOW),
        supersedes=supersedes,
        well=None if kind == "import_undone" else WellKey.model_validate(key.model_dump()),
    )


def _takes_back(centre: Any, _: Path) -> None:
    with centre.engine.connect() as connection:
        asked = sa.select(RECEIPTS.c.entry_id).where(RECEIPTS.c.kind == "import")
        first = sorted(connection.execute(asked).scalars())[0]
    undone = _entry(LAPTOP.replace("1", "2"), "import_undone", {"import": first}, supersedes=first)
    accept(centre.engine, _device(centre), (undone,), centre.clock)


def _decides(centre: Any, _: Path) -> None:
    finding = Finding(1, "gas_interference", "act", 0.8, NOW, NOW, id=LAPTOP.replace("1", "3"))
    record = decision_of(finding, "rejected", "a new pump")
    payload = {
        "record": record.id,
        "kind": record.kind,
        "well": 1,
        "at": iso(record.at),
        "until": iso(record.until) if record.until else None,
        "values": record.values,
        "action": "saved",
        "author": "A",
    }
    accept(
        centre.engine, _device(centre), (_entry(LAPTOP.replace("1", "4"), "record", payload),), centre.clock
    )


def _stream(tag: str, value: float) -> pa.Table:
    row = {"tag": tag, "topic": tag, "timestamp": NOW, "value": value, "local": False, "bad": False}
    return pa.table({one.name: pa.array([row.get(one.name)], one.type) for one in INCOMING}, schema=INCOMING)


def _streams(centre: Any, _: Path) -> None:
    names = Names(centre.engine, "mqtt")
    ingest(centre, _stream("KTP5/A1", 50.0), names, "t1", "mqtt")


def _small_blocks(connection: Connection) -> None:
    letters = letters_of(_stream("KTP5/Z9", 1.0), NOW)
    for number in range(dead_letters.MOST_SMALL):
        dead_letters.add(connection, f"b{number}", "mqtt", "tag_unknown", letters)
    dead_letters.join_small(connection, "mqtt", "tag_unknown")


def _tag(**more: Any) -> Callable[[Connection], object]:
    tag = Tag("ktp5/a1", 1, "frequency", unit="Hz", **more)
    return lambda connection: tags.put(connection, (tag,), NOW, "IT")


def _lease(centre: Any, _: Path) -> None:
    leases.Lease(centre.engine, "relay", "one").held()


def _lease_given_back(centre: Any, _: Path) -> None:
    lease = leases.Lease(centre.engine, "relay", "one")
    lease.held()
    lease.give_back()


def _by_a_stick(centre: Any, at: Path) -> None:
    path = at.parent / "work.unsent.tmp"
    with changing(centre.engine) as connection:
        keys = site_keys.of_site(connection, NOW)
    with path.open("wb") as out:
        introduced = keys.introduce(_device(centre), parcel.public_of(SEED), NOW)
        note = {
            "record": LAPTOP.replace("1", "6"),
            "kind": "note",
            "well": 1,
            "at": iso(NOW),
            "until": None,
            "values": {"text": "x"},
            "action": "saved",
            "author": "",
        }
        entry = _entry(LAPTOP.replace("1", "5"), "record", note)
        parcel.write(out, introduced, SEED, [(entry, [])], fields=(FIELD,), entries=1, made_at=iso(NOW))
    unsent.take(centre.engine, path, centre.clock)


def _watched(centre: Any, at: Path) -> None:
    (folder := at / "watched" / FIELD).mkdir(parents=True, exist_ok=True)
    for name, text in (("good.csv", CSV.replace("5.2", "5.9")), ("bad.csv", "nothing")):
        if not any((at / "watched" / where / name).exists() for where in ("imported", "rejected")):
            (folder / name).write_text(text)
    follower = FolderFollower(centre, at / "watched")
    follower.look()
    follower.look()


def _refused(centre: Any, _: Path) -> None:
    Refusals(centre.engine, lambda: NOW).note("laptop A", "push", "field_not_yours")


def _well_told(connection: Connection) -> None:
    book = WellBook(connection, NOW, "IT")
    book.tell(Well(WellId(0), "901", FIELD, "5", ESP, aliases=("901Г",)))
    book.tell(Well(WellId(0), "901", FIELD, "5", ESP, aliases=("901Г", "901-бис"), depth_m=2000.0))


class _Kafka:
    """One partition, as far as a reader's place asks of it."""

    def __init__(self, low: int) -> None:
        self._low = low

    def assignment(self) -> list[Any]:
        return [SimpleNamespace(partition=0, offset=-1)]

    def committed(self, *_: Any) -> list[Any]:
        return [SimpleNamespace(partition=0, offset=-1001)]

    def list_topics(self, *_: Any) -> Any:
        return SimpleNamespace(cluster_id="here")

    def get_watermark_offsets(self, *_: Any, **__: Any) -> tuple[int, int]:
        return self._low, self._low + 10

    def assign(self, _: list[Any]) -> None:
        """Read from there."""


def _kafka_begins(low: int) -> Callable[[Any, Path], object]:
    return lambda centre, _: KafkaPlaces(centre, "kafka", "readings").begin(_Kafka(low))


def _kafka_message(centre: Any, _: Path) -> None:
    """Of a tag that nobody knows: what is set aside and the place are one transaction."""
    places = KafkaPlaces(centre, "kafka", "readings")
    places.begin(_Kafka(0))
    places.came(0, 0)
    with suppress(OvertakenError), places.keeping() as aside:  # done again: it is written already
        aside([("tag_unknown", letters_of(_stream("KTP5/K1", 2.0), NOW))], "k0")


def _opcua_place(centre: Any, _: Path) -> None:
    taking = Taking(centre, "opcua one", threading.Event())
    taking._places = {"ns=2;s=A": 1_790_000_000_000_000}
    taking._put()


GRANT = Grant("person/A", "engineer", FIELD)

STEPS = (
    Step("a centre begun", _begins, seen, between=True),
    changes("a laptop", _laptop),
    step("a file of readings", _uploads("r.csv", CSV), between=True),
    step("a file of records", _uploads("t.csv", TESTS), between=True),
    step("rows to ClickHouse", lambda c, _: relay.deliver(c.engine, c.clickhouse), between=True),
    step("a file taken back", _takes_back),
    step("the taking back to ClickHouse", lambda c, _: relay.deliver(c.engine, c.clickhouse), between=True),
    step("a decision on a finding", _decides),
    step("readings that nobody knows", _streams, between=True),
    changes("a tag", _tag()),
    step("readings known now", lambda c, _: replay.replay(c.engine)),
    changes("a tag changed", _tag(scale=2.0)),
    changes("a tag removed", lambda c: tags.remove(c, "ktp5/a1", "")),
    changes("small blocks joined", _small_blocks),
    changes("letters too old", lambda c: dead_letters.forget_before(c, NOW + timedelta(days=1))),
    changes("the last readings", lambda c: recent.put(c, "mqtt", letters_of(_stream("x", 1.0), NOW), NOW)),
    changes("and newer ones", lambda c: recent.put(c, "mqtt", letters_of(_stream("y", 1.0), NOW), NOW)),
    step("a lease", _lease),
    step("a lease renewed", _lease),
    step("a lease given back", _lease_given_back),
    changes("a key of a request", lambda c: request_keys.is_of(c, LAPTOP, "k", "a" * 64, NOW)),
    changes("a topic bound", lambda c: bindings.bind(c, Binding("mqtt", "a/#", (FIELD,)), NOW, "IT")),
    changes("a topic free", lambda c: bindings.unbind(c, "mqtt", "a/#")),
    changes("a role given", lambda c: roles.give(c, GRANT, NOW, "IT")),
    changes("a role taken", lambda c: roles.take(c, GRANT, NOW, "it")),
    changes("a model", lambda c: models.add(c, "ranker", "1", ".npz", b"model", NOW)),
    changes("a well of IT", _well_told),
    step("work by a stick", _by_a_stick, between=True),
    step("a watched folder", _watched, between=True),
    step("a refusal in the trail", _refused),
    step("Kafka's first place", _kafka_begins(0)),
    step("a message of Kafka that is set aside", _kafka_message, between=True),
    step("what Kafka has let go", _kafka_begins(5)),
    step("how far an OPC UA server was read", _opcua_place),
    step("an OPC UA server trusted", lambda _, at: certificates.trust(at / "opcua", b"certificate")),
)
