"""The loop, a function a step: prepare → validate → train → evaluate → gate → publish → observe.

Each reads what the one before left in the run's folder and leaves its own there; a command, a timer and a
test call the same. What a gate stops is no failure of the loop: the champion goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import numpy as np

from app.analysis.model_file import read as read_model
from app.analysis.ranker import Ranker, stored_ranker
from app.core.clock import iso
from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.plain import Json, JsonObject
from app.core.version import installed_packages, program_version
from app.models.values import count_of, list_of, part_of, rows_of, text_of, texts_of
from central import outbox
from central.learning import (
    drift,
    gates,
    judging,
    leaks,
    model_cards,
    outline_part,
    preparing,
    publishing,
    sets,
    training,
)
from central.learning.judging import Split
from central.learning.label_rules import read_rules
from central.learning.runs import LOCK, MODEL, NAME, Loop, note, through, told_of
from central.learning.sets import TrainingSet
from central.stores import models, observed, registry
from central.stores.engine import changing


def prepare(loop: Loop, rules: Path | None = None, libraries: Sequence[Path] = ()) -> JsonObject:
    """A training set, and a run that begins with it. Raises KnownError (label_rules_wrong, library_…)."""
    made = preparing.prepare(loop.engine, loop.folder, loop.by, loop.clock(), rules, libraries)
    path, sha256 = loop.champion()
    _, manifest = sets.read(made)
    packages = "\n".join(installed_packages()).encode()
    told: JsonObject = {
        "name": NAME,
        "set": manifest["set"],
        "of_set": manifest,
        "champion": stored_ranker(path).version,
        "champion_sha256": sha256,
        "seed": loop.seed,
        "program": program_version(),
        "numpy": np.__version__,
        "lock_sha256": hashlib.sha256(packages).hexdigest(),
        "allowed_leaks": list(read_rules(rules).allowed_leaks),
    }
    write_atomically(loop.begin(told) / LOCK, packages)
    return told


def validate(loop: Loop) -> JsonObject:
    """Gates schema, leak, labels, drift. Raises KnownError (gate_stopped)."""
    run, told, known = _at(loop)
    path, champion = loop.champion_of(told)
    which, said = training.said(champion, known)
    return through(
        run,
        told,
        [
            gates.schema(known, part_of(told, "of_set")),
            gates.leak(leaks.hunted(known), texts_of(told, "allowed_leaks")),
            gates.labels(known, which, said),
            gates.moved(drift.of_sets(_taught(loop, path), known)),
        ],
    )


def train(loop: Loop, deep: bool = False) -> JsonObject:
    """The challenger, by the wells that do not judge it; `deep`: with a network over curves, by PyTorch.
    Raises KnownError (gate_stopped: validate first; learning_no_torch, learning_torch_failed).
    """
    run, told, known = _at(loop)
    _passed(told, ("schema", "leak", "labels", "drift"))
    path, champion = loop.champion_of(told)
    seed = count_of(told, "seed")
    split = judging.by_well(known.wells, known.alike, seed)
    version = (
        f"site-{text_of(told, 'set')[:8]}-{text_of(told, 'champion_sha256')[:6]}{'-deep' if deep else ''}"
    )
    about: dict[str, Json] = {
        "version": version,
        "taught_by": text_of(told, "set"),
        "made_of": champion.version,
        "seed": told["seed"],
    }
    of_split = known.only(split.taught)
    file, by_outline = outline_part.taught(champion, read_model(path), of_split, seed, deep)
    content = training.challenger(champion, file, of_split, about)
    write_atomically(run / MODEL, content)
    made = stored_ranker(run / MODEL)
    moved = [
        code
        for code, was, now in zip(champion.codes, champion.weights, made.weights, strict=True)
        if not np.array_equal(was, now)
    ]
    wanted = [
        *(("better", "safety") if moved or not by_outline["taught"] else ()),
        *(outline_part.GATES if by_outline["taught"] else ()),
    ]
    return note(
        run,
        told,
        version=version,
        sha256=hashlib.sha256(content).hexdigest(),
        moved=moved,
        outlines=by_outline,
        wanted=wanted,
    )


def evaluate(loop: Loop) -> JsonObject:
    """Champion and challenger on the same rows that taught neither, rules alone beside them; the same by
    look-alikes and by time with challengers of those splits. Raises KnownError (learning_no_run).
    """
    run, told, known = _at(loop)
    path, champion = loop.champion_of(told)
    seed = count_of(told, "seed")
    made = _challenger(run, told)
    split = judging.by_well(known.wells, known.alike, seed)
    judged = known.only(split.judged)
    which, said = training.said(made, judged)
    holds = judged.holds[which]
    splits: list[Json] = [_judged(champion, made, known, split, seed)]
    file = read_model(path)
    for other in (judging.by_group(known.alike, seed), judging.by_time(known.at_us, known.alike)):
        if other.judged.any() and other.taught.any():
            content = training.challenger(champion, file, known.only(other.taught), {})
            write_atomically(run / f"{other.by}.npz", content)
            splits.append(_judged(champion, stored_ranker(run / f"{other.by}.npz"), known, other, seed))
    return note(
        run,
        told,
        judged={
            "labels": int(which.sum()),
            "dropped": split.dropped,
            "splits": splits,
            **judging.curves(said, holds),
            "brier": round(float(judging.brier(said, holds).mean()), 4) if len(said) else None,
            "outlines": outline_part.judged(champion, made, judged, seed),
            "confusion": _confusion(judged.only(which), said),
        },
    )


def gate(loop: Loop) -> JsonObject:
    """Gates of all that has moved (`wanted`), by the rows of `evaluate`. What is stopped is written down as
    refused. Raises KnownError (gate_stopped).
    """
    run, told, known = _at(loop)
    _, champion = loop.champion_of(told)
    seed = count_of(told, "seed")
    judged = known.only(judging.by_well(known.wells, known.alike, seed).judged)
    which, before = training.said(champion, judged)
    made = _challenger(run, told)
    _, now = training.said(made, judged)
    rows = judged.only(which)
    was, is_ = judging.losses(before, rows.holds), judging.losses(now, rows.holds)
    found = [gates.better(was, is_, rows.wells, seed), gates.safety(rows, was, is_, seed)]
    by_outline = part_of(told, "outlines")
    if by_outline.get("taught"):
        found += outline_part.gated(champion, made, judged, by_outline, seed)
    found = [one for one in found if one.name in _wanted(told)]
    stage = registry.CHALLENGER
    try:
        told = through(run, told, found)
    except KnownError:
        stage = registry.REFUSED
        raise
    finally:
        told = told_of(run)
        for language in model_cards.WORDS:
            text = model_cards.card(language, told)
            write_atomically(run / f"model-card.{language}.md", text.encode())
        with changing(loop.engine) as connection:
            version = text_of(told, "version")
            registry.stage(connection, NAME, version, stage, loop.by, loop.clock(), told)
    return told


def _wanted(told: JsonObject) -> Sequence[str]:
    """The gates that a run must pass; one that an older version trained names none, and moved no outlines."""
    return texts_of(told, "wanted") or ("better", "safety")


def publish(loop: Loop) -> JsonObject:
    """Signed, and offered to laptops as the champion. Raises KnownError (gate_stopped)."""
    run, told, _ = _at(loop)
    _passed(told, _wanted(told))
    content, version = (run / MODEL).read_bytes(), text_of(told, "version")
    _challenger(run, told)
    with changing(loop.engine) as connection:
        models.add(connection, NAME, version, ".npz", content, loop.clock())
        registry.stage(connection, NAME, version, registry.CHAMPION, loop.by, loop.clock(), told)
    publishing.offer(loop)
    return note(run, told, published=version)


def observe(loop: Loop) -> JsonObject:
    """Signatures renewed before they expire, and what the champion is worth: on all labels, and on those that
    did not teach it.
    """
    publishing.renew(loop)
    run, told, known = _at(loop)
    path, _ = loop.champion()
    champion, taught = stored_ranker(path), _taught(loop, path)
    moved = drift.of_sets(taught, known)
    seen: JsonObject = {
        "model": champion.version,
        **_worth(champion, known, loop.seed),
        "untaught": _worth(champion, known.only(~_teaching(taught, path, known)), loop.seed),
        "drift": gates.moved(moved).why,
    }
    told = note(run, told, observed=seen)
    _kept(loop, champion.version, seen, moved)
    return told


def _kept(loop: Loop, version: str, seen: JsonObject, moved: dict[str, float] | None) -> None:
    """For Prometheus by the database, and as series of no well in ClickHouse."""
    loss = list_of(part_of(seen, "untaught"), "loss")
    figures: JsonObject = {"model": version, "drift": moved or {}, "loss": loss[0] if loss else None}
    now = loop.clock()
    quantities = {f"model_drift_{name}": value for name, value in (moved or {}).items()}
    if loss:
        quantities["model_loss"] = cast(float, loss[0])
    rows = [
        outbox.figure(outbox.NO_WELL, now, quantity, now, value, version)
        for quantity, value in quantities.items()
    ]
    with changing(loop.engine) as connection:
        observed.keep(connection, NAME, now, figures)
        if rows:
            outbox.series(connection, f"{NAME}/{version}/{iso(now)}", rows)


STEPS: dict[str, Callable[[Loop], JsonObject]] = {
    "validate": validate,
    "train": train,
    "evaluate": evaluate,
    "gate": gate,
    "publish": publish,
    "observe": observe,
}
"""After `prepare`, in their order."""


def _at(loop: Loop) -> tuple[Path, JsonObject, TrainingSet]:
    run = loop.run()
    told = told_of(run)
    known, _ = sets.read(loop.set_of(told))
    return run, told, known


def _challenger(run: Path, told: JsonObject) -> Ranker:
    """Raises KnownError (learning_no_run, model_foreign): the bytes that were trained, and no others."""
    try:
        content = (run / MODEL).read_bytes()
    except OSError as error:
        raise KnownError("learning_no_run") from error
    if hashlib.sha256(content).hexdigest() != told.get("sha256"):
        raise KnownError("model_foreign", file=MODEL, reason="sha256")
    return stored_ranker(run / MODEL)


def _passed(told: JsonObject, names: Sequence[str]) -> None:
    passed = {text_of(one, "gate") for one in rows_of(told, "gates") if one["passed"]}
    for name in names:
        if name not in passed:
            raise KnownError("gate_stopped", gate=name, why="not passed")


def _taught(loop: Loop, champion: Path) -> TrainingSet | None:
    """What taught the champion, where a set of the site did."""
    taught_by = read_model(champion).about.get("taught_by")
    return sets.read(loop.set_of({"set": taught_by}))[0] if isinstance(taught_by, str) else None


def _teaching(taught: TrainingSet | None, champion: Path, known: TrainingSet) -> np.ndarray:
    """Which of these labels taught the champion, out of its set."""
    seed = read_model(champion).about.get("seed")
    if taught is None or not isinstance(seed, int):
        return np.zeros(len(known), bool)
    part = judging.by_well(taught.wells, taught.alike, seed).taught
    ids = {one.id for one in taught.only(part).labels}
    return np.array([one.id in ids for one in known.labels], bool)


def _worth(model: Ranker, known: TrainingSet, seed: int) -> JsonObject:
    which, said = training.said(model, known)
    loss = judging.losses(said, known.holds[which])
    told = judging.interval(loss, known.only(which).wells, seed).told() if len(loss) else []
    return {"labels": int(which.sum()), "loss": told}


def _judged(champion: Ranker, made: Ranker, known: TrainingSet, split: Split, seed: int) -> JsonObject:
    part = known.only(split.judged)
    which, before = training.said(champion, part)
    _, now = training.said(made, part)
    rows = part.only(which)
    if not len(rows):
        return {"by": split.by, "labels": 0}
    rules = np.array([one.rule for one in rows.labels], float)
    was, is_, alone = (judging.losses(one, rows.holds) for one in (before, now, rules))
    told = {
        name: judging.interval(values, rows.wells, seed).told()
        for name, values in (
            ("rules", alone),
            ("champion", was),
            ("challenger", is_),
            ("difference", is_ - was),
        )
    }
    return {"by": split.by, "labels": len(rows), **told}


def _confusion(rows: TrainingSet, said: np.ndarray) -> Json:
    """Said from a half on, or not, beside what held: of each condition."""
    truth = [f"{one.code} {'+' if one.holds else '-'}" for one in rows.labels]
    found = judging.confusion(truth, ["said" if one >= 0.5 else "not said" for one in said.tolist()])
    return {key: dict(row) for key, row in found.items()}
