"""A real centre and real laptops on their bad day: a broker's account of another field, a stolen stick, wrong
clocks, a centre that is set back, rights and wells that move, names and commands nobody foresaw. Prints
for each promise how often it was tried and what did not hold. `python -m benchmarks.bad_day FOLDER`.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.core.clock import iso, utc_now
from app.core.jobs import Job
from app.models.entries import State
from app.models.store import records
from app.models.wells import ESP, Well, WellId, well_uid
from app.services.centre import sync, unsent
from app.services.records import entries
from app.services.workspace import Workspace
from benchmarks.asked_of_laptops import (
    flow_test,
    has,
    meet,
    put,
    records_of,
    refused,
    same,
    same_note,
    states,
    until,
)
from benchmarks.knocking import Try, report
from central.stores import bindings, devices, tags, wells
from central.stores.bindings import Binding
from central.stores.engine import changing, open_engine, reading
from central.stores.tables import DEVICES
from tests.centre_process import AT, ROOT, CentreProcess, free_port, laptop

NORTH, SOUTH = "Северное", "Южное"
PARTS = [f"{size % 251:03d}".encode() * 1_000_000 for size in range(3)]


class Broker:
    """Mosquitto with accounts: each field's may publish under its own topic only, the centre's may read."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        passwords = folder / "passwords"
        for number, name in enumerate(("north", "south", "centre")):
            create = ["-c"] if not number else []
            subprocess.run(["mosquitto_passwd", *create, "-b", str(passwords), name, name], check=True)
        rights = folder / "rights"
        rights.write_text(
            "user north\ntopic write north/#\nuser south\ntopic write south/#\nuser centre\ntopic read #\n"
        )
        config = folder / "mosquitto.conf"
        config.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous false\npassword_file {passwords}\n"
            f"acl_file {rights}\nuser root\nmax_queued_messages 0\n"
        )
        self.process = subprocess.Popen(["/usr/sbin/mosquitto", "-c", str(config)], stderr=subprocess.DEVNULL)

    def publish(self, account: str, topic: str, body: object) -> None:
        """A broker throws out who publishes on what is no topic: each message by a connection of its own."""
        import paho.mqtt.client as paho
        from paho.mqtt.enums import CallbackAPIVersion

        client = paho.Client(CallbackAPIVersion.VERSION2, client_id=uuid.uuid4().hex)
        client.username_pw_set(account, account)
        client.connect("127.0.0.1", self.port)
        client.loop_start()
        until(client.is_connected, 5)
        with contextlib.suppress(RuntimeError, ValueError):
            client.publish(topic, json.dumps(body, ensure_ascii=False), qos=1).wait_for_publish(5)
        client.disconnect()
        client.loop_stop()


@dataclass
class WrongClock:
    ahead: timedelta

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


