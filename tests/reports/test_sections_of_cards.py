"""Dynamogram, rods and torque of a well on paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from app.analysis.cards.figures import MEASURES, CardAnalysis
from app.analysis.cards.gearbox import Torque
from app.analysis.cards.lines import LoadLines
from app.analysis.cards.record import Remark
from app.analysis.cards.repair import CleanCard
from app.analysis.cards.strokes import Strokes
from app.core.units import DAY_S
from app.models.cards import Card, PumpCard, RodSection, StoredCard, WellBore
from app.models.findings import CardPlace, Evidence
from app.models.records import Source
from app.models.wells import SRP, Installation, WellId
from app.reports.blocks import Paragraph
from app.reports.sections import card, rods, torque
from tests.reports.told import (
    AT,
    EN,
    NO_CARD,
    RU,
    US,
    a_finding,
    a_well,
    charts,
    facts,
    made,
    nothing,
    pairs,
    plain,
    table,
    words,
)

# Card, rods, torque

X = np.array([0.0, 1.5, 3.0, 1.5])
F = np.array([40e3, 60e3, 58e3, 35e3])


def analysed(*, pump: bool = True, remarks: tuple[Remark, ...] = (), **measures: Any) -> CardAnalysis:
    rod = RodSection(500.0, 0.022, 3.1, 2.1e11, 5_000.0)
    bore = WellBore((rod, RodSection(700.0, 0.019, 2.3, 2.1e11, 5_000.0)), unit=measures.pop("unit", {}))
    lines, turned = LoadLines(20e3, 2e3, 3.0, 3.0) if pump else None, measures.pop("torque", None)
    return CardAnalysis(
        Card("1", AT, 5.0, X, F, None, bore),
        CleanCard(X, F, ()),
        PumpCard(X, F - 38e3) if pump else None,
        lines,
        {**dict.fromkeys(MEASURES), **measures},
        remarks,
        torque=turned,
    )


def stored(days: float = 0.0) -> StoredCard:
    return StoredCard(f"c{days}", 1, AT + timedelta(days=days), 5.04, X, F)


def of_card(analysis: Any, **told: Any) -> Any:
    return facts(a_well(SRP), card=stored(), analysis=analysis, **told)


def test_a_period_without_a_card_and_a_card_that_cannot_be_read_are_told_apart() -> None:
    assert nothing(made(card.SECTION, facts(a_well(SRP)))) == "There is no usable dynamogram in the period."
    blocks = made(card.SECTION, of_card(NO_CARD))
    assert blocks[1:] == [Paragraph(f"Not assessed: {EN.error(NO_CARD)}")]


def test_both_cards_are_closed_curves_in_the_readers_units() -> None:
    (chart,) = charts(made(card.SECTION, of_card(analysed())))
    surface, pump = chart.pens
    assert (surface.name, pump.name) == ("Surface", "Pump")
    assert surface.x == pytest.approx([0.0, 1.5, 3.0, 1.5, 0.0])
    assert surface.y == pytest.approx([40.0, 60.0, 58.0, 35.0, 40.0])
    assert pump.y[0] == pytest.approx(2.0)
    assert chart.x_title == "Position, m"
    assert chart.y_title == "Load, kN"
    assert chart.title == "2026-05-20 21:30, 5.0 strokes per minute"
    (feet,) = charts(made(card.SECTION, of_card(analysed()), US))
    assert feet.pens[0].x[2] == pytest.approx(9.84, abs=0.005)
    assert feet.pens[0].y[0] == pytest.approx(8_992, abs=1)


def test_a_card_without_rods_has_no_pump_card() -> None:
    (chart,) = charts(made(card.SECTION, of_card(analysed(pump=False))))
    assert [pen.name for pen in chart.pens] == ["Surface"]


def test_a_part_filled_pump_is_marked_where_the_plunger_meets_the_liquid() -> None:
    (chart,) = charts(made(card.SECTION, of_card(analysed_part())))
    upright = [one for one in chart.levels if one.upright]
    assert [(one.at, plain(one.name)) for one in upright] == [(pytest.approx(2.1), "Fillage 70 %")]
    (full,) = charts(made(card.SECTION, of_card(analysed())))
    assert not [one for one in full.levels if one.upright]
    assert {plain(one.name): one.at for one in full.levels} == {"upper line": 20.0, "lower line": 2.0}


def analysed_part() -> CardAnalysis:
    whole = analysed(pump=True)
    lines = LoadLines(20e3, 2e3, 3.0, 2.1)
    return CardAnalysis(
        whole.card, whole.clean, whole.pump, lines, {**whole.measures, "fillage": 0.7}, whole.remarks
    )


def test_what_a_finding_argues_with_is_drawn_over_the_card_and_named_once() -> None:
    places = (
        Evidence("value_frozen", place=CardPlace((0.9, 1.0))),
        Evidence("value_frozen", place=CardPlace((0.0, 0.1))),
    )
    told = of_card(analysed(), findings=(a_finding(from_at=AT, evidence=places),))
    (chart,) = charts(made(card.SECTION, told))
    over = chart.pens[2:]
    assert [pen.name for pen in over] == ["what the finding points at", ""]
    assert [list(pen.x) for pen in over] == [[3.0], [0.0]]
    assert all(pen.wide for pen in over)


def test_figures_that_a_card_does_not_give_are_left_out_and_the_others_have_their_units() -> None:
    analysis = analysed(
        peak_polished_rod_load_n=60e3,
        fillage=0.873,
        inferred_liquid_m3_per_s=25 / DAY_S,
        gearbox={"peak_torque_n_m": 21e3, "load_fraction": 0.756},
        rods=[{"goodman_fraction": 0.61}, {"goodman_fraction": None}],
    )
    shown = [(name, plain(value)) for name, value in card.figures(analysis, EN)]
    assert shown == [
        (EN.say("measure.peak_polished_rod_load_n"), "60.0 kN"),
        ("Fillage", "87.3 %"),
        (EN.say("measure.inferred_liquid_m3_per_s"), "25.0 m³/d"),
        (EN.say("measure.gearbox"), "21.0 kN·m"),
        (EN.say("measure.gearbox_fraction"), "76 %"),
        (EN.say("measure.goodman", number=1), "61 %"),
    ]
    unrated = analysed(gearbox={"peak_torque_n_m": 21e3, "load_fraction": None})
    assert [name for name, _ in card.figures(unrated, EN)] == [EN.say("measure.gearbox")]
    assert card.figures(analysed(), EN) == []


def test_a_figure_with_an_interval_shows_both_ends() -> None:
    whole = analysed()
    analysis = CardAnalysis(
        whole.card,
        whole.clean,
        whole.pump,
        whole.lines,
        {**whole.measures, "net_stroke_m": 2.4, "fillage": 0.8},
        (),
        strokes=Strokes(3.0, 2.4, (2.9, 3.0), (2.1, 2.5), (0.72, 0.83)),
    )
    shown = dict(card.figures(analysis, EN))
    assert plain(shown["Fillage"]) == "80.0 % (72.0 to 83.0)"
    assert plain(shown[EN.say("measure.net_stroke_m")]) == "2.40 m (2.10 to 2.50)"


def test_what_a_card_was_computed_with_and_what_was_repaired_stands_under_it() -> None:
    sources = (Source("rod_string", "r", datetime(2026, 3, 1, tzinfo=UTC)),)
    repaired = analysed(remarks=(Remark("repeats_dropped", {"count": 2}),))
    told = words(made(card.SECTION, of_card(repaired, computed_with=sources), RU))
    assert "Посчитано с: " in told
    assert "от 01.03.2026" in told
    assert RU.say("quality.repeats_dropped", count=2) in told
    assert "enter it in the well builder" in words(made(card.SECTION, of_card(analysed())))


def test_older_cards_lie_under_the_last_one_evenly_over_the_period() -> None:
    drawn: list[str] = []

    def outline(one: StoredCard) -> Any:
        drawn.append(one.id)
        return PumpCard(X, F), PumpCard(X, F - 38e3)

    told = of_card(analysed(), cards=tuple(stored(-n) for n in range(10, -1, -1)), outline=outline)
    (chart,) = charts(made(card.SECTION, told, history=3))
    assert drawn == ["c-10", "c-6", "c-1"]
    older = [pen for pen in chart.pens if pen.faint]
    assert [pen.name for pen in older] == ["older cards (3)", *[""] * 5]
    assert not chart.pens[-1].faint
    (alone,) = charts(made(card.SECTION, told, history=0))
    assert not [pen for pen in alone.pens if pen.faint]


def test_an_older_card_that_cannot_be_drawn_is_named_with_its_reason() -> None:
    told = of_card(analysed(), cards=(stored(-1), stored()), outline=lambda _card: NO_CARD)
    blocks = made(card.SECTION, told)
    said = words(blocks)
    assert all(block.muted for block in blocks if isinstance(block, Paragraph))
    assert f"The dynamogram of 2026-05-19 21:30 cannot be drawn: {EN.error(NO_CARD)}" in said


def test_a_card_that_cannot_be_drawn_keeps_no_other_back() -> None:
    def outline(one: StoredCard) -> Any:
        return NO_CARD if one.id == "c-2" else (PumpCard(X, F), None)

    told = of_card(analysed(), cards=(stored(-2), stored(-1), stored()), outline=outline)
    (chart,) = charts(made(card.SECTION, told))
    assert [pen.name for pen in chart.pens if pen.faint] == ["older cards (2)"]
    assert chart.pens[0].style == chart.pens[1].style != chart.pens[2].style, "a surface card looks like one"


def test_the_rod_string_stands_section_by_section_from_the_top() -> None:
    one = {"stress_max_pa": 150e6, "stress_min_pa": 20e6, "reduced_stress_pa": 90e6, "goodman_fraction": 0.61}
    unknown = {**one, "goodman_fraction": None}
    shown = table(made(rods.SECTION, of_card(analysed(rods=[one, unknown]))))
    assert [column.title for column in shown.columns][1:] == [
        "Diameter, mm",
        "Length, m",
        "σmax, MPa",
        "σmin, MPa",
        "σred, MPa",
        "Used, %",
    ]
    assert shown.rows[0] == pytest.approx((1.0, 22.0, 500.0, 150.0, 20.0, 90.0, 61.0))
    assert shown.rows[1][:3] == pytest.approx((2.0, 19.0, 700.0))
    assert shown.rows[1][6] is None
    unjudged = made(rods.SECTION, of_card(analysed()))
    assert table(unjudged).rows == ((1.0, 22.0, 500.0), (2.0, 19.0, 700.0))
    assert isinstance(unjudged[-1], Paragraph)
    assert unjudged[-1].text.startswith("No stresses: what the last dynamogram shows")


def test_the_rods_of_a_well_without_a_card_are_those_that_hang_in_it() -> None:
    hung = {"rods": [{"length_m": 500.0, "diameter_m": 0.022}]}
    told = facts(a_well(SRP), installation=Installation("i", WellId(1), AT, None, hung))
    blocks = made(rods.SECTION, told)
    assert table(blocks).rows == ((1.0, 22.0, 500.0),)
    assert isinstance(blocks[-1], Paragraph)
    assert blocks[-1].text == "No stresses: there is no dynamogram in the period."
    assert nothing(made(rods.SECTION, facts(a_well(SRP))), gathered=False) == "The rod string is not entered."


def with_torque(existing: bool, **unit: Any) -> Any:
    turn = np.array([0.0, np.pi / 2, np.pi])
    found = Torque(
        turn,
        np.array([0.0, 30e3, 0.0]),
        np.array([0.0, 18e3, 0.0]),
        np.array([0.0, 12e3, -11e3]),
        np.array([0.0, 9e3, -20e3]) if existing else None,
        18e3,
        None,
    )
    return of_card(analysed(torque=found, unit=unit))


def test_torque_is_drawn_over_the_turn_as_it_is_and_as_it_could_be() -> None:
    blocks = made(torque.SECTION, with_torque(True, gearbox_rating_n_m=28e3))
    (chart,) = charts(blocks)
    assert [pen.name for pen in chart.pens] == ["Balanced", "Existing", "Counterbalance", "From the rods"]
    assert chart.pens[0].x == pytest.approx([0.0, 90.0, 180.0])
    assert [list(pen.y) for pen in chart.pens] == [[0, 12, -11], [0, 9, -20], [0, 18, 0], [0, 30, 0]]
    assert [(one.at, one.name, one.serious) for one in chart.levels] == [(28.0, "rated torque", True)]
    assert chart.y_title == "Torque, kN·m"
    assert pairs(blocks) == {
        "Best counterbalance moment": "18.0 kN·m",
        "Peak at the best": "12.0 kN·m",
        "Peak now": "20.0 kN·m",
    }


def test_without_the_weights_and_the_rating_only_the_best_balance_is_told() -> None:
    blocks = made(torque.SECTION, with_torque(False))
    (chart,) = charts(blocks)
    assert [pen.name for pen in chart.pens] == ["Balanced", "Counterbalance", "From the rods"]
    assert chart.levels == ()
    assert "Peak now" not in pairs(blocks)
    assert "cannot be had" in nothing(made(torque.SECTION, of_card(analysed())), gathered=False)
