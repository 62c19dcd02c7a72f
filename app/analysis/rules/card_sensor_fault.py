"""Брак записи: the load cell or the recorder, not the well. Telling it saves a workover."""

from app.analysis.cards import lateness
from app.analysis.cards.record import Remark
from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.models.findings import Evidence
from app.models.values import needed_number

# What a repair says → how sure it makes us that the record is at fault.
TELLING = {
    "load_clipped": 0.85,
    "load_offset": 0.8,
    "load_unit": 0.6,
    "position_unit": 0.6,
    "several_strokes": 0.35,
}
SUREST_LATE = 0.75
"""Of a load that comes late: valves that close late leave nearly the same card."""

FEW_CLIPPED, OF_FEW = 0.1, 0.6
"""Up to this share of a stroke at the cell's limit the peak is lost, the card is not."""


def lifts_a_column(case: CardCase) -> bool:
    """A fat card with most of the fluid load: the pump works, whatever the load cell says of the weight.

    F₀ over 0.55 of p_d·A, area over 0.6, lines and no oval

    Args:
        case: a card analysed
    Returns:
        False without rods and pressures
    Valid: any card.
    Ours: no break of the rods lifts a column.

    >>> from app.analysis import examples
    >>> lifts_a_column(examples.card_case()), lifts_a_column(examples.card_case(loads={"fluid": 0.1}))
    (True, False)
    """
    return (
        case.loads is not None
        and case.shape is not None
        and case.loads.fluid > 0.55
        and case.shape.area > 0.6
        and case.shape.of_a_pump > 0.3
    )


def judge(case: CardCase) -> list[Verdict]:
    """Брак записи: the load cell or the recorder, not the well.

    what repair said of the record, 0.35 … 0.85 sure; lighter than its rods and yet lifting: 0.75; a load that
    comes late: `late` at most 0.75

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: any card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.card_case({"area": 0.9}, {"fluid": 0.8, "weight_ratio": 0.7}))
    >>> verdict.evidence[0].code, verdict.confidence
    ('light_but_lifting', 0.75)
    """
    said = [
        (_telling(remark), Evidence(remark.code, dict(remark.details)))
        for remark in case.analysis.remarks
        if remark.code in TELLING
    ]
    loads = case.loads
    if loads is not None and lifts_a_column(case) and loads.weight_ratio < 0.9:
        # Lighter than its rods, and yet the pump lifts a column: no break does that.
        evidence = (Evidence("light_but_lifting", {"share": 1 - loads.weight_ratio, "fluid": loads.fluid}),)
        return [Verdict("watch", 0.75, evidence, (), ("check_load_cell", "second_card"))]
    if (lag := late(case)) > 0:
        said.append((min(lag, SUREST_LATE), _late_told(case)))
    if not said:
        return []
    sure, worst = max(said, key=lambda item: item[0])
    return [Verdict("watch", sure, (worst,), (), ("check_load_cell", "second_card"))]


def late(case: CardCase) -> float:
    """How surely the load of a record comes later than its place.

    of `Lateness`: delay 0.5 sure at 0.0125 of the period, 0.9 at 0.0175; times how much of what is not square
    goes with it, 0.5 at 0.25, 0.9 at 0.5; times how square the card is then

    Args:
        case: a card analysed
    Returns:
        [-] 0 without a pump card and of a load ahead of its place
    Valid: one stroke in equal steps of time.
    Ours: of 760 simulated cards of every condition without a delay 6 come to 0.5, a third of them late
        valves.

    >>> from app.analysis import examples
    >>> late(examples.card_case())
    0.0
    """
    found = case.analysis.lateness
    if case.shape is None or found is None or found.share <= 0:
        return 0.0
    return (
        _sure(found.share, lateness.LATE)
        * _sure(found.explained, lateness.EXPLAINED)
        * _sure(found.after, lateness.SQUARE)
    )


def _sure(value: float, half_and_sure: tuple[float, float]) -> float:
    half, sure = half_and_sure
    return certainty(value, half=half, sure=sure)


def _late_told(case: CardCase) -> Evidence:
    found = case.analysis.lateness
    assert found is not None
    seconds = found.share * 60 / case.analysis.card.strokes_per_minute
    return Evidence("load_late", {"late": seconds, "fillage": found.fillage})


def _telling(remark: Remark) -> float:
    few = remark.code == "load_clipped" and needed_number(remark.details, "share") <= FEW_CLIPPED
    return OF_FEW if few else TELLING[remark.code]


RULE = Rule("sensor_fault", "card", judge, (("surface_card",),))
