"""Said when no other rule spoke: an unknown shape gets no wrong certainty."""

from app.analysis.rules.base import CardCase, Verdict
from app.models.findings import Evidence

CODE = "not_recognised"


def judge(case: CardCase) -> Verdict:
    code = "no_pump_card" if case.shape is None else "no_rule_fits"
    return Verdict(
        "info", 0.5, (Evidence(code, {}),), (), ("enter_rods",) if case.shape is None else ("flow_test",)
    )
