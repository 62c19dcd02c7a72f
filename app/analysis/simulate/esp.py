"""ESP wells in time, a step a minute: what befalls them is asked of a story, each well is run by itself.

Sources: Takacs, ESP Manual, ch. 4; the physics stand in `esp_well`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.simulate.esp_conditions import Course, Story
from app.analysis.simulate.esp_gauges import GAUGES, measured
from app.analysis.simulate.esp_well import run_well
from app.analysis.simulate.esp_wells import EspWells


@dataclass(frozen=True)
class EspTelemetry:
    """What the gauges of a field say.

    Attributes:
        values: sensor code → [SI] (wells, minutes)
        trips: ([-] well, [min]) of underload trips
    """

    values: dict[str, NDArray[np.float32]]
    trips: list[tuple[int, int]]


@dataclass(frozen=True)
class WellTelemetry:
    """What the gauges of one well say.

    Attributes:
        values: sensor code → [SI] (minutes,)
        trips: [min] of its underload trips
    """

    values: dict[str, NDArray[np.float32]]
    trips: list[int]


class EspRuns:
    """The wells of a field, told what befalls them; each is run when it is asked for.

    All that is random is drawn here, in the order of sensors and wells: a well is the same whichever is run
    first. Of the noise only the generator's states are kept: it is drawn again for the well that needs it.
    """

    def __init__(self, wells: EspWells, minutes: int, story: Story, rng: np.random.Generator) -> None:
        self.wells, self.minutes = wells, minutes
        count = len(wells.stages)
        self._course = Course.told(story, count, minutes)
        self._gusts = rng.normal(size=(minutes, count))
        self._noise: dict[tuple[str, int], dict[str, object]] = {}
        drawn = np.empty(minutes)
        for name in GAUGES:
            for well in range(count):
                self._noise[name, well] = dict(rng.bit_generator.state)
                rng.standard_normal(out=drawn)

    def well(self, well: int) -> WellTelemetry:
        """What the gauges of a well say, and its trips.

        Args:
            well: [-] its number
        Returns:
            the same whichever well is run first
        Valid: wells of the field.
        Source: `esp_well.run_well`; noise of `esp_gauges`.

        >>> wells = EspWells.varied(2, np.random.default_rng(1))
        >>> runs = EspRuns(wells, 30, lambda day, c: None, np.random.default_rng(2))
        >>> one = runs.well(1)
        >>> bool((one.values["intake_pressure"] == runs.well(1).values["intake_pressure"]).all())
        True
        """
        truth, trips = run_well(self.wells, well, self._course.of(well), self._gusts[:, well])
        values = {}
        for name in GAUGES:
            rng = np.random.default_rng()
            rng.bit_generator.state = self._noise[name, well]
            values[name] = measured(name, truth[name].astype(np.float32), rng)
        return WellTelemetry(values, trips)


def run_esp(wells: EspWells, minutes: int, story: Story, rng: np.random.Generator) -> EspTelemetry:
    """All wells of a field, a step a minute.

    Args:
        wells: their constants
        minutes: [min] how long
        story: (day, conditions): asked every ten minutes what is wrong by then
        rng: of gusts and noise
    Returns:
        as the gauges say it
    Valid: starts from rest: the first hours settle.
    Source: Takacs, ESP Manual, ch. 4; the physics stand in `esp_well`.

    >>> wells = EspWells.varied(2, np.random.default_rng(1))
    >>> made = run_esp(wells, 60, lambda day, c: None, np.random.default_rng(2))
    >>> made.values["liquid_rate"].shape, bool(made.values["liquid_rate"][0, -1] > 5e-4)
    ((2, 60), True)
    """
    runs = EspRuns(wells, minutes, story, rng)
    count = len(wells.stages)
    values = {name: np.empty((count, minutes), np.float32) for name in GAUGES}
    trips: list[tuple[int, int]] = []
    for well in range(count):
        one = runs.well(well)
        for name, rows in values.items():
            rows[well] = one.values[name]
        trips += [(well, minute) for minute in one.trips]
    return EspTelemetry(values, sorted(trips, key=lambda trip: (trip[1], trip[0])))
