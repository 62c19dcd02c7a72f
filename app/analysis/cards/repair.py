"""Recorded cards lie: what can be repaired is repaired and said, the rest is refused with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.cards import record, strings
from app.analysis.cards.one_stroke import work_of
from app.analysis.cards.record import Remark
from app.analysis.cards.timed import is_timed
from app.analysis.cards.unit import LONG_STROKE, linkage_of, phase_of, rotation_of
from app.core.errors import KnownError
from app.models.cards import Card

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CleanCard:
    """One stroke in equal time steps, upstroke first, from the bottom.

    Attributes:
        position_m: [m] (n,) from 0 up
        load_n: [N] (n,)
        remarks: what was done
        closes_twice: the last point is the first of the next stroke, recorded once more and not quite the
            same
    """

    position_m: Floats
    load_n: Floats
    remarks: tuple[Remark, ...]
    closes_twice: bool = False


def repair(card: Card) -> CleanCard:
    """A record made into one stroke from the bottom, in SI, in time.

    artefacts, units, strokes, uneven steps, spikes (Hampel, seven points, nine deviations), direction (∮F·ds
    > 0), start, time from the unit's kinematics

    Args:
        card: as recorded
    Returns:
        with a remark for each thing done
    Raises:
        KnownError: card_* for a record that is no card
    Valid: 0.2 … 30 strokes per minute; what cannot be repaired is refused.
    Ours: recorded cards lie (domain/rod-pump.md).

    >>> from app.analysis import examples
    >>> from dataclasses import replace
    >>> card = examples.card().card
    >>> backwards = replace(card, position_m=card.position_m[::-1], load_n=card.load_n[::-1])
    >>> [remark.code for remark in repair(backwards).remarks]
    ['time_reversed']
    """
    remarks: list[Remark] = []
    position, load = np.asarray(card.position_m, float), np.asarray(card.load_n, float)
    _refuse_what_cannot_be_read(card, position, load)
    position, load, time_s = record.drop_artefacts(position, load, card.time_s, remarks)
    position, load = _in_si(card, position, load, remarks)
    record.refuse_what_is_no_card(card, position, load)
    position, load, time_s = _one_stroke(card, position, load, time_s, remarks)
    position, load = _equal_steps(card, position, load, time_s, remarks)
    position, load = _without_spikes(position, "position", remarks), _without_spikes(load, "load", remarks)
    if work_of(position, load) < 0:
        position, load = position[::-1], load[::-1]
        remarks.append(Remark("time_reversed", {}))
    twice = time_s is None and record.closes_twice(position, load)
    if twice:
        remarks.append(Remark("closes_twice", {}))
    else:
        start = int(np.argmin(position))
        position, load = few.turned(position, -start), few.turned(load, -start)
    if time_s is None:
        position, load = _time_from_the_unit(card, position, load, remarks)
    _say_what_the_load_cell_did(card, load, remarks)
    return CleanCard(position - position.min(), load, tuple(remarks), twice)


def _refuse_what_cannot_be_read(card: Card, position: Floats, load: Floats) -> None:
    if len(position) < record.FEWEST_POINTS:
        raise KnownError("card_too_short", well=card.well, count=len(position), fewest=record.FEWEST_POINTS)
    if not (np.isfinite(position).all() and np.isfinite(load).all()):
        index = int(np.flatnonzero(~(np.isfinite(position) & np.isfinite(load)))[0])
        raise KnownError("card_not_numbers", well=card.well, index=index)
    low, high = record.SPEED_LIMITS
    if not low <= card.strokes_per_minute <= high:
        raise KnownError("card_speed", well=card.well, speed=card.strokes_per_minute)


def _in_si(card: Card, position: Floats, load: Floats, remarks: list[Remark]) -> tuple[Floats, Floats]:
    unit, metres = record.length_factor(card, float(np.ptp(position)))
    if unit != "m":
        remarks.append(Remark("position_unit", {"unit": unit}))
    unit, newtons = record.load_factor(replace(card, position_m=position * metres), load)
    if unit == record.UNKNOWN:
        remarks.append(Remark("load_unit_unknown", {"high": float(load.max())}))
    elif unit != "N":
        remarks.append(Remark("load_unit", {"unit": unit}))
    return position * metres, load * newtons


def _one_stroke(
    card: Card, position: Floats, load: Floats, time_s: Floats | None, remarks: list[Remark]
) -> tuple[Floats, Floats, Floats | None]:
    count = record.stroke_count(position)
    if count > 1:
        n = len(position) // count
        if n < record.FEWEST_POINTS:
            raise KnownError("card_too_short", well=card.well, count=n, fewest=record.FEWEST_POINTS)
        remarks.append(Remark("several_strokes", {"count": count}))
        position, load, time_s = position[:n], load[:n], None if time_s is None else time_s[:n]
    if record.is_open(position):
        raise KnownError("card_half_stroke", well=card.well, gap=abs(float(position[-1] - position[0])))
    return position, load, time_s


def _equal_steps(
    card: Card, position: Floats, load: Floats, time_s: Floats | None, remarks: list[Remark]
) -> tuple[Floats, Floats]:
    if time_s is None:
        return position, load
    if not np.isfinite(time_s).all():
        raise KnownError("card_time", well=card.well, index=int(np.flatnonzero(~np.isfinite(time_s))[0]))
    steps = np.diff(time_s)
    if (steps <= 0).any():
        raise KnownError("card_time", well=card.well, index=int(np.flatnonzero(steps <= 0)[0]) + 1)
    if np.ptp(steps) < 0.01 * steps.mean():
        return position, load
    period = 60.0 / card.strokes_per_minute
    even = time_s[0] + np.arange(len(time_s)) * period / len(time_s)
    remarks.append(Remark("uneven_sampling", {"count": len(time_s)}))
    return np.interp(even, time_s, position, period=period), np.interp(even, time_s, load, period=period)


def _without_spikes(values: Floats, which: str, remarks: list[Remark]) -> Floats:
    """Hampel filter over seven points, nine deviations: only what no rod string can do."""
    around = np.stack([values, *(few.turned(values, n) for n in (-3, -2, -1, 1, 2, 3))], axis=1)
    # The middle of seven; np.median would spend most of a card's time on finding out that they are seven.
    median = np.sort(around, axis=1)[:, 3]
    spread = 1.4826 * np.sort(np.abs(around - median[:, None]), axis=1)[:, 3]
    low, high = few.between(values, 2, 98)
    limit = np.maximum(9 * spread, 0.15 * (high - low))
    spikes = np.abs(values - median) > limit
    if not spikes.any() or spikes.mean() > 0.05:
        return values
    remarks.append(Remark("spikes_replaced", {"count": int(spikes.sum()), "which": which}))
    return np.where(spikes, median, values)


def _time_from_the_unit(
    card: Card, position: Floats, load: Floats, remarks: list[Remark]
) -> tuple[Floats, Floats]:
    """Points taken along the curve rather than in time (a digitised picture, a recorder that samples by
    position): the crank turns evenly, so the unit's kinematics give the time of each position. A record whose
    position runs as smoothly as a machine moves is in time already, whatever the unit.
    """
    if card.bore.unit.get("geometry") in LONG_STROKE or is_timed(position):
        return position, load
    linkage = linkage_of(card.bore.unit)
    phase = phase_of(position, linkage, rotation_of(card.bore.unit))
    off = phase - np.arange(len(position)) / len(position)
    allowed = 0.02 if linkage is not None else 0.026
    if float(np.sqrt(np.mean((off - few.median(off)) ** 2))) < allowed:
        return position, load
    remarks.append(Remark("time_from_unit", {"known": linkage is not None}))
    even = np.arange(len(position)) / len(position)
    rising = np.maximum.accumulate(phase) + np.arange(len(phase)) * 1e-9
    return np.interp(even, rising, position, period=1.0), np.interp(even, rising, load, period=1.0)


def _say_what_the_load_cell_did(card: Card, load: Floats, remarks: list[Remark]) -> None:
    met = record.limit_met(load)
    drawn = any(remark.code == "time_from_unit" for remark in remarks)
    if met.share > 0.1 or (met.share > 0 and not drawn and not record.comes_in_steps(load, met.step)):
        remarks.append(Remark("load_clipped", {"share": met.share, "load": met.load}))
    if card.bore.rods:
        air = strings.weight_in_air(card.bore.rods)
        if load.min() > 1.1 * air:
            remarks.append(Remark("load_offset", {"load": float(load.min()), "weight": air}))
