"""What the card chart is given: curves, lines and places of evidence, in the reader's units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.analysis.cards import marks
from app.analysis.cards.figures import CardAnalysis
from app.analysis.simulate.twin import Answer
from app.core.texts import Speaker
from app.models.cards import PumpCard
from app.models.findings import Finding
from app.services.diagnosis.cards import Outline
from app.views.cards.presenter import Beside, Shown
from app.views.plots.card_chart import CardChart, Curve, Level, Post, Swarm
from app.views.theme import Theme

Places = list[tuple[np.ndarray, np.ndarray, str]]
FADED_FROM = 6
"""More cards than these lie behind the newest as one swarm."""
BESIDE_PENS = (3, 5, 2, 4, 6)
"""Of the theme: one for each of the other wells."""


class Drawing:
    """Speaks one language and one theme; every method turns SI into what is drawn."""

    def __init__(self, speaker: Speaker, theme: Theme) -> None:
        self._speaker, self._theme = speaker, theme
        self._length, self._load = speaker.units.unit("length"), speaker.units.unit("load")

    def show(
        self,
        chart: CardChart,
        shown: Shown,
        answer: Answer | None,
    ) -> None:
        """The newest card over the older ones, under those of other wells and what the twin answers."""
        analysis = shown.newest.analysis
        curves, swarms = self.older(shown.older)
        curves += self.newest(analysis, named=bool(curves or swarms or shown.beside or answer))
        curves += self.beside(shown.beside)
        if answer is not None:
            curves += self.twin(answer)
        chart.show_cards(
            curves,
            self.levels(analysis),
            self.places(analysis, shown.newest.findings),
            posts=self.posts(analysis),
            swarms=swarms,
        )

    def show_difference(self, chart: CardChart, analysis: CardAnalysis, before: Outline) -> None:
        """Of the pump cards, of the surface cards where one of the two is missing."""
        if analysis.pump is not None and before.pump is not None:
            curve = self.difference(analysis.pump, before.pump)
        else:
            surface = PumpCard(analysis.clean.position_m, analysis.clean.load_n)
            curve = self.difference(surface, before.surface)
        moments = (analysis.card.taken_at, before.card.taken_at)
        chart.show_cards([replace(curve, name=" − ".join(map(self._speaker.moment, moments)))], self.zero())

    def curve(self, card: PumpCard, pen: int, age: float = 0.0, name: str = "") -> Curve:
        return Curve(
            self._length.from_si(card.position_m),
            self._load.from_si(card.load_n),
            self._theme.pen(pen),
            age,
            name,
        )

    def newest(self, analysis: CardAnalysis, *, named: bool) -> list[Curve]:
        """With its date where others are drawn too: alone it has that over the chart."""
        surface = PumpCard(analysis.clean.position_m, analysis.clean.load_n)
        name = self._speaker.moment(analysis.card.taken_at) if named else ""
        pump = [] if analysis.pump is None else [self.curve(analysis.pump, 1)]
        return [self.curve(surface, 0, name=name), *pump]

    def beside(self, others: tuple[Beside, ...]) -> list[Curve]:
        """Both cards of another well in one colour, told by its name and date."""
        curves = []
        for one, pen in zip(others, BESIDE_PENS, strict=False):
            name = f"{one.well.name} · {self._speaker.moment(one.outline.card.taken_at)}"
            curves.append(self.curve(one.outline.surface, pen, name=name))
            if one.outline.pump is not None:
                curves.append(self.curve(one.outline.pump, pen))
        return curves

    def older(self, outlines: list[Outline]) -> tuple[list[Curve], list[Swarm]]:
        """Few older cards fade with their age; many become two swarms."""
        if len(outlines) > FADED_FROM:
            surfaces = tuple(self._shown(item.surface) for item in outlines)
            pumps = tuple(self._shown(item.pump) for item in outlines if item.pump is not None)
            first, last = (self._speaker.moment(item.card.taken_at) for item in (outlines[0], outlines[-1]))
            swarms = [Swarm(surfaces, self._theme.pen(0), name=f"{first} – {last} ({len(outlines)})")]
            return [], [*swarms, *([Swarm(pumps, self._theme.pen(1))] if pumps else [])]
        curves = []
        for rank, item in enumerate(reversed(outlines), 1):
            age = 0.75 * rank / (len(outlines) + 1)
            curves.append(self.curve(item.surface, 0, age, self._speaker.moment(item.card.taken_at)))
            if item.pump is not None:
                curves.append(self.curve(item.pump, 1, age))
        return curves, []

    def _shown(self, card: PumpCard) -> tuple[np.ndarray, np.ndarray]:
        return self._length.from_si(card.position_m), self._load.from_si(card.load_n)

    def levels(self, analysis: CardAnalysis) -> list[Level]:
        return [
            Level(
                float(self._load.from_si(one.load_n)),
                self._speaker.say(one.code),
                left=one.left,
                serious=one.serious,
            )
            for one in marks.load_levels(analysis)
        ]

    def posts(self, analysis: CardAnalysis) -> list[Post]:
        lines, meets_m = analysis.lines, marks.part_filled_m(analysis)
        if lines is None or meets_m is None:
            return []
        low, high = float(self._load.from_si(lines.lower_n)), float(self._load.from_si(lines.upper_n))
        text = (
            f"{self._speaker.say('measure.fillage')} "
            f"{self._speaker.quantity(lines.fillage, 'ratio', digits=0)}"
        )
        return [Post(float(self._length.from_si(meets_m)), low, high, text)]

    def places(self, analysis: CardAnalysis, findings: tuple[Finding, ...]) -> Places:
        """Where the evidence says that it shows."""
        return [
            (
                self._length.from_si(one.position_m),
                self._load.from_si(one.load_n),
                self._theme.status[one.severity],
            )
            for one in marks.evidence_places(analysis, findings)
        ]

    def twin(self, answer: Answer) -> list[Curve]:
        surface = PumpCard(answer.surface_position_m, answer.surface_load_n)
        return [self.curve(surface, 2, name=self._speaker.say("card.twin")), self.curve(answer.pump, 4)]

    def zero(self) -> list[Level]:
        return [Level(0.0, self._speaker.say("card.no_difference"))]

    def difference(self, newest: PumpCard, other: PumpCard) -> Curve:
        """Load of the newest less the other's at the same position, upstroke then downstroke."""
        grid = np.linspace(0.01, 0.99, 120)
        up_new, down_new = _strokes(newest, grid)
        up_other, down_other = _strokes(other, grid)
        x = np.r_[grid, grid[::-1]] * float(np.ptp(newest.position_m))
        y = np.r_[up_new - up_other, (down_new - down_other)[::-1]]
        return Curve(self._length.from_si(x), self._load.from_si(y), self._theme.pen(3))


def _strokes(card: PumpCard, grid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    share = (card.position_m - card.position_m.min()) / np.ptp(card.position_m)
    top = int(np.argmax(share))
    up = np.interp(grid, np.maximum.accumulate(share[: top + 1]), card.load_n[: top + 1])
    down = np.interp(grid, np.maximum.accumulate(share[top:][::-1]), card.load_n[top:][::-1])
    return up, down
