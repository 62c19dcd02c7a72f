"""A real centre attacked by a laptop of another field: every route with every method, bodies and heads that
lie, bombs, ids of others, races. After each try the service answers others, nothing of theirs has moved and
nothing of it is told. Prints for each promise how often it was tried and what did not hold.
`python -m benchmarks.stranger FOLDER [PROMISE…]`.
"""

from __future__ import annotations

import hashlib
import json
import socket
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

import httpx

from app.models.wells import well_uid
from app.sync.wire import payload_sha256
from benchmarks.hostile import ARROW, PARQUET, WRONG, hostile_tables, packings, poured, requests
from benchmarks.knocking import OTHER, Knocking, Try, run
from benchmarks.pushing import FIELD, flow_test
from tests.centre_process import CentreProcess

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND")
SECRET = b"what only the first field has"


class Stranger(Knocking):
    """`own` is the laptop whose field it is; `other` knocks."""

    def __init__(self, centre: CentreProcess) -> None:
        super().__init__(centre)
        self.name = hashlib.sha256(SECRET).hexdigest()
        self.piece(self.own, self.name, SECRET)
        entry = flow_test(1)
        attached = entry.model_dump() | {
            "attachments": [{"sha256": self.name, "size": len(SECRET), "name": "act.txt"}]
        }
        (said,) = self.send(self.own, attached)
        assert said["status"] == "accepted", said
        self.entry, self.record = entry.id, str(entry.payload["record"])
        self.wells = centre.numbers(FIELD)
        self.before = self._state()

    # ---- what is looked at after each try ------------------------------------------------------------------

    def _state(self) -> tuple[str, str]:
        return self.own.get("/v1/records/sums").text, self.own.get("/v1/changes").text

    def _wrong(self, answer: httpx.Response | None = None) -> str:
        """A bug, something told, something moved, or others not answered within a second."""
        began = time.monotonic()
        said = self.own.get("/v1/hello").status_code
        if said != 200 or time.monotonic() - began > 1.0:
            return f"others: {said} after {time.monotonic() - began:.2f} s"
        if answer is not None and answer.status_code == 500:
            return "a bug"
        secrets = (FIELD.encode(), SECRET, self.entry.encode(), b"Traceback")
        if answer is not None and any(one in answer.content for one in secrets):
            return "told"
        return "" if self._state() == self.before else "moved"

    def _holds(self) -> bool:
        return not self._wrong()

    def _try(self, name: str, ask: Callable[[], httpx.Response]) -> Try:
        try:
            answer: httpx.Response | None = ask()
        except httpx.TransportError as error:
            name, answer = f"{name} ({type(error).__name__})", None
        said = f"{name}: {answer.status_code}" if answer is not None else name
        wrong = self._wrong(answer)
        return f"{said} {wrong}".rstrip(), not wrong

    def _raw(self, piece: bytes, wait_s: float = 2.0) -> bytes:
        with socket.create_connection(("127.0.0.1", self.centre.port), timeout=wait_s) as one:
            told = b""
            with suppress(OSError):
                one.sendall(piece)
                while part := one.recv(65_536):
                    told += part
            return told

    # ---- tries ---------------------------------------------------------------------------------------------

    def routes(self) -> Iterator[Try]:
        """Every route with every method, the ids of others in each place."""
        paths = self.own.get("/openapi.json").json()["paths"]
        for path in paths:
            filled = path.format(
                sha256=self.name, entry_id=self.entry, name="readings", version="1", model="x"
            )
            for method in METHODS:
                asked = {"field": FIELD, "well": self.wells[0], "kind": "flow_test", "offset": 0, "since": 0}
                yield self._try(
                    f"{method} {path}",
                    partial(self.other.request, method, filled, params=asked),
                )

    def types(self) -> Iterator[Try]:
        """Every route that takes a body, with content types and packings that it has not."""
        told = self.own.get("/openapi.json").json()["paths"]
        takes = [(m.upper(), p) for p, of in told.items() for m, one in of.items() if "requestBody" in one]
        for method, path in takes:
            filled = path.format(sha256=self.name, entry_id=self.entry, name="readings")
            for kind in (
                "text/xml",
                "multipart/form-data; boundary=x",
                "application/json; charset=utf-16",
                ARROW,
                PARQUET,
                "x" * 5_000,
            ):
                for body in (b"<a/>", '{"a": 1}'.encode("utf-16"), b"PAR1PAR1"):
                    head = {"Content-Type": kind}
                    yield self._try(
                        f"{method} {path} {kind[:20]}",
                        partial(
                            self.other.request,
                            method,
                            filled,
                            content=body,
                            headers=head,
                            params={"offset": 0, "name": "a.csv"},
                        ),
                    )

    def numbers(self) -> Iterator[Try]:
        """Numbers, texts and depths that JSON can say and nobody means, in an entry and in a reading."""
        entry = json.dumps(flow_test(2).model_dump())
        reading = json.dumps(
            {
                "readings": [
                    {
                        "well": f"{OTHER}/5/1",
                        "sensor": "intake_pressure",
                        "timestamp": "2026-11-20T00:00:00Z",
                        "value": 0.001,
                    }
                ]
            }
        )
        for path, body in (("/v1/batches", f'{{"entries":[{entry}]}}'), ("/v1/readings", reading)):
            for one in WRONG:
                yield self._try(
                    f"{path} {one[:12]}",
                    partial(self.other.post, path, content=body.replace("0.001", one)),
                )
            for name in ("field", "name", "at", "kind", "author", "sensor", "well", "timestamp", "id"):
                for text in ('"\\ud800"', '"\\u0000"', '"' + "я" * 70_000 + '"', "9e999", "{}"):
                    at = body.find(f'"{name}": ')
                    if at >= 0:
                        begun = at + len(name) + 4
                        changed = body[:begun] + text + json_rest(body[begun:])
                        yield self._try(
                            f"{path} {name} {text[:10]}",
                            partial(self.other.post, path, content=changed),
                        )

    def bombs(self) -> Iterator[Try]:
        """Small bodies that are very large: packings in packings, windows, members, dictionaries."""
        for path in ("/v1/readings", "/v1/batches", "/v1/files?name=a.csv", "/v1/introduction"):
            for name, body, head in packings():
                yield self._try(f"{path} {name}", partial(self.other.post, path, content=body, headers=head))

    def tables(self) -> Iterator[Try]:
        """Arrow and Parquet whose dictionaries, runs and heads are larger than their bodies."""
        for name, kind, body in hostile_tables():
            yield self._try(
                name, partial(self.other.post, "/v1/readings", content=body, headers={"Content-Type": kind})
            )
            yield self._try(
                f"file {name}",
                partial(self.other.post, "/v1/files", params={"name": "a.parquet"}, content=body),
            )

    def wire(self) -> Iterator[Try]:
        """Heads and lengths that lie, chunks without end, two requests in one."""
        auth = b"Host: x\r\nAuthorization: Bearer " + self.foreign.encode() + b"\r\n"
        post = b"POST /v1/batches HTTP/1.1\r\n" + auth
        for name, piece in requests(post, auth, self.token.encode()):
            told = self._raw(piece)
            statuses = told.count(b"HTTP/1.1 200")
            yield (
                f"{name}: {told[9:12]!r} {statuses}",
                b" 500 " not in told[:40]
                and SECRET not in told
                and FIELD.encode() not in told
                and self._holds(),
            )
        asked, worst = poured(self.centre.port, post, lambda: self.own.get("/v1/hello"))
        yield f"chunks of a byte, {asked} asked, the slowest {worst:.2f} s", worst < 1.0

    def ids(self) -> Iterator[Try]:
        """Ids of others in bodies: wells, records, entries, files, imports, decisions."""
        key = {"uid": well_uid(FIELD, "5", "1"), "field": FIELD, "pad": "5", "name": "1"}
        mine = {"uid": well_uid(OTHER, "5", "1"), "field": OTHER, "pad": "5", "name": "1"}
        file = [{"sha256": self.name, "size": len(SECRET), "name": "act.txt"}]
        base = flow_test(3)
        for kind in (
            "record",
            "card",
            "import",
            "import_undone",
            "finding_decision",
            "well",
            "tag",
            "document",
            "forecast",
            "x",
        ):
            for well in (key, mine, {**mine, "uid": key["uid"]}, {**key, "uid": mine["uid"]}, None):
                for record in (self.record, self.entry):
                    payload = base.payload | {
                        "record": record,
                        "import": self.entry,
                        "entry": self.entry,
                        "finding": {"well_id": self.wells[0], "id": self.record},
                        "well_key": well,
                        "sha256": self.name,
                    }
                    told = base.model_dump() | {
                        "id": str(uuid.uuid4()),
                        "kind": kind,
                        "payload": payload,
                        "payload_sha256": payload_sha256(payload),
                        "well": well,
                        "supersedes": self.entry,
                        "base_version": 1,
                        "attachments": file,
                    }
                    yield self._try(
                        f"{kind} {'theirs' if well in (key, None) else 'mine'}",
                        partial(self.other.post, "/v1/batches", content=json.dumps({"entries": [told]})),
                    )
        for name in (
            "newest",
            "months",
            "card_months",
            "announced",
            "readings",
            "coarse",
            "cards",
            "flow_rates",
            "hours",
            "ingest_log",
            "sums",
        ):
            for more in (
                {},
                {"after": "9999-99-99 99:99:99", "until": "0000-00-00 00:00:00"},
                {"wells": [0] * 20_000},
            ):
                asked = {
                    "wells": self.wells,
                    "first": "2020-01-01T00:00:00Z",
                    "last": "2030-01-01T00:00:00Z",
                    "since": "2020-01-01T00:00:00Z",
                    "after": "2020-01-01 00:00:00",
                    "until": "2030-01-01 00:00:00",
                    "target": "sensor_readings",
                } | more
                yield self._try(f"read {name}", partial(self.other.post, f"/v1/read/{name}", json=asked))
        for params in ({"well": w, "kind": "flow_test"} for w in (*self.wells[:3], 0, 2**31, 2**32 - 1)):
            yield self._try(
                f"part {params['well']}", partial(self.other.get, "/v1/records/part", params=params)
            )
        for ids in ([self.entry], [self.entry] * 2_000, [str(uuid.uuid4())]):
            answer = self.other.post("/v1/entries/lacking", json={"ids": ids})
            yield f"lacking {len(ids)}", answer.json() == {"ids": ids} and self._holds()

    def uploads(self) -> Iterator[Try]:
        """The upload of another, and fifty at once of one's own."""
        content = b"half of theirs" * 1_000
        name = hashlib.sha256(content).hexdigest()
        half = content[:5_000]
        self.piece(self.own, name, half, last=False)
        for offset in (0, 5_000, len(content)):
            for last in (False, True):
                answer = self.piece(self.other, name, content[5_000:], offset=offset, last=last)
                yield (
                    f"goes on with theirs at {offset}: {answer.status_code}",
                    answer.status_code in (409, 422, 200),
                )
        own = self.own.get(f"/v1/documents/{name}/offset").json()
        yield "theirs is where it was", own == {"offset": 5_000, "complete": False}
        self.before = self._state()
        content = b"one upload" * 10_000
        name = hashlib.sha256(content).hexdigest()
        with ThreadPoolExecutor(50) as pool:
            said = Counter(
                one.status_code
                for one in pool.map(
                    lambda _: self.piece(self.centre.client(self.foreign), name, content), range(50)
                )
            )
        progress = self.other.get(f"/v1/documents/{name}/offset").json()
        yield (
            f"fifty at once: {dict(said)}",
            set(said) <= {200, 409, 429} and progress == {"offset": len(content), "complete": True},
        )

    def races(self) -> Iterator[Try]:
        """Fifty at once: one key or one entry with other contents, one record from one base."""
        tokens = [self.centre.client(self.foreign) for _ in range(8)]

        def rows(number: int) -> httpx.Response:
            row = {
                "well": f"{OTHER}/5/1",
                "sensor": "intake_pressure",
                "timestamp": "2026-11-20T00:00:00Z",
                "value": float(number),
            }
            return tokens[number % 8].post(
                "/v1/readings", json={"readings": [row]}, headers={"Idempotency-Key": "race"}
            )

        with ThreadPoolExecutor(8) as pool:
            said = Counter(one.status_code for one in pool.map(rows, range(50)))
        yield f"one key: {dict(said)}", said[200] == 1 and set(said) <= {200, 409, 429}
        one_id = str(uuid.uuid4())

        def entry(number: int) -> str:
            told = flow_test(number).model_dump() | {"id": one_id}
            mine = {"uid": well_uid(OTHER, "5", "1"), "field": OTHER, "pad": "5", "name": "1"}
            payload = told["payload"] | {"well_key": mine}
            told |= {"payload": payload, "payload_sha256": payload_sha256(payload), "well": mine}
            return str(self.send(tokens[number % 8], told)[0]["status"])

        with ThreadPoolExecutor(8) as pool:
            statuses = Counter(pool.map(entry, range(50)))
        yield (
            f"one entry: {dict(statuses)}",
            statuses["accepted"] == 1 and set(statuses) <= {"accepted", "rejected", "429"},
        )
        record = str(uuid.uuid4())

        def edit(number: int) -> str:
            told = flow_test(number).model_dump()
            mine = {"uid": well_uid(OTHER, "5", "1"), "field": OTHER, "pad": "5", "name": "1"}
            payload = told["payload"] | {
                "well_key": mine,
                "record": record,
                "values": {"liquid_m3_per_s": 0.001 + number * 1e-5, "duration_s": 3600.0, "valid": True},
            }
            told |= {"payload": payload, "payload_sha256": payload_sha256(payload), "well": mine}
            return str(self.send(tokens[number % 8], told)[0]["status"])

        with ThreadPoolExecutor(8) as pool:
            statuses = Counter(pool.map(edit, range(50)))
        yield f"one record: {dict(statuses)}", statuses["accepted"] == 1


def json_rest(text: str) -> str:
    """What follows the first value of `text`."""
    _, end = json.JSONDecoder().raw_decode(text)
    return text[end:]


def main() -> None:
    run(
        Stranger,
        ("routes", "types", "numbers", "wire", "ids", "uploads", "races", "bombs", "tables"),
    )


if __name__ == "__main__":
    main()
