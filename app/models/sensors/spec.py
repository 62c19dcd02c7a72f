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

    ru_at_surface: str = ""
    """Where the motor stands at the surface: what only an ESP has is not named after its."""

    def name(self, language: str, lift: str = "") -> str:
        """`lift` of the well that it is of, where one is meant."""
        if language != "ru":
            return self.en
        return self.ru_at_surface if self.ru_at_surface and lift not in ("", "esp") else self.ru
