"""The manual as the program has it with it: pages of Markdown, and the passages that speak of something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.paths import resources

NEWS = "news"
PAGES = ("window", "alarms", "new-well", "esp-sizing", "commands", "centre", NEWS)
"""In the order in which they are read."""
_TITLE_LETTERS = 60


@dataclass(frozen=True)
class Passage:
    """A paragraph, a list or a table, under its heading; `title` is what a list of them calls it."""

    page: str
    heading: str
    title: str
    text: str

    def holds(self, words: list[str]) -> bool:
        told = f"{self.heading} {self.text}".lower()
        return all(word in told for word in words)


def folder() -> Path:
    """Beside the program's other resources, or where it is written."""
    shipped = resources() / "manual"
    return shipped if shipped.is_dir() else resources().parent / "docs" / "manual"


def page(name: str, language: str) -> str:
    """Empty where the program was delivered without it."""
    try:
        return (folder() / language / f"{name}.md").read_text(encoding="utf-8")
    except OSError:
        return ""


@cache
def passages(language: str) -> tuple[Passage, ...]:
    """Read once: it is a part of the program."""
    found: list[Passage] = []
    for name in PAGES:
        heading = ""
        for block in page(name, language).split("\n\n"):
            text = block.strip()
            if text.startswith("#"):
                heading = text.lstrip("# ")
            elif text:
                found.append(Passage(name, heading, _title(text, heading), text))
    return tuple(found)


def found(every: Iterable[Passage], typed: str) -> list[Passage]:
    """Those that hold every word that was typed; all of them when nothing was. Whose title says it first."""
    words = typed.lower().split()
    matching = [one for one in every if one.holds(words)]
    return sorted(matching, key=lambda one: not all(word in one.title.lower() for word in words))


def _title(text: str, heading: str) -> str:
    """What stands in bold at its beginning, else its heading."""
    if text.startswith("**"):
        return text[2:].partition("**")[0].rstrip(".:")[:_TITLE_LETTERS]
    return heading
