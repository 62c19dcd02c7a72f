"""Why an entry is never taken: decided at the border, told to the laptop with a code, and mended there."""

from __future__ import annotations

from app.core.errors import KnownError
from app.core.plain import JsonObject


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """`code` names a sentence of the laptop's texts (`refused.<code>`)."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.code, self.details = code, details

    @classmethod
    def of(cls, error: KnownError) -> Refused:
        """What was wrong with it, short enough for a receipt."""
        details = {
            key: value if isinstance(value, int | float | None) else str(value)[:200]
            for key, value in error.details.items()
        }
        return cls(error.code, **details)


class Conflicting(Exception):  # noqa: N818 - an answer, not an error
    """The record has moved on since the laptop saw it."""

    def __init__(self, base: JsonObject | None, current: JsonObject, version: int) -> None:
        super().__init__(version)
        self.base, self.current, self.version = base, current, version
