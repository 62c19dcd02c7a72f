"""A network over curves at the centre: made by PyTorch in a process of its own that is believed in nothing,
taught on by a site's labels, judged and stopped like any other.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from app.analysis import examples
from app.analysis.cards.outline import OUTLINE_SIZE, SURFACE_SIZE
from app.analysis.curve_network import CurveNetwork
from app.analysis.model_file import read
from app.analysis.model_places import own_place
from app.analysis.ranker import stored_ranker
from app.core.errors import KnownError
from app.core.plain import object_in
from app.models.values import part_of, rows_of
from central.learning import augmented, outline_part, outlines, preparing, sets, simulated, steps
from central.learning.deep import of_simulator, teaching
from central.learning.labels import Gathered, Label
from central.learning.runs import MODEL, Loop
from central.learning.simulated import Outlines
from tests.central.a_site import NOW, Site
from tests.central.learning.curved import CODES, drawn
from tests.central.learning.test_outlines import drawn as of_library

ROWS = np.random.default_rng(1).normal(0, 1, (24, OUTLINE_SIZE))
TRUTH = np.arange(24) % len(CODES)
KEPT = np.arange(24) % 8 == 0


def a_python(tmp_path: Path, does: str) -> str:
    """In PyTorch's place: it is called as the real one and does what a test wants."""
    path = tmp_path / "python"
    path.write_text(
        f"#!{sys.executable}\nimport sys\nimport numpy as np\ntask, made = sys.argv[3:5]\n{does}\n"
    )
    path.chmod(0o755)
    return str(path)


def made_by(network: CurveNetwork, tmp_path: Path) -> str:
    kept = ("mean", "scale", "curves", "rest")
    arrays = {key.removeprefix("surface."): one for key, one in teaching.arrays_of(network).items()}
    np.savez(tmp_path / "given.npz", **{key: one for key, one in arrays.items() if key not in kept})
    return f"open(made, 'wb').write(open({str(tmp_path / 'given.npz')!r}, 'rb').read())"


def deaf() -> CurveNetwork:
    """Every card is the first of all conditions, and surely."""
    network = drawn()
    *before, (weights, bias) = network.layers[0]
    return replace(network, layers=((*before, (weights, bias + 30 * np.eye(len(bias))[0])),))


def taught() -> CurveNetwork:
    return teaching.taught(ROWS, TRUTH, KEPT, len(CODES), 7)


def test_without_pytorch_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for told in ("", "/nowhere/python"):
        monkeypatch.setenv(teaching.PYTHON, told)
        with pytest.raises(KnownError, match="learning_no_torch"):
            taught()


def test_what_the_process_made_is_asked_with_the_scales_of_what_taught_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(teaching.PYTHON, a_python(tmp_path, made_by(drawn(), tmp_path)))
    network = taught()
    assert np.allclose(network.mean[:SURFACE_SIZE], ROWS[~KEPT][:, :SURFACE_SIZE].mean(axis=0))
    for curve in network.curves:
        assert np.ptp(network.scale[curve]) == 0, "a filter knows no place"
    assert network.chances(ROWS).shape == (24, len(CODES))


FAILS = {
    "learning_torch_failed": "sys.exit('CUDA went out for lunch')",
    "model_foreign": "np.savez(made, **{'0.0.weights': np.zeros((3, 3)), '0.0.bias': np.zeros(3)})",
}


