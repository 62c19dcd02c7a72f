"""What the centre made of a well in the night, as its body tells it in short."""

from __future__ import annotations

from app.core.clock import parse_time
from app.core.errors import KnownError
from app.models.findings import SEVERITIES
from app.models.overview import MadeAtCentre
from app.models.sights import Sight
from app.models.values import Read, count_of, needed_text, number_of, part_of, text_of, texts_of

HEAD = (
    "form",
    "made_at",
    "model",
    "program",
    "until",
    "health",
    "sight",
    "not_assessed",
    "worst",
    "severity",
)
"""What `read_made` looks at: of thousands of wells nothing else is read."""
FORM = 1
"""Of the body. One of a newer form is not read."""


def read_made(body: Read) -> MadeAtCentre:
    """Raises ValueError for one that this version cannot read."""
    if body.get("form") != FORM:
        raise ValueError(f"form {body.get('form')}")
    seen, until = part_of(body, "sight"), text_of(body, "until")
    health, severity = number_of(body, "health"), text_of(body, "severity") or "ok"
    if severity not in ("ok", *SEVERITIES) or not (health is None or 0 <= health <= 1):
        raise ValueError(f"{severity}, {health}")
    return MadeAtCentre(
        parse_time(needed_text(body, "made_at")),
        needed_text(body, "model"),
        needed_text(body, "program"),
        parse_time(until) if until else None,
        health,
        Sight(count_of(seen, "looked"), count_of(seen, "of"), tuple(texts_of(seen, "missing")))
        if seen
        else None,
        text_of(body, "worst"),
        severity,
        refusal_of(body, "not_assessed"),
    )


def refusal_of(body: Read, key: str) -> KnownError | None:
    """Why something is not told; None where it is."""
    told = part_of(body, key)
    return KnownError.of(needed_text(told, "code"), part_of(told, "details")) if told else None
