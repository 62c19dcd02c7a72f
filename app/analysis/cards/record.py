"""What a recorder gets wrong and how it is told: units, artefacts, the closing point, dead and clipped load
cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.cards import strings
from app.analysis.cards.unit import linkage_of
from app.core.errors import Details, KnownError
from app.core.units import STANDARD_GRAVITY
from app.models.cards import Card
from app.models.values import number_of

Floats = NDArray[np.float64]
FEWEST_POINTS = 30
FEWEST_CLIPPED = 4
QUANTA = 3
"""Units of the last digit that a limit is run into by."""

STROKE_LIMITS_M = (0.2, 15.0)
LOAD_LIMIT_N = 400e3
LEAST_SPAN_N, OTHER_UNITS = 100.0, 400.0  # a live cell's; loads under the second are kN or tf
SPEED_LIMITS = (0.2, 30.0)
LENGTH_UNITS = {"in": 0.0254, "mm": 1e-3, "ft": 0.3048, "cm": 0.01}
UNKNOWN = "unknown"
BEAM_USED = (0.25, 1.1)
"""Of its rating: what a beam carries at the peak on units that are built for their wells."""

LOAD_UNITS = {"lbf": 4.4482216, "kgf": STANDARD_GRAVITY, "kN": 1e3, "tf": 1e3 * STANDARD_GRAVITY}


@dataclass(frozen=True)
class Remark:
    """One thing done to a record or missing from it.

    Attributes:
        code: of a sentence in the texts (quality.<code>)
        details: its figures
    """

    code: str
    details: Details


def drop_artefacts(
    position: Floats, load: Floats, time_s: Floats | None, remarks: list[Remark]
) -> tuple[Floats, Floats, Floats | None]:
    """A record without exact zeros at its ends, the closing point and points recorded twice.

    Args:
        position: [any] (n,)
        load: [any] (n,)
        time_s: [s] (n,) or None
        remarks: gets what was dropped
    Returns:
        position [any] (k,), load [any] (k,) and time [s] (k,) without them
    Valid: without times only the closing point is dropped of the repeats: another would shift the rest by a
        step.
    Ours: what recorders do (domain/rod-pump.md: recorded cards lie).

    >>> said = []
    >>> x, f, _ = drop_artefacts(np.array([0.1, 1.0, 0.5, 0.1]), np.array([5.0, 9.0, 6.0, 5.0]), None, said)
    >>> len(x), said[0].code
    (3, 'repeats_dropped')
    """
    keep = np.ones(len(position), bool)
    empty = (position == 0) & (load == 0)
    if empty.any() and few.median(np.abs(load)) > 0:
        keep &= ~empty
        remarks.append(Remark("zeros_dropped", {"count": int(empty.sum())}))
    repeated = np.r_[False, (np.diff(position) == 0) & (np.diff(load) == 0)]
    if position[0] == position[-1] and load[0] == load[-1]:
        repeated[-1] = True
    if (repeated & keep).any():
        # Without times a dropped repeat would shift the rest by a step; only the closing point is safe to
        # drop.
        if time_s is None:
            repeated[:-1] = False
        if (repeated & keep).any():
            remarks.append(Remark("repeats_dropped", {"count": int((repeated & keep).sum())}))
            keep &= ~repeated
    return position[keep], load[keep], None if time_s is None else np.asarray(time_s, float)[keep]


def length_factor(card: Card, stroke: float) -> tuple[str, float]:
    """The unit the position was recorded in.

    by the unit's own stroke within a quarter, else by what a stroke can be: up to 15 m, 20–400 in, 500–15,000
    mm

    Args:
        card: with what is known of the unit
        stroke: [that unit] range of the position
    Returns:
        (name, [m] in one of it)
    Valid: a stroke between those is taken as metres and refused later.
    Ours: plausibility (domain/rod-pump.md).

    >>> from app.analysis import examples
    >>> from dataclasses import replace
    >>> bare = replace(examples.card().card, bore=type(examples.card().card.bore)())
    >>> length_factor(bare, 3.0), length_factor(bare, 120.0)
    (('m', 1.0), ('in', 0.0254))
    """
    linkage = linkage_of(card.bore.unit)
    if linkage is not None:
        for name, factor in LENGTH_UNITS.items():
            if 0.8 < stroke * factor / linkage.stroke_m < 1.25:
                return name, factor
    if stroke <= STROKE_LIMITS_M[1]:
        return "m", 1.0
    if 20 <= stroke <= 400:
        return "in", LENGTH_UNITS["in"]
    return ("mm", 1e-3) if 500 <= stroke <= 15_000 else ("m", 1.0)


def load_factor(card: Card, load: Floats) -> tuple[str, float]:
    """The unit the load was recorded in.

    a whole string hangs with its own weight: the unit that brings the mean within 30 % of 0.9·W + ½·F₀;
    without rods 16 … 400 are kN; under 16 the beam's rating decides between kN and tonnes-force, else UNKNOWN

    Args:
        card: with its rods, if known; its position [m]
        load: [that unit] (n,)
    Returns:
        (name, [N] in one of it)
    Valid: a thin card is left alone: a parted string weighs little in the right unit too.
    Source: plausibility is ours; the swing of free rods S·N²/1790: Mills.

    >>> from app.analysis import examples
    >>> card = examples.card()
    >>> load_factor(card.card, card.clean.load_n)[0], load_factor(card.card, card.clean.load_n / 1e3)[0]
    ('N', 'kN')
    """
    mean, span = float(np.mean(load)), float(np.ptp(load))
    if mean <= 0:
        return "N", 1.0
    if card.bore.rods:
        usual = 0.9 * strings.weight_in_air(card.bore.rods) + _half_fluid_load(card)
        swing = 5 * float(np.ptp(card.position_m)) * card.strokes_per_minute**2 / strings.FREE_SWING
        if mean / usual > 0.3 or span < max(0.4, 0.1 + swing) * mean:
            return "N", 1.0
        fits = {name: abs(np.log(mean * factor / usual)) for name, factor in LOAD_UNITS.items()}
        best = min(fits, key=lambda name: fits[name])
        if fits[best] >= np.log(1.3) or not _can_span(card, span * LOAD_UNITS[best], 2 * swing * usual):
            return "N", 1.0
        return best, LOAD_UNITS[best]
    peak = float(np.max(load))
    if peak < 16:
        return _small_load_factor(card, peak)
    return ("kN", 1e3) if peak < 400 else ("N", 1.0)


def _small_load_factor(card: Card, peak: float) -> tuple[str, float]:
    """Kilonewtons of a shallow well or tonnes-force of a deep one: only the unit's beam tells. Its outline is
    read in either; what it weighs is not said.
    """
    rating = number_of(card.bore.unit, "beam_rating_n")
    fits = [
        name
        for name in ("kN", "tf")
        if rating and BEAM_USED[0] < peak * LOAD_UNITS[name] / rating < BEAM_USED[1]
    ]
    return (fits[0], LOAD_UNITS[fits[0]]) if len(fits) == 1 else (UNKNOWN, LOAD_UNITS["kN"])


def _can_span(card: Card, span_n: float, swing_n: float) -> bool:
    """Whether a string in that unit could swing so far: the column, half of it again for friction, and
    the rods' own inertia. A rest of a parted string, heavy only in a wrong unit, swings by more than any
    column.
    """
    half = _half_fluid_load(card)
    return half == 0 or span_n < 1.5 * 2 * half + swing_n


def _half_fluid_load(card: Card) -> float:
    bore = card.bore
    if bore.plunger_diameter_m is None or bore.pump_depth_m is None:
        return 0.0
    return 0.5 * np.pi / 4 * bore.plunger_diameter_m**2 * 950 * STANDARD_GRAVITY * bore.pump_depth_m


def refuse_what_is_no_card(card: Card, position: Floats, load: Floats) -> None:
    """Refuses too few points, nothing moved, nothing weighed, nothing that a well can do.

    Args:
        card: for its well's name
        position: [m] (n,)
        load: [N] (n,)
    Raises:
        KnownError: card_too_short, card_position_dead, card_stroke, card_load_small, card_load_dead,
            card_load, card_clipped, card_noise, card_position_noise
    Valid: 30 points, strokes of 0.2 … 15 m, loads up to 400 kN.
    Ours: what is refused has a reason (domain/rod-pump.md).

    >>> from app.analysis import examples
    >>> card = examples.card()
    >>> refuse_what_is_no_card(card.card, card.clean.position_m, card.clean.load_n)
    >>> refuse_what_is_no_card(card.card, card.clean.position_m, np.full(200, 3e4))
    Traceback (most recent call last):
    app.core.errors.KnownError: card_load_dead (well=201, low=30000.0, high=30000.0)
    """
    if len(position) < FEWEST_POINTS:
        raise KnownError("card_too_short", well=card.well, count=len(position), fewest=FEWEST_POINTS)
    stroke, span = float(np.ptp(position)), float(np.ptp(load))
    low, high = float(load.min()), float(load.max())
    if stroke == 0:
        raise KnownError("card_position_dead", well=card.well, position=float(position[0]))
    if not STROKE_LIMITS_M[0] <= stroke <= STROKE_LIMITS_M[1]:
        raise KnownError("card_stroke", well=card.well, stroke=stroke)
    if 0.005 * high < span < LEAST_SPAN_N and high < OTHER_UNITS:
        raise KnownError("card_load_small", well=card.well, low=low, high=high)
    if span < max(LEAST_SPAN_N, 0.005 * abs(high)):
        raise KnownError("card_load_dead", well=card.well, low=low, high=high)
    if max(abs(low), abs(high)) > LOAD_LIMIT_N or load.mean() <= 0:
        raise KnownError("card_load", well=card.well, low=low, high=high)
    if clipped_share(load) > 0.35:
        raise KnownError("card_clipped", well=card.well, high=high, share=clipped_share(load))
    if _noise_share(load) > 0.35:
        raise KnownError("card_noise", well=card.well)
    if _noise_share(position) > 0.1:
        raise KnownError("card_position_noise", well=card.well)


@dataclass(frozen=True)
class Limit:
    """Where a cell is at its limit.

    Attributes:
        share: [-] of the points that stand there, 0 where there is no limit
        load: [N] the limit
        step: [N] by which the load comes to it
    """

    share: float
    load: float
    step: float


def clipped_share(load: Floats) -> float:
    """Share of the points that stand exactly at the highest or the lowest load: a cell at its limit.

    Args:
        load: [N] (n,)
    Returns:
        [-] of the worse end, as `limit_met` says
    Valid: a live load touches its extreme once.
    Ours: within 1e-5 of the range.

    >>> load = np.sin(2 * np.pi * np.arange(100) / 100)
    >>> round(clipped_share(np.minimum(load, 0.8)), 2), clipped_share(load)
    (0.21, 0.0)
    """
    return limit_met(load).share


def limit_met(load: Floats) -> Limit:
    """A cell at its limit: how many points stand there, and where it is. It is run into, not come to: beside
    it the load steps.

    Args:
        load: [N] (n,)
    Returns:
        of the worse end; a share of 0 unless four or more stand there in a row, and the steps beside the
        longest such row are over a thousandth of the range: a rod string at an even speed comes to rest
        softly
    Valid: a live load touches its extreme once.
    Ours: within 1e-5 of the range.

    >>> load = np.sin(2 * np.pi * np.arange(100) / 100)
    >>> found = limit_met(np.maximum(load, -0.8))
    >>> round(found.share, 2), found.load
    (0.21, -0.8)
    """
    edge = 1e-5 * float(np.ptp(load))
    found = Limit(0.0, float(load.max()), 0.0)
    for limit in (float(load.max()), float(load.min())):
        at = np.abs(load - limit) <= edge
        if at.sum() < FEWEST_CLIPPED:
            continue
        row = few.longest(np.r_[at, at])  # in the load twice over
        if not FEWEST_CLIPPED <= row.stop - row.start < len(load):
            continue
        twice = np.r_[load, load]
        beside = (twice[row.start] - twice[row.start - 1], twice[row.stop - 1] - twice[row.stop])
        step = float(np.abs(beside).max())
        if step > 1e-3 * np.ptp(load) and at.mean() > found.share:
            found = Limit(float(at.mean()), limit, step)
    return found


def comes_in_steps(load: Floats, step: float) -> bool:
    """Whether a record's own coarseness may make a row of equal loads at its end: the step is under a
    hundredth of the range, it stands still elsewhere too, or its loads come in thirds of that step and more.

    Args:
        load: [N] (n,)
        step: [N] beside the row
    Returns:
        whether it may
    Valid: one stroke.
    Ours: a smooth peak with four points alike in whole units leaves the fifth by 1.25 of a unit.

    >>> load = np.sin(2 * np.pi * np.arange(100) / 100)
    >>> comes_in_steps(np.minimum(load, 0.95), 0.02), comes_in_steps(load.round(2), 0.02)
    (False, True)
    """
    edge = 1e-5 * float(np.ptp(load))
    alike = np.abs(np.diff(load)) <= edge
    inner = (load < load.max() - edge) & (load > load.min() + edge)
    if (alike[:-2] & alike[1:-1] & alike[2:] & inner[:-3]).any():
        return True
    apart = np.diff(np.unique(load))
    apart = apart[apart > edge]
    return step < 1e3 * edge or (len(apart) > 0 and step <= QUANTA * float(apart.min()))


def _noise_share(values: Floats) -> float:
    """Share of the energy above a sixth of the points: a stroke has next to nothing there."""
    energy = np.abs(np.fft.rfft(values - values.mean())) ** 2
    return float(energy[len(values) // 6 :].sum() / energy.sum())


def stroke_count(position: Floats) -> int:
    """How many whole strokes a record holds.

    the strongest of the first six harmonics of the position; 1 where the first has 0.3 of it

    Args:
        position: [m] (n,)
    Returns:
        [-] 1 to 6
    Valid: strokes alike.
    Ours: Fourier.

    >>> stroke_count(np.sin(2 * np.pi * 2 * np.arange(200) / 200))
    2
    """
    strength = np.abs(np.fft.rfft(position - position.mean()))[1:7]
    count = 1 + int(np.argmax(strength))
    if count == 1 or strength[0] > 0.3 * strength[count - 1]:
        return 1
    return count


def is_open(position: Floats) -> bool:
    """Half a stroke: the record ends far from where it began.

    a gap over 12 % of the stroke and over three steps

    Args:
        position: [m] (n,)
    Returns:
        whether it is
    Valid: one stroke.
    Ours: a closed record's gap is a step.

    >>> turn = np.linspace(0, 2 * np.pi, 100)
    >>> is_open(np.sin(turn)), is_open(np.sin(turn[:60]))
    (False, True)
    """
    step = float(np.abs(np.diff(position)).max())
    return abs(float(position[-1] - position[0])) > max(0.12 * float(np.ptp(position)), 3 * step)


def closes_twice(position: Floats, load: Floats) -> bool:
    """Whether the last point is the first of the next stroke, recorded once more.

    both in the dead centre bend the load by over 4.5 times its roughness; without one of them the curve
    closes smoothly

    Args:
        position: [m] (n,)
        load: [N] (n,)
    Returns:
        whether it is
    Valid: a record that begins in the bottom dead centre.
    Ours: such records need finite differences: a periodic transform needs one of the two points.

    >>> turn = np.linspace(0, 2 * np.pi, 60)
    >>> closes_twice(1 - np.cos(turn + 1), 3e4 + 1e4 * np.sin(turn))  # begins elsewhere
    False
    """
    ends = np.abs(position[[0, -1]] - position.min())
    if ends.max() > 0.005 * np.ptp(position):
        return False
    bends = np.abs(np.diff(np.r_[load[-4:], load[:4]], 2))
    without_last = np.abs(np.diff(np.r_[load[-5:-1], load[:4]], 2))
    without_first = np.abs(np.diff(np.r_[load[-4:], load[1:5]], 2))
    smoother = min((without_last**2).sum(), (without_first**2).sum())
    usual = 1.4826 * few.median(np.abs(np.diff(load, 2)))
    return bool(bends.max() > 4.5 * usual and (bends**2).sum() > 2.5 * smoother)
