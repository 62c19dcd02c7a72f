"""The loop of learning: what it publishes, what each gate stops by its name, and the way back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from app.analysis.model_file import read
from app.analysis.ranker import ranker, stored_ranker
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.core.signed_feeds import MODEL_LIST
from app.models.values import rows_of
from central.learning import gates, preparing, publishing, runs, sets, steps
from central.learning import labels as labels_of_centre
from central.learning.label_rules import LabelRules
from central.learning.labels import Gathered, Label
from central.learning.model_writing import written
from central.learning.runs import MODEL, RUN, Loop
from central.metrics import Metrics
from central.stores import observed, registry
from central.stores.engine import reading
from central.stores.tables import OUTBOX
from tests.central.a_site import NOW, Site
from tests.central.learning.labelled import RIGHT, TOO_SURE, copies
from tests.central.learning.labelled import site as labels_of_site

Teach = Callable[[list[Label]], Loop]


@pytest.fixture
def teach(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Teach:
    """A loop whose centre has these labels."""

    def made(labels: list[Label]) -> Loop:
        monkeypatch.setattr(preparing, "gathered", lambda *_: Gathered(tuple(labels), {}))
        own = tmp_path / "centre"
        return Loop(site.engine, own / "learning", own / "models", own / "model-keys", "IT", lambda: NOW, 7)

    return made


def through(loop: Loop, *names: str) -> JsonObject:
    told = steps.prepare(loop)
    for name in names or steps.STEPS:
        told = steps.STEPS[name](loop)
    return told


def offered(loop: Loop) -> JsonObject:
    return json.loads(publishing.feed_of(loop).read(MODEL_LIST) or b"{}")


def test_a_centre_where_nobody_has_decided_anything_yet_is_told_so(teach: Teach) -> None:
    """The first night of a timer ended in the trace of a bug."""
    with pytest.raises(KnownError) as stopped:
        through(teach([]))
    assert stopped.value.code == "gate_stopped"
    assert "0 labels of 0 wells" in str(stopped.value)


def stages(loop: Loop) -> list[tuple[str, str]]:
    with reading(loop.engine) as connection:
        return [(one.version, one.stage) for one in registry.every(connection)]


@pytest.mark.slow
def test_decisions_that_say_the_rules_are_too_sure_become_a_model_that_says_less(teach: Teach) -> None:
    loop = teach(labels_of_site())
    told = through(loop)
    made, shipped = stored_ranker(loop.run() / MODEL), ranker()
    assert shipped is not None
    assert made.confidence(TOO_SURE, 0.8, 0.8) < shipped.confidence(TOO_SURE, 0.8, 0.8) - 0.1
    untaught = made.codes.index("sand")
    assert np.array_equal(made.weights[untaught], shipped.weights[untaught])
    (by_well, *others) = rows_of(told["judged"], "splits")  # type: ignore[arg-type]
    assert by_well["difference"][2] < 0, "better on wells that taught nothing"
    assert {one["by"] for one in others} == {"look_alike", "time"}
    assert stages(loop) == [(told["version"], registry.CHAMPION)]
    (listed,) = offered(loop)["models"]
    assert (listed["version"], listed["file"]) == (told["version"], f"card_ranker-{told['version']}.npz")
    for language, word in (("en", "Limits"), ("ru", "Пределы")):
        card = (loop.run() / f"model-card.{language}.md").read_text(encoding="utf-8")
        assert word in card
        assert TOO_SURE in card


def test_a_run_names_what_it_was_made_with(teach: Teach) -> None:
    loop = teach(labels_of_site())
    told = steps.prepare(loop)
    packages = (loop.run() / runs.LOCK).read_bytes()
    assert told["lock_sha256"] == hashlib.sha256(packages).hexdigest()
    assert f"numpy=={np.__version__}" in packages.decode().splitlines()


@pytest.mark.slow
def test_the_same_labels_and_seed_make_the_same_model_to_the_byte(teach: Teach) -> None:
    loop = teach(labels_of_site())
    through(loop, "validate", "train")
    first = (loop.run() / MODEL).read_bytes()
    (loop.run() / MODEL).unlink()
    through(loop, "validate", "train")
    assert (loop.run() / MODEL).read_bytes() == first


def poisoned_by_flipping(labels: list[Label]) -> list[Label]:
    """The surer the rule, the more was rejected."""
    return [
        replace(one, holds=(n % 10 < 8) == ((one.rule or 0) < 0.65)) if one.code == RIGHT else one
        for n, one in enumerate(labels)
    ]


def poisoned_by_one(labels: list[Label]) -> list[Label]:
    return [
        *labels,
        *copies(labels[:80], "Борис"),
        *[replace(one, holds=not one.holds) for one in copies(labels[:80], "Злой")],
    ]


def leaking(labels: list[Label]) -> list[Label]:
    """A column that was computed with the answer known."""
    return [
        replace(one, outline=(*one.outline[:60], float(one.holds) + n % 3 / 100, *one.outline[61:]))
        for n, one in enumerate(labels)
    ]


@pytest.mark.parametrize(
    ("spoilt", "gate"),
    [
        (poisoned_by_flipping, "labels"),
        (poisoned_by_one, "labels"),
        (leaking, "leak"),
        (lambda labels: labels[:40], "schema"),
        (lambda labels: [replace(one, well="w") for one in labels], "schema"),
    ],
)
def test_a_set_that_must_not_teach_is_stopped_by_a_gate_with_a_name(
    teach: Teach, spoilt: Callable[[list[Label]], list[Label]], gate: str
) -> None:
    loop = teach(spoilt(labels_of_site()))
    with pytest.raises(KnownError, match="gate_stopped") as stopped:
        through(loop, "validate")
    assert stopped.value.details["gate"] == gate
    assert stopped.value.details["why"]
    with pytest.raises(KnownError, match="gate_stopped"):
        steps.train(loop)
    assert stages(loop) == []


@pytest.mark.slow
def test_a_set_of_other_cards_than_those_that_taught_the_champion_is_stopped_by_drift(teach: Teach) -> None:
    through(teach(labels_of_site()))
    other = [replace(one, outline=tuple(x + 1 for x in one.outline)) for one in labels_of_site(seed=3)]
    with pytest.raises(KnownError, match="gate_stopped") as stopped:
        through(teach(other), "validate")
    assert stopped.value.details["gate"] == "drift"


def spoil(loop: Loop, code: str) -> None:
    """The challenger of the run says that this is nearly sure, whatever the rule says."""
    path = loop.run() / MODEL
    made, file = stored_ranker(path), read(path)
    weights = made.weights.copy()
    weights[made.codes.index(code)] = (6.0, 0.0, 0.0)
    content = written(file.about, {**file.arrays, "weights": weights})
    path.write_bytes(content)
    runs.note(loop.run(), runs.told_of(loop.run()), sha256=hashlib.sha256(content).hexdigest())


@pytest.mark.slow
def test_a_worse_challenger_is_stopped_refused_in_the_registry_and_never_offered(teach: Teach) -> None:
    loop = teach(labels_of_site())
    through(loop, "validate", "train")
    spoil(loop, TOO_SURE)
    steps.evaluate(loop)
    with pytest.raises(KnownError, match="gate_stopped") as stopped:
        steps.gate(loop)
    assert stopped.value.details["gate"] == "better"
    assert [stage for _, stage in stages(loop)] == [registry.REFUSED]
    with pytest.raises(KnownError, match="gate_stopped"):
        steps.publish(loop)
    assert offered(loop) == {}


@pytest.mark.slow
def test_a_run_that_an_older_version_trained_is_gated_by_what_that_version_moved(teach: Teach) -> None:
    loop = teach(labels_of_site())
    told = through(loop, "validate", "train")
    older = {name: one for name, one in told.items() if name not in ("outlines", "wanted")}
    (loop.run() / RUN).write_text(json.dumps(older), encoding="utf-8")
    passed = rows_of(steps.gate(loop), "gates")
    assert [one["gate"] for one in passed][-2:] == ["better", "safety"]
    assert steps.publish(loop)["published"] == told["version"]


def test_one_that_is_better_on_the_whole_and_deaf_to_what_breaks_pumps_is_stopped_by_safety() -> None:
    known, _ = sets.made(labels_of_site(400))
    champion = np.full(len(known), 0.5) + np.arange(len(known)) % 3 / 100
    breaks = np.array([one.code == RIGHT and one.holds for one in known.labels])
    challenger = np.where(breaks, champion + 0.1, champion - 0.3)
    assert gates.better(champion, challenger, known.wells, 1).passed
    few = known.wells % 20 % 4
    assert not gates.better(champion, challenger, few, 1).passed, "four wells are no proof"
    stopped = gates.safety(known, champion, challenger, 1)
    assert (stopped.name, stopped.passed, RIGHT in stopped.why) == ("safety", False, True)
    assert gates.safety(known, champion, np.where(breaks, champion + 1e-5, champion), 1).passed


@pytest.mark.slow
def test_a_run_whose_champion_has_changed_or_whose_model_was_exchanged_goes_no_further(teach: Teach) -> None:
    loop = teach(labels_of_site())
    through(loop, "validate", "train", "evaluate")
    good = (loop.run() / MODEL).read_bytes()
    (loop.run() / MODEL).write_bytes(good[:-1])
    with pytest.raises(KnownError, match="model_foreign"):
        steps.gate(loop)
    (loop.run() / MODEL).write_bytes(good)
    told = json.loads((loop.run() / RUN).read_text(encoding="utf-8"))
    (loop.run() / RUN).write_text(json.dumps({**told, "champion_sha256": "00" * 32}), encoding="utf-8")
    with pytest.raises(KnownError, match="learning_champion_changed"):
        steps.gate(loop)


@pytest.mark.slow
def test_the_centre_goes_back_to_the_champion_before_and_then_to_what_ships(teach: Teach) -> None:
    loop = teach(labels_of_site())
    first = through(loop)["version"]
    with reading(loop.engine) as connection:
        manifest = registry.every(connection)[0].manifest
    loop = teach(labels_of_site(seed=5, held=0.95))
    second = through(loop)["version"]
    assert manifest["champion"] == "simulated-20261126"
    assert [one["version"] for one in offered(loop)["models"]] == [second]
    assert publishing.roll_back(loop) == first
    assert [one["version"] for one in offered(loop)["models"]] == [first]
    assert publishing.roll_back(loop) == ""
    assert (offered(loop)["models"], sorted(offered(loop)["taken_back"])) == ([], sorted([first, second]))
    with pytest.raises(KnownError, match="model_no_champion"):
        publishing.roll_back(loop)


@pytest.mark.slow
def test_the_command_tells_each_step_and_ends_with_what_stopped_it(
    site: Site, teach: Teach, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(labels_of_site())
    told = site.command("learn", "run")
    assert [one["step"] for one in told] == list(steps.STEPS)
    observed = told[-1]["observed"]
    assert observed["labels"] > observed["untaught"]["labels"] > 0, "what taught it is not what it is worth"
    assert observed["untaught"]["loss"] != observed["loss"]
    [listed] = site.command("learn", "models")
    assert listed["stage"] == "champion"
    teach(leaking(labels_of_site()))
    site.command("learn", "run")
    assert site.command.complaint.startswith("gate_stopped: The model was stopped by the gate “leak”")
    assert site.command("learn", "back") == [{"name": "card_ranker", "now": ""}]


@pytest.mark.slow
def test_how_far_labels_have_moved_stands_in_the_database_for_prometheus_and_as_series(teach: Teach) -> None:
    loop = teach(labels_of_site())
    told = through(loop)
    with reading(loop.engine) as connection:
        at, figures = observed.every(connection)[runs.NAME]
        waiting = connection.execute(sa.select(OUTBOX.c.content).where(OUTBOX.c.target == "made_series"))
        series = [json.loads(line) for (content,) in waiting for line in bytes(content).splitlines()]
    assert (at, figures["model"]) == (NOW, told["version"])
    assert set(figures["drift"]) == {"share", "index", "ks"}  # type: ignore[arg-type]
    assert figures["drift"]["share"] == 0.0, "the set that taught it"  # type: ignore[index, call-overload]
    assert {row["well_id"] for row in series} == {0}
    assert {row["quantity"] for row in series} >= {"model_drift_share", "model_loss"}
    metrics = Metrics()
    metrics.observed({runs.NAME: (at, figures)}, NOW)
    assert f'wellside_model_drift{{measure="ks",model="{told["version"]}"}} 0.0' in metrics.text().decode()


def test_nothing_is_gathered_from_a_centre_where_nobody_decided(site: Site) -> None:
    with reading(site.engine) as connection:
        assert labels_of_centre.gathered(connection, LabelRules()) == Gathered((), {})
