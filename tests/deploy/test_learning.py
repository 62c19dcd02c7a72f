"""The loop of learning as Airflow runs it. `make airflow-test` gives the environment; without one only the
DAG's text is looked at.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from app.analysis.cards.outline import VECTOR_VERSION
from app.core.clock import iso
from app.models.upcasting import PAYLOAD_VERSION
from app.models.wells import well_uid
from app.sync.wire import EntryIn, payload_sha256
from central import cli
from central.accept import accept
from central.learning.steps import STEPS
from central.stores import nights, registry
from central.stores.devices import LAPTOP_SCOPES, Device
from central.stores.engine import open_engine, reading
from central.stores.migrating import migrate
from central.stores.tables import FORECASTS
from tests.central.a_site import NORTH, NOW
from tests.central.learning.labelled import BEGAN
from tests.central.learning.labelled import site as labels_of_site
from tests.centre_process import free_port

ROOT = Path(__file__).resolve().parents[2]
DAGS = ROOT / "deploy" / "learning" / "dags"
NIGHTLY = 'schedule="0 3 * * *"'
AIRFLOW = os.environ.get("WELLSIDE_AIRFLOW", "")


def test_the_dag_and_the_commands_have_the_same_steps() -> None:
    text = (DAGS / "wellside_learning.py").read_text(encoding="utf-8")
    steps = next(
        ast.literal_eval(node.value)
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "STEPS"
    )
    assert steps == tuple(STEPS)


def test_the_night_is_called_by_each_way_with_a_command_that_there_is() -> None:
    """Timer and DAG, each by itself: a gate that stops a model keeps no well from being judged."""
    assert "nightly" in {
        command.callback.__name__ for command in cli.app.registered_commands if command.callback
    }
    service = (ROOT / "deploy" / "learning" / "wellside-nightly.service").read_text(encoding="utf-8")
    dag = (DAGS / "wellside_nightly.py").read_text(encoding="utf-8")
    assert "-m central nightly" in service
    assert "$WELLSIDE_CENTRAL nightly" in dag
    assert "nightly" not in (DAGS / "wellside_learning.py").read_text(encoding="utf-8")


def decisions(folder: Path) -> None:
    """Four hundred of a site, in a centre of its own."""
    folder.mkdir()
    engine = open_engine(f"sqlite:///{folder / 'centre.sqlite'}")
    migrate(engine)
    entries = []
    for n, label in enumerate(labels_of_site()):
        seen = {
            "features": VECTOR_VERSION,
            "card": list(label.card),
            "outline": list(label.outline),
            "rules": dict(label.rules or {}),
        }
        grounds = {"evidence": [], "against": [], "settled_by": [], "seen": seen}
        payload = {
            "record": label.id,
            "kind": "finding_decision",
            "well": 1,
            "at": iso(BEGAN + timedelta(hours=n)),
            "until": None,
            "values": {
                "code": label.code,
                "decision": "accepted" if label.holds else "rejected",
                "reason": "" if label.holds else "нет",
                "confidence": label.said,
                "grounds": json.dumps(grounds),
            },
            "action": "saved",
            "author": label.author,
        }
        name = label.well.removeprefix("well ")
        entries.append(
            EntryIn(
                id=f"{n:08d}-1111-4000-8000-000000000000",
                kind="record",
                schema_version=PAYLOAD_VERSION,
                payload=payload,
                payload_sha256=payload_sha256(payload),
                created_at=iso(NOW),
                well={"uid": well_uid(NORTH, "5", name), "field": NORTH, "pad": "5", "name": name},
            )
        )
    device = Device("d" * 8, "laptop", LAPTOP_SCOPES, (NORTH,), "ab" * 32)
    for start in range(0, len(entries), 200):
        said = accept(engine, device, tuple(entries[start : start + 200]), lambda: NOW)
        assert {one.status for one in said} == {"accepted"}, said[0]
    engine.dispose()


def environment(tmp_path: Path, dags: Path) -> dict[str, str]:
    said = {
        **os.environ,
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "WELLSIDE_CENTRAL": f"env PYTHONPATH={ROOT} {sys.executable} -m central",
        "WELLSIDE_CENTRE": str(tmp_path / "centre"),
        "WELLSIDE_LEARN_RULES": "",
        "WELLSIDE_NIGHTLY": "",
    }
    said.pop("PYTHONPATH", None)
    return said


def champion_is_signed(centre: Path) -> bool:
    engine = open_engine(f"sqlite:///{centre / 'centre.sqlite'}")
    with reading(engine) as connection:
        every = registry.every(connection)
    engine.dispose()
    signed = centre / "models" / "metadata" / "timestamp.json"
    return [one.stage for one in every] == [registry.CHAMPION] and signed.exists()


@pytest.mark.slow
@pytest.mark.skipif(not AIRFLOW, reason="make airflow-test makes Airflow's environment")
def test_airflow_runs_the_loop_to_its_end_and_the_centre_has_a_champion(tmp_path: Path) -> None:
    decisions(tmp_path / "centre")
    for order in (
        ("db", "migrate"),
        ("dags", "test", "wellside_learning"),
        ("dags", "test", "wellside_nightly"),
    ):
        ran = subprocess.run(
            [AIRFLOW, "-m", "airflow", *order],
            env=environment(tmp_path, DAGS),
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert ran.returncode == 0, (ran.stdout + ran.stderr)[-4000:]
    engine = open_engine(f"sqlite:///{tmp_path / 'centre' / 'centre.sqlite'}")
    with reading(engine) as connection:
        made = connection.execute(sa.select(FORECASTS.c.kind).distinct()).scalars().all()
    engine.dispose()
    assert sorted(made) == sorted(nights.KINDS)
    assert champion_is_signed(tmp_path / "centre")


@pytest.mark.slow
@pytest.mark.skipif(not AIRFLOW, reason="make airflow-test makes Airflow's environment")
def test_airflow_begins_the_loop_by_its_own_clock(tmp_path: Path) -> None:
    """Its scheduler, its executor and its server, as at a site; every minute in place of every night."""
    decisions(tmp_path / "centre")
    dags, port = tmp_path / "dags", free_port()
    dags.mkdir()
    text = (DAGS / "wellside_learning.py").read_text(encoding="utf-8")
    assert text.count(NIGHTLY) == 1
    (dags / "wellside_learning.py").write_text(
        text.replace(NIGHTLY, 'schedule="* * * * *"'), encoding="utf-8"
    )
    said = environment(tmp_path, dags) | {
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__PARALLELISM": "1",
        "AIRFLOW__TRIGGERER__DEFAULT_CAPACITY": "1",
        # Its parts call each other by their bare names.
        "PATH": f"{Path(AIRFLOW).parent}{os.pathsep}{os.environ['PATH']}",
    }
    log = tmp_path / "airflow.log"
    with log.open("wb") as written:
        alone = subprocess.Popen(
            [AIRFLOW, "-m", "airflow", "standalone"],
            env=said,
            stdout=written,
            stderr=written,
            start_new_session=True,
        )

    def until(true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 900
        while not true():
            assert alone.poll() is None, log.read_text(errors="replace")[-4000:]
            assert time.monotonic() < deadline, log.read_text(errors="replace")[-4000:]
            time.sleep(2)

    try:
        until(lambda: answers(f"http://127.0.0.1:{port}/api/v2/monitor/health"))
        until(lambda: switched_on(said))
        until(lambda: bool({"success", "failed"} & scheduled_runs(tmp_path / "airflow" / "airflow.db")))
        assert "success" in scheduled_runs(tmp_path / "airflow" / "airflow.db"), log.read_text()[-4000:]
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(alone.pid, signal.SIGTERM)
        alone.wait(60)
    assert champion_is_signed(tmp_path / "centre")


def answers(url: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(url, timeout=5).status_code == 200
    return False


def switched_on(said: dict[str, str]) -> bool:
    """A new DAG waits for a person; it is known once its file has been read."""
    order = ("dags", "unpause", "--yes", "wellside_learning")
    return subprocess.run([AIRFLOW, "-m", "airflow", *order], env=said, capture_output=True).returncode == 0


def scheduled_runs(database: Path) -> set[str]:
    """States of the runs that nobody asked for by hand; nothing before its tables are there."""
    with (
        contextlib.suppress(sqlite3.OperationalError),
        contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as read,
    ):
        return {state for (state,) in read.execute("SELECT state FROM dag_run WHERE run_type = 'scheduled'")}
    return set()
