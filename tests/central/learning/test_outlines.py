"""Cards of which somebody knows what they show teach the network of outlines: where they earn it, without
forgetting the others, and stopped by gates where they are wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.analysis.cards.outline import OUTLINE_SIZE
from app.analysis.model_file import read
from app.analysis.model_places import own_place
from app.analysis.ranker import Ranker, stored_ranker
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models.values import list_of, part_of
from central.learning import gates, judging, outline_part, outlines, preparing, sets, simulated, steps
from central.learning.labels import DECISION, LIBRARY, Gathered, Label
from central.learning.runs import MODEL, Loop
from central.learning.simulated import Outlines
from tests.central.a_site import NOW, Site
from tests.central.learning.labelled import BEGAN

WELLS, CARDS = 14, 210
CODES = ("gas_interference", "fluid_pound", "full_pump")
CHAMPION = stored_ranker(own_place("card_ranker"))
RNG = np.random.default_rng(3)
DRAWN = {code: RNG.normal(0.5, 0.3, 132) for code in CODES}
"""How a site draws each of them: like no simulated card."""


def drawn(count: int = CARDS, seed: int = 1, source: str = LIBRARY, noise: float = 0.2) -> list[Label]:
    """Of a library whose cards are told apart by how that site draws them."""
    rng = np.random.default_rng(seed)
    return [
        Label(
            f"lib/{n:04d}",
            f"lib/w{n % WELLS}",
            "lib",
            BEGAN,
            code := CODES[n % 3],
            True,
            "lib",
            source,
            tuple(DRAWN[code] + rng.normal(0, noise, 132)),
        )
        for n in range(count)
    ]


def known(labels: list[Label]) -> outlines.Known:
    return outlines.known_of(sets.made(labels)[0], CHAMPION.surface_codes)


@pytest.fixture(autouse=True)
def few_simulated(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the champion says of chance is what has to be kept: a hundred rows stand for simulated wells."""

    def made(wells: int, seed: int) -> Outlines:
        rng = np.random.default_rng(seed)
        seen = CHAMPION.surface_model.mean + CHAMPION.surface_model.scale * rng.normal(0, 1, (120, 132))
        rows = np.hstack((seen, np.zeros((120, OUTLINE_SIZE - 132))))
        places = CHAMPION.outline_chances(rows).argmax(axis=1)
        codes = tuple(CHAMPION.surface_codes[place] for place in places)
        return Outlines(rows, codes, np.arange(120) % 12, ((), ("depth",)) * 60)

    monkeypatch.setattr(simulated, "outlines", made)
    monkeypatch.setattr(outlines, "STEPS", 60)
    monkeypatch.setattr(outlines, "PACE", 3e-3)
    outline_part._simulated.cache_clear()
    yield
    outline_part._simulated.cache_clear()


def test_the_slopes_are_those_of_the_loss() -> None:
    weights = [part.copy() for layer in CHAMPION.surface_model.voters[0] for part in layer]
    rows, truth = RNG.normal(0, 1, (7, 132)), np.arange(7) % 5
    slopes = outlines._slopes(weights, rows, truth)

    def loss() -> float:
        layers = tuple(zip(weights[::2], weights[1::2], strict=True))
        model = replace(CHAMPION.surface_model, mean=np.zeros(132), scale=np.ones(132), voters=(layers,))
        return float(-np.log(model.chances(rows)[np.arange(7), truth]).mean())

    for part, slope in zip(weights, slopes, strict=True):
        place = np.unravel_index(int(np.argmax(np.abs(slope))), slope.shape)
        before, step = part[place], 1e-6
        part[place] = before + step
        more = loss()
        part[place] = before - step
        less = loss()
        part[place] = before
        assert slope[place] == pytest.approx((more - less) / (2 * step), rel=1e-3)


def test_only_what_somebody_knows_teaches_and_a_card_of_two_names_does_not() -> None:
    labels = drawn(30)
    twice = replace(labels[0], id="lib/again", code=CODES[1], author="other")
    decided = replace(drawn(31, source=DECISION)[30], id="d")
    rejected = replace(drawn(32)[31], id="r", holds=False)
    found = known([*labels, twice, decided, rejected])
    assert len(found) == 29
    assert {one.source for one in found.rows.labels} == {LIBRARY}
    assert not outlines.enough(found), "too few to teach"
    assert outlines.enough(known(drawn()))