class BadDay:
    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0
        self.broker = Broker(folder)
        address = f"mqtt://centre:centre@127.0.0.1:{self.broker.port}/#"
        self.centre = CentreProcess(folder / "centre", "--mqtt", address)
        self.centre.start()
        until(lambda: '"following"' in self.centre.log.read_text())

    @contextlib.contextmanager
    def changed(self) -> Iterator[sa.Connection]:
        engine = open_engine(self.centre.database)
        try:
            with changing(engine) as connection:
                yield connection
        finally:
            engine.dispose()

    def place(self) -> Path:
        self.number += 1
        return self.folder / f"laptop {self.number}"

    # ---- 4: publishers -------------------------------------------------------------------------------------

    def publishers(self) -> Iterator[Try]:
        """4: an account of a broker writes to its fields only, whatever its messages claim."""
        with self.changed() as connection:
            mine = wells.put(connection, Well(WellId(0), "101", NORTH, "5", ESP))
            theirs = wells.put(connection, Well(WellId(0), "202", SOUTH, "5", ESP))
            for topic, field in (("north/#", NORTH), ("south/#", SOUTH)):
                bindings.bind(connection, Binding("mqtt", topic, (field,)), utc_now(), "benchmark")
            uid = well_uid(NORTH, "5", "101")
            tag = tags.Tag("south/T1", int(mine.id), "intake_pressure")
            tags.put(connection, (tag,), utc_now(), "benchmark")
        at = iso(AT)
        row = {"sensor": "intake_pressure", "at": at, "value": 5.0, "unit": "MPa"}
        before = self.rows(mine)
        for topic, body in (
            ("north/a", row | {"well": "101"}),
            ("north/a", row | {"well": f"{NORTH}/5/101"}),
            ("south/a", row | {"well": f"{NORTH}/5/101"}),
            ("south/a", row | {"well": "101"}),
            ("south/a", row | {"well": uid}),
            ("south/a", row | {"well": f"../{NORTH}/5/101"}),
            ("south/a", row | {"well": int(mine.id)}),
            ("south/a", row | {"well": f"{SOUTH}/5/202", "field": NORTH}),
            ("south/T1", {"tag": "south/T1", "value": 5.0, "at": at}),
            (f"south/../north/{NORTH}/5/101/intake_pressure", row),
            ("$share/x/north/a", row | {"well": "101"}),
        ):
            self.broker.publish("south", topic, body)
            yield f"{topic} {body.get('well')}", self.rows(mine) == before
        own = row | {"well": "202", "value": 7.0}
        self.broker.publish("south", "south/end", own)
        yield "its own arrives behind all of them", until(lambda: self.rows(theirs) >= 1)
        yield "nothing in the other field", self.rows(mine) == before
        for value in (3.0, 4.0, 3.0):
            self.broker.publish("north", "north/b", row | {"well": "101", "value": value})
            time.sleep(1.5)  # a batch of its own each
        yield "12: 3, 4 and 3 again by MQTT", until(lambda: self.newest(mine) == 3e6, 10)

    def rows(self, well: Well) -> int:
        return int(self._asked(f"SELECT count() FROM wellside.sensor_readings FINAL WHERE {_of(well)}"))

    def newest(self, well: Well) -> float:
        return float(self._asked(f"SELECT any(value) FROM wellside.sensor_readings FINAL WHERE {_of(well)}"))

    def _asked(self, sql: str) -> Any:
        with contextlib.closing(self.centre.operator()) as client:
            return client.query(sql).result_rows[0][0]

    # ---- 7: sticks -----------------------------------------------------------------------------------------

    def sticks(self) -> Iterator[Try]:
        """7: a stolen, changed or twice given file of unsent work."""
        token, foreign = self.centre.token(NORTH, name="owner"), self.centre.token(SOUTH)
        file = self.folder / "work.unsent"
        with (
            laptop(self.place(), self.centre, NORTH, token=token) as owner,
            laptop(self.place(), self.centre, SOUTH, token=foreign) as thief,
        ):
            for one in (owner, thief):
                sync.run(Job(), one)
            entries.save_record(owner, flow_test(note="тайна слов"), (("протокол.txt", b"secret " * 999),))
            unsent.save(owner, file)
            whole = file.read_bytes()
            for words in ("тайна", "secret", "протокол", "flow_test", "note"):
                yield f"{words} is in no place of it", words.encode() not in whole
            yield "a laptop of another field cannot open it", refused(lambda: unsent.take(thief, file))
            with self.centre.client(foreign) as client:
                yield "nor give it in", client.post("/v1/unsent", content=whole).status_code >= 400
            with self.centre.client("wsd_none") as client:
                yield "nor a stranger", client.post("/v1/unsent", content=whole).status_code == 401
            with self.centre.client(token) as client:
                for at in range(0, len(whole), max(1, len(whole) // 40)):
                    changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
                    said = client.post("/v1/unsent", content=changed)
                    yield f"a bit of byte {at}", 400 <= said.status_code < 500
                for cut in (0, 1, 100, len(whole) // 2, len(whole) - 1):
                    said = client.post("/v1/unsent", content=whole[:cut])
                    yield f"cut after {cut}", 400 <= said.status_code < 500
                yield "nothing of all that is there", self.saved_there(owner) == 0
                first, again = (client.post("/v1/unsent", content=whole).json()["counts"] for _ in range(2))
                yield "given in", first.get("accepted") == 1
                yield "twice", (again.get("accepted", 0), again.get("duplicate")) == (0, 1)
            sync.run(Job(), owner)
            yield "and sent by its owner too: once", self.saved_there(owner) == 1
            entries.save_record(owner, flow_test())
            unsent.save(owner, self.folder / "late.unsent")
            self.centre.command("token", "revoke", "owner")
            with self.centre.client(self.centre.token(NORTH)) as client:
                late = (self.folder / "late.unsent").read_bytes()
                yield "of a revoked laptop", client.post("/v1/unsent", content=late).status_code >= 400

    def saved_there(self, workspace: Workspace) -> int:
        names = [entry.id for entry in workspace.journal.entries() if entry.kind == "record"]
        engine = open_engine(self.centre.database)
        with reading(engine) as connection:
            query = sa.text("SELECT count(*) FROM record_versions WHERE entry_id = :id")
            found = sum(connection.execute(query, {"id": name}).scalar_one() for name in names)
        engine.dispose()
        return int(found)

    # ---- 9: clocks, and two with one token -----------------------------------------------------------------

    def clocks(self) -> Iterator[Try]:
        """9: a clock that is wrong parks nothing, two laptops with one token quarantine nothing."""
        for days in (-20_000, -400, -1, 1, 400, 20_000):
            clock = WrongClock(timedelta(days=days))
            with laptop(self.place(), self.centre, NORTH, clock=clock) as one:
                entries.save_record(one, flow_test())
                sync.run(Job(), one)
                yield f"{days} days: sent", states(one) <= {State.CONFIRMED, State.ACKED}
                self.centre.stop()
                entries.save_record(one, flow_test())
                sync.run(Job(), one)
                clock.ahead = timedelta()
                self.centre.start()
                sync.run(Job(), one)
                yield f"{days} days, then right: sent", states(one) <= {State.CONFIRMED, State.ACKED}
        token = self.centre.token(NORTH)
        with (
            laptop(self.place(), self.centre, NORTH, token=token) as one,
            laptop(self.place(), self.centre, NORTH, token=token) as other,
            ThreadPoolExecutor(2) as pool,
        ):
            for content in PARTS:
                for each in (one, other):
                    entries.save_record(each, flow_test(), (("скан.bin", content),))
                list(pool.map(lambda each: sync.run(Job(), each), (one, other)))
                yield "none is quarantined", State.QUARANTINED not in states(one) | states(other)
            for each in (one, other, one, other):
                time.sleep(1)
                sync.run(Job(), each)
            left = states(one) | states(other)
            yield "all are there", left <= {State.CONFIRMED, State.ACKED}

    # ---- 10: set back --------------------------------------------------------------------------------------

    def set_back(self) -> Iterator[Try]:
        """10: a centre out of its backup: what was confirmed comes back, two laptops say the same."""
        for number in range(3):
            token, second = self.centre.token(NORTH), self.centre.token(NORTH)
            copy, new = self.folder / f"copy {number}", self.folder / f"centre {number}"
            with (
                laptop(self.place(), self.centre, NORTH, token=token) as one,
                laptop(self.place(), self.centre, NORTH, token=second) as other,
            ):
                shared = entries.save_record(one, flow_test())
                meet(one, other)
                port = str(self.centre.clickhouse_port)
                said = self.centre.command("backup", str(copy), "--clickhouse-port", port)
                yield "copied", said.returncode == 0
                after = [entries.save_record(one, flow_test()) for _ in range(5)]
                edited = entries.save_record(other, replace(shared, values=shared.values | {"note": "later"}))
                meet(one, other)
                unsent_one = entries.save_record(other, flow_test())
                self.centre.kill()
                self.centre = self.restored(copy, new)
                meet(one, other)
                meet(one, other)
                for record in (*after, edited, unsent_one):
                    yield f"{record.id[-4:]} is on both", same(one, other, record.id)
                yield "none waits", states(one) | states(other) <= {State.CONFIRMED}
                ends = [sync.run(Job(), each) for each in (one, other)]
                yield "and they are quiet", all(end.quiet for end in ends)

    def restored(self, copy: Path, new: Path) -> CentreProcess:
        command = [sys.executable, "-m", "central", "restore", str(copy), "--data", str(new)]
        environment = {k: v for k, v in os.environ.items() if k != "WELLSIDE_DATABASE_URL"}
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=environment)
        made = CentreProcess(new, *self.centre.arguments)
        made.port, made.clickhouse_port = self.centre.port, self.centre.clickhouse_port
        made.start()
        return made

    # ---- 11: rights and wells that move --------------------------------------------------------------------

    def moves(self) -> Iterator[Try]:
        """11: a field that is given brings its history, one that is taken leaves; a well takes all along."""
        token, theirs = self.centre.token(NORTH, name=f"n {uuid.uuid4().hex}"), self.centre.token(SOUTH)
        both = self.centre.token(NORTH)
        self.gives(both, NORTH, SOUTH)
        name = uuid.uuid4().hex[:6]
        with (
            laptop(self.place(), self.centre, NORTH, token=token, wells=False) as north,
            laptop(self.place(), self.centre, SOUTH, token=theirs, wells=False) as south,
        ):
            put(north, NORTH, name)
            put(south, SOUTH, f"{name}-ю")
            mine, other = entries.save_record(north, flow_test()), entries.save_record(south, flow_test())
            meet(north, south)
            yield "before: not seen", not has(north, other.id) and not has(south, mine.id)
            self.gives(token, NORTH, SOUTH)
            meet(north)
            yield "given: its history is here", has(north, other.id)
            self.gives(token, NORTH)
            meet(north)
            yield "taken: it is gone", not has(north, other.id)
            yield "and its well", all(well.field_name != SOUTH for well in records.every_well(north.store))
            with self.changed() as connection:
                (well,) = (one for one in wells.all_wells(connection, (NORTH,)) if one.name == name)
                wells.put(connection, replace(well, field_name=SOUTH))
            found = records_of(north, mine.id)
            late = entries.save_record(north, replace(found, values=found.values | {"note": "late"}))
            meet(north, south)
            yield "the well is in the other field with its record", has(south, mine.id)
            yield "the edit of who lost it is refused", State.QUARANTINED in states(north)
            yield "and is no second record", not has(south, late.id) or same_note(south, mine.id, "")
            meet(north)
            yield "and it left", not any(well.name == name for well in records.every_well(north.store))
            with self.centre.client(token) as client:
                told = "".join(
                    client.get(path).text
                    for path in ("/v1/changes", "/v1/records/sums?parts=true", "/v1/decisions")
                )
                yield "nothing of the other field is told", SOUTH not in told and f"{name}-ю" not in told

    def gives(self, token: str, *fields: str) -> None:
        with self.changed() as connection:
            device = devices.by_token(connection, token)
            assert device is not None
            connection.execute(
                sa.update(DEVICES).where(DEVICES.c.id == device.id).values(fields=list(fields))
            )

    # ---- 13: names and commands ----------------------------------------------------------------------------

    def names(self) -> Iterator[Try]:
        """13: a name that is no UTF-8, options before the command, what a killed upload has left."""
        profile = self.folder / "named" / "cache.duckdb"
        profile.parent.mkdir()
        odd = os.fsencode(self.folder) + b"/\xff\xfe name.csv"
        Path(os.fsdecode(odd)).write_text("well,at,value\n1,2026-01-01,5\n", encoding="utf-8")
        program = [sys.executable, str(ROOT / "main.py")]
        for words in (
            ["--store", str(profile), "import", odd, "--dry-run"],
            ["import", odd, "--dry-run", "--store", str(profile)],
            ["--store", str(profile), "wells"],
            ["wells", "--store", str(profile)],
        ):
            done = subprocess.run([*program, *words], capture_output=True, cwd=ROOT, check=False)
            known = done.returncode in (0, 1) and b"Traceback" not in done.stderr
            yield f"{words[0]} {words[-1]!r}: {done.returncode} {done.stderr[-80:]!r}", known
        for number in range(5):
            with self.centre.client(self.centre.token(NORTH)) as client, ThreadPoolExecutor(1) as pool:
                body = os.urandom(20 << 20)
                sent = pool.submit(client.post, "/v1/files?name=a.csv", content=body)
                time.sleep(0.05 * number)
                self.centre.kill()
                with contextlib.suppress(Exception):
                    sent.result()
            self.centre.start()
        left = [path for path in self.centre.folder.rglob("*.tmp") if path.is_file()]
        yield f"killed in the middle of uploads: {[path.name for path in left]}", not left


def _of(well: Well) -> str:
    return f"well_id = {int(well.id)}"


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    day = BadDay(folder)
    try:
        every = (day.publishers, day.sticks, day.clocks, day.moves, day.names, day.set_back)
        report(*(one for one in every if one.__name__ in (sys.argv[2:] or one.__name__)))
    finally:
        day.centre.stop()
        day.broker.process.terminate()


if __name__ == "__main__":
    main()
