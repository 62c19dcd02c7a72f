"""Runs of the loop as MLflow's own files (`mlruns`), for a site that has one: `mlflow ui`, or a server over
the same folder, shows them beside others. MLflow itself is not needed.

    mlruns/<experiment>/meta.yaml
    mlruns/<experiment>/<run>/meta.yaml, params/NAME, metrics/NAME, tags/NAME, artifacts/

The same run exported again is the same run: its number is made of its folder's name.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from app.core.clock import parse_time
from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.plain import Json, JsonObject
from app.models.values import is_number, list_of, part_of, rows_of, text_of
from central.learning.runs import LOCK, MODEL, RUN, RUNS, Loop, told_of
from central.stores import registry
from central.stores.engine import reading

SHARED = 0o640
FINISHED, FAILED, LOCAL = 3, 4, 4
"""Of MLflow: how a run ended, and that it came from a file of one's own."""

PARAMS = ("set", "champion", "champion_sha256", "seed", "program", "numpy", "lock_sha256", "sha256")


def export(loop: Loop, folder: Path) -> int:
    """All runs of the loop into `folder`; returns how many. Raises KnownError (file_not_written)."""
    runs = sorted((loop.folder / RUNS).glob(f"*/{RUN}"))
    with reading(loop.engine) as connection:
        stages = {one.version: one.stage for one in registry.every(connection)}
    try:
        for path in runs:
            _run(path.parent, folder, stages)
    except OSError as error:
        raise KnownError("file_not_written", file=str(folder), reason=str(error)) from error
    return len(runs)


def _run(own: Path, folder: Path, stages: dict[str, str]) -> None:
    told = told_of(own)
    name = text_of(told, "name")
    of_name, number = _number(name)[:18], _number(own.name)[:32]
    place = folder / of_name / number
    ended = int((own / RUN).stat().st_mtime * 1000)
    began = _milliseconds(parse_time(text_of(part_of(told, "of_set"), "made_at")), ended)
    if not (folder / of_name / "meta.yaml").exists():
        about: JsonObject = {
            "artifact_location": (folder / of_name).resolve().as_uri(),
            "creation_time": began,
            "experiment_id": of_name,
            "last_update_time": began,
            "lifecycle_stage": "active",
            "name": f"wellside {name}",
        }
        _write(folder / of_name / "meta.yaml", _yaml(about))
    gates = rows_of(told, "gates")
    run: JsonObject = {
        "artifact_uri": (place / "artifacts").resolve().as_uri(),
        "end_time": ended,
        "entry_point_name": "",
        "experiment_id": of_name,
        "lifecycle_stage": "active",
        "run_id": number,
        "run_name": text_of(told, "version") or own.name,
        "run_uuid": number,
        "source_name": "",
        "source_type": LOCAL,
        "source_version": "",
        "start_time": began,
        "status": FINISHED if all(one["passed"] for one in gates) else FAILED,
        "tags": [],
        "user_id": text_of(part_of(told, "of_set"), "by"),
    }
    _write(place / "meta.yaml", _yaml(run))
    for key in PARAMS:
        if key in told:
            _write(place / "params" / key, str(told[key]))
    shutil.rmtree(place / "metrics", ignore_errors=True)  # of a run that was judged anew
    for key, metric in _metrics(told):
        _write(place / "metrics" / key, f"{ended} {metric!r} 0\n")
    tags = {"mlflow.runName": text_of(run, "run_name"), "stage": stages.get(text_of(told, "version"), "")}
    tags |= {f"gate {one['gate']}": _passed(one) for one in gates}
    for key, value in tags.items():
        _write(place / "tags" / key, value)
    kept = place / "artifacts"
    kept.mkdir(parents=True, exist_ok=True)
    for path in (own / RUN, own / LOCK, own / MODEL, *sorted(own.glob("model-card.*.md"))):
        if path.exists():
            shutil.copyfile(path, kept / path.name)


def _metrics(told: JsonObject) -> Iterator[tuple[str, float]]:
    """Log losses with the ends of their intervals, by split and of outlines by family."""
    judged = part_of(told, "judged")
    of_outlines = part_of(judged, "outlines")
    tables = {f"by_{text_of(one, 'by')}": one for one in rows_of(judged, "splits")}
    tables |= {"outlines": of_outlines} if of_outlines else {}
    families = part_of(of_outlines, "families") if of_outlines else {}
    tables |= {f"outlines_of_{family}": part_of(families, family) for family in families}
    for name, table in tables.items():
        for who in ("rules", "champion", "challenger", "difference"):
            ends = list_of(table, who) if who in table else []
            for end, value in zip(("", ".low", ".high"), ends, strict=False):
                if is_number(value):
                    yield f"loss.{name}.{who}{end}", float(value)
    brier = judged.get("brier")
    if is_number(brier):
        yield "brier", float(brier)


def _passed(gate: JsonObject) -> str:
    return f"{'passed' if gate['passed'] else 'stopped'} {gate['why']}".strip()


def _number(name: str) -> str:
    """As MLflow has them: of an experiment decimal, of a run hexadecimal; both are read here as digits."""
    return str(int(hashlib.sha256(name.encode()).hexdigest(), 16))


def _milliseconds(at: datetime | None, otherwise: int) -> int:
    return otherwise if at is None else int(at.timestamp() * 1000)


def _yaml(told: dict[str, Json]) -> str:
    """Every value as JSON writes it, which YAML reads as the same."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode(), mode=SHARED, durable=False)
