"""What labelled libraries are worth to the network of outlines: libraries of our own, written in the format
that the centre reads and read back through it, of simulated wells that taught nothing. Writes its part of
docs/DIAGNOSIS.md; part of `make train`, about two minutes.
"""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.analysis.cards.figures import analyse
from app.analysis.model_file import read
from app.analysis.model_places import own_place
from app.analysis.ranker import stored_ranker
from app.analysis.simulate import rod_faults
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models.values import list_of, part_of
from central.learning import augmented, judging, outline_part, sets, simulated
from central.learning.label_rules import LabelRules
from central.learning.libraries import read_library
from central.learning.model_writing import written
from central.learning.simulated import Drawn
from tools import diagnosis_parts

WELLS, SEED, LAG = 200, 20261129, 0.04
CLASSES = {f"class {n}": code for n, code in enumerate(rod_faults.FAULTS)}
NAMES = {code: name for name, code in CLASSES.items()}


Curve = tuple[np.ndarray, np.ndarray]


def as_recorded(one: Drawn, rng: np.random.Generator) -> Curve | None:
    """Every card as its recorder left it."""
    return np.asarray(one.card.position_m), np.asarray(one.card.load_n)


def outer_by_pen(one: Drawn, rng: np.random.Generator) -> Curve | None:
    """Of outer families only, copied by hand: a few percent of smooth error."""
    if not one.families:
        return None
    clean = augmented.crooked(analyse(one.card), rng).clean
    return clean.position_m, clean.load_n


def of_a_late_cell(one: Drawn, rng: np.random.Generator) -> Curve | None:
    """Of a site whose cells answer late: the load of each card is LAG of a stroke behind, and rounded off."""
    late = augmented.filtered(np.asarray(one.card.load_n), 9, LAG)
    return np.asarray(one.card.position_m), late


LIBRARIES = {
    "as recorded, all wells": as_recorded,
    "outer families only, copied by hand": outer_by_pen,
    "a site whose cells answer late": of_a_late_cell,
}


def written_library(path: Path, how: str) -> int:
    """A file as somebody might publish it. Returns how many records no diagnosis would take."""
    rng, refused = np.random.default_rng(SEED), 0
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("card", "class", "position", "load", "well"))
        for number, one in enumerate(simulated.drawn(WELLS, rng, simulated.single)):
            try:
                curve = LIBRARIES[how](one, rng)
            except KnownError:
                refused += 1
                continue
            for x, y in zip(*curve, strict=True) if curve is not None else ():
                rows.writerow((number, NAMES[one.truth[0]], f"{x:.5g}", f"{y:.5g}", f"well {one.well}"))
    return refused


def measured(how: str) -> tuple[JsonObject, JsonObject, float]:
    """(what was taught, what it is worth on wells that taught nothing, seconds of training)."""
    champion, file = stored_ranker(own_place("card_ranker")), read(own_place("card_ranker"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.csv"
        written_library(path, how)
        known, _ = sets.made(read_library(path, LabelRules(classes=CLASSES)).labels)
        split = judging.by_well(known.wells, known.alike, SEED)
        began = time.perf_counter()
        made, told = outline_part.taught(champion, file, known.only(split.taught), SEED)
        took_s = time.perf_counter() - began
        challenger = Path(folder) / "challenger.npz"
        challenger.write_bytes(written({**made.about, "version": "challenger"}, made.arrays))
        model = stored_ranker(challenger)
        return told, outline_part.judged(champion, model, known.only(split.judged), SEED), took_s


HEAD = f"""# Labelled libraries

Written by `make train` (`tools/evaluate_labels.py`). Libraries made by us of simulated wells that
taught nothing ({WELLS} wells, seed {SEED}; the strength of teaching was chosen on another seed),
written as CSV with class names of their own and read back as the centre reads one (without units:
what a card weighs is lost). Sixty percent of the wells teach the network of outlines on
(`central/learning/outlines`), the others judge; look-alikes of what judges teach nothing. It is
taught on only where that lowers the log loss on wells kept back within those that teach (*earned*:
the difference with its interval over wells; its upper end must be under 0). **No real labelled
library was seen**: those are kept back, and what follows says nothing of them.

| library | teach | judge (wells) | earned | loss before | after | difference | first | among two |
|---|---|---|---|---|---|---|---|---|"""
COST = """
What it costs on other simulated wells, by outer family (log loss; the gate “not forgotten” stops
what is worse on all of them by more than the interval of the model before):

| library | family | before | after | difference |
|---|---|---|---|---|"""
END = """
Cards like those that taught it before gain a little, a site that records them otherwise several
times as much; that one pays with a little on wells unlike its own. Whatever the network says of an
outline stays a likely group under 0.21, never a finding: where rods are entered physics speaks
(`surface_groups`)."""


def report() -> str:
    libraries, families = [], []
    for how in LIBRARIES:
        told, judged, _ = measured(how)
        by_family = part_of(judged, "families")
        cells = [
            how,
            told["cards"],
            f"{judged['cards']} ({judged['wells']})",
            f"{'yes' if told['taught'] else 'no'}: {_interval(told, 'earned')}",
            _middle(judged, "champion"),
            _middle(judged, "challenger"),
            _interval(judged, "difference"),
            _shares(judged, "first"),
            _shares(judged, "among_two"),
        ]
        libraries.append(_row(cells))
        for name in by_family if told["taught"] else ():
            of = part_of(by_family, name)
            ends = (_middle(of, "champion"), _middle(of, "challenger"), _interval(of, "difference"))
            families.append(_row([how, name, *ends]))
    return "\n".join([HEAD, *libraries, COST, *families, END])


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _shares(told: JsonObject, key: str) -> str:
    return " → ".join(f"{share:.1%}" for share in list_of(told, key) if isinstance(share, float))


def _middle(told: JsonObject, key: str) -> str:
    return f"{list_of(told, key)[0]:.3f}"


def _interval(told: JsonObject, key: str) -> str:
    if not (ends := list_of(told, key)):
        return "too few"
    middle, low, high = ends
    return f"{middle:+.3f} ({low:+.3f} … {high:+.3f})"


if __name__ == "__main__":
    diagnosis_parts.put("labels", report())
