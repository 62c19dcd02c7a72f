"""What a network over curves is worth beside the one of layers that names groups of surface cards: taught by
the same simulated cards, families of the simulator left out of both, judged on wells that taught neither, a
forest beside them. Writes its part of docs/DIAGNOSIS.md; needs PyTorch's environment (`make train-deep`).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier

from app.analysis.cards.figures import analyse
from app.analysis.cards.outline import SURFACE_SIZE, outline_row
from app.analysis.curve_network import CurveNetwork
from app.analysis.model_places import own_place
from app.analysis.ranker import stored_ranker
from app.analysis.ranker_bounds import Region
from app.analysis.simulate import rod_faults
from app.core.errors import KnownError
from app.models.cards import Card
from central.learning import judging, outlines, simulated
from central.learning.deep import of_simulator
from central.learning.gates import SAFETY
from central.learning.simulated import Drawn, Outlines
from tools import diagnosis_parts, evaluate_labels, left_out, surface_groups, train_ranker

SEED, JUDGING, JUDGED_BY = 20261130, 20261201, 200
TREES, LEAF = 300, 4
CODES = tuple(sorted(rod_faults.FAULTS))
MODELS = ("today", "forest", "deep")


@dataclass(frozen=True)
class Compared:
    """Chances of the same cards by each model, and what they show."""

    name: str
    truth: Any
    wells: Any
    said: dict[str, Any]

    def losses(self, model: str) -> Any:
        return outlines.losses(self.said[model], self.truth)

    def first(self, model: str) -> Any:
        return self.said[model].argmax(axis=1) == self.truth

    def two(self, model: str) -> Any:
        return (np.argsort(-self.said[model], axis=1)[:, :2] == self.truth[:, None]).any(axis=1)

    def difference(self, model: str, beside: str) -> judging.Interval:
        return judging.interval(self.losses(model) - self.losses(beside), self.wells, SEED)


def compared(name: str, taught_by: Outlines, judged: Outlines) -> tuple[Compared, CurveNetwork, Region]:
    began = time.perf_counter()
    network, region = of_simulator.taught(CODES, taught_by, SEED)
    took, said = [time.perf_counter() - began], {"deep": network.chances(judged.rows)}
    forest = ExtraTreesClassifier(TREES, min_samples_leaf=LEAF, random_state=1)
    for model, learner in (("today", surface_groups.outlines()), ("forest", forest)):
        began = time.perf_counter()
        learner.fit(taught_by.rows[:, :SURFACE_SIZE], np.array(taught_by.codes))
        took.append(time.perf_counter() - began)
        said[model] = learner.predict_proba(judged.rows[:, :SURFACE_SIZE])
    sys.stderr.write(f"{name}: deep, today, forest in {', '.join(f'{one:.0f} s' for one in took)}\n")
    return Compared(name, outlines.places_of(judged.codes, CODES), judged.wells, said), network, region


def redrawn(how: Callable[[Drawn, np.random.Generator], Any]) -> Outlines:
    """Cards as something else has them: of the judging wells, or of as many like them where `how` draws by
    chance too.
    """
    rng, rows, codes, wells = np.random.default_rng(JUDGING), [], [], []
    for one in simulated.drawn(JUDGED_BY, rng, simulated.single):
        try:
            curve = how(one, rng)
            if curve is None:
                continue
            rows.append(outline_row(analyse(_with(one.card, *curve))))
        except KnownError:
            continue
        codes.append(one.truth[0])
        wells.append(one.well)
    return Outlines(np.array(rows), tuple(codes), np.array(wells, np.int64), ((),) * len(codes))


def _with(card: Card, position_m: Any, load_n: Any) -> Card:
    return replace(card, position_m=position_m, load_n=load_n)


def _of_chance(one: Drawn, rng: np.random.Generator) -> Any:
    drawn = train_ranker.closed_curve(one.card, rng)
    return drawn.position_m, drawn.load_n


HEAD = f"""# A network over curves, for surface cards without rods

Written by `make train-deep` (`tools/evaluate_deep.py`). Filters along 64 steps of time and of the outline
(`app/analysis/curve_network`, taught by PyTorch, asked with NumPy) beside the network of layers that sees
24 places (`today`: five voters) and a forest ({TREES} trees) of the same rows. All were taught by
{of_simulator.WELLS} simulated wells, each card as taken and as eight others would have drawn it
(`central/learning/augmented`), and judged on {JUDGED_BY} other wells as taken; a family that is left out was
left out of all of them. Log loss, the right one first, among two; the difference is deep − today with its
interval over wells: where both ends are under 0 it is no luck. **No real labelled card was seen. It is not
shipped**: [ADR 17](adr/0017-a-network-over-curves-is-asked-by-numpy.md).

