"""Runs of the loop in MLflow's files: what it would show is what the run wrote down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.core.plain import JsonObject
from central.learning import mlflow_files
from central.learning.runs import MODEL, RUN, Loop
from central.stores import registry
from central.stores.engine import changing
from tests.central.a_site import NOW, Site

LOSS = {"champion": [0.6, 0.55, 0.65], "challenger": [0.5, 0.45, 0.55], "difference": [-0.1, -0.15, -0.05]}
TOLD: JsonObject = {
    "name": "card_ranker",
    "version": "site-12345678-abcdef",
    "set": "12" * 32,
    "seed": 7,
    "of_set": {"made_at": "2026-11-28T03:00:00Z", "by": "Служба ИТ"},
    "gates": [
        {"gate": "better", "passed": True, "why": "loss -0.1000"},
        {"gate": "not forgotten", "passed": False, "why": "loss +0.5"},
    ],
    "judged": {
        "splits": [
            {"by": "well", "labels": 40, **LOSS, "rules": [0.7, 0.6, 0.8]},
            {"by": "time", "labels": 0},
        ],
        "brier": 0.21,
        "outlines": {"cards": 9, **LOSS, "families": {"depth": LOSS}},
    },
}


@pytest.fixture
def loop(site: Site, tmp_path: Path) -> Loop:
    own = tmp_path / "centre"
    run = own / "learning" / "runs" / "12-ab"
    run.mkdir(parents=True)
    (run / RUN).write_text(json.dumps(TOLD), encoding="utf-8")
    (run / MODEL).write_bytes(b"model")
    with changing(site.engine) as connection:
        registry.stage(
            connection, "card_ranker", "site-12345678-abcdef", registry.REFUSED, "IT", NOW, dict(TOLD)
        )
    return Loop(site.engine, own / "learning", own / "models", own / "keys", "IT", lambda: NOW, 7)


def files_of(folder: Path) -> dict[str, str]:
    return {
        "/".join(path.relative_to(folder).parts[2:]): path.read_text(encoding="utf-8")
        for path in folder.glob("*/*/**/*")
        if path.is_file()
    }


def test_a_run_has_its_losses_gates_stage_and_model(loop: Loop, tmp_path: Path) -> None:
    folder = tmp_path / "mlruns"
    assert mlflow_files.export(loop, folder) == 1
    found = files_of(folder)
    ended, value, step = found["metrics/loss.by_well.difference.high"].split()
    assert (float(value), step) == (-0.05, "0")
    assert len(ended) == 13
    assert {name for name in found if name.startswith("metrics/loss.by_time")} == set()
    assert found["metrics/loss.outlines_of_depth.challenger"].split()[1] == "0.5"
    assert found["tags/gate not forgotten"] == "stopped loss +0.5"
    assert found["tags/stage"] == registry.REFUSED
    assert found["params/seed"] == "7"
    assert found[f"artifacts/{MODEL}"] == "model"
    about = dict(line.split(": ", 1) for line in found["meta.yaml"].splitlines())
    assert json.loads(about["user_id"]) == "Служба ИТ"
    assert about["status"] == str(mlflow_files.FAILED), "a gate has stopped it"
    assert about["start_time"] == "1795834800000"
    assert json.loads(about["artifact_uri"]).startswith("file:///")


def test_the_same_run_again_is_the_same_run_and_what_was_not_judged_again_is_gone(
    loop: Loop, tmp_path: Path
) -> None:
    folder = tmp_path / "mlruns"
    mlflow_files.export(loop, folder)
    before = files_of(folder)
    (path,) = (loop.folder / "runs").glob(f"*/{RUN}")
    path.write_text(json.dumps({**TOLD, "judged": {"brier": 0.5}}), encoding="utf-8")
    mlflow_files.export(loop, folder)
    now = files_of(folder)
    assert [name for name in now if name.startswith("metrics/")] == ["metrics/brier"]
    assert now["params/set"] == before["params/set"]
    assert len(list(folder.glob("*/*/meta.yaml"))) == 1


def test_a_folder_that_cannot_be_written_is_told(loop: Loop, tmp_path: Path) -> None:
    (tmp_path / "mlruns").write_text("a file", encoding="utf-8")
    with pytest.raises(KnownError, match="file_not_written"):
        mlflow_files.export(loop, tmp_path / "mlruns")
