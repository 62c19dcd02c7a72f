"""Readings against a limit, with dead band and delays: when an alarm was raised, when it returned. What is
said at a reading rests on it and on those before it alone, so that new readings go on where the last ones
ended and come to what all of them come to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Times = NDArray[np.int64]
LOWER = ("low", "low_low", "fall")
RATES = ("rise", "fall")
RATE_OVER_S = 3_600.0
"""A change is told by the hour, and over an hour: between neighbours it would be noise."""
RETURNED, LIMIT_GONE = "returned", "limit"
"""What ended an alarm: the readings, or that the limit holds no longer."""


@dataclass(frozen=True)
class Limit:
    """From where on a reading alarms.

    Attributes:
        level: [-] high_high, high, low, low_low; rise or fall of a change
        threshold: [SI] beyond it is an alarm; [SI/h] of a change
        dead_band: [SI] so far back it must come to have returned
        on_delay_s: [s] so long beyond it, without a gap, before it is raised
        off_delay_s: [s] so long back before it has returned
        when_stopped: [-] also while the pump is known to stand
    """

    level: str
    threshold: float
    dead_band: float = 0.0
    on_delay_s: float = 0.0
    off_delay_s: float = 0.0
    when_stopped: bool = False


@dataclass(frozen=True)
class Episode:
    """One alarm.

    Attributes:
        began_us: [µs] the first reading beyond
        raised_us: [µs] the reading that proved it; None while a stopped pump suppresses it
        ended_us: [µs] the reading that proved the return; None while it lasts
        ended_by: [-] RETURNED, LIMIT_GONE, or empty
        furthest: [SI] the reading that was furthest beyond
        threshold: [SI] the limit when it was raised
        unknown_s: [s] how long nothing was known of it meanwhile
    """

    began_us: int
    raised_us: int | None
    ended_us: int | None
    ended_by: str
    furthest: float
    threshold: float
    unknown_s: float


@dataclass(frozen=True)
class Carried:
    """What the next readings go on from.

    Attributes:
        last_us: [µs] the last reading; None before the first
        last_value: [SI] what it said
        beyond: [-] it is beyond the limit, or in the dead band since it was
        stopped: [-] the pump was known to stand then
        on_since_us: [µs] beyond without a gap since then, the pump not standing
        off_since_us: [µs] back without a gap since then
        held_since_us: [µs] beyond while the pump stands since then
        held_furthest: [SI] the reading that was furthest beyond since then
        held_threshold: [SI] the limit that it is beyond
        run_furthest: [SI] how far the run that lasts went, upside down for a lower limit
        open: [-] the alarm that lasts
    """

    last_us: int | None = None
    last_value: float | None = None
    beyond: bool = False
    stopped: bool = False
    on_since_us: int | None = None
    off_since_us: int | None = None
    held_since_us: int | None = None
    held_furthest: float = 0.0
    held_threshold: float = 0.0
    run_furthest: float = -np.inf
    open: Episode | None = None

    @property
    def lasting(self) -> Episode | None:
        """The alarm that lasts, or what would be one if the pump ran."""
        if self.open is not None or self.held_since_us is None:
            return self.open
        return Episode(
            self.held_since_us, None, None, "", self.held_furthest, self.held_threshold, unknown_s=0.0
        )

    @property
    def suppressed(self) -> bool:
        """Beyond the limit, and the pump stands."""
        return self.beyond and self.stopped


def watch(
    time_us: Times, value: Floats, stopped: Flags, limit: Limit, gap_s: float, carried: Carried | None = None
) -> tuple[list[Episode], Carried]:
    """The alarms that ended in these readings, and what the next ones go on from.

    beyond: x > limit; back: x ≤ limit − dead band (upside down for a lower one); raised after on_delay_s
    beyond, returned after off_delay_s back, each without a gap; between the two what was last known stands

    Args:
        time_us: [µs] (n,) in order, later than what went before
        value: [SI] (n,) good readings; what is NaN says nothing
        stopped: [-] (n,) the pump is known to stand
        limit: [-] from where on it alarms
        gap_s: [s] a longer silence is a gap: it proves neither an alarm nor a return
        carried: [-] of the readings before
    Returns:
        [-] what ended, oldest first; what lasts is in the second
    Valid: any series, in as many pieces as one likes.
    Source: ANSI/ISA-18.2-2016, clause 10 (dead band, on- and off-delay), clause 12 (suppression by design).

    >>> minutes = np.arange(6) * 60_000_000
    >>> ended, after = watch(minutes, np.array([1.0, 5, 5, 5, 1, 1]), np.zeros(6, bool),
    ...                      Limit("high", 4.0, on_delay_s=60), 600)
    >>> [int(us / 60e6) for us in (ended[0].began_us, ended[0].raised_us, ended[0].ended_us)]
    [1, 2, 4]
    """
    was = carried or Carried()
    said = np.isfinite(value)
    t, x, still = time_us[said], value[said], stopped[said] & (not limit.when_stopped)
    if not len(t):
        return [], was
    sign = -1.0 if limit.level in LOWER else 1.0
    bound = sign * limit.threshold if limit.level != "fall" else limit.threshold
    far = sign * x
    before = np.r_[t[0] if was.last_us is None else was.last_us, t[:-1]]
    apart = np.asarray((t - before) / 1e6 - gap_s)
    gaps = apart > 0
    gaps[0] |= was.last_us is None
    beyond = _latched(far > bound, far <= bound - limit.dead_band, was.beyond)
    on, off, held = beyond & ~still, ~beyond, beyond & still
    on_since, on_first = _since(t, on, gaps, was.on_since_us)
    off_since, _ = _since(t, off, gaps, was.off_since_us)
    held_since, held_first = _since(t, held, gaps, was.held_since_us)
    raised = on & (t - on_since >= limit.on_delay_s * 1e6)
    returned = off & (t - off_since >= limit.off_delay_s * 1e6)
    active = _latched(raised, returned, was.open is not None)
    turned = np.flatnonzero(active != np.r_[was.open is not None, active[:-1]])
    silent = np.cumsum(np.where(gaps & (apart > 0), apart, 0.0))
    ended: list[Episode] = []
    opened = was.open
    begins, silent_then = 0, 0.0
    for at in turned.tolist():
        if active[at]:
            furthest = sign * _furthest(far, on_first, at, was.run_furthest)
            opened = Episode(int(on_since[at]), int(t[at]), None, "", furthest, limit.threshold, 0.0)
            begins, silent_then = at, float(silent[at])
            continue
        assert opened is not None  # what is not active any more was
        grown = _grown(opened, far[begins:at], sign, float(silent[at]) - silent_then)
        ended.append(replace(grown, ended_us=int(t[at]), ended_by=RETURNED))
        opened = None
    if opened is not None:
        opened = _grown(opened, far[begins:], sign, float(silent[-1]) - silent_then)
    run_furthest = -np.inf
    if beyond[-1]:
        run_furthest = _furthest(far, on_first if on[-1] else held_first, len(t) - 1, was.run_furthest)
    return ended, Carried(
        int(t[-1]),
        float(x[-1]),
        bool(beyond[-1]),
        bool(still[-1]),
        int(on_since[-1]) if on[-1] else None,
        int(off_since[-1]) if off[-1] else None,
        int(held_since[-1]) if held[-1] else None,
        sign * run_furthest if held[-1] else 0.0,
        limit.threshold if held[-1] else 0.0,
        run_furthest,
        opened,
    )


def let_go(carried: Carried, at_us: int) -> list[Episode]:
    """The alarm that lasts, ended because its limit holds no longer.

    Args:
        carried: [-] of the readings before
        at_us: [µs] when the limit ended
    Returns:
        [-] none or one
    Valid: any.
    Ours: an alarm whose limit was taken away has not returned, and stays in the list as what it was.

    >>> let_go(Carried(), 0)
    []
    """
    if carried.open is None:
        return []
    return [replace(carried.open, ended_us=at_us, ended_by=LIMIT_GONE)]


def hourly_change(time_us: Times, value: Floats, gap_s: float) -> Floats:
    """How fast each reading changed, over an hour or so.

    (x − x₀) / (t − t₀), x₀ the last reading that is an hour old

    Args:
        time_us: [µs] (n,) in order
        value: [SI] (n,)
        gap_s: [s] x₀ may be so much older than an hour
    Returns:
        [SI/h] (n,) NaN where there is no such reading
    Valid: any series.
    Ours: over an hour, for a limit of 5 K/h is meant so.

    >>> hourly_change(np.array([0, 3_600, 7_200]) * 1_000_000, np.array([1.0, 3.0, 2.0]), 600.0)
    array([nan,  2., -1.])
    """
    change = np.full(len(time_us), np.nan)
    earlier = np.searchsorted(time_us, time_us - int(RATE_OVER_S * 1e6), side="right") - 1
    known = earlier >= 0
    apart_s = (time_us - time_us[np.maximum(earlier, 0)]) / 1e6
    known &= apart_s <= RATE_OVER_S + gap_s
    rise = value[known] - value[earlier[known]]
    change[known] = rise / apart_s[known] * 3_600.0
    return change


def _latched(sets: Flags, resets: Flags, was: bool) -> Flags:
    """Set and reset by what came last; neither leaves it as it is."""
    newest = np.maximum.accumulate(np.where(sets | resets, np.arange(len(sets)), -1))
    return np.where(newest < 0, was, sets[np.maximum(newest, 0)])


def _since(t: Times, state: Flags, gaps: Flags, was: int | None) -> tuple[Times, NDArray[np.int64]]:
    """Since when each reading's state lasts without a gap, and the place of the first of that run (−1: it
    began before). What is not in the state has some number.
    """
    new = gaps | np.r_[not (was is not None and state[0]), ~state[:-1]] & state
    first = np.maximum.accumulate(np.where(new, np.arange(len(t)), -1))
    return np.where(first < 0, t[0] if was is None else was, t[np.maximum(first, 0)]), first


def _furthest(far: Floats, first: NDArray[np.int64], at: int, was: float) -> float:
    """Of the run that this reading is in."""
    begins = int(first[at])
    return max(was if begins < 0 else -np.inf, float(far[max(begins, 0) : at + 1].max()))


def _grown(opened: Episode, far: Floats, sign: float, silent_s: float) -> Episode:
    furthest = max([sign * opened.furthest, *([float(far.max())] if len(far) else [])])
    return replace(opened, furthest=sign * furthest, unknown_s=opened.unknown_s + silent_s)