@pytest.mark.parametrize("code", FAILS)
def test_a_process_that_fails_or_makes_something_else_is_told_and_not_believed(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(teaching.PYTHON, a_python(tmp_path, FAILS[code]))
    with pytest.raises(KnownError, match=code) as told:
        taught()
    assert code != "learning_torch_failed" or "lunch" in str(told.value.details["reason"])


def test_cards_of_wells_that_were_kept_back_lie_within_the_region_and_what_is_like_none_beyond_it() -> None:
    network, rng = drawn(), np.random.default_rng(2)
    wells = np.repeat(np.arange(100), 9)
    alike = rng.normal(0, 1, (900, OUTLINE_SIZE)) * 0.1 + rng.normal(0, 1, OUTLINE_SIZE)
    region = of_simulator.region_of(network, alike, wells, 5)
    other = alike.mean(axis=0) + rng.normal(0, 1, (200, OUTLINE_SIZE)) * 0.1
    inside = region.inside(network.inner(other))
    assert (inside > 0).mean() > 0.9
    assert (inside == 1).mean() > 0.75
    assert region.inside(network.inner(rng.normal(0, 3, (20, OUTLINE_SIZE)))).max() == 0


# ---- a site's labels --------------------------------------------------------------------------------------


def with_curves(labels: list[Label]) -> list[Label]:
    """The same cards as those of `test_outlines`, drawn along their curves as well."""
    by_code = {
        code: np.random.default_rng(n).normal(0.5, 0.3, OUTLINE_SIZE - SURFACE_SIZE)
        for n, code in enumerate(sorted({one.code for one in labels}))
    }
    rng = np.random.default_rng(8)
    return [
        replace(one, curves=tuple(by_code[one.code] + rng.normal(0, 0.2, OUTLINE_SIZE - SURFACE_SIZE)))
        for one in labels
    ]


BEFORE_CURVES = "c387846113758058967992bfe9c80e0754e220334a7c7bae669d171e92c00e5d"
"""Digest of these labels by the program that knew no curves."""


def test_curves_go_with_their_set_and_a_set_from_before_them_is_the_same_set(tmp_path: Path) -> None:
    old, _ = sets.made(of_library(30))
    new, _ = sets.made(with_curves(of_library(30)))
    assert old.digest == BEFORE_CURVES != new.digest
    again, _ = sets.read(sets.write(tmp_path, new, "IT", NOW, {}))
    assert np.array_equal(again.rows, new.rows)
    folder = sets.write(tmp_path, old, "IT", NOW, {})
    without = pq.read_table(folder / sets.ROWS).drop_columns(["curves"])
    pq.write_table(without, folder / sets.ROWS)
    manifest = object_in((folder / sets.MANIFEST).read_bytes())
    manifest["file_sha256"] = hashlib.sha256((folder / sets.ROWS).read_bytes()).hexdigest()
    (folder / sets.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    again, _ = sets.read(folder)
    assert again.labels == old.labels
    assert np.isnan(again.rows[:, SURFACE_SIZE:]).all()


def test_a_site_teaches_the_layers_on_and_leaves_the_filters() -> None:
    champion = replace(stored_ranker(own_place("card_ranker")), surface_model=drawn())
    own = outlines.known_of(sets.made(with_curves(of_library()))[0], CODES)
    again = Outlines(ROWS, tuple(CODES[n] for n in TRUTH), np.arange(24), ((),) * 24)
    made = outlines.taught_on(champion.surface_model, CODES, own, again, 7)
    assert isinstance(made, CurveNetwork)
    before = outlines.losses_of(champion, own).mean()
    assert outlines.losses_of(replace(champion, surface_model=made), own).mean() < before - 0.3
    for was, now in zip(drawn().filters[0], made.filters[0], strict=True):
        assert np.array_equal(was[0], now[0])


@pytest.fixture
def few_simulated(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    shown = Outlines(ROWS, tuple(CODES[n] for n in TRUTH), np.arange(24), ((), ("depth",)) * 12)
    monkeypatch.setattr(simulated, "outlines", lambda *_: shown)
    outline_part._simulated.cache_clear()
    yield
    outline_part._simulated.cache_clear()


@pytest.mark.usefixtures("few_simulated")
def test_labels_without_curves_judge_neither_of_two_where_one_looks_at_them() -> None:
    champion = stored_ranker(own_place("card_ranker"))
    deep = replace(champion, surface_model=drawn())
    mixed, _ = sets.made([*of_library(40), *with_curves(of_library(100, seed=2))])
    both = len(outlines.known_of(mixed, CODES))
    assert 0 < outline_part.judged(champion, deep, mixed, 7)["cards"] < both  # type: ignore[operator]
    assert outline_part.judged(champion, champion, mixed, 7)["cards"] == both


@pytest.mark.slow
@pytest.mark.usefixtures("few_simulated")
def test_a_deep_challenger_that_is_worse_is_stopped_by_its_gates_and_has_a_name_of_its_own(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = with_curves(of_library(210))
    monkeypatch.setattr(preparing, "gathered", lambda *_: Gathered(tuple(few), {}))
    monkeypatch.setattr(outlines, "STEPS", 0)
    monkeypatch.setenv(teaching.PYTHON, a_python(tmp_path, made_by(deaf(), tmp_path)))
    own = tmp_path / "centre"
    loop = Loop(site.engine, own / "learning", own / "models", own / "model-keys", "IT", lambda: NOW, 7)
    steps.prepare(loop)
    steps.validate(loop)
    told = steps.train(loop, deep=True)
    assert str(told["version"]).endswith("-deep")
    assert part_of(told, "outlines")["deep"]
    made = stored_ranker(loop.run() / MODEL)
    assert isinstance(made.surface_model, CurveNetwork)
    assert made.surface_region is not None
    steps.evaluate(loop)
    with pytest.raises(KnownError, match="gate_stopped"):
        steps.gate(loop)
    gates = {one["gate"]: one["passed"] for one in rows_of(steps.told_of(loop.run()), "gates")}
    assert not gates["better by outline"]
    assert "PyTorch" in (loop.run() / "model-card.en.md").read_text(encoding="utf-8")


# ---- drawn by others --------------------------------------------------------------------------------------


def test_copies_show_the_same_stroke_and_the_same_seed_makes_the_same() -> None:
    analysis = examples.card(0.5)
    first, again = (augmented.copies(analysis, np.random.default_rng(4)) for _ in range(2))
    assert len(first) == augmented.COPIES
    sizes = {len(one.clean.load_n) for one in first}
    assert len(sizes) > 1, "other points"
    for one, same in zip(first, again, strict=True):
        assert np.array_equal(one.clean.load_n, same.clean.load_n)
        assert one.clean.load_n.min() > 0
        assert np.isfinite(one.clean.load_n).all()


def test_the_file_says_nothing_of_the_network_before() -> None:
    file = read(own_place("card_ranker"))
    made = of_simulator.put_into(file, drawn(), of_simulator.region_of(drawn(), ROWS, np.arange(24), 1))
    assert "surface.4.0.weights" in file.arrays
    assert "surface.4.0.weights" not in made.arrays
    assert np.array_equal(made.arrays["cards.0.0.weights"], file.arrays["cards.0.0.weights"])
