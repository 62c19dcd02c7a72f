"""Брак записи: the load cell or the recorder, not the well. Telling it saves a workover."""

from app.analysis.rules.base import CardCase, Rule, Verdict
from app.models.findings import Evidence

# What a repair says → how sure it makes us that the record is at fault.
TELLING = {"load_clipped": 0.85, "load_offset": 0.8, "load_unit": 0.6, "several_strokes": 0.35}


def lifts_a_column(case: CardCase) -> bool:
    """A fat card with most of the fluid load: the pump works, whatever the load cell says of the weight."""
    return (
        case.loads is not None
        and case.shape is not None
        and case.loads.fluid > 0.55
        and case.shape.area > 0.6
    )


def judge(case: CardCase) -> list[Verdict]:
    said = [(TELLING[remark.code], remark) for remark in case.analysis.remarks if remark.code in TELLING]
    loads = case.loads
    if loads is not None and lifts_a_column(case) and loads.weight_ratio < 0.9:
        # Lighter than its rods, and yet the pump lifts a column: no break does that.
        evidence = (Evidence("light_but_lifting", {"share": 1 - loads.weight_ratio, "fluid": loads.fluid}),)
        return [Verdict("watch", 0.75, evidence, (), ("check_load_cell", "second_card"))]
    if not said:
        return []
    sure, worst = max(said, key=lambda item: item[0])
    return [
        Verdict(
            "watch",
            sure,
            (Evidence(worst.code, dict(worst.details)),),
            (),
            ("check_load_cell", "second_card"),
        )
    ]


RULE = Rule("sensor_fault", "card", judge)
