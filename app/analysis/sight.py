"""Which rules could look at a well at all: nothing found by five rules of twenty is another thing than
nothing found by all of them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Set

from app.analysis.rules.base import CardCase, EspCase, Rule
from app.models.sights import Sight


def sight_of(rules: Iterable[Rule], known: Set[str]) -> Sight:
    """How many rules had what they look at.

    a rule can look when of each of its inputs one alternative is known

    Args:
        rules: of the well's lift
        known: names of inputs, by `known_of_card` or `known_of_esp`
    Returns:
        with the inputs that were missing, those of the most rules first
    Valid: any rules.
    Ours: health without it is a number about nothing.

    >>> from app.analysis.rules import RULES
    >>> cards = [rule for rule in RULES if rule.needs == "card"]
    >>> sight_of(cards, {"surface_card"}).missing[0]
    'pump_card'
    """
    asked = list(rules)
    lacking = [missing for rule in asked if (missing := _missing(rule, known))]
    counted = Counter(name for missing in lacking for name in missing)
    wanted = sorted(counted, key=lambda name: (-counted[name], name))
    return Sight(len(asked) - len(lacking), len(asked), tuple(wanted))


def known_of_card(case: CardCase) -> set[str]:
    """What a card's rules have to look at.

    Args:
        case: of a card
    Returns:
        of surface_card, pump_card, loads, torque
    Valid: any card.
    Ours: the loads need rods and pressures, the torque a unit with its counterbalance.

    >>> from app.analysis import examples
    >>> sorted(known_of_card(examples.card_case()))
    ['loads', 'pump_card', 'surface_card', 'torque']
    """
    found = {"surface_card"}
    if case.shape is not None:
        found.add("pump_card")
    if case.loads is not None and math.isfinite(case.loads.fluid):
        found.add("loads")
    torque = case.analysis.torque
    if torque is not None and torque.imbalance is not None:
        found.add("torque")
    return found


def known_of_esp(case: EspCase) -> set[str]:
    """What an ESP's rules have to look at.

    Args:
        case: of a well over a window
    Returns:
        sensors with readings and parameters with a baseline
    Valid: any window.
    Ours: without a baseline nothing can have departed from it.

    >>> from app.analysis import examples
    >>> {"current", "intake", "motor_current"} <= known_of_esp(examples.esp())
    True
    """
    return set(case.grid.mean) | (set() if case.departures is None else set(case.departures.value))


def _missing(rule: Rule, known: Set[str]) -> tuple[str, ...]:
    """The first name of each input of which nothing is known."""
    return tuple(names[0] for names in rule.inputs if not known & set(names))
