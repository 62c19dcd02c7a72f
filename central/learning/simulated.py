"""Cards of simulated wells, as they would come from the field, each with the outer families that it is of:
the one source of what is trained from nothing, and of what a site must not make a model forget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards import strings
from app.analysis.cards.figures import CardAnalysis, analyse
from app.analysis.cards.outline import outline_row
from app.analysis.simulate import rod_faults, rod_wells
from app.analysis.simulate.dirt import drawn as drawn_dirt
from app.analysis.simulate.dirt import largest_load_n, soiled
from app.analysis.simulate.recorder import recorded
from app.analysis.simulate.rod_pump import RodWell
from app.core.errors import KnownError
from app.models.cards import Card

Truth = tuple[str, ...]
DEEP_M = 1_700.0
AT_ONCE = 100
CARDS_A_WELL = 8
"""Of those that are rehearsed: two whole pumps and so many faults, one a card."""


@dataclass(frozen=True)
class Drawn:
    """A card of a simulated well (its number), what it shows, and the outer families that it is of."""

    well: int
    truth: Truth
    card: Card
    families: tuple[str, ...]


def drawn(
    wells: int, rng: np.random.Generator, truths: Callable[[np.random.Generator], Sequence[Truth]]
) -> Iterator[Drawn]:
    """`truths`: what the cards of one well show. Whoever goes through them may draw of the same `rng`."""
    for first in range(0, wells, AT_ONCE):
        asked, shown, owners = [], [], []
        for number in range(first, min(first + AT_ONCE, wells)):
            well = rod_wells.draw(rng)
            for truth in truths(rng):
                asked.append(fitting_well(well, truth, rng))
                shown.append(truth)
                owners.append(number)
        made = rod_faults.simulate(shown, asked, rng)
        for index, (owner, truth) in enumerate(zip(owners, shown, strict=True)):
            dirt = drawn_dirt(rng)
            well = made.wells[index]
            largest = largest_load_n(well.discharge_pressure_pa, well.plunger_diameter_m)
            card = soiled(recorded(made, index, rng), dirt, largest)
            yield Drawn(owner, truth, card, (*dirt.families(), *_outer_wells(well)))


def fitting_well(well: RodWell, truth: Truth, rng: np.random.Generator) -> RodWell:
    """Inertia of the column is met only over shallow, large pumps: such a well is drawn for it."""
    while "fluid_acceleration" in truth and (
        sum(rod.length_m for rod in well.rods) > 900 or well.plunger_diameter_m < 0.05
    ):
        well = rod_wells.draw(rng)
    return rod_wells.on_any_unit(well, rng)


def _outer_wells(well: RodWell) -> list[str]:
    """The outer families of wells that one is of: deep, or on no conventional unit."""
    deep, other = strings.length(well.rods) > DEEP_M, well.turn_share > 0 or well.linkage.mark2
    return ["depth"] * deep + ["geometry"] * other


@dataclass(frozen=True)
class Outlines:
    """Rows of `outline_row` (n, OUTLINE_SIZE) with one condition each. `refused`: records that no diagnosis
    would take; `copied`: rows that are no card as it was taken (None: no row is).
    """

    rows: NDArray[np.float64]
    codes: tuple[str, ...]
    wells: NDArray[np.int64]
    families: tuple[tuple[str, ...], ...]
    refused: int = 0
    copied: NDArray[np.bool_] | None = None

    def only(self, which: NDArray[np.bool_]) -> Outlines:
        places = np.flatnonzero(which).tolist()
        return Outlines(
            self.rows[which],
            tuple(self.codes[n] for n in places),
            self.wells[which],
            tuple(self.families[n] for n in places),
            self.refused,
            None if self.copied is None else self.copied[which],
        )

    def as_taken(self) -> Outlines:
        """Without copies."""
        return self if self.copied is None else self.only(~self.copied)


Copies = Callable[[CardAnalysis, np.random.Generator], Sequence[CardAnalysis]]


def outlines(wells: int, seed: int, copies: Copies = lambda analysis, rng: ()) -> Outlines:
    """Of cards with one fault or none, and of their copies (`augmented`)."""
    rows, codes, owners, families, copied, refused = [], [], [], [], [], 0
    by_others = np.random.default_rng((seed, 1))
    for one in drawn(wells, np.random.default_rng(seed), single):
        try:
            analysis = analyse(one.card)
            found = [outline_row(each) for each in (analysis, *copies(analysis, by_others))]
        except KnownError:
            refused += 1
            continue
        rows += found
        codes += [one.truth[0]] * len(found)
        owners += [one.well] * len(found)
        families += [one.families] * len(found)
        copied += [place > 0 for place in range(len(found))]
    return Outlines(
        np.array(rows),
        tuple(codes),
        np.array(owners, np.int64),
        tuple(families),
        refused,
        np.array(copied, bool),
    )


def single(rng: np.random.Generator) -> list[Truth]:
    """Two whole pumps, and cards with one fault."""
    chosen = rng.choice(tuple(rod_faults.FAULTS), CARDS_A_WELL - 2, replace=False)
    return [("full_pump",), ("full_pump",), *((str(code),) for code in chosen)]
