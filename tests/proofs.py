"""How long a property is tried: shortly in `make test`, as long as it was written for in `make fuzz`."""

from __future__ import annotations

import os

import hypothesis

WHOLE = os.environ.get("WELLSIDE_WHOLE_PROOFS") == "1"
SHORT = 4
"""So many times fewer examples, drawn anew in each run."""


def examples(count: int) -> int:
    """Of a property whose examples are dear or that needs more than others."""
    return count if WHOLE else max(5, count // SHORT)


def settle() -> None:
    """For the properties that say nothing of it. The first example of a run pays for imports: time is no
    property of what is tested.
    """
    hypothesis.settings.register_profile("wellside", deadline=None, max_examples=examples(100))
    hypothesis.settings.load_profile("wellside")
