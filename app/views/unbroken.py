"""A unit where words are wrapped: it stays whole (`мг/л` broke after its slash)."""

from __future__ import annotations

import re

from app.core.texts import with_unit

NO_BREAK_SPACE, WORD_JOINER = "\u00a0", "\u2060"
_BETWEEN = re.compile(r"(?<=\w)/(?=\w)")


def name_and_unit(name: str, unit: str) -> str:
    """`Suspended solids, mg/l`."""
    return with_unit(name, in_words(unit).replace(" ", NO_BREAK_SPACE))


def in_words(words: str) -> str:
    """`chlorides 231.8 mg/l`, whose units are not parted."""
    return _BETWEEN.sub(f"{WORD_JOINER}/{WORD_JOINER}", words)


def spoken(words: str) -> str:
    """The same, to be read aloud and looked for."""
    return words.replace(WORD_JOINER, "").replace(NO_BREAK_SPACE, " ")
