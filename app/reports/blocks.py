"""What a report is made of, before anybody knows of PDF or Excel. Numbers stand as they are shown, already
converted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Value = str | float | datetime | None
"""A cell: None is printed as a long dash."""


@dataclass(frozen=True)
class Heading:
    """`level` 1 is a well or a part of the whole report, 2 a section; both are bookmarks."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """`nothing` is the sentence of a section that found nothing in the period."""

    text: str
    muted: bool = False
    nothing: bool = False


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
class Column:
    """`kind` is text, number, moment, dated (of a record: a day without an hour is that day) or day; `group`
    stands over neighbouring columns that share it.
    """

    title: str
    kind: str = "text"
    digits: int = 0
    group: str = ""


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Pen:
    """x and y as shown; NaN breaks the line. `style` gives colour, dash and mark: pens are told apart without
    colour.
    """

    name: str
    x: Floats
    y: Floats
    style: int = 0
    line: bool = True
    points: bool = False
    hollow: bool = False
    wide: bool = False
    faint: bool = False


@dataclass(frozen=True)
class Shade:
    """Between two curves: an interval."""

    x: Floats
    low: Floats
    high: Floats
    style: int = 0


@dataclass(frozen=True)
class Level:
    """A line at one y (at one x, if `upright`) with its name."""

    at: float
    name: str
    serious: bool = False
    upright: bool = False


@dataclass(frozen=True)
class Chart:
    """One pane. `time_axis`: x is seconds since 1970 UTC. `bands` are (from, to, label) on x, `flags` (at,
    label). `log` names the logarithmic axes: "", "x", "xy".
    """

    title: str
    x_title: str
    y_title: str
    pens: tuple[Pen, ...]
    time_axis: bool = False
    height_mm: float = 45.0
    bands: tuple[tuple[float, float, str], ...] = ()
    levels: tuple[Level, ...] = ()
    flags: tuple[tuple[float, str], ...] = ()
    shades: tuple[Shade, ...] = ()
    log: str = ""
    downwards: bool = False
    """y grows downwards: depths."""

    leftwards: bool = False
    """x grows to the left: Horner time."""
    window: tuple[float, float] | None = None
    """x from and to, where the pens do not decide it."""


@dataclass(frozen=True)
class Completion:
    """The well as it is equipped, to be drawn: depths along the hole, as shown, in `unit`; None where nobody
    told.

    `lift` is esp, srp or another; `rods` are (length, diameter's label) from the top; `marks` are (depth,
    what is there).
    """

    unit: str
    bottom: float
    lift: str
    casing_shoe: float | None
    pump: float | None
    level: float | None
    perforations: tuple[tuple[float, float], ...]
    rods: tuple[tuple[float, str], ...]
    marks: tuple[tuple[float, str], ...]
    height_mm: float = 105.0


@dataclass(frozen=True)
class Signatures:
    """Lines to sign: (role, name)."""

    items: tuple[tuple[str, str], ...]
    date_label: str


@dataclass(frozen=True)
class Timeline:
    """Rows over one calendar: what lasted as bars, what happened at once as marks. Times are seconds since
    1970 UTC; an open end is None.
    """

    since: float
    until: float
    rows: tuple[tuple[str, int, tuple[tuple[float, float | None], ...]], ...]
    """(name, style, (from, to) of each)."""


@dataclass(frozen=True)
class Photo:
    """`content` is a JPEG, upright and no larger than paper needs."""

    content: bytes = field(repr=False)
    caption: str = ""


@dataclass(frozen=True)
class Photos:
    """Two beside each other."""

    items: tuple[Photo, ...]


Block = (
    Heading
    | Paragraph
    | Bullets
    | FindingBox
    | Pairs
    | Table
    | Chart
    | Completion
    | Timeline
    | Signatures
    | Photos
)


@dataclass(frozen=True)
class Part:
    """Pages of one orientation; `running` names field, pad, well and period at their head. `own_page` begins
    a new one.
    """

    blocks: tuple[Block, ...]
    running: str = ""
    landscape: bool = False
    own_page: bool = False


@dataclass(frozen=True)
class Document:
    """`source_line` says where data and calculation come from, printed on every page. `missing` are the wells
    that have no data in the period. `archive` asks for PDF/A-2b.
    """

    title: str
    subtitle: str
    company: str
    source_line: str
    made_at: datetime
    parts: tuple[Part, ...] = ()
    language: str = "ru"
    paper: str = "A4"
    contents: bool = False
    archive: bool = False
    author: str = ""
    keywords: str = ""
    logo: bytes = field(default=b"", repr=False)
    missing: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for part in self.parts for block in part.blocks)
