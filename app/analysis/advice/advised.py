"""What there is to set on a well: what its settings and other equipment would bring, or what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.advice.choice import Choice, Outcome, value_of
from app.analysis.advice.esp import EspKnobs, EspNow
from app.analysis.advice.gas_lift import GasLiftKnobs, GasLiftNow
from app.analysis.advice.rod_pump import RodKnobs, RodNow
from app.models.wells import Well

Model = EspNow | RodNow | GasLiftNow
Knobs = EspKnobs | RodKnobs | GasLiftKnobs


@dataclass(frozen=True)
class Advice:
    """What there is to set on a well.

    Attributes:
        well: of it
        now: what the model gives for the settings of today
        choices: the better ones that can be set today, best first
        workover: better equipment for the next workover, best first
        missing: without a model codes of all that is not known (advice.missing.*)
        model: None without one
        measured_rate: [m³/s] of the test
    """

    well: Well
    now: Outcome | None = None
    choices: tuple[Choice, ...] = ()
    workover: tuple[Choice, ...] = ()
    missing: tuple[str, ...] = ()
    model: Model | None = None
    measured_rate: float | None = None

    @property
    def best(self) -> Choice | None:
        """Of what can be set today."""
        return self.choices[0] if self.choices else None

    @property
    def value(self) -> float:
        """Of the best choice, as it is ranked by [any]; 0 without one."""
        return 0.0 if self.best is None else value_of(self.best)
