"""What a card cannot carry is said more softly, whatever a rule or the ranker makes of it: fine marks of a
coarse record, corners of a card whose inputs disagree, a whole pump where a leak would leave no mark.
"""

from __future__ import annotations

import math
from dataclasses import replace

from app.analysis import few
from app.analysis.rules.base import CardCase, Verdict
from app.models.findings import Evidence

Found = list[tuple[str, Verdict]]

DOUBTED = 0.75
"""No surer than that is what a record cannot show: under the 0.8 that is acted on."""

COARSE = 60
"""Points of a stroke. Under it one point is 1 … 3 % of the stroke at mid-stroke, as wide as the marks that
corners, dips and hits are told by."""

OF_FINE_MARKS = (
    "traveling_valve_leak",
    "standing_valve_leak",
    "both_valves_leak",
    "delayed_valve",
    "tubing_movement",
    "worn_barrel",
    "bent_barrel",
    "barrel_hole",
    "tagging_down",
    "tagging_up",
    "sand",
)
OF_CORNERS = OF_FINE_MARKS[:5]
"""A wrong depth, stroke or load leans both ends of a card: that is what these are told by."""

SLOW_TURN = 0.015
"""Of the stroke, before the top, slower than half its mean: 0.026 of a crank, 0.004 … 0.013 of a belt. A
valve that lets half of the liquid back leaves no wider mark; full pumps have corners of 0.01
(`card_full_pump.CORNER`)."""


def tempered(case: CardCase, found: Found) -> Found:
    """Findings, none surer than the record lets it be.

    fine marks of under 60 points 0.75 at most; corners times (1 − c) beside inputs that disagree with c
    from 0.5;
    a full pump 0.75 at most where the unit turns too quickly for a leak to show and no flow test tells

    Args:
        case: of a card
        found: (condition, verdict) after the ranker
    Returns:
        the same findings in the same order, none surer
    Valid: any card.
    Ours: a card made by another simulator, with a tenth wrong in one input, was told a leaking valve at 0.93.

    >>> from app.analysis import examples
    >>> leak, inputs = Verdict("watch", 0.9, ()), Verdict("watch", 0.6, ())
    >>> said = tempered(examples.card_case(), [("standing_valve_leak", leak), ("inputs_disagree", inputs)])
    >>> [round(verdict.confidence, 2) for _, verdict in said]
    [0.36, 0.6]
    """
    doubt = max((v.confidence for code, v in found if code == "inputs_disagree"), default=0.0)
    coarse = len(case.analysis.card.load_n) < COARSE
    result = []
    for code, verdict in found:
        if code in OF_CORNERS and doubt >= 0.5:
            verdict = replace(verdict, confidence=verdict.confidence * (1 - doubt))
        if code in OF_FINE_MARKS and coarse:
            verdict = replace(verdict, confidence=min(verdict.confidence, DOUBTED))
        if code == "full_pump" and verdict.confidence > DOUBTED and _hides_leaks(case):
            unseen = Evidence("leak_would_not_show", {"share": slow_before_top(case)})
            verdict = replace(verdict, confidence=DOUBTED, against=(*verdict.against, unseen))
        result.append((code, verdict))
    return result


def _hides_leaks(case: CardCase) -> bool:
    tested = case.loads is not None and math.isfinite(case.loads.rate_ratio)
    return not tested and slow_before_top(case) < SLOW_TURN


def slow_before_top(case: CardCase) -> float:
    """How much of the stroke before its top the unit goes slower than half its mean.

    Args:
        case: of a card
    Returns:
        [-] of the stroke
    Valid: one stroke in equal time steps.
    Ours: a valve that leaks half of the liquid loses the load from there on.

    >>> from app.analysis import examples
    >>> slow_before_top(examples.card_case()) > SLOW_TURN  # a crank
    True
    """
    x = case.analysis.clean.position_m
    top = int(x.argmax())
    speed = few.turned(x, -1) - few.turned(x, 1)
    slow = speed[: top + 1] < 0.5 * speed[: top + 1].mean()
    quick = [n for n in range(top + 1) if not slow[n]]
    return float(x[top] - x[quick[-1]]) / float(x.max() - x.min()) if quick else 1.0
