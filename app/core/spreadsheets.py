"""Text that a spreadsheet would run as a formula is disarmed before it leaves: in files and on the
clipboard.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.core.clock import iso

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe_text(value: Any) -> Any:
    """A text that begins like a formula gets an apostrophe; numbers stay numbers (ASVS 5.0, formula
    injection).
    """
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return iso(value) if isinstance(value, datetime) else value
