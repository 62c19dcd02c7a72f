"""Who attacks a real centre: a laptop whose field it is, one of another field, somebody without a token; and
how what was tried is told.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from benchmarks.pushing import FIELD
from tests.centre_process import CentreProcess

OTHER = "Чужое"
Try = tuple[str, bool]
"""What was tried and whether the promise held."""


class Knocking:
    """`own` is the laptop that is attacked, `other` one of another field, `stranger` has no token."""

    def __init__(self, centre: CentreProcess) -> None:
        self.centre = centre
        self.token, self.foreign = centre.token(FIELD), centre.token(OTHER)
        self.own, self.other = centre.client(self.token), centre.client(self.foreign)
        self.stranger = centre.client("wsd_nobody")

    def send(self, client: httpx.Client, *bodies: dict[str, Any]) -> list[dict[str, Any]]:
        """Entries; their receipts, or the status of a batch that was refused."""
        answer = client.post("/v1/batches", content=json.dumps({"entries": list(bodies)}))
        return list(answer.json().get("receipts", [{"status": str(answer.status_code)}]))

    def piece(self, client: httpx.Client, name: str, content: bytes, **asked: Any) -> httpx.Response:
        return client.put(
            f"/v1/documents/{name}",
            params={"offset": 0, "last": True} | asked,
            content=content,
            headers={"X-Piece-SHA256": hashlib.sha256(content).hexdigest()},
        )

    def answers(self) -> bool:
        """Others are answered within a second."""
        began = time.monotonic()
        return self.own.get("/v1/hello").status_code == 200 and time.monotonic() - began < 1.0


def report(*attacks: Callable[[], Iterator[Try]]) -> None:
    for attack in attacks:
        tries = list(attack())
        failed = [name for name, held in tries if not held]
        told = {"promise": (attack.__doc__ or "").strip(), "tries": len(tries), "failed": failed[:20]}
        print(json.dumps(told, ensure_ascii=False), flush=True)


def run(knocks: Callable[[CentreProcess], object], promises: tuple[str, ...]) -> None:
    """`FOLDER [PROMISE…]` of the command line; all of them where none is named."""
    centre = CentreProcess(Path(sys.argv[1]) / "centre")
    centre.start()
    try:
        attacks = knocks(centre)
        report(*(getattr(attacks, name) for name in sys.argv[2:] or promises))
    finally:
        centre.stop()
