"""Labels for the tests of learning: cards of a site where the rules are too sure of one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from app.analysis import examples
from app.analysis.cards.outline import surface_vector
from app.analysis.diagnosis import case_of
from central.learning.labels import DECISION, Label

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
TOO_SURE, RIGHT = "gas_interference", "fluid_pound"


def site(
    count: int = 400, wells: int = 20, seed: int = 2, author: str = "Анна", held: float = 0.08
) -> list[Label]:
    """Half of them say TOO_SURE, of which `held` hold whatever the rule says; the other half say RIGHT,
    which holds nearly as often as the rule says.
    """
    rng = np.random.default_rng(seed)
    case = case_of(examples.card())
    outline = surface_vector(case.analysis)
    rows = [(case.seen, outline), (case.seen * 1.05, outline + 0.2)]
    found = []
    for n in range(count):
        code = (TOO_SURE, RIGHT)[n % 2]
        rule = float(rng.uniform(0.35, 0.95))
        holds = rng.random() < (held if code == TOO_SURE else rule)
        card, drawn = rows[int(rng.integers(2))]
        found.append(
            Label(
                f"{n:08d}-0000-4000-8000-000000000000",
                f"well {n // 2 % wells}",
                "Северное",
                BEGAN + timedelta(hours=n),
                code,
                bool(holds),
                author,
                DECISION,
                tuple(drawn + rng.normal(0, 0.1, len(drawn))),
                tuple(card + rng.normal(0, 0.01, len(card))),
                {code: rule},
                rule,
            )
        )
    return found


def copies(labels: list[Label], author: str, **changed: object) -> list[Label]:
    """The same cards, judged by somebody else."""
    return [
        replace(one, id=f"{author[:1]}{one.id[1:]}", author=author, **changed)  # type: ignore[arg-type]
        for one in labels
    ]
