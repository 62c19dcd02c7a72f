"""An answer from the surface card alone names the parts of the card that carried it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.marks import evidence_places
from app.analysis.cards.outline import OUTLINE_SIZE, STEPS, SURFACE_SIZE, outline_row
from app.analysis.curve_network import CurveNetwork
from app.analysis.diagnosis import diagnose_card
from app.analysis.outline_parts import LEAST_SHARE, MOST, PARTS, carried, masks
from app.core.texts import LANGUAGES, Speaker
from app.models.findings import DOWN, Evidence, Finding
from app.reports import wording
from tests.services.test_records import AT


def _without_rods(fillage: float) -> CardAnalysis:
    known = examples.card(fillage)
    bore = replace(known.card.bore, rods=())
    return replace(known, card=replace(known.card, bore=bore), pump=None, lines=None)


def _parts_of(analysis: CardAnalysis, code: str) -> list[Evidence]:
    return [one for one in dict(diagnose_card(analysis))[code].evidence if one.place is not None]


def test_a_pump_that_fills_in_part_is_seen_at_the_top_of_the_downstroke() -> None:
    """Where the plunger has not met the liquid yet the rods still bear it: no other part says so."""
    parts = _parts_of(_without_rods(0.7), "fluid_pound")
    assert parts[0].place is not None
    assert (parts[0].place.stroke, parts[0].place.part) == (DOWN, (0.75, 1.0))
    assert float(parts[0].details["lost"]) > 0.5


def test_the_parts_are_drawn_on_the_card_and_told_in_both_languages() -> None:
    analysis = _without_rods(0.7)
    parts = _parts_of(analysis, "fluid_pound")
    finding = Finding(1, "fluid_pound", "watch", 0.2, AT, AT, tuple(parts))
    drawn = evidence_places(analysis, [finding])
    assert [len(one.position_m) > 3 for one in drawn] == [True] * len(parts)
    for language in LANGUAGES:
        said = wording.evidence_line(parts[0], Speaker(language)).replace("\u00a0", " ")
        assert "75" in said
        assert "100" in said


def test_each_load_that_a_model_sees_is_of_one_part() -> None:
    found = masks(outline_row(examples.card(0.5)))
    figures, places = list(range(53, 80)), [SURFACE_SIZE + i for i in range(STEPS)]
    curve_places = [SURFACE_SIZE + 2 * STEPS + i for i in range(STEPS)]
    not_loads = {48, *figures, *range(128, 132), *places, *curve_places}
    assert found.shape == (len(PARTS), OUTLINE_SIZE)
    of_one = found.sum(axis=0)
    assert {int(i) for i in np.flatnonzero(of_one == 0)} == not_loads
    assert of_one.max() == 1


@pytest.mark.parametrize("fillage", [0.4, 1.0])
def test_of_a_network_over_curves_the_parts_are_found_alike(fillage: float) -> None:
    """As PyTorch teaches them: a filter along the four curves, one layer behind it."""
    generator = np.random.default_rng(11)
    curves = SURFACE_SIZE + np.arange(4 * STEPS).reshape(4, STEPS)
    filters = ((generator.normal(size=(3 * 4, 5)) / 4, np.zeros(5)),)
    layers = ((generator.normal(size=(STEPS // 2 * 5 + SURFACE_SIZE, 3)) / 9, np.zeros(3)),)
    network = CurveNetwork(
        np.full(OUTLINE_SIZE, 0.5),
        np.ones(OUTLINE_SIZE),
        curves,
        np.arange(SURFACE_SIZE),
        (filters,),
        (layers,),
        "one_of_all",
    )
    row = outline_row(examples.card(fillage))
    told = carried(row, network.chances, network.mean, [0, 1, 2])
    before = network.chances(row[None])[0]
    assert any(told)
    for column, parts in enumerate(told):
        assert len(parts) <= MOST
        for one in parts:
            mask = masks(row)[PARTS.index((one.place.stroke, one.place.part))]
            after = network.chances(np.where(mask, network.mean, row)[None])[0]
            assert one.share == pytest.approx(1 - after[column] / before[column])
            assert one.share >= LEAST_SHARE
