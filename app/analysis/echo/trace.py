"""What a microphone at the wellhead heard of one shot, and when the shot was."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ENOUGH_HZ = 1000.0
"""Collars are heard below 40 Hz: what is sampled faster is averaged down to about this."""
RISES_TO, SURE = 0.3, 0.7
STANDS_OUT = 8.0


@dataclass(frozen=True)
class Trace:
    """One record of an echometer.

    Attributes:
        rate_hz: [Hz] samples a second
        channels: [-] (n,) each, as the recorder counts: the microphone once, or through two filters
    """

    rate_hz: float
    channels: tuple[Floats, ...]

    @property
    def duration_s(self) -> float:
        """How long it was listened [s]."""
        return len(self.channels[0]) / self.rate_hz


def thinned(trace: Trace) -> Trace:
    """The trace with no more samples than it takes to hear collars.

    Means of whole blocks, so that what is faster than the new rate does not come back as something slow.

    Args:
        trace: as recorded
    Returns:
        A trace of at most twice `ENOUGH_HZ` [Hz], each channel without its mean.
    Valid: any rate; a slower one stays as it is.
    Source: Ours: the collars of the shortest joints in the fastest gas come 40 times a second.

    >>> fast = Trace(44_100.0, (np.ones(44_100),))
    >>> slow = thinned(fast)
    >>> round(slow.rate_hz), len(slow.channels[0])
    (1002, 1002)
    """
    block = max(1, int(trace.rate_hz // ENOUGH_HZ))
    whole = len(trace.channels[0]) // block * block
    kept = (np.asarray(one[:whole], float).reshape(-1, block).mean(axis=1) for one in trace.channels)
    return Trace(trace.rate_hz / block, tuple(one - one.mean() for one in kept))


def shot_at(samples: Floats, rate_hz: float) -> float | None:
    """When the shot was.

    Where the trace rises through three tenths of the most that it has, on its first way to seven tenths: the
    blast is by far the loudest, and its rise is what an echo is measured from.

    Args:
        samples: [-] (n,) of the recorder, without their mean
        rate_hz: [Hz]
    Returns:
        [s] from the beginning of the record; None where nothing stands out eight times over the usual.
    Valid: a record that begins before the shot, or with it.
    Source: Ours: half of a rise is the same place of a pulse and of its echo, whatever their size.

    >>> quiet = 0.01 * np.sin(np.arange(4000.0))
    >>> shot_at(quiet, 1000.0) is None
    True
    >>> quiet[500:520] = 1.0
    >>> shot_at(quiet, 1000.0)
    0.5
    """
    size = np.abs(samples)
    most, usual = float(size.max(initial=0.0)), float(np.median(size)) if len(size) else 0.0
    if most <= 0 or most < STANDS_OUT * usual:
        return None
    loud = int(np.argmax(size >= SURE * most))
    below = np.flatnonzero(size[:loud] < RISES_TO * most)
    return float(below[-1] + 1 if len(below) else 0) / rate_hz


def is_clipped(samples: Floats) -> bool:
    """Whether the recorder could not follow what it heard.

    A run of the very same extreme value, longer than a hundredth of the record.

    Args:
        samples: [-] (n,) of the recorder
    Returns:
        True where more than a hundredth of the record stands at one end of the scale.
    Valid: any record.
    Source: Ours: a blast alone may be clipped, and takes less than that.

    >>> is_clipped(np.sin(np.arange(1000.0))), is_clipped(np.clip(np.sin(np.arange(1000.0)), -0.5, 0.5))
    (False, True)
    """
    most = float(np.abs(samples).max(initial=0.0))
    return most > 0 and float(np.mean(np.abs(samples) >= most * (1 - 1e-9))) > 0.01
