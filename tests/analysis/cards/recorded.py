"""What the analysis says of a few cards, figure by figure, as it is kept in tests/data/card_figures.json.

python -m tests.analysis.cards.recorded    writes it anew: read the diff before it is committed
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from app.analysis import examples
from app.analysis.cards.figures import CardAnalysis, analyse
from app.analysis.cards.gearbox import torque_over_turn
from app.analysis.cards.loads import fluid_load_from_level_n, loads_of, tubing_stretch
from app.analysis.cards.marks import load_levels, part_filled_m
from app.analysis.cards.outline import surface_shape_of, surface_vector, vector
from app.analysis.cards.shape import shape_of
from app.models.cards import Card

KEPT = Path(__file__).parents[2] / "data" / "card_figures.json"
DIGITS = 9
POINTS = 160
SURVEY = (
    {"measured_depth_m": 0.0, "inclination_rad": 0.0, "azimuth_rad": 0.0},
    {"measured_depth_m": 400.0, "inclination_rad": 0.02, "azimuth_rad": 0.3},
    {"measured_depth_m": 700.0, "inclination_rad": 0.5, "azimuth_rad": 0.4},
    {"measured_depth_m": 1_300.0, "inclination_rad": 0.45, "azimuth_rad": 0.6},
)


def kept() -> Any:
    return json.loads(KEPT.read_text(encoding="utf-8"))


def cards() -> dict[str, Card]:
    """One well under its faults, and one record with what recorders and other wells do to it."""
    full, half, little = (_seen(examples.card(fillage).card) for fillage in (1.0, 0.6, 0.3))
    deviated = replace(half.bore, survey=SURVEY, damping_up=0.1, damping_down=0.25)
    loose = replace(full.bore, tubing_anchored=False, tubing_inner_diameter_m=0.062)
    loose = replace(loose, tubing_outer_diameter_m=0.073, fluid_level_m=None)
    leaking = np.clip(full.load_n, None, np.percentile(full.load_n, 97)) - 2e3 * _wave(1)
    turn = len(full.load_n) // 3
    return {
        "full": full,
        "half": half,
        "little": little,
        "deviated": replace(half, bore=deviated),
        "loose": replace(full, bore=loose),
        "bare": replace(half, bore=replace(half.bore, rods=(), unit={})),
        "clipped": replace(full, load_n=leaking),
        "abroad": replace(half, position_m=half.position_m / 0.0254, load_n=half.load_n / 4.4482216152605),
        "turned": replace(
            little, position_m=np.roll(little.position_m, turn), load_n=np.roll(little.load_n, turn)
        ),
        "timed": replace(half, time_s=10.0 * (np.arange(POINTS) + 0.3 * _wave(2)) / POINTS),
    }


def _wave(times: float) -> np.ndarray:
    return np.sin(2 * math.pi * times * np.arange(POINTS) / POINTS)


def _seen(card: Card) -> Card:
    """By a recorder: fewer points, and a load that trembles."""
    at = np.arange(POINTS) * len(card.load_n) // POINTS
    tremble = 150 * _wave(37) + 90 * _wave(23.5)
    return replace(card, position_m=card.position_m[at], load_n=card.load_n[at] + tremble)


def figures(card: Card) -> dict[str, Any]:
    """Everything that is a number, rounded to what two machines agree in."""
    found = analyse(card)
    shape, loads, torque = shape_of(found), loads_of(found), None
    if card.bore.unit:
        torque = torque_over_turn(found.clean.position_m, found.clean.load_n, card.bore.unit)
    told = {
        "measures": dict(found.measures),
        "ranges": {key: list(value) for key, value in found.ranges.items()},
        "remarks": [[one.code, _numbers(one.details)] for one in found.remarks],
        "lines": _numbers(vars(found.lines) if found.lines else {}),
        "intake": _numbers(vars(found.intake) if found.intake else {}),
        "shape": _numbers(vars(shape) if shape else {}),
        "loads": _numbers(vars(loads) if loads else {}),
        "surface": vars(surface_shape_of(found)),
        "surface_vector": _some(surface_vector(found)),
        "vector": _some(vector(shape, loads, found)) if shape and loads else [],
        "torque": {name: _some(value) for name, value in vars(torque).items() if np.size(value) > 1}
        if torque
        else {},
        "beside": [fluid_load_from_level_n(found), tubing_stretch(found), part_filled_m(found)]
        if found.lines
        else [],
        "levels": [_numbers(vars(one)) for one in load_levels(found)],
        "clean": [_some(found.clean.position_m), _some(found.clean.load_n)],
        "pump": _pump(found),
    }
    return {part: _rounded(value) for part, value in told.items()}


def _pump(found: CardAnalysis) -> list[list[float]]:
    if found.pump is None or found.motion is None:
        return []
    rods = (_some(one) for one in found.motion.section_loads_n)
    return [_some(found.pump.position_m), _some(found.pump.load_n), *rods]


def _numbers(told: Mapping[str, Any]) -> dict[str, float]:
    return {key: float(value) for key, value in told.items() if isinstance(value, int | float)}


def _some(values: Iterable[float]) -> list[float]:
    """Of many: every ninth, and what all of them come to."""
    all_of_them = np.asarray(list(values), float)
    return [*all_of_them[::9].tolist(), float(all_of_them.sum()), float(np.abs(all_of_them).sum())]


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    if isinstance(value, float | int) and not isinstance(value, bool) and math.isfinite(value):
        return float(f"{value:.{DIGITS}g}")
    return None if isinstance(value, float) else value


def declared() -> dict[str, Any]:
    return {name: figures(card) for name, card in cards().items()}


def _written(told: dict[str, Any]) -> str:
    """A part a line, so that a diff shows what has moved."""
    cards = (
        f'"{name}": {{\n'
        + ",\n".join(f' "{part}": {json.dumps(value)}' for part, value in parts.items())
        + "\n}"
        for name, parts in told.items()
    )
    return "{\n" + ",\n".join(cards) + "\n}\n"


if __name__ == "__main__":
    KEPT.write_text(_written(declared()), encoding="utf-8")
