"""What a ranker is worth beyond what it was taught: whole families of wells and records are left out of a
training and judged by it, rules alone beside it, under bounds of several widths.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.analysis import ranker_bounds
from app.analysis.diagnosis import LEAST_CONFIDENCE
from app.analysis.ranker_bounds import Region, logit
from central.learning import judging

FAMILIES = {
    "friction": "stuffing boxes over 0.06 of p_d·A",
    "offset": "cells and weights off by over 0.12 of p_d·A",
    "recorder": "under 60 points, or rounded by over 0.012 of a stroke's time",
    "inputs": "depth over 2 %, density over 5 % or the plunger a size off",
    "depth": "pumps below 1,700 m",
    "geometry": "Mark II, air balanced, belt and hydraulic units",
}
BOUNDS = (0.0, math.log(2), math.log(3), math.log(5), math.log(10), math.log(30), 30.0)
Asked = list[tuple[str, float, float]]
"""(condition, [-] its rule, [-] what the ranker would say) of a card."""


@dataclass(frozen=True)
class Judged:
    """Cards of a family that was left out, as the ranker and the rules have them, and how far they lie."""

    family: str
    truths: list[tuple[str, ...]]
    asked: list[Asked]
    distance: Any

    def answers(self, farthest: float) -> list[list[tuple[str, float]]]:
        """Best first, under a bound; the ranker speaks wherever the card lies."""
        return [
            sorted(
                (
                    (code, sure)
                    for code, rule, learnt in asked
                    if (sure := _under(farthest, rule, learnt)) >= LEAST_CONFIDENCE
                ),
                key=lambda item: -item[1],
            )
            for asked in self.asked
        ]

    def loss(self, farthest: float) -> float:
        """Mean log loss of all that the rules said, under a bound."""
        said = [
            (_under(farthest, rule, learnt), code in truth)
            for truth, asked in zip(self.truths, self.asked, strict=True)
            for code, rule, learnt in asked
        ]
        sure, holds = np.array(said).T
        return float(judging.losses(sure, holds.astype(bool)).mean())


def _under(farthest: float, rule: float, learnt: float) -> float:
    """`ranker_bounds.bounded` with another bound."""
    start = logit(rule)
    shift = min(max(logit(learnt) - start, -farthest), farthest)
    said = 1 / (1 + math.exp(-(start + shift)))
    if rule < ranker_bounds.OWN_EVIDENCE:
        said = min(said, ranker_bounds.NEEDS_EVIDENCE)
    return min(ranker_bounds.SUREST, said)


def judged(family: str, part: Sequence[Any], say: Callable[[Sequence[Any]], list[Asked]], far: Any) -> Judged:
    return Judged(family, [s.truth for s in part], say(part), far)


def table(everything: list[Judged]) -> list[str]:
    """What docs/DIAGNOSIS.md shows of them."""
    lines = [
        "| left out | cards | rules first | ranker first | of two | over 0.9 | of it true, rules | ranker |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in everything:
        rules, ranked = one.answers(0.0), one.answers(ranker_bounds.FARTHEST)
        single = [n for n, truth in enumerate(one.truths) if len(truth) == 1]
        first = [_share(answers, one.truths, single, 1) for answers in (rules, ranked)]
        sure = [_sure(answers, one.truths) for answers in (rules, ranked)]
        lines.append(
            f"| {one.family}: {FAMILIES[one.family]} | {len(one.truths)} | {first[0]:.1%} | {first[1]:.1%} | "
            f"{_share(ranked, one.truths, single, 2):.1%} | {sure[0][0]}, {sure[1][0]} | {sure[0][1]:.0%} | "
            f"{sure[1][1]:.0%} |"
        )
    names = ["rules alone", "2", "3", "5", "10", "30", "no bound"]
    lines += ["", "Log loss of all that is said, by the factor that the odds of a rule may be moved by:", ""]
    lines += [f"| left out | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for one in everything:
        lines.append(f"| {one.family} | {' | '.join(f'{one.loss(bound):.3f}' for bound in BOUNDS)} |")
    lines += ["", "By distance from what was taught (all families left out):", "", *_by_distance(everything)]
    return lines


def _by_distance(everything: list[Judged]) -> list[str]:
    distance = np.concatenate([one.distance for one in everything])
    truths = [truth for one in everything for truth in one.truths]
    asked = [said for one in everything for said in one.asked]
    ends = np.quantile(distance, [0.0, 0.5, 0.8, 0.95, 1.0])
    lines = ["| distance | cards | loss of rules | loss of the ranker |", "|---|---|---|---|"]
    for low, high in zip(ends[:-1], ends[1:], strict=True):
        here = [n for n in range(len(distance)) if low <= distance[n] <= high]
        part = Judged("", [truths[n] for n in here], [asked[n] for n in here], distance[here])
        lines.append(
            f"| {low:.2f} … {high:.2f} | {len(here)} | {part.loss(0.0):.3f} | "
            f"{part.loss(ranker_bounds.FARTHEST):.3f} |"
        )
    return lines


def _share(answers: list[Any], truths: list[Any], single: list[int], among: int) -> float:
    return float(np.mean([truths[n][0] in [code for code, _ in answers[n][:among]] for n in single]))


def _sure(answers: list[Any], truths: list[Any]) -> tuple[int, float]:
    said = [a[0][0] in t for a, t in zip(answers, truths, strict=True) if a and a[0][1] > 0.9]
    return len(said), float(np.mean(said)) if said else 0.0


def distances(region: Region, rows: Any) -> Any:
    """Of cards from what was taught, without the rules' own columns."""
    return region.distance(rows[:, : len(region.mean)])
