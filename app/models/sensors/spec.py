"""What the program knows of one kind of sensor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sensor:
    """`number` is stored in the cache and never reused. Limits are SI; `gap_s` is the longest silence that is
    no gap.
    """

    key: str
    number: int
    ru: str
    en: str
    quantity: str
    minimum: float
    maximum: float
    group: str
    gap_s: float = 600.0
    zero_is_valid: bool = True
    synonyms: tuple[str, ...] = ()
    downwards: bool = False
    """A depth: its axis points down on every chart, so that what rises in the well is drawn rising."""

    def name(self, language: str) -> str:
        return self.ru if language == "ru" else self.en
