"""A well whose facts are whatever a test says: what sections are given, without a profile behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from app.analysis.wells.flow import FlowHistory, TestRow
from app.core.errors import KnownError
from app.core.texts import Speaker
from app.core.units import DAY_S, UnitSystem
from app.core.zones import FieldZone
from app.models.findings import Finding
from app.models.overview import Overview
from app.models.records import FiledRecord, FlowTest, Record
from app.models.wells import ESP, Installation, Well, WellId
from app.reports.blocks import Block, Bullets, Chart, FindingBox, Heading, Pairs, Paragraph, Table
from app.reports.collect import Section, WellFacts

SINCE = datetime(2026, 5, 1, tzinfo=UTC)
UNTIL = datetime(2026, 5, 31, tzinfo=UTC)
AT = datetime(2026, 5, 20, 21, 30, tzinfo=UTC)
RU, EN = Speaker("ru"), Speaker("en")
US = Speaker("en", UnitSystem("us_field"))
EAST = Speaker("en", zone=FieldZone("UTC+5"))
DAY = timedelta(days=1)
NO_CARD = KnownError("card_empty")


class Told:
    """The answers of the services; of what a test does not say there is nothing."""

    def __init__(self, **said: Any) -> None:
        self.said = said
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        def answer(*arguments: Any) -> Any:
            self.asked.append(name)
            value = self.said[name] if name in self.said else EMPTY[name]()
            return value(*arguments) if callable(value) else value

        return answer


EMPTY: dict[str, Any] = {
    "last_reading_at": lambda: None,
    "installation": lambda: None,
    "card": lambda: None,
    "field_row": lambda: None,
    "flow": lambda: history(),
    "overview": lambda: seen(),
    **dict.fromkeys(
        ("findings", "trends", "sensors", "cards", "computed_with", "events", "records", "well_tests"), tuple
    ),
    "clippings": tuple,
}


def a_well(lift: str = ESP, **told: Any) -> Well:
    return Well(WellId(1), told.pop("name", "101"), told.pop("field_name", "North"), "5", lift, **told)


def facts(of: Well | None = None, **said: Any) -> WellFacts:
    records = said.get("records")
    if isinstance(records, Sequence):
        said["records"] = lambda _well, _since, _until, kinds: tuple(
            one for one in records if one.record.kind in kinds
        )
    return WellFacts(of or a_well(), SINCE, UNTIL, Told(**said))


def made(section: Section, told: WellFacts, speaker: Speaker = EN, **options: Any) -> list[Block]:
    assert section.make is not None
    return section.make(told, speaker, {**section.defaults(), **options})


def for_all(section: Section, told: Sequence[WellFacts], speaker: Speaker = EN) -> list[Block]:
    assert section.make_for_all is not None
    return section.make_for_all(tuple(told), speaker, section.defaults())


def filed(kind: str, at: datetime = AT, until: datetime | None = None, /, **values: Any) -> FiledRecord:
    return FiledRecord(Record(f"{kind} {at}", kind, 1, at, until, values))


def equipped(**equipment: Any) -> Installation:
    return Installation("i", WellId(1), datetime(2026, 3, 1, tzinfo=UTC), None, equipment)


def a_test(liquid_m3_per_day: float = 86.4, days: float = 0.0, **told: Any) -> FlowTest:
    known: dict[str, Any] = {
        "duration_s": 14_400.0,
        "oil_kg_per_s": None,
        "water_cut": None,
        "gas_m3_per_s": None,
        "line_pressure_pa": None,
    }
    at = AT + timedelta(days=days)
    return FlowTest(f"t{days}", 1, at, liquid_m3_per_s=liquid_m3_per_day / DAY_S, **{**known, **told})


def a_row(test: FlowTest, *doubts: str, virtual: float | None = None, gor: float | None = None) -> TestRow:
    return TestRow(test, doubts, virtual, gor)


def history(*rows: TestRow, **told: Any) -> FlowHistory:
    known: dict[str, Any] = {
        "virtual_error": None,
        "level_time_us": np.empty(0, np.int64),
        "level_m": np.empty(0),
        "level_from": "",
        "pump_depth_m": None,
    }
    return FlowHistory(rows, **{**known, **told})


def seen(**told: Any) -> Overview:
    known: dict[str, Any] = {
        "well": a_well(),
        "last_reading_at": None,
        "values": (),
        "findings": (),
        "flow_tests": (),
        "card": None,
        "health": None,
    }
    return Overview(**{**known, **told})


def words(blocks: Sequence[Block]) -> str:
    """All that is said, a line each; spaces that do not break are plain ones."""
    said: list[str] = []
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            said.append(block.text)
        elif isinstance(block, Bullets):
            said += block.items
        elif isinstance(block, FindingBox):
            said += (block.title, block.meta, *block.lines)
        elif isinstance(block, Pairs):
            said += (f"{name}: {value}" for name, value in block.items)
    return plain("\n".join(said))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def pairs(blocks: Sequence[Block]) -> dict[str, str]:
    return {name: plain(value) for block in blocks if isinstance(block, Pairs) for name, value in block.items}


def table(blocks: Sequence[Block]) -> Table:
    found = [block for block in blocks if isinstance(block, Table)]
    assert len(found) == 1
    return found[0]


def charts(blocks: Sequence[Block]) -> list[Chart]:
    return [block for block in blocks if isinstance(block, Chart)]


def cells(of: Table, title: str) -> list[Any]:
    """A column by what stands over it."""
    place = [column.title for column in of.columns].index(title)
    return [row[place] for row in of.rows]


def nothing(blocks: Sequence[Block], *, gathered: bool = True) -> str:
    """The one sentence of a section that found nothing; `gathered`: it may become a word in a line."""
    assert len(blocks) == 2
    assert isinstance(blocks[0], Heading)
    assert isinstance(blocks[1], Paragraph)
    assert blocks[1].nothing is gathered
    assert blocks[1].muted
    return blocks[1].text


def a_finding(severity: str = "act", **told: Any) -> Finding:
    known: dict[str, Any] = {
        "from_at": AT - DAY,
        "to_at": AT,
        "code": "gas_interference",
        "confidence": 0.834,
    }
    return Finding(1, severity=severity, **{**known, **told})