def test_labels_that_earn_it_change_the_network_and_the_same_ones_the_same_way() -> None:
    file = read(own_place("card_ranker"))
    labels, _ = sets.made(drawn())
    made, told = outline_part.taught(CHAMPION, file, labels, 7)
    assert told["taught"]
    assert list_of(told, "earned")[2] < 0
    assert not np.array_equal(made.arrays["surface.0.0.weights"], file.arrays["surface.0.0.weights"])
    assert np.array_equal(made.arrays["cards.0.0.weights"], file.arrays["cards.0.0.weights"])
    again, _ = outline_part.taught(CHAMPION, file, labels, 7)
    assert all(np.array_equal(made.arrays[name], again.arrays[name]) for name in made.arrays)


def test_names_of_chance_are_told_by_cards_that_look_alike() -> None:
    codes = np.random.default_rng(5).permutation([one.code for one in drawn()])
    alike = drawn(noise=0.02)
    shuffled = known([replace(one, code=str(code)) for one, code in zip(alike, codes, strict=True)])
    twice, against = outline_part.contradicting(shuffled)
    assert twice == CARDS
    assert not gates.agreed("labels", twice, against).passed
    assert outline_part.contradicting(known(alike)) == (CARDS, 0)


def worse(model: Ranker) -> Ranker:
    """Deaf: every card is anything."""
    network = model.surface_model
    voters = tuple(tuple((w * 0, b * 0) for w, b in layers) for layers in network.voters)
    return replace(model, surface_model=replace(network, voters=voters))


def test_a_network_that_forgot_what_simulated_wells_taught_is_stopped_and_so_are_labels_that_contradict() -> (
    None
):
    labels, _ = sets.made(drawn())
    told: JsonObject = {"twice": 100, "against": 60}
    found = {one.name: one for one in outline_part.gated(CHAMPION, worse(CHAMPION), labels, told, 7)}
    assert set(found) == set(outline_part.GATES)
    assert not found["not forgotten"].passed
    assert not found["labels of outlines"].passed
    kept = outline_part.gated(CHAMPION, CHAMPION, labels, {"twice": 100, "against": 3}, 7)
    passed = {one.name: one.passed for one in kept}
    assert passed == {
        "labels of outlines": True,
        "better by outline": False,
        "safety by outline": True,
        "not forgotten": True,
    }


def test_a_decision_curve_is_that_of_acting_always_for_who_always_acts_and_nothing_for_who_never_does() -> (
    None
):
    holds = np.arange(100) % 4 == 0
    for at, own, always in judging.decision_curve(np.ones(100), holds):
        assert own == always == pytest.approx(0.25 - 0.75 * at / (1 - at))
    assert {own for _, own, _ in judging.decision_curve(np.zeros(100), holds)} == {0.0}
    perfect = judging.decision_curve(holds.astype(float), holds)
    assert {own for _, own, _ in perfect} == {0.25}


@pytest.mark.slow
def test_a_library_alone_makes_a_challenger_that_passes_its_own_gates_and_is_signed(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "gathered", lambda *_: Gathered(tuple(drawn()), {}))
    own = tmp_path / "centre"
    loop = Loop(site.engine, own / "learning", own / "models", own / "model-keys", "IT", lambda: NOW, 7)
    told = steps.prepare(loop)
    for step in steps.STEPS.values():
        told = step(loop)
    assert told["published"] == told["version"]
    assert told["moved"] == []
    judged = part_of(part_of(told, "judged"), "outlines")
    before, now = list_of(judged, "first")
    assert now > before + 0.3, "on wells that taught nothing"
    assert set(part_of(judged, "families")) == {"all", "depth"}
    made = stored_ranker(loop.run() / MODEL)
    assert np.array_equal(made.weights, CHAMPION.weights)
    for language, word in (("en", "Likely groups"), ("ru", "Вероятные группы")):
        card = (loop.run() / f"model-card.{language}.md").read_text(encoding="utf-8")
        assert word in card
        assert "depth" in card
    assert json.dumps(told)


def test_what_learns_nothing_is_still_stopped(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [replace(one, code="full_pump") for one in drawn()]
    monkeypatch.setattr(preparing, "gathered", lambda *_: Gathered(tuple(few), {}))
    own = tmp_path / "centre"
    loop = Loop(site.engine, own / "learning", own / "models", own / "model-keys", "IT", lambda: NOW, 7)
    steps.prepare(loop)
    steps.validate(loop)
    assert not part_of(steps.train(loop), "outlines")["taught"]
    steps.evaluate(loop)
    with pytest.raises(KnownError, match="gate_stopped"):
        steps.gate(loop)
    assert gates.FEWEST_JUDGED > 0
