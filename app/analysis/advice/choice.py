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
        equipment: name of what would have to be run in; empty: nothing, it can be set today
        unchecked: codes of limits that a well of this lift has and nobody knows of this one
    """

    knobs: Mapping[str, float]
    rate: tuple[float, float, float]
    oil: tuple[float, float, float]
    intake_pa: float
    power_w: float
    density: float
    limits: tuple[Limit, ...]
    figures: Mapping[str, float] = field(default_factory=dict)
    equipment: str = ""
    unchecked: tuple[str, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether every limit holds."""
        return all(limit.kept for limit in self.limits)

    @property
    def energy_j_per_kg(self) -> float:
        """Energy from the line for a kilogram of liquid [J/kg]."""
        return self.power_w / max(self.rate[1] * self.density, 1e-9)


def unchecked(limits: tuple[Limit, ...], every: tuple[str, ...]) -> tuple[str, ...]:
    """Which limits of a lift nobody knows of a well.

    Args:
        limits: that are known
        every: codes of those that wells of the lift have
    Returns:
        codes of the others, in their order
    Valid: any.
    Ours: what is not checked is said: a setting without a word of the motor was read as one that spares it.

    >>> unchecked((Limit("rods", 0.8, most=1.0),), ("rods", "gearbox"))
    ('gearbox',)
    """
    told = {limit.code for limit in limits}
    return tuple(code for code in every if code not in told)


@dataclass(frozen=True)
class Choice:
    """A setting beside the one that the well has.

    Attributes:
        outcome: of the setting
        gain: [kg/s] of oil over what the well gives now: least, likeliest, most
        worth: [money/s] the same in money, energy and liquid taken off; None without prices
    """

    outcome: Outcome
    gain: tuple[float, float, float]
    worth: tuple[float, float, float] | None = None

    @property
    def risk(self) -> str:
        """high: a limit is broken, oil or money may be lost; middle: a limit is near; unchecked: not every
        limit is known; low.
        """
        if not self.outcome.kept or self.gain[0] < 0 or (self.worth is not None and self.worth[0] < 0):
            return "high"
        if any(limit.near for limit in self.outcome.limits):
            return "middle"
        return "unchecked" if self.outcome.unchecked else "low"


@dataclass(frozen=True)
class Prices:
    """What a site counts with, in its own money.

    Attributes:
        oil: [money/kg] what a kilogram of oil leaves after taxes and transport
        energy: [money/J] from the line
        liquid: [money/kg] of lifting, gathering and treating a kilogram of liquid
    """

    oil: float
    energy: float = 0.0
    liquid: float = 0.0

    def of(self, outcome: Outcome) -> tuple[float, float, float]:
        """What a setting earns [money/s]: least, likeliest, most.

        q_o·p_o − P·p_e − q_l·ρ·p_l

        Args:
            outcome: of the setting
        Returns:
            [money/s] before what changing it costs
        Valid: prices that do not move with the rate.
        Source: definition of a netback.

        >>> rich = Outcome({}, (1e-3,) * 3, (0.4,) * 3, 5e6, 2e4, 900.0, ())
        >>> round(Prices(300e-3, 4e-3 / 3600, 1e-3).of(rich)[1] * 86_400)  # 10368 of oil less 1920 and 78
        8370
        """
        low, middle, high = (
            oil * self.oil - rate * outcome.density * self.liquid - outcome.power_w * self.energy
            for oil, rate in zip(outcome.oil, outcome.rate, strict=True)
        )
        return low, middle, high


def choice(outcome: Outcome, now: Outcome, prices: Prices | None = None) -> Choice:
    """A setting beside the one that the well has.

    Δ = oil of the setting − oil now, with the same inflow each

    Args:
        outcome: of the setting
        now: of the well as it stands, by the same model
        prices: of the site, or None
    Returns:
        with the three gains in order, and in money
    Valid: both of one well.
    Ours: model against model, so that what it is off by falls out of the difference.

    >>> def of(rate: float) -> Outcome:
    ...     return Outcome({}, (rate, rate, rate), (rate, rate, 2 * rate), 5e6, 1e3, 900.0, ())
    >>> choice(of(3.0), of(2.0)).gain
    (1.0, 1.0, 2.0)
    """
    worth = None if prices is None else _beside(prices.of(outcome), prices.of(now))
    return Choice(outcome, _beside(outcome.oil, now.oil), worth)


def _beside(then: tuple[float, float, float], now: tuple[float, float, float]) -> tuple[float, float, float]:
    low, middle, high = (a - b for a, b in zip(then, now, strict=True))
    return min(low, middle, high), middle, max(low, middle, high)


def ranked(choices: list[Choice]) -> list[Choice]:
    """The choices worth looking at, best first.

    kept limits and a gain over 0, of money where prices are known, else of oil; by the likeliest gain, of
    those alike within a hundredth by energy

    Args:
        choices: in any order, all with prices or none
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
    worth = [one for one in choices if one.outcome.kept and value_of(one) > 0]
    best = max((value_of(one) for one in worth), default=0.0)
    return sorted(worth, key=lambda one: (-round(value_of(one) / (0.01 * best)), one.outcome.energy_j_per_kg))


def value_of(one: Choice) -> float:
    """What a choice is ranked by.

    Args:
        one: of a well
    Returns:
        [money/s] likeliest gain; of oil [kg/s] without prices
    Valid: any.
    Ours: money is what a site decides by.

    >>> some = Outcome({}, (1, 1, 1), (1, 1, 1), 5e6, 1e3, 900.0, ())
    >>> value_of(Choice(some, (0.0, 1.0, 2.0))), value_of(Choice(some, (0.0, 1.0, 2.0), (5.0, 6.0, 7.0)))
    (1.0, 6.0)
    """
    return one.gain[1] if one.worth is None else one.worth[1]
