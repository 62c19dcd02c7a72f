"""PostgreSQL, an Oracle server of the wire protocol over it, and Kafka's mock cluster, started for a test and
gone after it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.centre_process import ROOT, free_port


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        pytest.skip("PostgreSQL is not installed")
    return found[-1].parent


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("runuser") is None:
        pytest.skip("PostgreSQL does not run as root, and there is no runuser")
    return ["runuser", "-u", "postgres", "--"]


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[int]:
    """The port. Trusts the loopback; keeps nothing safe, so that tests are fast."""
    binaries, data, port = _binaries(), folder / "pg", free_port()
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        # The server's user must be let through to its folder.
        for parent in (folder, *folder.parents):
            if parent.owner() == "root" and parent != Path("/"):
                with contextlib.suppress(OSError):
                    parent.chmod(parent.stat().st_mode | 0o011)
        data.mkdir()
        shutil.chown(data, "postgres")
    who = _as_postgres()
    subprocess.run(
        [
            *who,
            str(binaries / "initdb"),
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ],
        check=True,
        capture_output=True,
        cwd="/tmp",
    )
    options = [
        "-c",
        f"port={port}",
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        f"unix_socket_directories={data}",
        "-c",
        "fsync=off",
    ]
    server = subprocess.Popen(
        [*who, str(binaries / "postgres"), "-D", str(data), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/tmp",
    )
    try:
        _wait_for_postgres(port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextlib.contextmanager
def kafka_mock() -> Iterator[str]:
    """Kafka's own mock cluster, in a process that must live as long as it is used."""
    code = (
        "from confluent_kafka.admin import AdminClient; import sys\n"
        "a = AdminClient({'bootstrap.servers': 'x', 'test.mock.num.brokers': 2, 'log_level': 0})\n"
        "m = a.list_topics(timeout=20); print(','.join(f'{b.host}:{b.port}' for b in m.brokers.values()), "
        "flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def _wait_for_postgres(port: int) -> None:
    import psycopg

    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, "PostgreSQL did not come up"
            time.sleep(0.1)


def new_database(port: int, name: str) -> str:
    import psycopg

    with psycopg.connect(
        f"host=127.0.0.1 port={port} user=postgres dbname=postgres", autocommit=True
    ) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"host=127.0.0.1 port={port} user=postgres dbname={name}"


@contextlib.contextmanager
def oracle_wire(port: int) -> Iterator[str]:
    """SQLAlchemy's URL of an Oracle server that is PostgreSQL inside: the real oracledb driver speaks to
    it.
    """
    import psycopg

    conninfo = new_database(port, "mirror")
    try:
        with psycopg.connect(
            conninfo, autocommit=True
        ) as connection:  # before the first login, or the Mirror makes do without
            connection.execute("CREATE EXTENSION orafce")
    except psycopg.Error:
        pytest.skip("PostgreSQL's orafce is not installed")
    listening = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.oracle_wire",
            "--port",
            str(listening),
            "--log-level",
            "WARNING",
            "postgres",
            conninfo,
        ],
        cwd=ROOT,
        env={**os.environ, "MIRROR_USERS": "wellside:wellside"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for_oracle(listening, process)
        # The stand-in loses its place when a statement of the driver's cache is run again on CLOBs: the cache
        # is off here.
        yield f"oracle+oracledb://wellside:wellside@127.0.0.1:{listening}/?service_name=mirror&stmtcachesize=0"
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _wait_for_oracle(port: int, process: subprocess.Popen[bytes]) -> None:
    import oracledb

    deadline = time.monotonic() + 30
    while True:
        try:
            oracledb.connect(user="wellside", password="wellside", dsn=f"127.0.0.1:{port}/mirror").close()
            return
        except oracledb.Error as error:
            assert process.poll() is None, process.stderr.read().decode()[-2000:] if process.stderr else ""
            assert time.monotonic() < deadline, f"the Oracle stand-in did not come up: {error}"
            time.sleep(0.2)


def dumped(port: int, name: str) -> bytes:
    """A database as of one moment, by its own means, whoever writes meanwhile."""
    told = [_binaries() / "pg_dump", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-Fc", name]
    return subprocess.run(told, check=True, capture_output=True).stdout


def put_back(port: int, name: str, copy: bytes) -> None:
    """It is made aside and then given its name: what is there goes, with whoever is connected."""
    import psycopg

    new_database(port, f"{name} aside")
    told = [_binaries() / "pg_restore", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres"]
    subprocess.run([*told, "-d", f"{name} aside"], check=True, capture_output=True, input=copy)
    address = f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
        connection.execute(f'ALTER DATABASE "{name} aside" RENAME TO "{name}"'.encode())
