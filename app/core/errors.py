"""Two families of trouble: what the engineer can do something about, and our own bugs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Details: TypeAlias = Mapping[str, object]
"""What fills the places of a sentence (`texts.Speaker.say`): shown, never reckoned with."""
Remark: TypeAlias = tuple[str, Details]
"""A sentence that is no error: its code and its details."""


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

    @classmethod
    def of(cls, code: str, details: Details, *, retry: bool = False) -> KnownError:
        """With details that were kept or came from elsewhere, whatever they are called."""
        error = cls(code, retry=retry)
        error.details = dict(details)
        error.args = (code, error.details)
        return error

    def __str__(self) -> str:
        parts = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code} ({parts})" if parts else self.code


_OF_THE_MACHINE = ("store_", "disk_", "folder_", "journal_", "key", "crypto_")


def is_of_the_machine(error: KnownError) -> bool:
    """Disk, folder, cache or key: it says nothing of the well or the data that were being looked at."""
    return error.code.startswith(_OF_THE_MACHINE)
