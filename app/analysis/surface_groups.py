"""From the surface card alone: the likely groups, at least two, never a lone certain label."""

from app.analysis.rules.base import CardCase, Verdict
from app.models.findings import Evidence

# What would settle each group, and how urgent it would be if it were so.
ABOUT = {
    "full_pump": ("info", ("flow_test",)),
    "rods_parted": ("act", ("enter_rods", "lift_rods", "flow_test")),
    "flowing": ("watch", ("enter_rods", "flow_test", "level_shot")),
    "gas_lock": ("act", ("vent_annulus", "flow_test")),
}
USUAL = ("watch", ("enter_rods", "level_shot", "tv_check"))
GROUPS = 3


def groups(case: CardCase, chances: list[tuple[str, float]]) -> list[tuple[str, Verdict]]:
    """`chances` best first; a group under a tenth of certainty is only named when it is the second."""
    named = [item for rank, item in enumerate(chances[:GROUPS]) if rank < 2 or item[1] >= 0.1]
    surface = case.surface
    evidence = (
        Evidence(
            "surface_outline",
            {
                "area": surface.area,
                "lower_right": surface.lower_right,
                "upper_left": surface.upper_left,
                "upper_right": surface.upper_right,
                "lower_left": surface.lower_left,
            },
        ),
    )
    result = []
    for code, chance in named:
        severity, settled_by = ABOUT.get(code, USUAL)
        against = (Evidence("no_pump_card", {}),)
        result.append((code, Verdict(severity, max(0.3, chance), evidence, against, settled_by)))
    return result
