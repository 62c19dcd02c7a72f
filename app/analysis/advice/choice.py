"""What a setting would bring: rates with their interval, what it costs, and every limit that it meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NEAR = 0.1
"""Of a limit: nearer than that is said to be near."""


@dataclass(frozen=True)
class Limit:
    """One thing that must hold.

    Attributes:
        code: of the texts (advice.limit.*)
        value: [SI] what it would be
        least: [SI] None where there is no lower limit
        most: [SI] None where there is no upper limit
    """

    code: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def kept(self) -> bool:
        """Whether it holds."""
        over = self.most is not None and self.value > self.most
        return not over and not (self.least is not None and self.value < self.least)

    @property
    def near(self) -> bool:
        """Whether it holds by less than a tenth of the limit."""
        over = self.most is not None and self.value > self.most - NEAR * abs(self.most)
        under = self.least is not None and self.value < self.least + NEAR * abs(self.least)
        return over or under


@dataclass(frozen=True)
class Outcome:
    """What a well would do with its knobs so.

    Attributes:
        knobs: [SI] name → where it stands
        rate: [m³/s] liquid: least, likeliest and most that the inflow allows
        oil: [kg/s] the same of oil
        intake_pa: [Pa]
        power_w: [W] from the line
        density: [kg/m³] of the liquid at the surface
        limits: everything that must hold
        figures: [SI] code of the texts (advice.figure.*) → what else is shown
    """

    knobs: Mapping[str, float]
    rate: tuple[float, float, float]
    oil: tuple[float, float, float]
    intake_pa: float
    power_w: float
    density: float
    limits: tuple[Limit, ...]
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Whether every limit holds."""
        return all(limit.kept for limit in self.limits)

    @property
    def energy_j_per_kg(self) -> float:
        """Energy from the line for a kilogram of liquid [J/kg]."""
        return self.power_w / max(self.rate[1] * self.density, 1e-9)


@dataclass(frozen=True)
class Choice:
    """A setting beside the one that the well has.

    Attributes:
        outcome: of the setting
        gain: [kg/s] of oil over what the well gives now: least, likeliest, most
    """

    outcome: Outcome
    gain: tuple[float, float, float]

    @property
    def risk(self) -> str:
        """high: a limit is broken or oil may be lost; middle: a limit is near; low."""
        if not self.outcome.kept or self.gain[0] < 0:
            return "high"
        return "middle" if any(limit.near for limit in self.outcome.limits) else "low"


def choice(outcome: Outcome, now: Outcome) -> Choice:
    """A setting beside the one that the well has.

    Δ = oil of the setting − oil now, with the same inflow each

    Args:
        outcome: of the setting
        now: of the well as it stands, by the same model
    Returns:
        with the three gains in order
    Valid: both of one well.
    Ours: model against model, so that what it is off by falls out of the difference.

    >>> def of(rate: float) -> Outcome:
    ...     return Outcome({}, (rate, rate, rate), (rate, rate, 2 * rate), 5e6, 1e3, 900.0, ())
    >>> choice(of(3.0), of(2.0)).gain
    (1.0, 1.0, 2.0)
    """
    low, middle, high = (a - b for a, b in zip(outcome.oil, now.oil, strict=True))
    return Choice(outcome, (min(low, middle, high), middle, max(low, middle, high)))


def ranked(choices: list[Choice]) -> list[Choice]:
    """The choices worth looking at, best first.

    kept limits and a gain over 0; by the likeliest gain, of those alike within a hundredth by energy

    Args:
        choices: in any order
    Returns:
        best first
    Valid: any number.
    Ours: a broken limit is no advice.

    >>> good = Outcome({"a": 1.0}, (1, 1, 1), (1, 1, 1), 5e6, 1e3, 900.0, ())
    >>> over = (Limit("motor_load", 1.2, most=1.0),)
    >>> bad = Outcome({"a": 2.0}, (1, 1, 1), (1, 1, 1), 5e6, 1e3, 900.0, over)
    >>> [one.outcome.knobs["a"] for one in ranked([Choice(bad, (1, 2, 3)), Choice(good, (0, 1, 2))])]
    [1.0]
    """
    worth = [one for one in choices if one.outcome.kept and one.gain[1] > 0]
    best = max((one.gain[1] for one in worth), default=0.0)
    return sorted(worth, key=lambda one: (-round(one.gain[1] / (0.01 * best)), one.outcome.energy_j_per_kg))
