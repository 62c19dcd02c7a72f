"""A trace of an echometer → the depth of the level with its range, or why nobody can say it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.echo.collars import Collars, collars_in
from app.analysis.echo.reflection import Reflection, level_among, reflections_in
from app.analysis.echo.sound import SHARE, sound_speed
from app.analysis.echo.trace import Trace, is_clipped, shot_at, thinned

Floats = NDArray[np.float64]

SHORTEST_S = 1.0
USUAL_PERIOD_S = 0.056
"""Of collars 9.5 m apart in a gas of 340 m/s, where none were heard."""
JOINT_SHARE = 0.01
"""How far a mean length of joints may be off."""
GIVEN_SHARE = 0.01
"""How far a speed that somebody gives may be off."""
POINTED_OFF_S = 0.01
"""How exactly a hand points."""
NEAR_S = 1.3
"""So soon the echo of an echo comes whose first is hidden in the blast."""
SHORT, NO_SHOT, NO_LEVEL, RIVALS, NEAR = "short", "no_shot", "no_level", "rivals", "near"
CLIPPED, NO_COLLARS, FEW_COLLARS, INVERTED = "clipped", "no_collars", "few_collars", "inverted"


@dataclass(frozen=True)
class Known:
    """What is known of the well beside the trace; None for what nobody knows.

    Attributes:
        joint_m: [m] mean length of a joint of the tubing
        speed_m_s: [m/s] of sound in the annulus
        gas_density: [-] of the gas in the annulus, to air
        temperature_k: [K] the mean of its column
        pressure_pa: [Pa] absolute, at the wellhead
    """

    joint_m: float | None = None
    speed_m_s: float | None = None
    gas_density: float | None = None
    temperature_k: float | None = None
    pressure_pa: float | None = None


@dataclass(frozen=True)
class Depth:
    """Along the annulus, from the wellhead.

    Attributes:
        depth_m: [m]
        low_m: [m] the least that it may be
        high_m: [m] the most
        by: collars, speed (given) or gas
        speed_m_s: [m/s] of sound, on the mean
        count: [-] of collars; None where they were not counted
    """

    depth_m: float
    low_m: float
    high_m: float
    by: str
    speed_m_s: float
    count: float | None = None


@dataclass(frozen=True)
class Heard:
    """What was found on a trace.

    Attributes:
        trace: thinned
        shot_s: [s] of the record; None where none stands out
        level: what is taken for the level's echo; None where nothing is sure enough
        others: what else answered, the loudest first
        collars: None where too few were heard
        level_channel: [-] from 0, where the echo is clearest
        collar_channel: [-] likewise of collars
        why: why there is no level: short, no_shot, no_level, rivals, near; else empty
        remarks: what is to be thought of: clipped, no_collars, few_collars, inverted
    """

    trace: Trace
    shot_s: float | None
    level: Reflection | None = None
    others: tuple[Reflection, ...] = ()
    collars: Collars | None = None
    level_channel: int = 0
    collar_channel: int = 0
    why: str = ""
    remarks: tuple[str, ...] = ()


def hear(trace: Trace, joint_m: float | None = None, shot_s: float | None = None) -> Heard:
    """All that a trace says by itself.

    Args:
        trace: as recorded, one channel or two
        joint_m: [m] mean length of a joint, where it is known: collars are looked for nearer
        shot_s: [s] of the record, where a person has shown the shot; found without it
    Returns:
        With a level, or with why there is none.
    Valid: as its parts.
    Source: Ours: of two channels each is asked, and the clearer one believed.

    >>> hear(Trace(1000.0, (np.zeros(200),))).why
    'short'
    """
    slow = thinned(trace)
    if slow.duration_s - (shot_s or 0.0) < SHORTEST_S:
        return Heard(slow, None, why=SHORT)
    clipped: tuple[str, ...] = (CLIPPED,) if any(is_clipped(one) for one in trace.channels) else ()
    shots = [shot_s if shot_s is not None else shot_at(one, slow.rate_hz) for one in slow.channels]
    known = [one for one in shots if one is not None]
    if not known:
        return Heard(slow, None, why=NO_SHOT, remarks=clipped)
    shot = min(known)
    if slow.duration_s - shot < SHORTEST_S:
        return Heard(slow, shot, why=SHORT, remarks=clipped)
    collars, ear = _clearest(slow, shot, slow.duration_s, joint_m)
    period_s = 1 / collars.intercept if collars is not None else USUAL_PERIOD_S
    channel, found = max(
        ((n, reflections_in(one, slow.rate_hz, shot, period_s)) for n, one in enumerate(slow.channels)),
        key=lambda told: max((one.strength for one in told[1]), default=0.0),
    )
    level, rivals = level_among(found)
    remarks = clipped
    if level is not None:
        collars, ear = _clearest(slow, shot, shot + level.time_s, joint_m)
        remarks += (INVERTED,) if level.inverted else ()
    remarks += _of_collars(collars)
    others = tuple(one for one in found if one is not level)
    why = NO_LEVEL if level is None else RIVALS if rivals else NEAR if level.time_s < NEAR_S else ""
    return Heard(slow, shot, level, others, collars, channel, ear, why, remarks)


def _of_collars(collars: Collars | None) -> tuple[str, ...]:
    if collars is None:
        return (NO_COLLARS,)
    return (FEW_COLLARS,) if collars.heard_s < collars.until_s / 2 else ()


def _clearest(
    trace: Trace, shot_s: float, until_s: float, joint_m: float | None
) -> tuple[Collars | None, int]:
    heard = [
        (collars_in(one, trace.rate_hz, shot_s, until_s, joint_m), n) for n, one in enumerate(trace.channels)
    ]
    return max(heard, key=lambda told: 0.0 if told[0] is None else told[0].heard_s)


def depths(heard: Heard, known: Known, pointed_s: float | None = None) -> list[Depth]:
    """The depth of what answered, by each way that is open.

    By collars N·L, by sound c·t/2; the range holds what the moment, the count, the length or the speed leave
    open, added by squares.

    Args:
        heard: what `hear` found
        known: of the well
        pointed_s: [s] after the shot, where a person shows the echo; the level that was found without it
    Returns:
        By collars first, then by a given speed, then by the gas; empty where no way is open or nothing
        answered.
    Valid: as its parts.
    Source: McCoy, Podio, Huddleston, SPE 14254 (1988); ranges Ours.

    >>> heard = Heard(Trace(1000.0, (np.zeros(9000),)), 0.0)
    >>> [one] = depths(heard, Known(speed_m_s=340.0), pointed_s=6.0)
    >>> round(one.depth_m), one.by
    (1020, 'speed')
    """
    time_s, off_s = pointed_s, POINTED_OFF_S
    if time_s is None:
        if heard.level is None or heard.why:
            return []
        time_s, off_s = heard.level.time_s, heard.level.off_s
    if heard.shot_s is None or time_s <= 0:
        return []
    found = []
    if heard.collars is not None and known.joint_m is not None:
        count = heard.collars.count(time_s)
        share = np.hypot(heard.collars.count_off(time_s) / count, JOINT_SHARE)
        found.append(_depth(count * known.joint_m, time_s, off_s, float(share), "collars", count))
    if known.speed_m_s is not None:
        found.append(_depth(known.speed_m_s * time_s / 2, time_s, off_s, GIVEN_SHARE, "speed"))
    if known.gas_density is not None and known.temperature_k is not None and known.pressure_pa is not None:
        speed = sound_speed(known.gas_density, known.temperature_k, known.pressure_pa)
        if speed is not None:
            found.append(_depth(speed * time_s / 2, time_s, off_s, SHARE, "gas"))
    return found


def _depth(
    depth_m: float, time_s: float, off_s: float, share: float, by: str, count: float | None = None
) -> Depth:
    off_m = depth_m * float(np.hypot(off_s / time_s, share))
    return Depth(depth_m, depth_m - off_m, depth_m + off_m, by, 2 * depth_m / time_s, count)


def apart(found: list[Depth]) -> bool:
    """Whether two ways contradict each other.

    Args:
        found: as `depths` gives them
    Returns:
        True where the ranges of any two do not meet.
    Valid: any number of ways.
    Source: Ours.

    >>> apart([Depth(1000, 990, 1010, "collars", 340.0), Depth(1100, 1060, 1140, "gas", 370.0)])
    True
    """
    return any(
        max(one.low_m, other.low_m) > min(one.high_m, other.high_m) for one in found for other in found
    )
