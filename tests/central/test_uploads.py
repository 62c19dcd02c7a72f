"""Files that come to the centre: whole or not at all, and read by whom they concern."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.engine import Connection, Engine

from app.core.clock import iso
from app.sync.wire import EntryIn, payload_sha256
from central.api import documents
from central.stores.engine import open_engine, reading
from tests.central.test_api import entry, send
from tests.centre_process import AT, CentreProcess, new_field


def test_a_name_of_a_document_leads_nowhere(centre: CentreProcess, tmp_path: Path) -> None:
    field, content = new_field(), b"%PDF-1.7 x"
    sha256 = hashlib.sha256(content).hexdigest()
    with centre.client(centre.token(field)) as client:
        put = client.put(
            f"/v1/documents/{sha256}",
            params={"offset": 0, "last": "true"},
            content=content,
            headers={"X-Piece-SHA256": sha256},
        )
        assert put.json() == {"offset": len(content), "complete": True}
        for path in (
            "/v1/documents/../../etc/passwd",
            "/v1/documents/%2e%2e%2fcentre.sqlite",
            f"/v1/documents/{'g' * 64}",
        ):
            assert client.get(path).status_code in (404, 422)
        assert client.get(f"/v1/documents/{sha256}").status_code == 404, "nobody's until an entry names it"
        payload = {
            "record": str(uuid.uuid4()),
            "kind": "document",
            "well": 1,
            "at": iso(AT),
            "until": None,
            "values": {"kind": "act", "title": "x"},
            "action": "saved",
            "author": "",
        }
        named = entry(field).model_dump() | {
            "payload": payload,
            "payload_sha256": payload_sha256(payload),
            "attachments": [{"sha256": sha256, "size": len(content), "name": "../../../etc/passwd"}],
        }
        (receipt,) = send(client, EntryIn.model_validate(named))
        assert receipt.status == "accepted"
        got = client.get(f"/v1/documents/{sha256}")
        assert got.content == content
        assert got.headers["content-disposition"] == "attachment"


def test_the_name_of_a_file_is_no_proof_of_having_it(centre: CentreProcess) -> None:
    """Its hash told another field's device that it is there, how large it is, and gave it to read."""
    mine, theirs, content = new_field(), new_field(), uuid.uuid4().bytes
    sha256 = hashlib.sha256(content).hexdigest()
    unknown = hashlib.sha256(b"nobody has this").hexdigest()

    def put(client: httpx.Client, at: int, piece: bytes, last: str) -> Any:
        digest = {"X-Piece-SHA256": hashlib.sha256(piece).hexdigest()}
        asked = {"offset": at, "last": last}
        return client.put(f"/v1/documents/{sha256}", params=asked, content=piece, headers=digest).json()

    def naming(field: str, name: str, size: int) -> EntryIn:
        payload = entry(field).payload | {"kind": "document", "values": {"kind": "act", "title": "x"}}
        told = {"payload": payload, "payload_sha256": payload_sha256(payload)}
        files = {"attachments": [{"sha256": name, "size": size, "name": "x"}]}
        return EntryIn.model_validate(entry(field).model_dump() | told | files)

    with centre.client(centre.token(mine)) as one, centre.client(centre.token(theirs)) as other:
        assert put(one, 0, content, "true") == {"offset": 16, "complete": True}
        assert send(one, naming(mine, sha256, 16))[0].status == "accepted"
        for name in (sha256, unknown):
            assert other.get(f"/v1/documents/{name}/offset").json() == {"offset": 0, "complete": False}
            for size in (16, 17):
                assert send(other, naming(theirs, name, size))[0].status == "waiting", "as a file of nobody"
            assert other.get(f"/v1/documents/{name}").status_code == 404
        assert put(other, 0, content[:5], "false") == {"offset": 5, "complete": False}
        assert put(other, 5, content[5:], "true") == {"offset": 16, "complete": True}
        assert send(other, naming(theirs, sha256, 16))[0].status == "accepted", "it has it, and has shown it"
        assert other.get(f"/v1/documents/{sha256}").content == content


def test_a_piece_that_came_damaged_or_twice_is_refused(centre: CentreProcess) -> None:
    sha256 = hashlib.sha256(b"ab").hexdigest()
    with centre.client(centre.token(new_field())) as client:

        def put(content: bytes, offset: int, piece: bytes | None = None, last: str = "false") -> int:
            digest = hashlib.sha256(content if piece is None else piece).hexdigest()
            return client.put(
                f"/v1/documents/{sha256}",
                params={"offset": offset, "last": last},
                content=content,
                headers={"X-Piece-SHA256": digest},
            ).status_code

        assert put(b"x", 0, b"y") == 422
        assert put(b"a", 0) == 200
        assert put(b"a", 0) == 409
        assert put(b"X", 1, last="true") == 422, "the whole is not the file"
        assert client.get(f"/v1/documents/{sha256}/offset").json() == {"offset": 0, "complete": False}


def test_a_file_is_read_piece_by_piece_and_holds_neither_memory_nor_the_store(
    centre: CentreProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four slow readers of one file of 200 MB had taken 1.7 GB."""
    content = [uuid.uuid4().bytes * 1_000 for _ in range(3)]
    whole, field = b"".join(content), new_field()
    sha256, at = hashlib.sha256(whole).hexdigest(), 0
    with centre.client(centre.token(field)) as client:
        for number, piece in enumerate(content):
            digest = {"X-Piece-SHA256": hashlib.sha256(piece).hexdigest()}
            asked = {"offset": at, "last": number == 2}
            client.put(f"/v1/documents/{sha256}", params=asked, content=piece, headers=digest)
            at += len(piece)
        payload = entry(field).payload | {"kind": "document", "values": {"kind": "act", "title": "x"}}
        told = {"payload": payload, "payload_sha256": payload_sha256(payload)}
        files = {"attachments": [{"sha256": sha256, "size": len(whole), "name": "x"}]}
        (said,) = send(client, EntryIn.model_validate(entry(field).model_dump() | told | files))
        assert said.status == "accepted"
        got = client.get(f"/v1/documents/{sha256}")
    assert (got.content, got.headers["content-length"]) == (whole, str(len(whole)))
    engine, open_now = open_engine(centre.database), list[int]()
    monkeypatch.setattr(documents, "reading", lambda of: _noted(of, open_now))
    for number, piece in enumerate(documents._read(engine, sha256, [0, 1, 2])):
        assert (piece, len(open_now)) == (content[number], 0)
    engine.dispose()


@contextmanager
def _noted(engine: Engine, open_now: list[int]) -> Iterator[Connection]:
    with reading(engine) as connection:
        open_now.append(1)
        yield connection
    open_now.pop()
