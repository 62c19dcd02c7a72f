"""Said when no other rule spoke: an unknown shape gets no wrong certainty."""

from app.analysis.rules.base import CardCase, Verdict
from app.models.findings import Evidence

CODE = "not_recognised"


def judge(case: CardCase) -> Verdict:
    """Said when no other rule spoke: an unknown shape gets no wrong certainty.

    confidence 0.5

    Args:
        case: a card analysed
    Returns:
        one verdict
    Valid: any card.
    Ours: an honest answer is better than the nearest one.

    >>> from app.analysis import examples
    >>> judge(examples.card_case(pump_card=False)).evidence[0].code
    'no_pump_card'
    """
    code = "no_pump_card" if case.shape is None else "no_rule_fits"
    return Verdict(
        "info", 0.5, (Evidence(code, {}),), (), ("enter_rods",) if case.shape is None else ("flow_test",)
    )
