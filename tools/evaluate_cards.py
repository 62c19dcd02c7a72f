"""docs/DIAGNOSIS.md, part "other": cards that no training drew. Smooth ones straight from the simulator, the
same wells through a dirty recorder, curves of chance and curves that somebody drew on real rods.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from app.analysis import diagnosis
from app.analysis.cards.figures import CardAnalysis, analyse
from app.analysis.simulate import rod_faults, rod_wells
from app.analysis.simulate.dirt import drawn, largest_load_n, soiled
from app.analysis.simulate.recorder import WHEN, known, recorded
from app.core.errors import KnownError
from app.models.cards import Card
from central.learning import judging
from central.learning.simulated import fitting_well
from tools import diagnosis_parts
from tools.train_ranker import closed_curve

SEED, EACH, AT_ONCE = 4242, 200, 150
SURE = 0.8
NO_FAULT = {"full_pump", "inputs_disagree", "sensor_fault", "unit_unbalanced", "not_recognised"}
SMOOTH, DIRTY, CHANCE, SKETCH = "smooth", "dirty", "chance", "drawn"
Answers = dict[tuple[str, str], list[list[tuple[str, float]]]]


def cards() -> Iterator[tuple[str, str, Card]]:
    """(kind, condition, card)."""
    rng = np.random.default_rng(SEED)
    truths = [(code,) for code in rod_faults.FAULTS for _ in range(EACH)]
    for first in range(0, len(truths), AT_ONCE):
        part = truths[first : first + AT_ONCE]
        made = rod_faults.simulate(
            part, [fitting_well(rod_wells.draw(rng), truth, rng) for truth in part], rng
        )
        for index, (code,) in enumerate(part):
            smooth, well = _smooth(made, index, rng), made.wells[index]
            largest = largest_load_n(well.discharge_pressure_pa, well.plunger_diameter_m)
            yield SMOOTH, code, smooth
            yield DIRTY, code, soiled(recorded(made, index, rng), drawn(rng), largest)
            if code == "full_pump":
                yield CHANCE, CHANCE, closed_curve(smooth, rng)
                yield SKETCH, SKETCH, _sketched(smooth, rng)


def _smooth(made: rod_faults.FaultyCards, index: int, rng: np.random.Generator) -> Card:
    """Without noise, at 100 … 200 points."""
    position, load = made.cards.surface_position_m[index], made.cards.surface_load_n[index]
    n, source = int(rng.choice([100, 144, 200])), len(position)
    at, whole = np.arange(n) * source / n, np.arange(source + 1)
    return Card(
        "t",
        WHEN,
        made.wells[index].strokes_per_minute,
        np.interp(at, whole, np.r_[position, position[0]]),
        np.interp(at, whole, np.r_[load, load[0]]),
        bore=known(made, index, rng),
    )


def _sketched(card: Card, rng: np.random.Generator) -> Card:
    """A rectangle, an ellipse, a rounded or a clipped one, with two to eight waves on it."""
    turn = 2 * np.pi * np.arange(int(rng.choice([72, 100, 144, 200])))
    turn = turn / len(turn)
    half = 0.5 * float(np.ptp(card.load_n)) * float(rng.uniform(0.4, 1))
    body = (
        np.where(turn < np.pi, 1.0, -1.0),
        np.sin(turn),
        np.tanh(np.sin(turn) * float(rng.uniform(2, 6))),
        np.clip(np.sin(turn - float(rng.uniform(0, 0.5))) * float(rng.uniform(1.2, 3)), -1, 1),
    )[int(rng.integers(4))]
    wave = float(rng.uniform(0.03, 0.5)) * np.sin(int(rng.integers(2, 9)) * turn + float(rng.uniform(0, 6.3)))
    position = float(np.ptp(card.position_m)) * (1 - np.cos(turn)) / 2
    return replace(card, position_m=position, load_n=float(card.load_n.mean()) + half * (body + wave))


def answers() -> Answers:
    found: Answers = defaultdict(list)
    waiting: list[tuple[str, str, CardAnalysis]] = []

    def ask() -> None:
        for (kind, code, _), said in zip(
            waiting, diagnosis.diagnose_cards([one[2] for one in waiting]), strict=True
        ):
            found[kind, code].append([(name, verdict.confidence) for name, verdict in said])
        waiting.clear()

    for kind, code, card in cards():
        try:
            waiting.append((kind, code, analyse(card)))
        except KnownError:
            continue  # a record that is refused is not diagnosed
        if len(waiting) == AT_ONCE:
            ask()
    ask()
    return found


def write() -> str:
    found = answers()
    lines = [
        "# Cards that no training drew",
        "",
        f"Written by `python -m tools.evaluate_cards`: {EACH} wells for each condition, other than those of "
        "the",
        "training and of the demo; smooth: straight from the simulator; dirty: through a recorder; a false "
        "fault is a",
        f"wrong one over {SURE:.0%}.",
        "",
        "| condition | smooth: first | of two | false fault | silent | dirty: first | of two | false fault "
        "| silent |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for code in rod_faults.FAULTS:
        both = " | ".join(_row(found[kind, code], code) for kind in (SMOOTH, DIRTY))
        lines.append(f"| `{code}` | {both} |")
    lines += [
        "",
        "| curves that no pump makes | false fault | not recognised | else said first |",
        "|---|---|---|---|",
    ]
    for kind, name in ((CHANCE, "closed curves of chance"), (SKETCH, "curves somebody drew, with waves")):
        said = found[kind, kind]
        others = Counter(one[0][0] for one in said if one[0][0] != "not_recognised").most_common(3)
        shown = ", ".join(f"`{code}` {count / len(said):.0%}" for code, count in others)
        lines.append(f"| {name} | {_false(said, kind):.0%} | {_silent(said):.0%} | {shown} |")
    return "\n".join(lines)


def _row(said: list[Any], code: str) -> str:
    first, two = judging.first_is(said, code), judging.among_two(said, code)
    return f"{first:.0%} | {two:.0%} | {_false(said, code):.0%} | {_silent(said):.0%}"


def _false(said: list[Any], code: str) -> float:
    return judging.surely_wrong(said, {code, *NO_FAULT}, SURE)


def _silent(said: list[Any]) -> float:
    return judging.first_is(said, "not_recognised")


if __name__ == "__main__":
    diagnosis_parts.put("other", write())
