"""Time zones that files name: `UTC+5`, `МСК`, `Asia/Yekaterinburg`, an offset in a cell; and what a clock on
the wall was in UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np

from app.core.zones import HOUR_US, fixed_offset_us, known, region
from app.importers.zone_words import place_in, without_place

_IN_TEXT = re.compile(
    r"(?<![^\W_])(?<!/)(?P<offset>(?:utc|gmt|мск|msk)(?:\s*[+\-\u2212]\s*\d{1,2}(?::?\d{2})?)?)(?![^\W_])"
    r"|(?<![\w/])(?P<iana>(?:africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific|us)"
    r"/[a-z_]+(?:/[a-z_]+)?|etc/(?:gmt(?:[+\-]\d{1,2})?|utc))(?![\w+\-])"
    r"|[\(\[,;]\s*(?P<short>est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|yekt|екб|z)\s*(?=[\)\],;]|$)"
    r"|[\(\[]\s*(?P<bare>[+\-\u2212]\d{1,2}:?\d{2})\s*[\)\]]"
    r"|(?<=[\w,;])\s+(?P<behind>[+\-\u2212]\d{2}:?\d{2})\s*$",
    re.IGNORECASE,
)


_SAID = re.compile(
    r"\b(?:times?|clocks?|timestamps?)\b[^|\n]{0,20}(?<![^\W_])"
    r"(?P<short>est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|yekt)(?![^\W_])",
    re.IGNORECASE,
)
"""`All times in CDT`: of a title, where the letters alone may be anything."""


def zone_in(text: str, *, title: bool = False) -> str:
    """The zone that a header or a title names, as `known()` takes it; empty without one."""
    match = _IN_TEXT.search(text)
    if match is None:
        said = _SAID.search(text) if title else None
        return said["short"] if said is not None else place_in(text, title=title)
    if match["iana"]:
        return next((name for name in (match["iana"], _titled(match["iana"])) if known(name)), "")
    return "".join((match["offset"] or match["short"] or match["bare"] or match["behind"]).split()).replace(
        "\u2212", "-"
    )


def without_zone(header: str) -> str:
    """The header's name, without the zone that stands beside it."""
    match = _IN_TEXT.search(header)
    left = without_place(header) if match is None else header[: match.start()] + header[match.end() :]
    if left == header:
        return header
    return re.sub(r"[(\[,;\s_]+[)\]]*$|[(\[]\s*[)\]]", "", left).strip()


def _titled(name: str) -> str:
    return "/".join("_".join(part.capitalize() for part in piece.split("_")) for piece in name.split("/"))


def to_utc_us(wall_us: np.ndarray, zone: str, *, runs: np.ndarray | None = None) -> np.ndarray:
    """Clocks on the wall [µs] → UTC [µs]. `runs` numbers the rows of one well: in the autumn's double hour
    the second pass begins where the clock of a run goes back.
    """
    fixed = fixed_offset_us(zone)
    if fixed is not None:
        return wall_us - fixed
    place = region(zone)
    if place is None:
        return wall_us
    first, second = _both_offsets(wall_us, place)
    return wall_us - np.where(_second_pass(wall_us, first != second, runs), second, first)


def _both_offsets(wall_us: np.ndarray, region: ZoneInfo) -> tuple[np.ndarray, np.ndarray]:
    """The zone's offset [µs] on the first and on the second pass of each clock. Rules change on quarters of
    an hour, and there are few of them.
    """
    quarters, places = np.unique(wall_us // (HOUR_US // 4), return_inverse=True)
    walls = [datetime.fromtimestamp(int(q) * 900, UTC).replace(tzinfo=None) for q in quarters.tolist()]
    offsets = [
        np.array(
            [
                round(wall.replace(tzinfo=region, fold=fold).utcoffset().total_seconds() * 1e6)  # type: ignore[union-attr]
                for wall in walls
            ],
            np.int64,
        )
        for fold in (0, 1)
    ]
    return offsets[0][places], offsets[1][places]


def _second_pass(wall_us: np.ndarray, double: np.ndarray, runs: np.ndarray | None) -> np.ndarray:
    """Rows of a double hour after the clock has gone back or stood still in it."""
    second = np.zeros(len(wall_us), bool)
    if not double.any():
        return second
    whose = np.zeros(len(wall_us), np.int64) if runs is None else runs
    for run in np.unique(whose[double]).tolist():
        rows = np.flatnonzero(whose == run)
        back = np.r_[False, np.diff(wall_us[rows]) <= 0]
        passed = False
        for row, went_back in zip(rows.tolist(), back.tolist(), strict=True):
            passed = double[row] and (passed or went_back)
            second[row] = passed
    return second
