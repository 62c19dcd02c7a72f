"""One JSON line an event on stderr. What may be in it is named here; a token or a payload never is."""

from __future__ import annotations

import json
import sys
import threading

from app.core.clock import iso, utc_now
from app.core.errors import KnownError

_LOCK = threading.Lock()


def log(event: str, **about: str | int | float | None) -> None:
    line = json.dumps({"at": iso(utc_now()), "event": event, **about}, ensure_ascii=False)
    with _LOCK:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def reason_of(error: KnownError) -> str:
    """What a store or a provider said of it; empty where it said nothing."""
    return str(error.details.get("reason", ""))[:200]
