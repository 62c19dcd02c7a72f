"""What can be done on the page of cards."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.views.cards.alike import CardsAlike
from app.views.cards.keeping import Keeping
from app.views.cards.new_card import NewCard
from app.views.cards.others import OtherWells
from app.views.cards.player import CardPlayer
from app.views.cards.table import CardTable
from app.views.commands.command import Command, said


class CardDesk(Protocol):
    table: CardTable
    player: CardPlayer
    new_card: NewCard
    keeping: Keeping
    others: OtherWells
    alike: CardsAlike


def _listed(desk: CardDesk) -> str:
    return "" if desk.table.cards.cards else QT_TRANSLATE_NOOP("Commands", "no dynamogram is listed")


CARDS: tuple[Command[CardDesk], ...] = (
    Command(
        "cards.earlier",
        said(QT_TRANSLATE_NOOP("Commands", "The card before")),
        lambda desk: desk.player.step(-1),
        ("Alt+Left",),
        obstacle=_listed,
    ),
    Command(
        "cards.later",
        said(QT_TRANSLATE_NOOP("Commands", "The card after")),
        lambda desk: desk.player.step(1),
        ("Alt+Right",),
        obstacle=_listed,
    ),
    Command(
        "cards.play",
        said(QT_TRANSLATE_NOOP("Commands", "Play the cards through time")),
        lambda desk: desk.player.toggle(),
        ("Space",),
        obstacle=_listed,
    ),
    Command(
        "cards.overlay",
        said(QT_TRANSLATE_NOOP("Commands", "Overlay all")),
        lambda desk: desk.table.choose_all(),
        obstacle=_listed,
        tip=said(QT_TRANSLATE_NOOP("Commands", "Lay up to 500 listed cards behind the newest")),
    ),
    Command(
        "cards.others",
        said(QT_TRANSLATE_NOOP("Commands", "Cards of other wells…")),
        lambda desk: desk.others.open(),
        obstacle=_listed,
        tip=said(QT_TRANSLATE_NOOP("Commands", "Lay the cards of other wells over this one")),
        short=said(QT_TRANSLATE_NOOP("Commands", "Other wells…")),
    ),
    Command(
        "cards.alike",
        said(QT_TRANSLATE_NOOP("Commands", "Cards like this one…")),
        lambda desk: desk.alike.open(desk.keeping.card),
        obstacle=_listed,
        tip=said(
            QT_TRANSLATE_NOOP("Commands", "The nearest cards of all wells, with what they turned out to be")
        ),
        short=said(QT_TRANSLATE_NOOP("Commands", "Alike…")),
    ),
    Command(
        "cards.new",
        said(QT_TRANSLATE_NOOP("Commands", "New card…")),
        lambda desk: desk.new_card.open_form(),
        tip=said(QT_TRANSLATE_NOOP("Commands", "Enter or paste a dynamogram")),
    ),
    Command(
        "cards.protocol",
        said(QT_TRANSLATE_NOOP("Commands", "Protocol…")),
        lambda desk: desk.keeping.ask_protocol(),
        obstacle=_listed,
    ),
)
