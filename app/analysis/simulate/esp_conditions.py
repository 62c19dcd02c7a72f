"""What is wrong with ESP wells at a moment, told by a story every ten minutes of their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TOLD_EVERY_MIN = 10


@dataclass
class Conditions:
    """What is wrong: (wells,) each at one moment, which the story changes as time goes, or (times,) each of
    one well.

    Shares are of the healthy value: productivity, head, cooling, voltage, torque (beyond what hydraulics
    asks), vibration. `intake_loss` and `stage_loss` are pressure lost at the usual rate [Pa], before and
    inside the pump; `leak` is the share of the usual rate that goes back through a hole in the tubing.
    `valve` 1 is open, `shaft` 1 whole.
    """

    productivity: Floats
    head: Floats
    cooling: Floats
    gas_noise: Floats
    gas_locked: Floats
    insulation_ohm: Floats
    frequency_hz: Floats
    intake_loss: Floats
    stage_loss: Floats
    leak: Floats
    valve: Floats
    shaft: Floats
    reversed: Floats
    torque: Floats
    vibration: Floats
    unbalance: Floats
    voltage: Floats
    line: Floats
    switched_on: NDArray[np.bool_]

    @classmethod
    def of_rows(cls, rows: Floats, switched_on: NDArray[np.bool_]) -> Conditions:
        """A row for each of the shares, in their order; the arrays are views of them."""
        return cls(**dict(zip(SHARES, rows, strict=True)), switched_on=switched_on)

    def reset(self) -> None:
        """Back to neutral in place, for a story that tells everything anew each time."""
        for name, usual in USUALLY.items():
            getattr(self, name)[:] = usual
        self.switched_on[:] = True


SHARES = tuple(item.name for item in fields(Conditions) if item.name != "switched_on")
USUALLY = {
    **dict.fromkeys(SHARES, 1.0),
    **dict.fromkeys(("gas_locked", "intake_loss", "stage_loss", "leak", "reversed", "unbalance"), 0.0),
    "gas_noise": 0.01,
    "insulation_ohm": 5e6,
    "frequency_hz": 50.0,
}
Story = Callable[[float, Conditions], None]


@dataclass(frozen=True)
class Course:
    """The whole story as it was told: shares (times told, shares, wells), switched_on (times told, wells)."""

    shares: Floats
    switched_on: NDArray[np.bool_]

    @classmethod
    def told(cls, story: Story, wells: int, minutes: int) -> Course:
        """Asked in the order of time: a story may leave as it was what does not change."""
        shares = np.repeat([[USUALLY[name]] for name in SHARES], wells, axis=1)
        on = np.ones(wells, bool)
        now = Conditions.of_rows(shares, on)
        times = range(0, minutes, TOLD_EVERY_MIN)
        course = cls(np.empty((len(times), *shares.shape)), np.empty((len(times), wells), bool))
        for n, minute in enumerate(times):
            story(minute / 1440, now)
            course.shares[n], course.switched_on[n] = shares, on
        return course

    def of(self, well: int) -> Conditions:
        """Of one well, (times told,) each."""
        return Conditions.of_rows(
            np.ascontiguousarray(self.shares[:, :, well].T), self.switched_on[:, well].copy()
        )
