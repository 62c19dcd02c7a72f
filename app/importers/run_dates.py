"""Dates on which something was run into a well: of what stands in it, of nothing that was measured."""

from __future__ import annotations

import re

from app.importers.vocabulary import folded, split_unit

_WORDS = frozenset(
    folded(words)
    for words in (
        "дата спуска",
        "дата спуска насоса",
        "дата спуска гно",
        "дата монтажа",
        "run date",
        "run in",
    )
)
MEASURED = frozenset({"flow_test", "fluid_level", "valve_test", "lab_result"})
"""Kinds of which each record is of the moment when it was measured. Pressures of a passport are kept: cards
far from its day do not take them."""


_MEASUREMENT = re.compile(r"замер|измерен|отбив|исследован|measure|test|shot", re.IGNORECASE)


def dates_a_measurement(header: str) -> bool:
    """`Дата замера`, `Дата отбивки уровня`, `Test date`."""
    return _MEASUREMENT.search(header) is not None


def dates_a_run(header: str) -> bool:
    """`Дата спуска`; `Дата ввода` is when the well was commissioned."""
    return folded(split_unit(header)[0]) in _WORDS
