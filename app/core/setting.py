"""What a setting is: its key, what it may be, and its words for the dialog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core import zones
from app.core.errors import KnownError
from app.core.texts import is_text


@dataclass(frozen=True)
class Setting:
    """`kind` is bool, int, float, str, zone or choice; limits hold for numbers, in `unit` as shown."""

    key: str
    kind: str
    default: Any
    label_ru: str
    label_en: str
    help_ru: str
    help_en: str
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    page: str = "general"
    """Which dialog shows it: general, updates for an installed program, sync for the connections; remembered:
    none, a page keeps it by itself.
    """

    def label(self, language: str) -> str:
        return self.label_ru if language == "ru" else self.label_en

    def help(self, language: str) -> str:
        return self.help_ru if language == "ru" else self.help_en

    def check(self, value: Any) -> Any:
        """The value, or KnownError that names the setting and its limits."""
        right_type: Any = {"bool": bool, "int": int, "float": (int, float)}.get(self.kind, str)
        bad = not isinstance(value, right_type) or (self.kind != "bool" and isinstance(value, bool))
        if not bad and self.kind == "choice":
            bad = value not in self.choices
        if not bad and self.kind == "zone":
            value = zones.canonical(value)
            if value and not zones.known(value):
                raise self._refused("setting_zone", value=value)
        if not bad and self.kind in ("int", "float"):
            bad = (
                value != value
                or (self.minimum is not None and value < self.minimum)
                or (self.maximum is not None and value > self.maximum)
            )
        if bad:
            allowed = ", ".join(self.choices) or f"{self.kind} {self.minimum}…{self.maximum} {self.unit}"
            raise self._refused("setting_value", value=value, allowed=allowed.strip())
        if isinstance(value, str) and not is_text(value):
            raise self._refused("setting_text", value=ascii(value))
        return value

    def _refused(self, code: str, **details: Any) -> KnownError:
        """By the words that its dialog has; the key beside them is for who edits the file."""
        called = {"ru": self.label_ru, "en": self.label_en}
        return KnownError(code, setting=self.key, called=called, **details)
