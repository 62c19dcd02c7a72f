"""A card that was asked for from elsewhere, of a finding or entered a moment ago: the filter and the period
that hide it give way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.clock import to_us
from app.models.cards import StoredCard
from app.models.findings import Finding
from app.views.cards.filters import FilterBar
from app.views.context import Context
from app.views.period import reaching


@dataclass(frozen=True)
class Sought:
    """`since_us` and `until_us`: what is to be seen of its time. `compare`: beside the card before it."""

    card_id: str
    since_us: int
    until_us: int
    compare: bool = False

    def place(self, cards: Sequence[StoredCard]) -> int | None:
        return next((place for place, card in enumerate(cards) if card.id == self.card_id), None)

    def uncover(self, cards: Sequence[StoredCard], filters: FilterBar, context: Context) -> bool:
        """Whether something gave way: the cards are listed again then. `cards` are all of the period."""
        place = self.place(cards)
        if place is not None:
            return filters.let_through(cards[place])
        period = context.period
        wanted = period and reaching(period, self.since_us, self.until_us)
        context.set_period(wanted)
        return wanted != period


def of_finding(finding: Finding) -> Sought | None:
    """The first card that it was seen on."""
    card_id = next((evidence.card_id for evidence in finding.evidence if evidence.card_id), None)
    return None if card_id is None else Sought(card_id, to_us(finding.from_at), to_us(finding.to_at))


def of_new(card: StoredCard) -> Sought:
    return Sought(card.id, to_us(card.taken_at), to_us(card.taken_at), compare=True)
