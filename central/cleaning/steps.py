"""The steps by which a table of readings is cleaned, each declared with what it does; pandas frames of the
columns well_id, sensor_type, timestamp, value, quality. Whole columns at a time: no loop over rows, one over
series in `marked`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.analysis.quality.marks import quality_of
from app.models.limits import EARLIEST_US, LATEST_US
from app.models.sensors import BY_NUMBER

if TYPE_CHECKING:
    import pandas as pd

SERIES = ["well_id", "sensor_type"]
MOMENT = [*SERIES, "timestamp"]


@dataclass(frozen=True)
class Step:
    """`clean` returns a frame of its own; the one that it is given stays as it is."""

    key: str
    does: str
    clean: Callable[[pd.DataFrame], pd.DataFrame]


def known(frame: pd.DataFrame) -> pd.DataFrame:
    sensors = frame["sensor_type"].isin(list(BY_NUMBER))
    moments = frame["timestamp"].astype("int64").between(EARLIEST_US, LATEST_US)
    return frame[sensors & moments & frame["timestamp"].notna()]


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of one moment stay in the order in which they came."""
    return frame.sort_values(MOMENT, kind="stable", ignore_index=True)


def once(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop_duplicates(MOMENT, keep="last", ignore_index=True)


def marked(frame: pd.DataFrame) -> pd.DataFrame:
    """By the rules of a laptop's import, on a series at a time; a mark that is there stays."""
    quality = frame["quality"].to_numpy(np.uint8, copy=True)
    moments, values = frame["timestamp"].astype("int64").to_numpy(), frame["value"].to_numpy(np.float64)
    for (_, sensor), rows in frame.groupby(SERIES, sort=False).indices.items():
        quality[rows] |= quality_of(BY_NUMBER[int(sensor)], moments[rows], values[rows])
    return frame.assign(quality=quality)


STEPS = (
    Step("known", "Rows of no known sensor, or of a moment that cannot be, leave.", known),
    Step("in_order", "Rows are put in the order of well, sensor and time.", in_order),
    Step("once", "Of several values of one moment the one that came last stays.", once),
    Step("marked", "Values that are not to be trusted are marked; none is deleted.", marked),
)
