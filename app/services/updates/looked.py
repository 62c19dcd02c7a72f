"""What a look at the feed found."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.updates.releases import Release


@dataclass(frozen=True)
class Looked:
    """`offered`: newer than `running` and for this machine. `pending`: is laid down already and runs from the
    next start on.
    """

    running: str
    offered: Release | None
    pending: str
