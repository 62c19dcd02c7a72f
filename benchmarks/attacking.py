"""A real centre on the loopback, attacked by a laptop of another field, by strangers and by poison: prints
for each promise how often it was tried and what did not hold. `python -m benchmarks.attacking FOLDER
[PROMISE…]`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import stat
import uuid
from collections.abc import Iterator
from urllib.parse import quote

import pyarrow as pa

from app.sync.wire import payload_sha256
from benchmarks.knocking import OTHER, Knocking, Try, run
from benchmarks.pushing import FIELD, flow_test
from tests.central.test_named_queries import HOSTILE_SQL


class Attacker(Knocking):
    # ---- who gets in ---------------------------------------------------------------------------------------

    def sql(self) -> Iterator[Try]:
        """1: no SQL from a laptop: as a name, as each value, as an address."""
        for text in HOSTILE_SQL:
            for name in (text, "readings", "cards", "months"):
                asked = {"wells": [1], "first": text, "last": text, "after": text}
                answer = self.own.post(f"/v1/read/{quote(name, safe='')}", json=asked)
                yield f"{name[:20]} {text[:30]}", answer.status_code in (400, 404, 422)

    def fields(self) -> Iterator[Try]:
        """2: what a well is decides, not what a message claims."""
        own = flow_test(1)
        assert self.send(self.own, own.model_dump())[0]["status"] == "accepted"
        before = self.own.get("/v1/records/sums").text
        assert '"whole":"1/' in before, before
        for kind in ("record", "card", "import", "import_undone"):
            for claimed in (FIELD, OTHER):
                told = own.model_dump() | {"id": str(uuid.uuid4()), "kind": kind}
                told["well"] = told["well"] | {"field": claimed}
                said = self.send(self.other, told)[0]
                after = self.own.get("/v1/records/sums").text
                yield (
                    f"{kind} as {claimed}",
                    after == before and (claimed == OTHER or said.get("change_no") is None),
                )
        for path in ("/v1/changes", "/v1/records/sums?parts=true", "/v1/decisions", f"/v1/entries/{own.id}"):
            yield path, own.id not in self.other.get(path).text and FIELD not in self.other.get(path).text

    def hashes(self) -> Iterator[Try]:
        """3: a hash is no proof of possession."""
        content = b"secret of a field"
        name = hashlib.sha256(content).hexdigest()
        self.own.put(f"/v1/documents/{name}?offset=0&last=true", content=content)
        nobodys = "0" * 64
        for path in (f"/v1/documents/{name}", f"/v1/documents/{name}/offset"):
            seen, unseen = (self.other.get(path.replace(name, one)) for one in (name, nobodys))
            yield path, (seen.status_code, seen.json()) == (unseen.status_code, unseen.json())

    def closed(self) -> Iterator[Try]:
        """6: nothing without a token; files of the centre are nobody else's."""
        for path in (
            "/docs",
            "/redoc",
            "/openapi.json",
            "/metrics",
            "/v1/hello",
            "/v1/changes",
            "/v1/models",
        ):
            yield path, self.stranger.get(f"/{path}").status_code in (401, 404, 429)
        for path in self.centre.folder.rglob("*"):
            if path.is_file() and path != self.centre.log:
                yield path.name, not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)

    # ---- what stops it -------------------------------------------------------------------------------------

    def bodies(self) -> Iterator[Try]:
        """5: what is too much is refused within its limits, and others are answered within a second."""
        zeros = b"0" * (300 << 20)
        packed = gzip.compress(zeros, 9)
        deep = b'{"entries":' + b"[" * 200_000
        huge = json.dumps(flow_test(2).model_dump()).replace("0.001", "1" + "0" * 400)
        table = pa.table({"well": pa.array(["x"] * 10).dictionary_encode(), "sensor": ["a"] * 10})
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        arrow = sink.getvalue().to_pybytes()
        for name, path, body, head in (
            ("gzip bomb", "/v1/batches", packed, {"Content-Encoding": "gzip"}),
            ("gzip bomb of readings", "/v1/readings", packed, {"Content-Encoding": "gzip"}),
            ("deep JSON", "/v1/batches", deep, {}),
            ("10**400", "/v1/batches", b'{"entries":[%s]}' % huge.encode(), {}),
            ("broken gzip", "/v1/batches", packed[:1000], {"Content-Encoding": "gzip"}),
            ("no packing that there is", "/v1/batches", b"x", {"Content-Encoding": "br"}),
            ("half an Arrow", "/v1/readings", arrow[: len(arrow) // 2], _ARROW),
            ("an Arrow of other columns", "/v1/readings", arrow, _ARROW),
        ):
            answer = self.own.post(path, content=body, headers=head)
            yield name, answer.status_code < 500 and self.answers()

    def heads(self) -> Iterator[Try]:
        """5: half-sent heads and half-sent bodies."""
        address = ("127.0.0.1", self.centre.port)
        begun = [socket.create_connection(address) for _ in range(300)]
        for number, one in enumerate(begun):
            one.sendall(b"POST /v1/batches HTTP/1.1\r\nHost: x\r\n")
            if number % 2:
                one.sendall(
                    f"Authorization: Bearer {self.foreign}\r\nContent-Length: 9999\r\n\r\n{{".encode()
                )
        for number in range(300):
            yield str(number), number % 30 != 0 or self.answers()
        for one in begun:
            one.close()

    def poison(self) -> Iterator[Try]:
        """8, 12: one entry or row that cannot be is refused with its reason, its neighbours are taken."""
        for name, change in (
            ("year 1", {"at": "0001-01-01T00:00:00Z"}),
            ("year 9999", {"at": "9999-12-31T23:59:59Z"}),
            ("a text for a number", {"values": {"liquid_m3_per_s": "x"}}),
            ("a negative rate", {"values": {"liquid_m3_per_s": -1.0}}),
            ("a kind of its own", {"kind": "'; DROP TABLE wells; --"}),
            ("a list for a name", {"record": []}),
            ("no values", {"values": None}),
            ("10**300", {"values": {"liquid_m3_per_s": 10**300}}),
        ):
            bad = flow_test(3)
            payload = bad.payload | change
            poison = bad.model_copy(update={"payload": payload, "payload_sha256": payload_sha256(payload)})
            said = self.send(
                self.own, flow_test(4).model_dump(), poison.model_dump(), flow_test(5).model_dump()
            )
            yield name, [one["status"] for one in said] == ["accepted", "rejected", "accepted"]
        half = json.dumps(flow_test(6).model_dump()).replace("flow_test", "\\ud800")
        yield (
            "half a surrogate",
            self.own.post("/v1/batches", content=f'{{"entries":[{half}]}}').status_code < 500,
        )
        rows = [
            {"well": f"{FIELD}/5/1", "sensor": "intake_pressure", "timestamp": at, "value": 5e6}
            for at in ("0001-01-01T00:00:00Z", "2400-01-01T00:00:00Z", "2026-11-20T00:00:00Z", "x")
        ]
        answer = self.own.post("/v1/readings", json={"readings": rows})
        yield "readings of impossible years", answer.status_code < 500

    def repeats(self) -> Iterator[Try]:
        """12: one key, one content."""
        head = {"Idempotency-Key": uuid.uuid4().hex}
        for value, status in ((1.0, 200), (1.0, 200), (2.0, 409)):
            row = {"well": f"{FIELD}/5/1", "sensor": "intake_pressure", "value": value}
            told = {"readings": [row | {"timestamp": "2026-11-20T00:00:00Z"}]}
            yield str(value), self.own.post("/v1/readings", json=told, headers=head).status_code == status

    def tokens(self) -> Iterator[Try]:
        """5: many bad tokens of an address, a good one all the while."""
        statuses = set()
        for number in range(1_000):
            head = {"Authorization": f"Bearer wsd_{number}"}
            statuses.add(self.stranger.get("/v1/hello", headers=head).status_code)
            if number % 100 == 0:
                yield f"a good one after {number}", self.own.get("/v1/hello").status_code == 200
        yield "none of them is let in", statuses <= {401, 429}


_ARROW = {"Content-Type": "application/vnd.apache.arrow.stream"}


def main() -> None:
    run(
        Attacker,
        ("fields", "sql", "hashes", "bodies", "heads", "poison", "repeats", "tokens", "closed"),
    )


if __name__ == "__main__":
    main()
