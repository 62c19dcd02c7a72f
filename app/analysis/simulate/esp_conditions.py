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
    """What is wrong with ESP wells: n wells at one moment, or n moments of one well.

    Attributes:
        productivity: [-] (n,) of the healthy one
        head: [-] (n,) of the healthy one
        cooling: [-] (n,) of the healthy one
        gas_noise: [-] (n,) flicker of the head
        gas_locked: [-] (n,) 1: the pump holds gas
        insulation_ohm: [Ω] (n,)
        frequency_hz: [Hz] (n,)
        intake_loss: [Pa] (n,) lost before the pump at the usual rate
        stage_loss: [Pa] (n,) lost inside the pump at the usual rate
        leak: [-] (n,) of the usual rate that goes back through a hole in the tubing
        valve: [-] (n,) 1 open
        shaft: [-] (n,) 1 whole
        reversed: [-] (n,) 1 turns the wrong way
        torque: [-] (n,) beyond what hydraulics asks
        vibration: [-] (n,) of the healthy one
        unbalance: [-] (n,) of the phases
        voltage: [-] (n,) of the usual
        line: [-] (n,) of the usual line pressure
        switched_on: (n,) whether
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
        """Conditions whose arrays are views of the rows of one.

        Args:
            rows: [as SHARES] (len(SHARES), n)
            switched_on: (n,)
        Returns:
            a change of one changes the other
        Valid: rows in the order of SHARES.
        Ours: one array is copied quicker than eighteen.

        >>> rows = np.ones((len(SHARES), 2))
        >>> Conditions.of_rows(rows, np.ones(2, bool)).head[0] = 0.5
        >>> float(rows[SHARES.index("head"), 0])
        0.5
        """
        return cls(**dict(zip(SHARES, rows, strict=True)), switched_on=switched_on)

    def reset(self) -> None:
        """Back to neutral in place, for a story that tells everything anew each time.

        Valid: any.
        Ours: USUALLY.

        >>> now = Conditions.of_rows(np.zeros((len(SHARES), 2)), np.zeros(2, bool))
        >>> now.reset()
        >>> float(now.head[0]), bool(now.switched_on[0])
        (1.0, True)
        """
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
    """The whole story as it was told.

    Attributes:
        shares: [as SHARES] (times told, len(SHARES), wells)
        switched_on: (times told, wells)
    """

    shares: Floats
    switched_on: NDArray[np.bool_]

    @classmethod
    def told(cls, story: Story, wells: int, minutes: int) -> Course:
        """A story asked in the order of time.

        Args:
            story: (day, conditions): changes them in place
            wells: [-] how many
            minutes: [min] how long
        Returns:
            every ten minutes
        Valid: a story may leave as it was what does not change.
        Ours: faults of wells change within minutes at most.

        >>> def worse(day, c):
        ...     c.head[:] = 1 - day
        >>> Course.told(worse, 1, 1440).shares[72, SHARES.index("head"), 0].round(6).item()  # at noon
        0.5
        """
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
        """The course of one well.

        Args:
            well: [-] its number
        Returns:
            (times told,) each
        Valid: wells of the course.
        Ours: arrays of its own, in one piece.

        >>> Course.told(lambda day, c: None, 2, 30).of(1).head.tolist()
        [1.0, 1.0, 1.0]
        """
        return Conditions.of_rows(
            np.ascontiguousarray(self.shares[:, :, well].T), self.switched_on[:, well].copy()
        )
