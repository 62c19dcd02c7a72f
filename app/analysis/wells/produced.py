"""What a well gave by its own books, day by day or month by month: rates while it worked, and sums."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Times = NDArray[np.int64]
DAY_US = 86_400_000_000
LEAST_SHARE = 1 / 12
"""Of a day or a month that a well must work for a rate."""
VOLUMES = ("oil", "water", "liquid", "gas", "injected")


@dataclass(frozen=True)
class Volumes:
    """Of a well, in any order; NaN where a thing is not told.

    Attributes:
        begins_us: [µs] (n,) of a day or a month
        monthly: (n,) whether it is a month
        on_stream_s: [s] (n,) that the well worked in it
        oil: [m³] (n,)
        water: [m³] (n,)
        liquid: [m³] (n,)
        gas: [m³] (n,)
        injected: [m³] (n,) of water
    """

    begins_us: Times
    monthly: NDArray[np.bool_]
    on_stream_s: Floats
    oil: Floats
    water: Floats
    liquid: Floats
    gas: Floats
    injected: Floats


@dataclass(frozen=True)
class Produced:
    """The same in order of time: months only where no days are.

    Attributes:
        volumes: in order of time
        ends_us: [µs] (n,) of each day or month
        rates: name of VOLUMES → [m³/s] (n,) while the well worked, 0 where it stood; NaN where it is not told
        water_cut: [-] (n,) of the liquid, NaN where there is none
    """

    volumes: Volumes
    ends_us: Times
    rates: dict[str, Floats]
    water_cut: Floats

    def __len__(self) -> int:
        return len(self.ends_us)

    @property
    def middles_us(self) -> Times:
        """[µs] (n,) of each day or month."""
        return (self.volumes.begins_us + self.ends_us) // 2

    def total(self, name: str) -> float | None:
        """Of all of it.

        Σ V of what is told

        Args:
            name: one of VOLUMES
        Returns:
            [m³] or None where it is never told
        Valid: any.
        Ours: bookkeeping.

        >>> nan = np.full(2, np.nan)
        >>> days = Volumes(np.array([0, DAY_US]), np.zeros(2, bool), nan, np.array([1, nan[0]]), *[nan] * 4)
        >>> produced(days).total("oil"), produced(days).total("gas")
        (1.0, None)
        """
        told = getattr(self.volumes, name)
        return float(np.nansum(told)) if np.isfinite(told).any() else None


def produced(volumes: Volumes) -> Produced:
    """Rates of days and months.

    q = V / t worked, of the whole day or month where no time is told or it stood; not told where it worked
    for less than a twelfth of it; liquid is oil and water where only those are told, water cut water/liquid
    or 1 − oil/liquid

    Args:
        volumes: in any order, days and months among each other
    Returns:
        in order of time
    Valid: times worked of a day or month; longer ones are cut to it. What begins at midnight of a field less
        than twelve hours behind UTC, twelve ahead at most.
    Ours: two hours of a day are the shortest flow test that is trusted (`flow.SHORTEST_S`): of less a rate is
        mostly the error of the time. A month's sum is not told beside its own days, which tell when.

    >>> day, nan = DAY_US, np.full(2, np.nan)
    >>> found = produced(Volumes(np.array([day, 0]), np.array([False, False]), np.array([43_200.0, 86_400.0]),
    ...                          np.array([10.0, 30.0]), np.array([10.0, 70.0]), nan, nan, nan))
    >>> [round(float(rate * 86_400), 1) for rate in found.rates["liquid"]], found.water_cut.tolist()
    ([100.0, 40.0], [0.7, 0.5])
    """
    kept = _once(volumes)
    ends = _ends(kept.begins_us, kept.monthly)
    whole_s = (ends - kept.begins_us) / 1e6
    worked = np.minimum(kept.on_stream_s, whole_s)
    seconds = np.where(np.isfinite(worked) & (worked > 0), worked, whole_s)
    seconds[(worked > 0) & (worked < whole_s * LEAST_SHARE)] = np.nan
    rates = {name: getattr(kept, name) / seconds for name in VOLUMES}
    with np.errstate(divide="ignore", invalid="ignore"):
        by_water, by_oil = kept.water / kept.liquid, 1 - kept.oil / kept.liquid
    cut = np.where(np.isfinite(by_water), by_water, by_oil)
    return Produced(kept, ends, rates, np.where(kept.liquid > 0, cut, np.nan))


def before(found: Produced, until_us: int) -> Produced:
    """What is told of days and months that began until then.

    a selection of rows

    Args:
        found: in order of time
        until_us: [µs] the end, which is not in it
    Returns:
        in order of time
    Valid: any.
    Ours: a paper about a period says nothing of what came after it.

    >>> nan, oil = np.full(2, np.nan), np.array([1.0, 2.0])
    >>> days = produced(Volumes(np.array([0, DAY_US]), np.zeros(2, bool), nan, oil, nan, nan, nan, nan))
    >>> before(days, DAY_US).total("oil")
    1.0
    """
    kept = found.volumes.begins_us < until_us
    return produced(Volumes(**{one.name: getattr(found.volumes, one.name)[kept] for one in fields(Volumes)}))


def _once(volumes: Volumes) -> Volumes:
    """In order of time, without the months of which days are told, and with the liquid of oil and water."""
    months = _months(volumes.begins_us)
    by_days = np.isin(months, months[~volumes.monthly])
    places = np.flatnonzero(~volumes.monthly | ~by_days)
    places = places[np.argsort(volumes.begins_us[places], kind="stable")]
    of = {name: getattr(volumes, name)[places] for name in ("on_stream_s", *VOLUMES)}
    of["liquid"] = np.where(np.isfinite(of["liquid"]), of["liquid"], of["oil"] + of["water"])
    return Volumes(volumes.begins_us[places], volumes.monthly[places], **of)


def _ends(begins_us: Times, monthly: NDArray[np.bool_]) -> Times:
    month = _months(begins_us)
    long: Times = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.int64)
    return begins_us + DAY_US * np.where(monthly, long, 1)


def _months(at_us: Times) -> NDArray[np.datetime64]:
    """By the noon of what begins there: midnight of a field is another day in UTC, its noon hardly."""
    return (at_us + DAY_US // 2).view("datetime64[us]").astype("datetime64[M]")


@dataclass(frozen=True)
class Month:
    """Sums of a calendar month, None where a thing is not told.

    Attributes:
        begins_us: [µs]
        on_stream_s: [s]
        oil: [m³]
        water: [m³]
        liquid: [m³]
        gas: [m³]
        injected: [m³] of water
    """

    begins_us: int
    on_stream_s: float | None
    oil: float | None
    water: float | None
    liquid: float | None
    gas: float | None
    injected: float | None


def by_month(found: Produced) -> tuple[Month, ...]:
    """Newest first.

    sums of the days, or the month as it is told

    Args:
        found: in order of time
    Returns:
        a row a month that has any
    Valid: any.
    Ours: bookkeeping.

    >>> nan, oil = np.full(2, np.nan), np.array([1.0, 2.0])
    >>> days = Volumes(np.array([0, DAY_US]), np.zeros(2, bool), nan, oil, nan, nan, nan, nan)
    >>> [(month.oil, month.water) for month in by_month(produced(days))]
    [(3.0, None)]
    """
    kept = found.volumes
    months = _months(kept.begins_us)
    rows = []
    for month in np.unique(months)[::-1]:
        mine = months == month
        sums = {
            name: float(np.nansum(told)) if np.isfinite(told := getattr(kept, name)[mine]).any() else None
            for name in ("on_stream_s", *VOLUMES)
        }
        rows.append(Month(int(month.astype("datetime64[us]").astype(np.int64)), **sums))
    return tuple(rows)
