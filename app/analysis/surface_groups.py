"""From the surface card alone: the likely groups, at least two, never a lone certain label."""

from collections.abc import Callable, Mapping, Sequence

from app.analysis.outline_parts import Carried
from app.analysis.rules.base import CardCase, Verdict
from app.models.findings import UP, Evidence

CarriedBy = Callable[[Sequence[str]], Mapping[str, tuple[Carried, ...]]]

# What would settle each group, and how urgent it would be if it were so.
ABOUT = {
    "full_pump": ("info", ("flow_test",)),
    "rods_parted": ("act", ("enter_rods", "lift_rods", "flow_test")),
    "flowing": ("watch", ("enter_rods", "flow_test", "level_shot")),
    "gas_lock": ("act", ("vent_annulus", "flow_test")),
}
USUAL = ("watch", ("enter_rods", "level_shot", "tv_check"))
GROUPS = 3


def groups(
    case: CardCase, chances: list[tuple[str, float]], carried_by: CarriedBy
) -> list[tuple[str, Verdict]]:
    """From the surface card alone: the likely groups, at least two, never a lone certain label.

    Args:
        case: of a card
        chances: (condition, [-] chance) best first
        carried_by: conditions → the parts of the card that carried each; asked of those that are named
    Returns:
        (condition, verdict) of two, three where the third has a tenth
    Valid: at most what the ranker allows the surface card; groups, not findings.
    Ours: without rods only the outline speaks (domain/rod-pump.md).

    >>> from app.analysis import examples
    >>> case = examples.card_case(pump_card=False)
    >>> chances = [("full_pump", 0.5), ("fluid_pound", 0.3), ("sand", 0.01)]
    >>> [code for code, _ in groups(case, chances, lambda codes: {})]
    ['full_pump', 'fluid_pound']
    """
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
    carried = carried_by([code for code, _ in named]) if named else {}
    result = []
    for code, chance in named:
        severity, settled_by = ABOUT.get(code, USUAL)
        against = (Evidence("no_pump_card", {}),)
        parts = tuple(_part(one) for one in carried.get(code, ()))
        result.append((code, Verdict(severity, chance, (*evidence, *parts), against, settled_by)))
    return result


def _part(one: Carried) -> Evidence:
    """Where the model looked, as evidence that is drawn on the card."""
    low, high = one.place.part
    code = "outline_part_up" if one.place.stroke == UP else "outline_part_down"
    return Evidence(code, {"from": low, "to": high, "lost": one.share}, place=one.place)
