"""The rest of what happens to a well: tests, events, analyses, notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.core.plain import JsonObject
from app.models.values import Values

USUAL_TEST_S = 4 * 3600.0
"""As long as a skid usually measures: for what is looked at beside a test, never written as its duration."""

PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff")
PLANNED = "planned"
"""The state of what is still to come: a plan until it is done."""


@dataclass(frozen=True)
class FlowTest:
    """Замер дебита (АГЗУ). liquid and gas [m³/s], oil [kg/s], water_cut a fraction by volume. `duration_s` is
    None where nobody said it.
    """

    id: str
    well_id: int
    taken_at: datetime
    duration_s: float | None
    liquid_m3_per_s: float
    oil_kg_per_s: float | None
    water_cut: float | None
    gas_m3_per_s: float | None
    line_pressure_pa: float | None
    valid: bool = True

    @property
    def window_s(self) -> float:
        """How long what was measured beside it is looked at."""
        return USUAL_TEST_S if self.duration_s is None else self.duration_s


@dataclass(frozen=True)
class Event:
    """`kind` is start, stop, workover, choke, note, … ; an open end is None."""

    id: str
    well_id: int
    at: datetime
    until: datetime | None
    kind: str
    note: str = ""


@dataclass(frozen=True)
class LabResult:
    """One analysis of one sample. `qualifier` keeps what is no number: <, >, н/о, следы."""

    id: str
    well_id: int
    sampled_at: datetime
    parameter: str
    value: float | None
    unit: str
    qualifier: str = ""
    method: str = ""


@dataclass(frozen=True)
class Note:
    """What the engineer wrote on a chart, at a moment and (if it has one) on a sensor."""

    id: str
    well_id: int
    at: datetime
    sensor: str | None
    text: str
    author: str
    pending: bool = True


@dataclass(frozen=True)
class ImportRecord:
    """One import: one transaction, one undo."""

    id: str
    at: datetime
    file_name: str
    sha256: str
    kind: str
    rows_added: int
    rows_changed: int
    rows_same: int
    undone: bool = False


@dataclass(frozen=True)
class Record:
    """Any kind of record (models/kinds): `values` by the field's key, SI; an empty value is not there."""

    id: str
    kind: str
    well_id: int
    at: datetime
    until: datetime | None = None
    values: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """The record that something was computed with, and its date."""

    kind: str
    record: str
    at: datetime


@dataclass(frozen=True)
class Version:
    """What a record was after one change. `action` is saved, removed or imported."""

    record: str
    number: int
    entry: str
    saved_at: datetime
    author: str
    action: str
    body: JsonObject


@dataclass(frozen=True)
class AttachedFile:
    """A file that belongs to a record; its content lies with the journal under its SHA-256."""

    record: str
    sha256: str
    name: str
    size: int

    @property
    def is_photo(self) -> bool:
        return self.name.lower().endswith(PHOTOS)


@dataclass(frozen=True)
class FiledRecord:
    """A record as lists show it: with the files that belong to it."""

    record: Record
    files: tuple[AttachedFile, ...] = ()
