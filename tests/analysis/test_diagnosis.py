"""Findings of cards: the ranker orders what the rules found, is refused when it is foreign, and never knows
too much.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.analysis import diagnosis, model_file, ranker, ranker_bounds
from app.analysis.cards import figures
from app.analysis.cards.outline import VECTOR_NAMES, vector
from app.analysis.diagnosis import diagnose_card
from app.analysis.network import Network
from app.analysis.rules import RULES
from app.analysis.simulate import rod_faults, rod_wells
from app.analysis.simulate.recorder import recorded
from app.core.errors import KnownError
from app.core.paths import resources
from app.core.texts import Speaker
from app.models.cards import WellBore
from app.reports.wording import evidence_line
from tests.analysis.test_cards import CARD, card_of, rod_well
from tools import model_export

SEED = 90210
CARDS = 14


@pytest.fixture(scope="module")
def answers() -> dict[str, list[list[str]]]:
    """Condition → what was found on cards of wells that no training has seen, best first."""
    rng = np.random.default_rng(SEED)
    truths = [(code,) for code in rod_faults.FAULTS for _ in range(CARDS)]
    wells = [rod_wells.draw(rng) for _ in truths]
    made = rod_faults.simulate(truths, wells, rng)
    found: dict[str, list[list[str]]] = {code: [] for code in rod_faults.FAULTS}
    for index, (code,) in enumerate(truths):
        try:
            said = diagnose_card(figures.analyse(recorded(made, index, rng)))
        except KnownError:
            continue  # a record that is refused is not diagnosed
        found[code].append([name for name, _ in said])
    return found


# Share of unseen cards on which the condition is among the first two. What physics hides from a card is asked
# less: leaks of a fifth of the flow leave no mark, and the ranker may no longer see them where no rule does;
# grains and late valves that look like ringing or a drawn curve are left unsaid (docs/DIAGNOSIS.md).
LEAST = {
    "sand": 0.15,
    "both_valves_leak": 0.05,
    "tubing_leak": 0.3,
    "delayed_valve": 0.2,
    "tubing_movement": 0.3,
    "fluid_acceleration": 0.0,
    "worn_barrel": 0.5,
    "plunger_out": 0.5,
    "traveling_valve_leak": 0.4,
    "tagging_up": 0.5,
    "tagging_down": 0.6,
    "rods_parted": 0.6,
    "flowing": 0.6,
    "gas_lock": 0.6,
}


@pytest.mark.slow
@pytest.mark.parametrize("code", list(rod_faults.FAULTS))
def test_each_condition_of_the_table_is_found_on_wells_never_seen(
    answers: dict[str, list[list[str]]], code: str
) -> None:
    said = answers[code]
    assert len(said) >= CARDS * 0.6
    hits = sum(code in names[:2] for names in said)
    assert hits / len(said) >= LEAST.get(code, 0.7), said


@pytest.mark.slow
def test_healthy_pumps_of_unseen_wells_are_left_in_peace(answers: dict[str, list[list[str]]]) -> None:
    false = [names for names in answers["full_pump"] if names[0] not in ("full_pump", "not_recognised")]
    assert len(false) <= 2, false


def test_two_faults_at_once_are_two_findings() -> None:
    rng = np.random.default_rng(3)
    truths = [("fluid_pound", "tagging_down")] * 10
    made = rod_faults.simulate(truths, [rod_wells.draw(rng) for _ in truths], rng)
    both = 0
    for index in range(10):
        codes = {code for code, _ in diagnose_card(figures.analyse(recorded(made, index, rng)))}
        assert codes & {"fluid_pound", "gas_interference", "tagging_down"}, "one chamber, two names"
        both += {"fluid_pound", "tagging_down"} <= codes
    assert both >= 2


def test_the_shipped_ranker_fits_the_features() -> None:
    known = ranker.ranker()
    assert known is not None
    assert set(known.codes) == set(rod_faults.FAULTS)
    analysis = figures.analyse(CARD)
    case = diagnosis.case_of(analysis)
    assert case.shape is not None
    assert case.loads is not None
    assert len(vector(case.shape, case.loads, analysis)) == len(VECTOR_NAMES)
    assert np.isfinite(vector(case.shape, case.loads, analysis)).all()


def test_the_ranker_orders_but_adds_nothing_and_is_never_quite_sure() -> None:
    card = card_of(rod_well(), fillage=0.5, intake_pressure_pa=0.5e6)
    analysis = figures.analyse(card)
    said = {code for code, _ in diagnosis.asked(diagnosis.case_of(analysis))}
    found = diagnose_card(analysis)
    assert {code for code, _ in found} <= said
    assert all(verdict.confidence <= ranker_bounds.SUREST for _, verdict in found)


def test_a_ranker_of_other_features_or_a_damaged_one_is_refused_and_the_rules_speak(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = model_file.read(resources() / "models" / "card_ranker.npz")
    other = {**file.about, "features": ["other", *file.about["features"][1:]]}
    unknown = {**file.about, "surface_codes": ["planted", *file.about["surface_codes"][1:]]}
    model_export.write_arrays(tmp_path / "other.npz", other, file.arrays)
    model_export.write_arrays(tmp_path / "unknown.npz", unknown, file.arrays)
    (tmp_path / "broken.npz").write_bytes(b"not a model")
    with caplog.at_level(logging.WARNING):
        for name, why in (
            ("other.npz", "model_features"),
            ("unknown.npz", "conditions that nobody knows: planted"),
            ("broken.npz", "model_foreign"),
            ("none.npz", "model_missing"),
        ):
            ranker._loaded.cache_clear()
            assert ranker.ranker(tmp_path / name) is None
            assert why in caplog.messages[-1]
    ranker._loaded.cache_clear()
    assert ranker.ranker() is not None


def test_the_surface_card_alone_names_at_least_two_likely_groups() -> None:
    for condition in ({}, {"fillage": 0.5, "intake_pressure_pa": 0.5e6}, {"traveling_leak": 8e-4}):
        card = replace(card_of(rod_well(), **condition), bore=WellBore())
        found = diagnose_card(figures.analyse(card))
        assert len(found) >= 2
        assert all(verdict.confidence <= 0.5 for _, verdict in found)


def test_noise_shaped_like_no_pump_is_not_recognised_or_soft() -> None:
    """A Lissajous figure on the right rods: nothing in the table looks so."""
    turn = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    position = 1.3 * (1 - np.cos(turn))
    load = 62e3 + 18e3 * np.sin(turn) + 14e3 * np.sin(3 * turn + 0.4) * np.sin(turn)
    found = diagnose_card(figures.analyse(replace(CARD, position_m=position, load_n=load)))
    assert found[0][0] == "not_recognised" or found[0][1].confidence < 0.9


@pytest.mark.parametrize("factor", [1.35, 0.7])
def test_a_light_load_cell_on_a_lifting_pump_is_a_bad_record_not_a_broken_string(factor: float) -> None:
    shift = CARD.load_n.mean() * (factor - 1)
    if factor > 1:
        shift = 60e3
    found = dict(diagnose_card(figures.analyse(replace(CARD, load_n=CARD.load_n + shift))))
    assert "rods_parted" not in found
    assert "sensor_fault" in found


def test_an_unbalanced_unit_is_found_by_its_torque() -> None:
    unit = {
        "geometry": "conventional",
        "api_A_m": 3.2766,
        "api_C_m": 2.8212,
        "api_I_m": 2.8194,
        "api_K_m": 4.459,
        "api_P_m": 3.3528,
        "api_R_m": 1.0668,
        "counterbalance_moment_n_m": 20_000.0,
        "gearbox_rating_n_m": 50_000.0,
    }
    found = dict(diagnose_card(figures.analyse(replace(CARD, bore=replace(CARD.bore, unit=unit)))))
    assert "unit_unbalanced" in found
    assert {item.code for item in found["unit_unbalanced"].evidence} >= {"rod_heavy", "best_moment"}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_condition_has_its_words_in_both_languages(language: str) -> None:
    speaker = Speaker(language)
    codes = {rule.key for rule in RULES} | {"not_recognised"}
    for code in codes:
        assert speaker.has(f"finding.{code}"), code
        assert speaker.has(f"advice.{code}"), code
    rng = np.random.default_rng(4)
    truths = [(code,) for code in rod_faults.FAULTS]
    made = rod_faults.simulate(truths, [rod_wells.draw(rng) for _ in truths], rng)
    for index in range(len(truths)):
        try:
            analysis = figures.analyse(recorded(made, index, rng))
        except KnownError:
            continue
        for code, verdict in diagnosis.asked(diagnosis.case_of(analysis)):
            for item in (*verdict.evidence, *verdict.against):
                assert speaker.has(f"evidence.{item.code}"), item.code
                assert "{" not in evidence_line(item, speaker), (code, item.code)
            for check in verdict.settled_by:
                assert speaker.has(f"check.{check}"), check
        for remark in analysis.remarks:
            assert speaker.has(f"quality.{remark.code}"), remark.code


@pytest.mark.slow
def test_a_batch_of_cards_is_diagnosed_as_each_card_alone_and_asks_the_model_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = ranker.ranker()
    assert known is not None
    rng = np.random.default_rng(8)
    truths = [(code,) for code in rod_faults.FAULTS]
    made = rod_faults.simulate(truths, [rod_wells.draw(rng) for _ in truths], rng)
    analyses = [figures.analyse(recorded(made, index, rng)) for index in range(len(truths))]
    without_rods = replace(CARD, bore=WellBore())
    analyses.insert(3, figures.analyse(without_rods))
    alone = [diagnose_card(analysis) for analysis in analyses]
    asked: list[int] = []
    chances = Network.chances
    of_pump_cards = known.model

    def counted(model: Network, rows: Any) -> Any:
        asked.extend([len(rows)] * (model is of_pump_cards))
        return chances(model, rows)

    monkeypatch.setattr(Network, "chances", counted)
    together = diagnosis.diagnose_cards(analyses)
    assert len(asked) == 1
    for one, of_batch in zip(alone, together, strict=True):
        assert [code for code, _ in one] == [code for code, _ in of_batch]
        assert [v.confidence for _, v in one] == pytest.approx([v.confidence for _, v in of_batch], rel=1e-9)
        assert [(v.evidence, v.settled_by) for _, v in one] == [
            (v.evidence, v.settled_by) for _, v in of_batch
        ]
    assert diagnosis.diagnose_cards([]) == []
