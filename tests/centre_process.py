"""A real centre in a process of its own, and laptops that speak to it: for the tests of the centre, of the
sync, and of faults.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from app.core.clock import Clock, iso, utc_now
from app.core.notices import NoticeBus
from app.models.records import Record
from app.models.store import records
from app.models.wells import ESP, SRP, Well, WellId
from app.services.centre import connections
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.workspace import Workspace
from central.stores import devices, wells
from central.stores.engine import open_engine, reading
from tests.profiles import empty_profile

ROOT = Path(__file__).resolve().parents[1]
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For a client of a plain address: without it each reads the certificates of the world, 40 ms of CPU."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class CentreProcess:
    """`start`, `kill` (as hard as it goes), `start` again on the same stores and ports."""

    def __init__(self, folder: Path, *arguments: str, database: str = "") -> None:
        self.folder, self.arguments = folder, arguments
        self.database = database or f"sqlite:///{folder / 'centre.sqlite'}"
        self.port, self.clickhouse_port = free_port(), free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.log = folder / "centre.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "WELLSIDE_DATABASE_URL": self.database}

    def operator(self) -> Any:
        """A client of the embedded ClickHouse, as the person at the centre's own machine has it."""
        import clickhouse_connect

        password = (self.folder / "clickhouse.password").read_text()
        return clickhouse_connect.get_client(
            host="127.0.0.1", port=self.clickhouse_port, username="operator", password=password
        )

    def start(self, within_s: float = 240.0) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [
            sys.executable,
            "-m",
            "central",
            "start",
            "--data",
            str(self.folder),
            "--port",
            str(self.port),
            "--clickhouse-port",
            str(self.clickhouse_port),
            "--requests-per-minute",
            "1000000",
            "--updates",
            str(self.folder / "updates"),
            *self.arguments,
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=self._environment)
        self.wait_ready(within_s)

    def wait_ready(self, within_s: float = 240.0) -> None:
        deadline = time.monotonic() + within_s
        with httpx.Client(verify=NO_TLS, timeout=2) as client:
            while time.monotonic() < deadline:
                assert self.process is not None
                assert self.process.poll() is None, self.log.read_text()[-3000:]
                with contextlib.suppress(httpx.HTTPError):
                    if client.get(self.url + "/ready").status_code == 200:
                        return
                time.sleep(0.05)
        raise AssertionError(f"the centre did not come up: {self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def command(self, *words: str, within_s: float = 600.0) -> subprocess.CompletedProcess[str]:
        """`central …` on this centre's stores, as the person at its machine types it."""
        return subprocess.run(
            [sys.executable, "-m", "central", *words, "--data", str(self.folder)],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=within_s,
            check=False,
        )

    def token(self, field: str, *scopes: str, name: str = "") -> str:
        engine = open_engine(self.database)
        try:
            with engine.begin() as connection:
                _, token = devices.add(
                    connection,
                    name or f"laptop {uuid.uuid4().hex[:6]}",
                    (field,),
                    scopes or devices.SCOPES,
                    utc_now(),
                )
        finally:
            engine.dispose()
        return token

    def numbers(self, *fields: str) -> list[int]:
        """The centre's numbers of the wells of `fields`."""
        engine = open_engine(self.database)
        try:
            with reading(engine) as connection:
                return sorted(wells.numbers(connection, fields))
        finally:
            engine.dispose()

    def metrics(self) -> str:
        with self.client(self.token("", "metrics")) as client:
            return client.get("/metrics").text

    def client(self, token: str) -> httpx.Client:
        return httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=30, verify=NO_TLS
        )


def wells_of(field: str) -> list[Well]:
    return [
        Well(WellId(1), "123Г", field, "5", ESP, aliases=("123Г/К-5",)),
        Well(WellId(2), "77", field, "6", SRP),
    ]


@contextlib.contextmanager
def laptop(
    folder: Path,
    centre: CentreProcess,
    field: str,
    *,
    token: str = "",
    clock: Clock = utc_now,
    wells: bool = True,
) -> Iterator[Workspace]:
    """A profile that is connected to the centre; with `wells` it knows the field's two already."""
    workspace = open_laptop(folder, clock)
    try:
        if wells:
            with workspace.store.writing() as cursor:
                records.put_wells(cursor, wells_of(field))
        connect(workspace, centre, token or centre.token(field))
        yield workspace
    finally:
        workspace.close()


def open_laptop(folder: Path, clock: Clock = utc_now) -> Workspace:
    return open_workspace(empty_profile(folder), NoticeBus(), clock)


def connect(workspace: Workspace, centre: CentreProcess, token: str) -> None:
    connections.set_up(workspace, {"centre_url": centre.url}, {connections.TOKEN: token})


def new_field() -> str:
    """A field of its own is a centre of its own: fields do not see each other."""
    return f"Поле {uuid.uuid4().hex[:8]}"


AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def journalled_unseen(workspace: Workspace, record: Record) -> Record:
    """As a program did that knew no limits: no form of this one takes such a record."""
    payload = {
        "record": record.id,
        "kind": record.kind,
        "well": record.well_id,
        "at": iso(record.at),
        "until": None,
        "values": record.values,
        "action": "saved",
        "author": "",
        "well_key": entries.well_key(workspace, record.well_id),
    }
    workspace.journal.add("record", payload)
    return record
