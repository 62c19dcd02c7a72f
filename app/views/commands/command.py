"""One thing that can be done, with all that a menu, a button, the palette, its keys and the manual say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.core.texts import Speaker

On = TypeVar("On")
Words = Callable[[Speaker], str]
CONTEXT = "Commands"
NO_WELL = QT_TRANSLATE_NOOP("Commands", "no well is chosen: click one in the list at the left, or Ctrl+F")
SET_BY_IT = QT_TRANSLATE_NOOP("Commands", "IT has set this for the machine")
NO_WELLS = QT_TRANSLATE_NOOP(
    "Commands",
    "there are no wells yet: make one (Ctrl+Shift+N), import files (Ctrl+O) or connect to the centre",
)


def said(source: str) -> Words:
    """The translation of a text that QT_TRANSLATE_NOOP("Commands", …) has collected."""
    return lambda speaker: translated(source)


def translated(source: str) -> str:
    return QCoreApplication.translate(CONTEXT, source) if source else ""


def always(on: object) -> str:
    return ""


@dataclass(frozen=True)
class Command(Generic[On]):
    """`obstacle` says why it cannot be done now, as a text of the same context; empty when it can be."""

    id: str
    words: Words
    do: Callable[[On], object]
    keys: tuple[str, ...] = ()
    obstacle: Callable[[On], str] = always
    tip: Words | None = None
    """What `words` leave out."""
    short: Words | None = None
    """On a button, where there is little room."""
    in_menu: bool = False
    """Also offered by the right click of what it acts on."""

    def reason(self, on: On) -> str:
        return translated(self.obstacle(on))

    def tooltip(self, speaker: Speaker) -> str:
        words = (self.tip or self.words)(speaker)
        return f"{words} ({self.keys[0]})" if self.keys else words
