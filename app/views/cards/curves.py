"""What the card chart is given: curves, lines and places of evidence, in the reader's units."""

from __future__ import annotations

import numpy as np

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.limits import permissible_load_n
from app.analysis.cards.shape import fluid_load_from_level_n
from app.analysis.simulate.twin import Answer
from app.core.texts import Speaker
from app.models.cards import PumpCard
from app.models.findings import Finding
from app.services.cards import Outline
from app.views.plots.card_chart import Curve, Level, Post, Swarm
from app.views.theme import Theme

Places = list[tuple[np.ndarray, np.ndarray, str]]
# Evidence of the upstroke; the rest of what names a part of the card is of the downstroke.
UPSTROKE = {
    "unloads_early", "loads_late", "dip_at_place", "load_lost_above", "load_gone_at", "hump_early", "above_largest_load",
    "spike_at_top", "parallelogram", "late_after_turn",
}  # fmt: skip
BOTH_STROKES = {"drags_both_ways", "ragged_loads", "lens_between_lines"}
FADED_FROM = 6
"""More cards than these lie behind the newest as one swarm."""


class Drawing:
    """Speaks one language and one theme; every method turns SI into what is drawn."""

    def __init__(self, speaker: Speaker, theme: Theme) -> None:
        self._speaker, self._theme = speaker, theme
        self._length, self._load = speaker.units.unit("length"), speaker.units.unit("load")

    def curve(self, card: PumpCard, pen: int, age: float = 0.0) -> Curve:
        return Curve(self._length.from_si(card.position_m), self._load.from_si(card.load_n), self._theme.pen(pen), age)  # fmt: skip

    def newest(self, analysis: CardAnalysis) -> list[Curve]:
        surface = PumpCard(analysis.clean.position_m, analysis.clean.load_n)
        return [self.curve(surface, 0), *([] if analysis.pump is None else [self.curve(analysis.pump, 1)])]

    def older(self, outlines: list[Outline]) -> tuple[list[Curve], list[Swarm]]:
        """Few older cards fade with their age; many become two swarms."""
        if len(outlines) > FADED_FROM:
            surfaces = tuple(self._shown(item.surface) for item in outlines)
            pumps = tuple(self._shown(item.pump) for item in outlines if item.pump is not None)
            swarms = [Swarm(surfaces, self._theme.pen(0))]
            return [], [*swarms, *([Swarm(pumps, self._theme.pen(1))] if pumps else [])]
        curves = []
        for rank, item in enumerate(reversed(outlines), 1):
            age = 0.75 * rank / (len(outlines) + 1)
            curves.append(self.curve(item.surface, 0, age))
            if item.pump is not None:
                curves.append(self.curve(item.pump, 1, age))
        return curves, []

    def _shown(self, card: PumpCard) -> tuple[np.ndarray, np.ndarray]:
        return self._length.from_si(card.position_m), self._load.from_si(card.load_n)

    def levels(self, analysis: CardAnalysis) -> list[Level]:
        say, levels = self._speaker.say, []

        def level(load_n: float, text: str, **options: bool) -> None:
            levels.append(Level(float(self._load.from_si(load_n)), text, **options))

        if analysis.lines is not None:
            level(analysis.lines.upper_n, say("card.upper_line"))
            level(analysis.lines.lower_n, say("card.lower_line"))
            asked = fluid_load_from_level_n(analysis)
            if asked is not None:
                level(asked, say("card.level_line"), left=True)
        if analysis.buoyant_weight_n is not None:
            level(analysis.buoyant_weight_n, say("measure.buoyant_rod_weight_n"), left=True)
        if analysis.card.bore.rods:
            limit = permissible_load_n(analysis.card.bore.rods[0], float(analysis.clean.load_n.min()))
            if limit is not None and limit < 2 * analysis.clean.load_n.max():
                level(limit, say("card.permissible"), left=True, serious=True)
        return levels

    def posts(self, analysis: CardAnalysis) -> list[Post]:
        lines = analysis.lines
        if lines is None or lines.fillage > 0.985:
            return []
        low, high = float(self._load.from_si(lines.lower_n)), float(self._load.from_si(lines.upper_n))
        text = f"{self._speaker.say('measure.fillage')} {self._speaker.quantity(lines.fillage, 'ratio', digits=0)}"  # fmt: skip
        return [Post(float(self._length.from_si(lines.net_stroke_m)), low, high, text)]

    def places(self, analysis: CardAnalysis, findings: tuple[Finding, ...]) -> Places:
        """Where the evidence shows on the pump card: the stretch of the stroke it names."""
        pump = analysis.pump
        if pump is None:
            return []
        share = pump.position_m / max(float(pump.position_m.max()), 1e-9)
        up = np.arange(len(share)) <= int(np.argmax(share))
        found: Places = []
        for finding in findings:
            if finding.severity == "info" or finding.decision == "rejected":
                continue
            for evidence in finding.evidence:
                if evidence.card_part is None:
                    continue
                low, high = evidence.card_part
                where = (share >= low) & (share <= high)
                if evidence.code not in BOTH_STROKES:
                    where &= up if evidence.code in UPSTROKE else ~up
                x, y = self._shown(PumpCard(pump.position_m[where], pump.load_n[where]))
                found.append((x, y, self._theme.status[finding.severity]))
        return found

    def twin(self, answer: Answer) -> list[Curve]:
        surface = PumpCard(answer.surface_position_m, answer.surface_load_n)
        return [self.curve(surface, 2), self.curve(answer.pump, 4)]

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
