"""What a report is made of, before anybody knows of PDF. Numbers are SI; the renderer speaks the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    muted: bool = False


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class FindingBox:
    """One finding: `severity` chooses colour and shape, so that grey print still tells them apart."""

    severity: str
    title: str
    meta: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Pairs:
    """Name and value, in two columns of pairs."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """`right` says which columns are numbers; `weights` their relative widths, equal when not given."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    weights: tuple[float, ...] = ()


@dataclass(frozen=True)
class Pen:
    """x and y as shown (converted); NaN breaks the line. `style` tells pens apart without colour."""

    name: str
    x: Floats
    y: Floats
    style: int = 0


@dataclass(frozen=True)
class Chart:
    """One pane. `time_axis`: x is seconds since 1970 UTC. `bands` are (from, to, label) on x."""

    title: str
    x_title: str
    y_title: str
    pens: tuple[Pen, ...]
    time_axis: bool = False
    height_mm: float = 45.0
    bands: tuple[tuple[float, float, str], ...] = ()
    levels: tuple[tuple[float, str], ...] = ()


Block = Heading | Paragraph | Bullets | FindingBox | Pairs | Table | Chart


@dataclass(frozen=True)
class Document:
    """`source_line` says where data and calculation come from, printed on every page."""

    title: str
    subtitle: str
    company: str
    source_line: str
    made_at: datetime
    blocks: tuple[Block, ...] = field(default_factory=tuple)
