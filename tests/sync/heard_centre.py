"""A centre in memory with two wells, heard over HTTP by those who have a laptop's own transport."""

from __future__ import annotations

import gzip
import json
from typing import Any
from urllib.parse import parse_qs

import httpx
import pyarrow as pa

from app.core.clock import parse_time
from app.models.wells import well_uid
from app.sync.transports.base import CentralCard, Part
from app.sync.wire import Asked, Batch, Change, EntryIn, Receipt, Receipts
from tests.conftest import NOW
from tests.sync.lying import as_arrow
from tests.sync.memory_centre import MemoryCentre
from tests.sync.memory_readings import MemoryReadings

FIELD, NAMES, NUMBERS = "Северное", ("123Г", "77"), (70, 71)
KEYS = [
    {"uid": well_uid(FIELD, "5", name), "field": FIELD, "pad": "5", "name": name, "number": number}
    for name, number in zip(NAMES, NUMBERS, strict=True)
]
ABOUT = {"lift": "esp", "state": "producing", "aliases": [], "depth_m": 2500.0}


class Centre(MemoryCentre):
    """With two wells that have numbers of their own, and heard over HTTP."""

    def __init__(self) -> None:
        super().__init__(lambda: NOW)
        self.readings = MemoryReadings()
        for key in KEYS:
            self.says("well", str(key["uid"]), key, ABOUT)

    def _tell_of(self, entry: EntryIn, version: int) -> Change:
        change = super()._tell_of(entry, version)
        assert entry.well is not None
        number = next(key["number"] for key in KEYS if key["uid"] == entry.well.uid)
        self.log[-1] = change.model_copy(
            update={"well": entry.well.model_copy(update={"number": number}), "entry_id": entry.id}
        )
        return self.log[-1]

    def _judged(self, entry: EntryIn) -> Receipt:
        """What is no record is refused, as the real one does."""
        if entry.kind == "record" and not {"kind", "at", "values"} <= entry.payload.keys():
            return self._said(entry, "rejected", code="value_wrong")
        return super()._judged(entry)

    def answers(self, request: httpx.Request) -> bytes:
        query = {key: values[0] for key, values in parse_qs(request.url.query.decode()).items()}
        match request.url.path.split("/")[2:]:
            case ["hello"]:
                said: Any = self.hello().model_copy(update={"nonce": query["nonce"]})
            case ["batches"]:
                said = Receipts(
                    receipts=self.send(Batch.model_validate_json(gzip.decompress(request.content)))
                )
            case ["entries", "lacking"]:
                said = {"ids": self.lacking(Asked.model_validate_json(request.content).ids)}
            case ["records", "sums"]:
                said = self.record_sums(whole=query["whole"] == "true", wells="wells" in query)
            case ["records", "part"]:
                said = self.record_part(int(query["well"]), query["kind"])
            case ["changes"]:
                said = self.changes(int(query["since"]))
            case ["read", name]:
                return as_arrow(self._table(name, json.loads(request.content)))
            case _:
                raise AssertionError(request.url.path)
        return (json.dumps(said) if isinstance(said, dict) else said.model_dump_json()).encode()

    def _table(self, name: str, asked: dict[str, Any]) -> pa.Table:
        """As ClickHouse answers the query."""
        from_, wanted = self.readings, asked["wells"]
        since = parse_time(asked["since"]) if "since" in asked else NOW
        part = Part(-1, NOW, NOW)
        if "first" in asked:
            part = Part(-1, parse_time(asked["first"]), parse_time(asked["last"]), 0, tuple(wanted))
        match name:
            case "newest":
                newest = from_.newest(wanted)
                return pa.table({"n": [int(bool(newest))], "announced_at": [newest]})
            case "months" | "card_months" | "announced":
                if name == "announced":
                    parts = from_.announced(wanted, asked["after"], asked["until"], asked["target"])
                else:
                    parts = getattr(from_, name)(wanted, since)
                return pa.table(
                    {
                        "well_id": pa.array([one.well for one in parts], pa.uint32()),
                        "first": pa.array([one.first for one in parts], pa.timestamp("us", "UTC")),
                        "last": pa.array([one.last for one in parts], pa.timestamp("us", "UTC")),
                        "n": pa.array([one.rows for one in parts], pa.uint64()),
                    }
                )
            case "readings":
                return pa.concat_tables([from_._table([]), *from_.readings(part)])
            case "cards":
                return _cards(from_.cards(part))
            case "sums":
                sums = from_.sums(wanted, since)
                return pa.table(
                    {
                        "well_id": pa.array([well for well, _ in sums], pa.uint32()),
                        "month": [month for _, month in sums],
                        "n": pa.array([one.count for one in sums.values()], pa.uint64()),
                        "times": [one.times for one in sums.values()],
                        "levels": [one.values for one in sums.values()],
                        "marks": pa.array([one.quality for one in sums.values()], pa.uint64()),
                        "ties": [one.ties for one in sums.values()],
                    }
                )
            case "card_sums":
                told = {key: text.split("/") for key, text in from_.card_sums(wanted, since).items()}
                return pa.table(
                    {
                        "well_id": pa.array([well for well, _ in told], pa.uint32()),
                        "month": pa.array([month for _, month in told], pa.string()),
                        "n": pa.array([int(one[0]) for one in told.values()], pa.uint64()),
                        "hashes": pa.array([one[1] for one in told.values()], pa.string()),
                        "speeds": pa.array([one[2] for one in told.values()], pa.string()),
                    }
                )
            case "made":
                nothing = {"well_id": pa.uint32(), "made_at": pa.timestamp("us", "UTC")}
                return pa.table({column: pa.array([], of) for column, of in nothing.items()})
        raise AssertionError(name)


def _cards(cards: list[CentralCard]) -> pa.Table:
    points = pa.list_(pa.float32())
    return pa.table(
        {
            "card_id": pa.array([one.card_id for one in cards], pa.string()),
            "well_id": pa.array([one.well for one in cards], pa.uint32()),
            "taken_at": pa.array([one.taken_at for one in cards], pa.timestamp("us", "UTC")),
            "strokes_per_minute": pa.array([one.strokes_per_minute for one in cards], pa.float64()),
            "position_m": pa.array([one.position_m for one in cards], points),
            "load_n": pa.array([one.load_n for one in cards], points),
            "deleted": pa.array([int(one.deleted) for one in cards], pa.uint8()),
        }
    )
