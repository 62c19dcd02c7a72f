"""ESP wells in time, a step a minute: what befalls them is asked of a story, each well is run by itself.

Sources: Takacs, ESP Manual, ch. 4; the physics stand in `esp_well`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.simulate.esp_conditions import Course, Story
from app.analysis.simulate.esp_gauges import GAUGES, measured
from app.analysis.simulate.esp_well import run_well
from app.analysis.simulate.esp_wells import EspWells

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class EspTelemetry:
    """sensor code → (wells, minutes) [SI]; trips: (well, minute) of underload trips."""

    values: dict[str, NDArray[np.float32]]
    trips: list[tuple[int, int]]


@dataclass(frozen=True)
class WellTelemetry:
    """sensor code → (minutes,) [SI] of one well; trips: minutes of its underload trips."""

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
        """What its gauges say, and its trips."""
        truth, trips = run_well(self.wells, well, self._course.of(well), self._gusts[:, well])
        values = {}
        for name in GAUGES:
            rng = np.random.default_rng()
            rng.bit_generator.state = self._noise[name, well]
            values[name] = measured(name, truth[name].astype(np.float32), rng)
        return WellTelemetry(values, trips)


def run_esp(
    wells: EspWells,
    minutes: int,
    story: Story,
    rng: np.random.Generator,
    progress: Progress = lambda done, total: None,
) -> EspTelemetry:
    """All wells of a field. `story(day, conditions)` is asked every ten minutes what is wrong by then."""
    runs = EspRuns(wells, minutes, story, rng)
    count = len(wells.stages)
    values = {name: np.empty((count, minutes), np.float32) for name in GAUGES}
    trips: list[tuple[int, int]] = []
    for well in range(count):
        progress(well, count)
        one = runs.well(well)
        for name, rows in values.items():
            rows[well] = one.values[name]
        trips += [(well, minute) for minute in one.trips]
    return EspTelemetry(values, sorted(trips, key=lambda trip: (trip[1], trip[0])))
