"""What a card cannot carry is said more softly, whatever a rule or the ranker makes of it: fine marks of a
coarse record, corners of a card whose inputs disagree, a whole pump whose liquid nobody has measured, what a
recorder that lags draws as well.
"""

from __future__ import annotations

import math
from dataclasses import replace

from app.analysis import few
from app.analysis.cards.lateness import EXPLAINED, LATE, Lateness
from app.analysis.cards.shape import Shape
from app.analysis.rules.base import CardCase, Verdict
from app.analysis.rules.card_fillage import FULL
from app.analysis.rules.card_sensor_fault import late
from app.analysis.rules.card_valve_leaks import LEAST_SLIP, SHORT_RATE
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


EITHER = 0.5
"""Of two causes that nothing on the card tells apart: anchored tubing that moves, a cell that lags."""

OF_ONE_VALVE = OF_CORNERS[:2]
LATE_TOO = 0.5
"""Of the load's lateness at the turn that a leak delays, at the other one: a leak of one valve has a seventh
of it (half of simulated ones less), a cell that lags and gas most of it."""

FAST_TURN = 1 / 3
"""Of the mean speed, one point from a turn. A leak is told by the speed where the load comes and goes: the
corner of 1 % that a crank passes at this speed is where such evidence begins (`card_valve_leaks.SLIP_ALONE`).
"""

RATE_ERROR = 0.1
"""Of a flow test. What a leak takes at the plunger's speed is missing in the rate, at least."""

LOST_FOR_GOOD = ("barrel_hole", "plunger_out")

FILLS_IN_PART = ("fluid_pound", "gas_interference")
OF_LATE_CORNERS = (*OF_FINE_MARKS, "gas_lock", "fluid_acceleration", "high_friction")
"""What a load that comes late draws besides: it fills nothing, and it lets nothing go in time."""


def tempered(case: CardCase, found: Found) -> Found:
    """Findings, none surer than the record lets it be.

    fine marks of under 60 points 0.75 at most; corners times (1 − c) beside inputs that disagree with c
    from 0.5, and so a hump beside a load that is lost for good, marks of valves beside rods that hang on no
    pump, and, beside a load that comes late, what only the delay makes of a card; each other finding by its
    `_bound`

    Args:
        case: of a card
        found: (condition, verdict) after the ranker
    Returns:
        the same findings in the same order, none surer
    Valid: any card.
    Ours: cards made by two other simulators, some with a tenth wrong in one input or a load that lags, were
        told a leaking valve at 0.93 … 0.97.

    >>> from app.analysis import examples
    >>> leak, inputs = Verdict("watch", 0.9, ()), Verdict("watch", 0.6, ())
    >>> said = tempered(examples.card_case(), [("standing_valve_leak", leak), ("inputs_disagree", inputs)])
    >>> [round(verdict.confidence, 2) for _, verdict in said]
    [0.3, 0.6]
    """
    doubt, lag = _surest(found, ("inputs_disagree",)), late(case)
    beside = (
        (OF_CORNERS, doubt),
        (("fluid_acceleration",), _surest(found, LOST_FOR_GOOD)),
        (OF_FINE_MARKS, _surest(found, ("rods_parted",))),
    )
    coarse = len(case.analysis.card.load_n) < COARSE
    result = []
    for code, verdict in found:
        most, against = _bound(case, code, coarse)
        if verdict.confidence > most:
            verdict = replace(verdict, confidence=most, against=(*verdict.against, *against))
        if code == "full_pump" and doubt >= 0.5:
            verdict = replace(verdict, confidence=min(verdict.confidence, DOUBTED))
        for softened, sure in beside:
            if code in softened and sure >= 0.5:
                verdict = replace(verdict, confidence=verdict.confidence * (1 - sure))
        if lag >= 0.5:
            verdict = _beside_a_delay(case, code, verdict, lag)
        if code in OF_FINE_MARKS and coarse:
            verdict = replace(verdict, confidence=min(verdict.confidence, DOUBTED))
        result.append((code, verdict))
    return result


