"""DataFrames with units: conversion of columns, moments in the reader's zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core.units import SYSTEMS, Unit, UnitSystem, stored_unit
from wellside.errors import Error

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Manner:
    """How values are handed out: in which units and in which zone."""

    units: str = "si"
    tz: str = "UTC"

    def __post_init__(self) -> None:
        if self.units not in SYSTEMS:
            raise Error(
                "units_unknown", f"There is no system of units {self.units!r}: use {', '.join(SYSTEMS)}."
            )
        try:
            ZoneInfo(self.tz)
        except (ZoneInfoNotFoundError, ValueError, TypeError, AttributeError) as error:
            raise Error(
                "zone_unknown", f"There is no time zone {self.tz!r}: use a name like Asia/Yekaterinburg."
            ) from error

    def unit(self, quantity: str) -> Unit:
        return stored_unit(quantity) if self.units == "si" else UnitSystem(self.units).unit(quantity)

    def moment(self, given: Any) -> datetime | None:
        """UTC; a moment without a zone is in the reader's."""
        import pandas as pd

        if given is None:
            return None
        try:
            # ISO only: of 03.04.2026 nobody can say which is the month.
            stamp = pd.Timestamp(datetime.fromisoformat(given) if isinstance(given, str) else given)
            if isinstance(given, int | float) or stamp is pd.NaT:
                raise ValueError(given)
            known = stamp.tz_localize(ZoneInfo(self.tz)) if stamp.tzinfo is None else stamp
            known = known.tz_convert("UTC")
        except (ValueError, TypeError, OverflowError) as error:
            raise Error("moment_unknown", f"{given!r} is no moment: write 2026-10-31 12:00.") from error
        moment: datetime = known.to_pydatetime()
        return moment.astimezone(UTC)

    def index(self, time_us: Any, name: str = "time") -> pd.DatetimeIndex:
        """Of microseconds since 1970 UTC."""
        import pandas as pd

        return pd.DatetimeIndex(
            pd.to_datetime(time_us, unit="us", utc=True).tz_convert(self.tz).as_unit("us"), name=name
        )

    def times(self, moments: Sequence[datetime | None]) -> pd.Series:
        import pandas as pd

        return pd.Series(pd.to_datetime(list(moments), utc=True).tz_convert(self.tz))

    def frame(self, columns: Mapping[str, Any], quantities: Mapping[str, str]) -> pd.DataFrame:
        """`quantities` of the columns that are measured: those are converted, and their units told."""
        import pandas as pd

        frame = pd.DataFrame(dict(columns))
        for name, quantity in quantities.items():
            frame[name] = self.unit(quantity).from_si(pd.to_numeric(frame[name]).astype("float64"))
        return self.told(frame, quantities)

    def told(self, frame: pd.DataFrame, quantities: Mapping[str, str]) -> pd.DataFrame:
        frame.attrs["units"] = {name: self.unit(quantity).en for name, quantity in quantities.items()}
        frame.attrs["tz"] = self.tz
        return frame
