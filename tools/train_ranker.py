"""Trains the card ranker on simulated wells and writes the model and docs/DIAGNOSIS.md. `make train`, about
ten minutes.

Wells are split before anything is learnt: six tenths train, two calibrate, two test. Cards are analysed as
they would come from the field: noise, unknown damping, wrong start and direction, levels and flow tests that
are not always there.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from app.analysis import diagnosis, ranker
from app.analysis.cards.figures import analyse
from app.analysis.cards.outline import VECTOR_NAMES
from app.analysis.ranker_bounds import Region, logit
from app.analysis.rules.base import CardCase
from app.analysis.simulate import rod_faults
from app.core.errors import KnownError
from app.core.paths import resources
from app.models.cards import Card
from central.learning.model_writing import region_named
from central.learning.simulated import drawn
from tools import (
    diagnosis_constants,
    diagnosis_parts,
    diagnosis_report,
    left_out,
    model_export,
    region,
    surface_groups,
)

CODES = tuple(rod_faults.FAULTS)
ODD: tuple[str, ...] = ()
WELLS, CARDS_A_WELL, SEED = 500, 12, 20261126


@dataclass(frozen=True)
class Sample:
    well: int
    truth: tuple[str, ...]
    case: CardCase
    rules: dict[str, float]
    families: tuple[str, ...] = ()


def samples(wells: int, seed: int) -> list[Sample]:
    rng = np.random.default_rng(seed)
    found: list[Sample] = []
    for one in drawn(wells, rng, _truths):
        cards = [(one.card, one.truth)]
        if one.truth == ("full_pump",):
            cards.append((closed_curve(one.card, rng), ODD))
        found += [s for card, shown in cards if (s := _sample(card, one.well, shown, one.families))]
        sys.stderr.write(f"\r{one.well + 1} wells, {len(found)} cards")
    sys.stderr.write("\n")
    return found


def _truths(rng: np.random.Generator) -> list[tuple[str, ...]]:
    """What the cards of one well show: some healthy, some with one fault, some with two."""
    single = [(code,) for code in rng.choice(CODES, CARDS_A_WELL - 4, replace=False)]
    pairs = [rod_faults.TOGETHER[i] for i in rng.choice(len(rod_faults.TOGETHER), 2, replace=False)]
    return [("full_pump",), ("full_pump",), *single, *pairs]


def closed_curve(card: Card, rng: np.random.Generator) -> Card:
    """The same stroke with a load that no pump makes: a closed curve of chance. What looks so has none of the
    conditions.
    """
    n = len(card.load_n)
    turn = 2 * np.pi * np.arange(n) / n + float(rng.uniform(0, 2 * np.pi))
    strengths = rng.normal(0, 0.45, 6) / np.sqrt(np.arange(1, 7))
    wave = np.sin(turn) * float(rng.uniform(0.3, 1.2)) + sum(
        strength * np.sin(k * turn + float(rng.uniform(0, 6.3))) for k, strength in enumerate(strengths, 2)
    )
    swing = 0.35 * float(np.ptp(card.load_n)) * float(rng.uniform(0.6, 1.4))
    return replace(card, load_n=card.load_n.mean() + swing * wave)


def _sample(card: Card, owner: int, truth: tuple[str, ...], families: tuple[str, ...]) -> Sample | None:
    try:
        analysis = analyse(card)
    except KnownError:
        return None  # a record that is refused is not diagnosed
    case = diagnosis.case_of(analysis)
    return Sample(owner, truth, case, {code: v.confidence for code, v in diagnosis.asked(case)}, families)


def rows(part: list[Sample]) -> tuple[Any, Any]:
    x = np.array([ranker.features(s.case, s.rules, CODES) for s in part])
    y = np.array([[code in s.truth for code in CODES] for s in part], int)
    return x, y


def pump_cards() -> Any:
    """The pipeline before it is taught."""
    network = MLPClassifier((96, 48), alpha=1e-3, early_stopping=True, max_iter=80, random_state=1)
    return make_pipeline(StandardScaler(), network)


def weights(model: Any, part: list[Sample]) -> Any:
    """(codes, 3) of the calibration, from wells the model has not seen; each code pulled towards all codes
    together.
    """
    x, _ = rows(part)
    chances = model.predict_proba(x)
    points: dict[str, list[tuple[float, float, bool]]] = {code: [] for code in CODES}
    for sample, row in zip(part, chances, strict=True):
        for code, rule in sample.rules.items():
            if code in points:
                points[code].append((logit(rule), logit(float(row[CODES.index(code)])), code in sample.truth))
    everything = [point for of_code in points.values() for point in of_code]
    common = _logistic(everything)
    result = []
    for code in CODES:
        own = points[code]
        enough = len(own) >= 60 and 10 <= sum(p[2] for p in own) <= len(own) - 10
        result.append(_logistic(own) if enough else common)
    return np.array(result)


def _logistic(points: list[tuple[float, float, bool]]) -> list[float]:
    x = np.array([point[:2] for point in points])
    fitted = LogisticRegression(C=1.0).fit(x, [point[2] for point in points])
    return [float(fitted.intercept_[0]), float(fitted.coef_[0, 0]), float(fitted.coef_[0, 1])]


def taught(train: list[Sample], calibrate: list[Sample]) -> tuple[Any, Any, Region]:
    """(model, calibration, where it was taught) of two parts of the wells."""
    x, y = rows(train)
    model = pump_cards().fit(x, y)
    return model, weights(model, calibrate), region.middles(x[:, : len(VECTOR_NAMES)])


def judged_without(family: str, parts: dict[str, list[Sample]]) -> left_out.Judged:
    """Cards of a family on wells not taught, by a ranker that has seen nothing of the family on any well."""
    without = [[s for s in parts[name] if family not in s.families] for name in ("train", "calibrate")]
    model, fitted, where = taught(*without)
    cards = [s for name in ("calibrate", "test") for s in parts[name] if family in s.families]
    seen, _ = rows(cards)

    def say(part: Any) -> list[left_out.Asked]:
        said = []
        for sample, chances in zip(part, model.predict_proba(seen), strict=True):
            known = [code for code in sample.rules if code in CODES]
            said.append(
                [(code, sample.rules[code], _learnt(sample, code, chances, fitted)) for code in known]
            )
        return said

    return left_out.judged(family, cards, say, left_out.distances(where, seen))


def _learnt(sample: Sample, code: str, chances: Any, fitted: Any) -> float:
    at = CODES.index(code)
    a, b, c = fitted[at]
    return float(1 / (1 + np.exp(-(a + b * logit(sample.rules[code]) + c * logit(float(chances[at]))))))


def main() -> None:
    finish(samples(WELLS, SEED))


def finish(everything: list[Sample]) -> None:
    order = np.random.default_rng(SEED).permutation(WELLS)
    role = {
        int(well): ("train" if rank < 0.6 * WELLS else "calibrate" if rank < 0.8 * WELLS else "test")
        for rank, well in enumerate(order)
    }
    parts = {
        name: [
            s
            for s in everything
            if s.case.shape is not None and s.case.loads is not None and role[s.well] == name
        ]
        for name in ("train", "calibrate", "test")
    }
    outer = [judged_without(family, parts) for family in left_out.FAMILIES]
    model, fitted, where = taught(parts["train"], parts["calibrate"])
    where = region.measured(where, np.concatenate([one.distance for one in outer]))
    surface = surface_groups.trained(
        [(s.case.analysis, s.truth[0]) for s in everything if role[s.well] == "train" and len(s.truth) == 1]
    )
    target = resources() / "models" / "card_ranker.npz"
    target.parent.mkdir(exist_ok=True)
    model_export.write(
        target,
        {"cards": model, "surface": surface},
        {
            "version": f"simulated-{SEED}",
            "features": list(VECTOR_NAMES),
            "codes": list(CODES),
            "surface_codes": [str(code) for code in surface.classes_],
        },
        {"weights": fitted, **region_named("region", where)},
    )
    known = ranker.stored_ranker(target)
    shown = [s for s in everything if role[s.well] == "test" and len(s.truth) == 1]
    diagnosis_parts.put("cards", diagnosis_report.write(known, parts, shown, WELLS, left_out.table(outer)))
    diagnosis_parts.put("constants", diagnosis_constants.write())


if __name__ == "__main__":
    main()