def _beside_a_delay(case: CardCase, code: str, verdict: Verdict, lag: float) -> Verdict:
    """What the delay alone may have drawn: a pump that fills in part and is full without it, and all that is
    told by when a load comes. Late valves and loose tubing draw a delay themselves: 0.5 each."""
    filled = 0.0 if case.analysis.lateness is None else case.analysis.lateness.fillage
    most = 1.0
    if code in ("delayed_valve", "tubing_movement"):
        most = EITHER
    elif code in OF_LATE_CORNERS or (code in FILLS_IN_PART and filled >= FULL):
        most = 1 - lag
    if verdict.confidence <= most:
        return verdict
    against = (*verdict.against, Evidence("lag_looks_so", {}))
    return replace(verdict, confidence=most, against=against)


def _surest(found: Found, codes: tuple[str, ...]) -> float:
    return max((verdict.confidence for code, verdict in found if code in codes), default=0.0)


def _bound(case: CardCase, code: str, coarse: bool) -> tuple[float, tuple[Evidence, ...]]:
    """How sure a finding of this kind may be, and what speaks against more.

    A full pump whose liquid nobody measured, or of a coarse record, 0.75; a leak of one valve 0.75 where the
    plunger's speeds fit none or it turns between two points, where the other turn is late as well, where more
    liquid arrives than it leaves, and of the travelling valve where nobody measured; a late valve 0.75, and
    anchored tubing that moves 0.5, for a load that lags draws both.
    """
    if case.shape is None:
        return 1.0, ()
    rate = math.nan if case.loads is None else case.loads.rate_ratio
    if code == "full_pump":
        unseen = _unseen(case, tested=math.isfinite(rate), coarse=coarse)
        return (DOUBTED, unseen) if unseen else (1.0, ())
    if code in OF_ONE_VALVE and (doubts := _of_one_valve(case.shape, code, rate, case.analysis.lateness)):
        return DOUBTED, doubts
    if code == "delayed_valve":
        return DOUBTED, (Evidence("lag_looks_so", {}),)
    if code == "tubing_movement" and case.analysis.card.bore.tubing_anchored:
        return EITHER, (Evidence("lag_looks_so", {}),)
    return 1.0, ()


def _of_one_valve(shape: Shape, code: str, rate: float, lateness: Lateness | None) -> tuple[Evidence, ...]:
    """What else than a leak of this valve draws its corners."""
    travelling = code == "traveling_valve_leak"
    slips = shape.slips_up if travelling else shape.slips_down
    own, other = shape.loading, shape.slow_unloading
    if not travelling:
        own, other = other, own
    if shape.turn_speed > FAST_TURN:
        return (Evidence("turns_between_points", {"share": shape.turn_speed}),)
    if slips < LEAST_SLIP:
        return (Evidence("speeds_fit_no_leak", {}),)
    if other > LATE_TOO * own or (lateness is not None and _leads(lateness) and not travelling):
        return (Evidence("lag_looks_so", {}),)
    arrives = rate > min(SHORT_RATE, 1 - slips + RATE_ERROR)
    if arrives or (travelling and math.isnan(rate)):
        return (Evidence("lost_otherwise", {}) if travelling else Evidence("rate_present", {"ratio": rate}),)
    return ()


def _leads(lateness: Lateness) -> bool:
    """A load ahead of its place comes before the bottom as a leak of the standing valve lets it."""
    return lateness.share <= -LATE[0] and lateness.explained >= EXPLAINED[1]


def _unseen(case: CardCase, *, tested: bool, coarse: bool) -> tuple[Evidence, ...]:
    """What a pump that looks whole may hide."""
    found = []
    if coarse:
        found.append(Evidence("coarse_record", {"count": len(case.analysis.card.load_n)}))
    if not tested:
        quick = slow_before_top(case)
        found.append(
            Evidence("leak_would_not_show", {"share": quick})
            if quick < SLOW_TURN
            else Evidence("arrival_not_measured", {})
        )
    return tuple(found)


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
