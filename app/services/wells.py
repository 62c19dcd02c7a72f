"""The wells of the store: finding one, and how each is doing."""

from __future__ import annotations

import re
from datetime import timedelta

from app.core.clock import from_us
from app.core.errors import KnownError
from app.models.store import findings, records, trends
from app.models.store.database import Database
from app.models.wells import Well, WellStatus
from app.services.workspace import Workspace

_ORDER = ("stop", "act", "watch")
# A finding that ended this long before the newest reading is history, not the well's state.
FRESH = timedelta(days=7)


_PAD = re.compile(r"^(?:к|куст|k|pad)?[-. №]*(\d{1,5}[а-яa-z]?)$")


def normal_name(text: str) -> str:
    """`скв. №123Г`, `Well 123г` → `123г`: what people write around a number is dropped."""
    text = text.strip().lower().replace("ё", "е")
    text = re.sub(r"^(скважина|скв\.?|well|no|№)\s*", "", text)
    return re.sub(r"[\s№#]", "", text).replace("\\", "/")


def split_pad(text: str) -> tuple[str, str, str]:
    """(whole, number, pad): `123Г/К-5` is `123г` of pad `5`; `15/9-F-1 C` is nothing but itself."""
    whole = normal_name(text)
    head, slash, tail = whole.rpartition("/")
    pad = _PAD.match(tail)
    return (whole, head, pad.group(1)) if slash and head and pad else (whole, "", "")


class Registry:
    """Wells by every name that they are known under. One number on two pads is told apart by the pad, or not at all."""

    def __init__(self, wells: list[Well]) -> None:
        self.wells = wells
        self._whole: dict[str, Well] = {}
        self._numbers: dict[str, list[Well]] = {}
        for well in wells:
            for name in (well.name, *well.aliases):
                whole, number, _ = split_pad(name)
                self._whole.setdefault(whole, well)
                same = self._numbers.setdefault(number or whole, [])
                if well not in same:
                    same.append(well)

    def find(self, name: str) -> Well | None:
        whole, number, pad = split_pad(name)
        if not number:
            same = self._numbers.get(whole, [])
            return self._whole.get(whole) if len(same) < 2 else None
        if whole in self._whole:
            return self._whole[whole]
        same = self._numbers.get(number, [])
        on_pad = [
            well for well in same if (found := _PAD.match(normal_name(well.pad))) and found.group(1) == pad
        ]
        if len(on_pad) == 1:
            return on_pad[0]
        # A well whose pad is another one is another well, were its number the same.
        padless = [well for well in same if not _PAD.match(normal_name(well.pad))]
        return padless[0] if len(padless) == 1 and len(same) == 1 else None

    def near(self, name: str) -> list[str]:
        import difflib  # only a name that is wrong needs it, a start does not

        close = difflib.get_close_matches(normal_name(name), [well.name for well in self.wells], 3, 0.4)
        return close or [well.name for well in self.wells[:5]]


def find_well(workspace: Workspace, name: str) -> Well:
    """By name, number or alias. Raises KnownError that names the nearest ones."""
    registry = Registry(records.wells(workspace.store))
    well = registry.find(name)
    if well is None:
        raise KnownError("well_unknown", well=name, near=", ".join(registry.near(name)) or "—")
    return well


def statuses(store: Database) -> list[WellStatus]:
    """In the order of the tree. Status: the worst fresh finding; idle when stopped; none when there is no data."""
    open_findings = findings.open_by_well(store)
    spans = trends.spans(store)
    result = []
    for well in records.wells(store):
        span = spans.get(well.id)
        last = from_us(span[1]) if span else None
        mine = open_findings.get(well.id, [])
        fresh = [severity for severity, _, until in mine if last is None or until >= last - FRESH]
        status = next((severity for severity in _ORDER if severity in fresh), "ok")
        if last is None and not mine:
            status = "none"
        elif status == "ok" and well.state != "running":
            status = "idle"
        unread = sum(not seen and severity != "info" for severity, seen, _ in mine)
        result.append(WellStatus(well, status, unread, last))
    return result
