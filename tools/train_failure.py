"""Trains the failure model on simulated lives and writes the model and its part of docs/DIAGNOSIS.md. `make
train` calls it.

Split by pump and by time: it learns from the past of some pumps and is tested on the future of others. Beside
it stand the naive baselines: the age alone (Weibull) and fixed limits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from app.analysis.forecast.failure import HORIZONS, expanded
from app.analysis.forecast.features import NAMES, VERSION
from app.analysis.forecast.survival import Runs, weibull
from app.analysis.simulate.esp_lives import Lives, simulate
from app.core.paths import resources
from tools import diagnosis_parts, model_export

PUMPS, SEED, CUT_DAY = 3000, 20261124, 900.0


def label(lives: Lives, days: int) -> tuple[np.ndarray, np.ndarray]:
    """(fails within `days`, whether that is known: a pump pulled earlier without failing tells nothing)."""
    fails = lives.fails & (lives.left_days <= days)
    return fails, fails | (lives.left_days > days)


def limits(features: np.ndarray) -> np.ndarray:
    """How many fixed limits a week is beyond: what an engineer's list of alarms says."""
    at = {name: features[:, i] for i, name in enumerate(NAMES)}
    return (
        (at["insulation"] > 1.0).astype(float)
        + (at["motor_rise"] > 15)
        + (at["vibration"] > 0.5)
        + (at["lift_loss"] > 0.15)
        + (at["starts_a_day"] > 2)
        + (at["unbalance"] > 0.05)
    )


def calibrated(model: Any, features: np.ndarray, fails: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A rising curve through ten groups: what was said → how often it was so."""
    said = model.predict_proba(expanded(features))[:, 1]
    groups = np.array_split(np.argsort(said), 12)
    x = np.array([said[group].mean() for group in groups])
    y = np.maximum.accumulate([fails[group].mean() for group in groups])
    return np.r_[0.0, x, 1.0], np.r_[0.0, y, max(float(y[-1]), 0.6)]


def logistic() -> Any:
    """The pipeline of one horizon before it is taught."""
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=2000))


def main() -> None:
    lives = simulate(PUMPS, np.random.default_rng(SEED))
    learns = np.random.default_rng(SEED).random(PUMPS) < 0.6
    train = learns[lives.pump] & (lives.day < CUT_DAY)
    test = ~learns[lives.pump] & (lives.day >= CUT_DAY)
    runs = Runs(lives.run_days[learns], lives.run_failed[learns], np.zeros(int(learns.sum())))
    age = weibull(runs)
    models: dict[str, Any] = {}
    calibration_of: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    rows: list[str] = []
    calibration: list[str] = []
    for days in HORIZONS:
        fails, known = label(lives, days)
        model = logistic()
        kept = lives.pump % 5 == 0  # of the learning pumps, a fifth to calibrate with
        model.fit(expanded(lives.features[train & known & ~kept]), fails[train & known & ~kept])
        name = f"days_{days}"
        models[name] = model
        calibration_of[f"{name}.calibration"] = calibrated(
            model, lives.features[train & known & kept], fails[train & known & kept]
        )
        part = test & known
        truth = fails[part]
        ours = np.interp(
            model.predict_proba(expanded(lives.features[part]))[:, 1],
            *calibration_of[f"{name}.calibration"],
        )
        by_age = np.array([age.fails_within(float(a), days) for a in lives.features[part][:, 0]])
        by_limit = limits(lives.features[part])
        for name, said in (("age alone (Weibull)", by_age), ("limits", by_limit), ("model", ours)):
            brier = "–" if name == "limits" else f"{brier_score_loss(truth, said):.4f}"
            precision, recall, lead = at_alarm_rate(lives, part, said, fails)
            rows.append(
                f"| {days} | {name} | {average_precision_score(truth, said):.2f} | {brier} | "
                f"{precision:.0%} | {recall:.0%} | {lead:.0f} |"
            )
        if days == 30:
            for low, high in ((0, 0.02), (0.02, 0.05), (0.05, 0.1), (0.1, 0.2), (0.2, 0.4), (0.4, 1)):
                inside = (ours >= low) & (ours < high)
                if inside.sum() >= 30:
                    calibration.append(
                        f"| {ours[inside].mean():.3f} | {int(inside.sum())} | {truth[inside].mean():.3f} |"
                    )
    summary = {
        "pumps": PUMPS,
        "weeks": int(train.sum()),
        "failures": int(lives.run_failed.sum()),
        "from": "simulated lives",
        "seed": SEED,
    }
    model_export.write(
        resources() / "models" / "esp_failure.npz",
        models,
        {
            "version": f"simulated-{SEED}",
            "feature_version": VERSION,
            "features": list(NAMES),
            "summary": summary,
        },
        calibration_of,
    )
    diagnosis_parts.put("failure", report(rows, calibration, int(test.sum()), summary))


def at_alarm_rate(
    lives: Lives, part: np.ndarray, said: np.ndarray, fails: np.ndarray
) -> tuple[float, float, float]:
    """One alarm a well and quarter at most: (precision of alarmed weeks, share of failures that were alarmed,
    median lead [days]).
    """
    limit = float(np.quantile(said, 1 - 7 / 90))
    alarmed = said > limit if (said > limit).any() else said >= said.max()
    pumps, left, failing = lives.pump[part], lives.left_days[part], lives.fails[part]
    precision = float(fails[part][alarmed].mean()) if alarmed.any() else 0.0
    failed = np.unique(pumps[failing & (left <= 90)])
    leads = [
        float(left[alarmed & (pumps == pump)].max()) for pump in failed if (alarmed & (pumps == pump)).any()
    ]
    return precision, len(leads) / max(len(failed), 1), float(np.median(leads)) if leads else 0.0


def report(rows: list[str], calibration: list[str], weeks: int, summary: dict[str, Any]) -> str:
    return "\n".join(
        [
            "# Failure of ESP pumps in 7, 30, 90 days",
            "",
            f"Written by `make train` (`tools/train_failure.py`). {summary['pumps']} simulated lives, "
            f"{summary['failures']} failures, half of them without a sign. "
            f"Learns from weeks before day {CUT_DAY:.0f} of six tenths of the pumps; tested on {weeks} "
            f"later weeks of the others.",
            "",
            "Not calibrated for any field: the program says so until a field has ten failures of its own "
            "and two years of readings.",
            "",
            "At one alarmed week a well and quarter:",
            "",
            "| days | | PR-AUC | Brier | precision | failures alarmed | median lead, days |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            "Calibration of the 30-day probability:",
            "",
            "| said | weeks | failed |",
            "|---|---|---|",
            *calibration,
            "",
            "What it cannot see: failures without precursors (cable damage, manufacturing faults), "
            "anything of sensors that a well does not have: "
            "those stand at what a healthy pump has, and the page lists them.",
        ]
    )


if __name__ == "__main__":
    main()