| judged on | cards | today: loss, first, two | forest | deep | difference |
|---|---|---|---|---|---|"""


def report(
    found: list[Compared], network: CurveNetwork, region: Region, judged: Outlines, others: list[list[str]]
) -> str:
    whole = found[0]
    lines = [HEAD, *(_row(_of(one)) for one in found), "", _told(found[1:]), "", *_by_condition(whole)]
    sure, right = whole.said["deep"].max(axis=1), whole.first("deep")
    lines += ["", "Calibration of the first group:", "", "| said | cards | true |", "|---|---|---|"]
    lines += [
        _row([f"{said:.2f}", count, f"{held:.2f}"]) for said, count, held in judging.calibration(sure, right)
    ]
    lines += [
        "",
        "Cards of the same wells, or of as many like them, as others have them, by the network above and by "
        "the one of layers that ships (cells that answer so late no copy has drawn):",
        "",
        "| drawn | cards | ships: loss, first | deep | difference | like nothing taught: named no group |",
        "|---|---|---|---|---|---|",
        *map(_row, others),
        "",
        _cost(network, region, judged),
    ]
    return "\n".join(lines)


def _told(families: list[Compared]) -> str:
    ends = [one.difference("deep", "today") for one in families]
    better, worse = sum(one.high < 0 for one in ends), sum(one.low > 0 for one in ends)
    return (
        f"Of {len(ends)} families left out it is better by more than luck on {better}, worse by more than "
        f"luck on {worse}."
    )


def _of(one: Compared) -> list[Any]:
    cells = [
        f"{one.losses(m).mean():.3f}, {one.first(m).mean():.1%}, {one.two(m).mean():.1%}" for m in MODELS
    ]
    name = one.name if one.name not in left_out.FAMILIES else f"{one.name}, left out"
    return [name, len(one.truth), *cells, _interval(one.difference("deep", "today"))]


def _by_condition(whole: Compared) -> list[str]:
    """Safety classes marked: first among all groups, by both; and what deep says instead."""
    said = [CODES[place] for place in whole.said["deep"].argmax(axis=1)]
    confused = judging.confusion([CODES[place] for place in whole.truth], said)
    lines = [
        "Named first of those that have it, and what deep says instead (6 % and more; * breaks equipment):",
        "",
        "| condition | cards | today | deep | instead |",
        "|---|---|---|---|---|",
    ]
    for place, code in enumerate(CODES):
        own, row = whole.truth == place, confused.get(code, {})
        instead = sorted(row.items(), key=lambda item: -item[1])
        told = [
            f"{name} {n / own.sum():.0%}" for name, n in instead if name != code and n / own.sum() >= 0.06
        ]
        shares = [f"{whole.first(model)[own].mean():.0%}" for model in ("today", "deep")]
        lines.append(_row([f"`{code}`{'*' * (code in SAFETY)}", own.sum(), *shares, ", ".join(told) or "–"]))
    return lines


def of_others(network: CurveNetwork, region: Region) -> list[list[str]]:
    ships = stored_ranker(own_place("card_ranker"))
    assert ships.surface_codes == CODES
    rows = []
    for name, how in {**evaluate_labels.LIBRARIES, "closed curves of chance": _of_chance}.items():
        cards = redrawn(how)
        said = {"ships": ships.outline_chances(cards.rows), "deep": network.chances(cards.rows)}
        one = Compared(name, outlines.places_of(cards.codes, CODES), cards.wells, said)
        refused = f"{(region.inside(network.inner(cards.rows)) == 0).mean():.1%}"
        cells = [f"{one.losses(m).mean():.3f}, {one.first(m).mean():.1%}" for m in said]
        if how is _of_chance:
            rows.append([name, str(len(cards.codes)), "–", "–", "–", refused])
        else:
            beside = _interval(one.difference("deep", "ships"))
            rows.append([name, str(len(cards.codes)), *cells, beside, refused])
    return rows


def _cost(network: CurveNetwork, region: Region, judged: Outlines) -> str:
    began = time.perf_counter()
    network.chances(judged.rows)
    ms = (time.perf_counter() - began) * 1000 / len(judged.rows)
    refused = (region.inside(network.inner(judged.rows)) == 0).mean()
    return (
        f"A card takes {ms:.2f} ms with NumPy on the machine that wrote this. No group is named of cards "
        f"like nothing that taught it, by what its last layer sees: {refused:.1%} of the judging ones."
    )


def _interval(told: judging.Interval) -> str:
    return f"{told.middle:+.3f} ({told.low:+.3f} … {told.high:+.3f})"


def _row(cells: list[Any]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    taught_by, judged = of_simulator.cards(SEED), simulated.outlines(JUDGED_BY, JUDGING)
    whole, network, region = compared("all wells", taught_by, judged)
    found = [whole]
    for family in left_out.FAMILIES:
        without = taught_by.only(np.array([family not in of for of in taught_by.families]))
        own = judged.only(np.array([family in of for of in judged.families]))
        found.append(compared(family, without, own)[0])
    diagnosis_parts.put("deep", report(found, network, region, judged, of_others(network, region)))


if __name__ == "__main__":
    main()
