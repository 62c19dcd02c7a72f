"""The loop of learning as Airflow runs it. `make airflow-test` gives the environment; without one only the
DAG's text is looked at.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

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

ROOT = Path(__file__).resolve().parents[2]
DAGS = ROOT / "deploy" / "learning" / "dags"
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


@pytest.mark.slow
@pytest.mark.skipif(not AIRFLOW, reason="make airflow-test makes Airflow's environment")
def test_airflow_runs_the_loop_to_its_end_and_the_centre_has_a_champion(tmp_path: Path) -> None:
    decisions(tmp_path / "centre")
    environment = {
        **os.environ,
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "WELLSIDE_CENTRAL": f"env PYTHONPATH={ROOT} {sys.executable} -m central",
        "WELLSIDE_CENTRE": str(tmp_path / "centre"),
        "WELLSIDE_LEARN_RULES": "",
        "WELLSIDE_NIGHTLY": "",
    }
    environment.pop("PYTHONPATH", None)
    for order in (
        ("db", "migrate"),
        ("dags", "test", "wellside_learning"),
        ("dags", "test", "wellside_nightly"),
    ):
        ran = subprocess.run(
            [AIRFLOW, "-m", "airflow", *order], env=environment, capture_output=True, text=True, timeout=600
        )
        assert ran.returncode == 0, (ran.stdout + ran.stderr)[-4000:]
    engine = open_engine(f"sqlite:///{tmp_path / 'centre' / 'centre.sqlite'}")
    with reading(engine) as connection:
        (one,) = registry.every(connection)
        made = connection.execute(sa.select(FORECASTS.c.kind).distinct()).scalars().all()
    engine.dispose()
    assert sorted(made) == sorted(nights.KINDS)
    assert one.stage == registry.CHAMPION
    assert (tmp_path / "centre" / "models" / "metadata" / "timestamp.json").exists()
