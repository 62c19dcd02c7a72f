"""Входные данные не сходятся: the card's fluid load is more than the well can hold. One wrong input explains
it sooner than a fault of the pump.
"""

import math

from app.analysis.cards.intake import Intake
from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.core.units import STANDARD_GRAVITY
from app.models.cards import WellBore
from app.models.findings import Evidence
from app.models.values import needed_number

SUREST = 0.85
WITH_FRICTION = 0.75
MOST_LIKELY = 3
HEAVIEST = 1200.0
"""No brine of an oil well weighs more [kg/m³]: a heavier one explains nothing."""


def judge(case: CardCase) -> list[Verdict]:
    """Входные данные не сходятся: a fluid load that no pump at this depth can have.

    missing pressure over p_d: 0.5 sure at 0.015 (half of what a density is off by), 0.9 at 0.05;
    0.85 at most; times 0.75 where as much friction as the low line allows would explain it too

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: known depth, plunger and wellhead pressure; [] else.
    Ours: the three inputs that would have to change least, and by how much.

    >>> from app.analysis import examples
    >>> judge(examples.card_case())
    []
    """
    intake, bore = case.analysis.intake, case.analysis.card.bore
    if intake is None or bore.pump_depth_m is None or intake.missing_pa <= 0:
        return []
    lift = intake.lift(bore.pump_depth_m)
    rubbed = 1.0 if intake.high_pa < intake.least_pa else WITH_FRICTION
    # The load of an oval is no liquid's: it says nothing of depth and plunger.
    lines = 1.0 if case.shape is None else min(1.0, 2 * case.shape.plateaus)
    return [
        Verdict(
            "watch",
            SUREST * certainty(intake.missing_pa / intake.most_pa, half=0.015, sure=0.05) * rubbed * lines,
            (
                Evidence("lift_beyond_depth", {"lift": lift["lift"], "depth": lift["depth"]}),
                *_likeliest(explaining(intake, bore)),
            ),
            (),
            ("check_inputs", "check_load_cell", "level_shot"),
        )
    ]


def explaining(intake: Intake, bore: WellBore) -> list[Evidence]:
    """What each input alone would have to be for the least pressure that can be at the pump.

    Args:
        intake: an impossible one
        bore: with depth and plunger
    Returns:
        would_be_<input> with now and needed [SI] and the change as a share; the smallest change first
    Valid: a load that asks for more than there is.
    Ours: Δp·A = F₀ turned to each of its terms.

    >>> from app.analysis.cards.intake import intake_of
    >>> from app.analysis.cards.lines import LoadLines
    >>> lines = LoadLines(18e3, 0.0, 3.0, 3.0)
    >>> intake = intake_of(lines, discharge_pa=10e6, column_pa=10e6, area_m2=1.5e-3)
    >>> bore = WellBore(pump_depth_m=1000.0, plunger_diameter_m=0.0437)
    >>> [(item.code, round(item.details["change"], 3)) for item in explaining(intake, bore)[:2]]
    [('would_be_plunger', 0.095), ('would_be_load', -0.167)]
    """
    assert bore.pump_depth_m is not None
    assert bore.plunger_diameter_m is not None
    asked = (intake.most_pa - intake.pressure_pa) / max(intake.most_pa - intake.least_pa, 1.0)
    heavier = intake.missing_pa / intake.column_pa
    density = intake.column_pa / (STANDARD_GRAVITY * bore.pump_depth_m)
    found = [
        _would_be("plunger", bore.plunger_diameter_m, math.sqrt(asked) - 1),
        _would_be("load", 1.0, 1 / asked - 1),
        _would_be("depth", bore.pump_depth_m, heavier),
    ]
    if density * (1 + heavier) <= HEAVIEST:
        found.insert(2, _would_be("density", density, heavier))
    if bore.tubing_pressure_pa is not None and bore.tubing_pressure_pa > 0:
        pressure = bore.tubing_pressure_pa
        found.append(_would_be("tubing_pressure", pressure, intake.missing_pa / pressure))
    return sorted(found, key=lambda item: abs(needed_number(item.details, "change")))


def _likeliest(found: list[Evidence]) -> list[Evidence]:
    """The first three, and what would have to change no more than the third."""
    last = abs(needed_number(found[min(MOST_LIKELY, len(found)) - 1].details, "change"))
    return [item for item in found if abs(needed_number(item.details, "change")) <= last * (1 + 1e-9)]


def _would_be(which: str, now: float, change: float) -> Evidence:
    return Evidence(f"would_be_{which}", {"now": now, "needed": now * (1 + change), "change": change})


RULE = Rule("inputs_disagree", "card", judge, (("pump_card",), ("loads",)))
