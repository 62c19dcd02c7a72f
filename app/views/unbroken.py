"""A unit where words are wrapped: it stays whole (`мг/л` broke after its slash)."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.core.texts import with_unit

NO_BREAK_SPACE, WORD_JOINER = "\u00a0", "\u2060"
_UNIT = re.compile(r"(?<![^\s(«])[\w·]{1,8}(?:/[\w·]{1,8}){1,2}(?![\w/\\])")
"""No path of a file: where that may not be parted it makes a window wider than its screen."""
_FIGURE = re.compile(r"(?<=\s)[-−]?\d")


def name_and_unit(name: str, unit: str) -> str:
    """`Suspended solids, mg/l`."""
    return with_unit(name, in_words(unit).replace(" ", NO_BREAK_SPACE))


def in_words(words: str) -> str:
    """`chlorides 231.8 mg/l`, whose units are not parted."""
    return _UNIT.sub(lambda found: found[0].replace("/", f"{WORD_JOINER}/{WORD_JOINER}"), words)


def with_its_figure(metrics: QFontMetrics, words: str, room: int) -> str:
    """`end of the ro… 1,097.2 m` where there is no room for all: a figure without its end is another one."""
    if metrics.horizontalAdvance(words) <= room:
        return words
    figure = _FIGURE.search(words)
    if figure is None:
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    name, value = words[: figure.start()].rstrip(), f" {words[figure.start() :]}"
    free = room - metrics.horizontalAdvance(value)
    return metrics.elidedText(name, Qt.TextElideMode.ElideRight, free) + value


def spoken(words: str) -> str:
    """The same, to be read aloud and looked for."""
    return words.replace(WORD_JOINER, "").replace(NO_BREAK_SPACE, " ")
