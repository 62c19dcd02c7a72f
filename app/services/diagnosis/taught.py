"""What a decision on a card teaches: the card as the models saw it when it was decided."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import numpy as np

from app.analysis.cards.outline import VECTOR_VERSION, surface_curves, surface_vector
from app.analysis.diagnosis import asked, case_of
from app.core.errors import KnownError
from app.models.cards import StoredCard
from app.models.findings import Finding
from app.models.records import Record
from app.models.store import cards as card_store
from app.models.values import Values
from app.services.diagnosis.cards import analyse_stored
from app.services.records import entries
from app.services.workspace import Workspace

DIGITS, CURVE_DIGITS = 6, 4
_log = logging.getLogger(__name__)


def decide(workspace: Workspace, finding: Finding, decision: str, reason: str) -> Record:
    """`entries.decide`, with the card that the finding is of. Raises KnownError (reason_missing, as an
    entry).
    """
    return entries.decide(workspace, finding, decision, reason, seen_of(workspace, finding))


def seen_of(workspace: Workspace, finding: Finding) -> Values:
    """Empty for a finding that is of no card, or whose card the physics cannot read: the decision stands
    without.
    """
    card = _card_of(workspace, finding)
    if card is None:
        return {}
    try:
        return seen_on(workspace, card)
    except KnownError as error:
        _log.info("a decision that no model learns from: %s", error)
        return {}


def seen_on(workspace: Workspace, card: StoredCard) -> Values:
    """`card`: its row of features (none without rods), `outline` and `curves`: of its surface card,
    `rules`: condition → confidence, before any model spoke. Raises KnownError (card_*).
    """
    case = case_of(analyse_stored(workspace, card))
    whole = case.shape is not None and case.loads is not None
    return {
        "features": VECTOR_VERSION,
        "card": _short(case.seen) if whole else [],
        "outline": _short(surface_vector(case.analysis)),
        "curves": _short(surface_curves(case.analysis), CURVE_DIGITS),
        "rules": {code: round(verdict.confidence, 4) for code, verdict in asked(case)},
    }


def _card_of(workspace: Workspace, finding: Finding) -> StoredCard | None:
    named = next((e.card_id for e in (*finding.evidence, *finding.against) if e.card_id), None)
    if named is not None:
        return card_store.by_id(workspace.store, named)
    if finding.from_at != finding.to_at:
        return None
    card = card_store.nearest(workspace.store, finding.well_id, finding.from_at)
    return card if card is not None and card.taken_at == finding.from_at else None


def _short(values: Iterable[float], digits: int = DIGITS) -> list[float]:
    return [float(f"{value:.{digits}g}") for value in np.asarray(values, float)]
