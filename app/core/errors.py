"""Two families of trouble: what the engineer can do something about, and our own bugs."""

from __future__ import annotations


class KnownError(Exception):
    """Environment or data: a sentence, what to do, nothing lost.

    `code` names a sentence in resources/texts (`error.<code>`); `details` fill its places.
    `retry` tells whether the same call may succeed later without a change.
    """

    def __init__(self, code: str, *, retry: bool = False, **details: object) -> None:
        super().__init__(code, details)
        self.code = code
        self.retry = retry
        self.details = details

    def __str__(self) -> str:
        parts = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code} ({parts})" if parts else self.code
