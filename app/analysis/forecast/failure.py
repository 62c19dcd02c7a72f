"""Probability that a pump fails within 7, 30, 90 days, with its reasons: a logistic model kept as plain
arrays, never a pickle.

What the model has seen is in the file: version, features, where its training came from, its scores. A model
of other features is refused with a reason, and the age alone speaks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.analysis.forecast.features import NAMES, NEUTRAL, VERSION, Features
from app.analysis.model_file import ModelFile, read
from app.analysis.network import Network
from app.analysis.network_file import network
from app.core.errors import KnownError
from app.core.paths import resources
from app.core.plain import JsonObject

Floats = NDArray[np.float64]
HORIZONS = (7, 30, 90)
SHAPED = ("insulation", "motor_rise", "vibration", "lift_loss", "raggedness", "starts_a_day", "unbalance")
"""What does harm only beyond a little: their roots enter as well."""


@dataclass(frozen=True)
class Reason:
    """Why a pump may fail.

    Attributes:
        feature: of NAMES
        value: [as NAMES says]
        share: [-] of the log-odds above a healthy pump of its age
    """

    feature: str
    value: float
    share: float


@dataclass(frozen=True)
class FailureForecast:
    """How likely a pump fails.

    Attributes:
        probability: [d] horizon → [-] chance
        reasons: of the 30-day one, strongest first
        unknown: features that were not measured
        version: of the model
    """

    probability: dict[int, float]
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]
    version: str


@dataclass(frozen=True)
class FailureModel:
    """A trained model, as the file has it.

    Attributes:
        version: of the model
        summary: where its training came from, its scores
        models: [d] horizon → logistic model
        calibration: [d] horizon → ([-] (k,) said, [-] (k,) how often it was so), of pumps kept for that
    """

    version: str
    summary: JsonObject
    models: dict[int, Network]
    calibration: dict[int, tuple[Floats, Floats]]
    """What the model said → how often it was so, of pumps kept for that."""

    def chance(self, days: int, rows: Floats) -> Floats:
        """Calibrated chance to fail within a horizon.

        the model's answer by isotonic calibration

        Args:
            days: [d] a horizon of the model
            rows: [as NAMES says] (n, len(NAMES))
        Returns:
            [-] (n,)
        Valid: pumps like those it was trained on (simulated ones: docs/DIAGNOSIS.md).
        Ours: logistic model on `expanded` features.

        >>> model = failure_model()
        >>> bool(0 <= model.chance(30, NEUTRAL[None])[0] < 0.2)
        True
        """
        said, true = self.calibration[days]
        return np.interp(self.models[days].chances(expanded(rows))[:, 0], said, true)

    def forecast(self, features: Features) -> FailureForecast:
        """Chances at every horizon, with reasons.

        a later day is never safer than an earlier one; a reason is what the log-odds lose when its feature is
        set back to a healthy pump's

        Args:
            features: of one pump
        Returns:
            with what was not measured
        Valid: as `chance`.
        Ours: reasons by setting one feature back at a time: the model is linear in the log-odds.

        >>> values = NEUTRAL.copy()
        >>> values[NAMES.index("insulation")] = 2.0  # 100 kΩ
        >>> failure_model().forecast(Features(values, np.ones(len(NAMES), bool))).reasons[0].feature
        'insulation'
        """
        chances = {days: float(self.chance(days, features.values[None])[0]) for days in self.models}
        # A later day cannot be safer than an earlier one.
        steps = np.maximum.accumulate([chances[days] for days in sorted(chances)])
        chances = dict(zip(sorted(chances), steps.tolist(), strict=True))
        unknown = tuple(name for name, there in zip(NAMES, features.known, strict=True) if not there)
        return FailureForecast(chances, self._reasons(features), unknown, self.version)

    def _reasons(self, features: Features) -> tuple[Reason, ...]:
        """Each feature set back to what a healthy pump has: by how much the log-odds fall."""
        model = self.models[30]
        now = _logit(float(model.chances(expanded(features.values[None]))[0, 0]))
        found = []
        for index, name in enumerate(NAMES):
            if name == "age_days":
                continue
            healthy = features.values.copy()
            healthy[index] = NEUTRAL[index]
            gain = now - _logit(float(model.chances(expanded(healthy[None]))[0, 0]))
            if gain > 0.15:
                found.append((gain, name, float(features.values[index])))
        total = sum(gain for gain, _, _ in found) or 1.0
        return tuple(Reason(name, value, gain / total) for gain, name, value in sorted(found, reverse=True))


def expanded(values: Floats) -> Floats:
    """Features with the roots of what is beyond a little: harm that levels off.

    Args:
        values: [as NAMES says] (n, len(NAMES))
    Returns:
        [as NAMES says, and their roots] (n, len(NAMES) + len(SHAPED))
    Valid: any; below the healthy value a root is 0.
    Ours: a linear model needs the bend given.

    >>> expanded(NEUTRAL[None]).shape == (1, len(NAMES) + len(SHAPED))
    True
    """
    picked = np.maximum(
        values[:, [NAMES.index(name) for name in SHAPED]] - NEUTRAL[[NAMES.index(name) for name in SHAPED]], 0
    )
    return np.concatenate([values, np.sqrt(picked)], axis=1)


def _logit(share: float) -> float:
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))


@lru_cache(maxsize=2)
def failure_model(path: Path | None = None) -> FailureModel:
    """The failure model of a file, loaded once.

    Args:
        path: of a model file; the program's own without
    Returns:
        checked
    Raises:
        KnownError: model_missing, model_foreign, model_features
    Valid: only of these features, with every horizon, and of arrays that fit each other.
    Ours: plain arrays, never a pickle.

    >>> sorted(failure_model().models)
    [7, 30, 90]
    """
    file = read(path or resources() / "models" / "esp_failure.npz")
    have, summary = file.about.get("feature_version"), file.about.get("summary")
    if have != VERSION or file.names("features") != NAMES:
        raise KnownError("model_features", file=file.name, have=str(have)[:20], want=str(VERSION))
    if not isinstance(summary, dict):
        raise file.foreign("no summary")
    inputs = len(NAMES) + len(SHAPED)
    return FailureModel(
        file.version,
        summary,
        {days: network(file, f"days_{days}", inputs, 1) for days in HORIZONS},
        {days: _calibration(file, days) for days in HORIZONS},
    )


def _calibration(file: ModelFile, days: int) -> tuple[Floats, Floats]:
    """Two rising rows of shares: anything else would make a surer pump of a sicker one."""
    curve = file.array(f"days_{days}.calibration", 2, None)
    if curve.min() < 0 or curve.max() > 1 or (np.diff(curve) < 0).any():
        raise file.foreign(f"calibration of {days} days")
    said, true = curve
    return said, true
