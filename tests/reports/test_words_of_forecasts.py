"""How long a pump may run yet, in sentences of both languages: chances, drifts, run life, decline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.analysis.decline.arps import Decline
from app.analysis.decline.bend import bent
from app.analysis.forecast.failure import FailureForecast, Reason
from app.analysis.forecast.outlook import DeclineView, Drift, Forecast, OilView, RunLife
from app.analysis.forecast.survival import SurvivalCurve, WeibullLife
from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.units import DAY_S
from app.models.sensors import SENSORS
from app.reports import (
    outlook_words,
)
from app.reports.blocks import Bullets, Paragraph
from app.reports.sections import forecast
from tests.reports.told import AT, EN, RU, charts, facts, made, plain

REFUSED = KnownError("card_empty")
MONTH = 30.4 * DAY_S


# Forecast


def a_life(**told: Any) -> RunLife:
    known: dict[str, Any] = {
        "group": "esp, North",
        "curve": None,
        "life": None,
        "days_per_failure": None,
        "age_days": None,
        "by_age": {},
        "refused": None,
    }
    return RunLife(**{**known, **told})


def foretold(**told: Any) -> Forecast:
    known: dict[str, Any] = {
        "run_life": a_life(),
        "failure": None,
        "failure_refused": None,
        "drifts": (),
        "decline": None,
        "decline_refused": None,
        "at": AT,
    }
    return Forecast(**{**known, **told})


FAILURE = FailureForecast(
    {7: 0.081, 30: 0.21, 90: 0.51},
    (Reason("motor_rise", 12.0, 0.6), Reason("starts_a_day", 3.0, 0.25)),
    ("vibration", "insulation"),
    "sim-1",
)


def test_a_chance_is_told_for_each_horizon_with_that_of_the_age_beside() -> None:
    life = a_life(by_age={7: (0.02, 0.01, 0.03), 30: (0.1, 0.05, 0.2)})
    said = outlook_words.chance_lines(foretold(failure=FAILURE, run_life=life), EN)
    assert [(status, plain(line)) for status, line in said] == [
        ("watch", "within 7 days: 8 % (by age alone 2 %)"),
        ("act", "within 30 days: 21 % (by age alone 10 %)"),
        ("stop", "within 90 days: 51 %"),
        ("", "Model sim-1, of simulated lives; not calibrated for this field."),
    ]


@pytest.mark.parametrize(
    ("chance", "status"),
    [(0.08, "ok"), (0.081, "watch"), (0.2, "watch"), (0.201, "act"), (0.5, "act"), (0.501, "stop")],
)
def test_a_chance_has_its_light(chance: float, status: str) -> None:
    assert outlook_words.chance_status(chance) == status


def test_without_a_model_the_age_alone_speaks_with_its_interval() -> None:
    life = a_life(by_age={30: (0.104, 0.05, 0.2)})
    said = outlook_words.chance_lines(foretold(failure_refused=REFUSED, run_life=life), EN)
    assert [(status, plain(line)) for status, line in said] == [
        ("", EN.error(REFUSED)),
        ("ok", "within 30 days by age: 10 % (5 % … 20 %)"),
    ]


def test_nothing_to_tell_it_from_is_said() -> None:
    assert outlook_words.chance_lines(foretold(), RU) == [("", RU.say("outlook.nothing"))]
    assert outlook_words.reason_lines(foretold(), RU) == []


def test_reasons_are_named_with_their_share_and_what_was_not_measured() -> None:
    said = [plain(line) for _, line in outlook_words.reason_lines(foretold(failure=FAILURE), EN)]
    assert said == [
        "motor warmer than usual by 12.0 K — 60 %",
        "3.0 starts a day — 25 %",
        "Not measured, taken as healthy: vibration, insulation",
    ]
    healthy = FailureForecast({7: 0.0, 30: 0.0, 90: 0.0}, (), (), "sim-1")
    assert outlook_words.reason_lines(foretold(failure=healthy), EN) == [("", EN.say("outlook.no_reasons"))]


@pytest.mark.parametrize(("days", "status"), [(6.9, "stop"), (7.0, "act"), (29.9, "act"), (30.0, "watch")])
def test_a_drift_tells_days_to_its_limit_and_their_interval(days: float, status: str) -> None:
    drift = Drift("motor_temperature", 393.15, 423.15, days, 3.4, 80.6)
    ((light, line),) = outlook_words.drift_lines(foretold(drifts=(drift,)), EN)
    assert light == status
    name = SENSORS["motor_temperature"].en
    assert plain(line) == f"{name}: {round(days)} days to 150.0 °C (3 … 81), now 120.0 °C"


def test_nothing_that_drifts_is_a_sentence() -> None:
    assert outlook_words.drift_lines(foretold(), RU) == [("", "За год к пределу ничто не идёт.")]


CURVE = SurvivalCurve(
    np.array([0.0, 100.0, 200.0]),
    np.array([1.0, 0.75, 0.5]),
    np.array([1.0, 0.6, 0.3]),
    np.array([1.0, 0.9, 0.7]),
    200.4,
    2,
    4,
)


def test_run_life_tells_the_group_the_age_and_the_median() -> None:
    said = outlook_words.life_lines(a_life(curve=CURVE, age_days=99.6, days_per_failure=310.2), EN)
    assert said == [
        ("ok", "ESP, North"),
        ("ok", "This one has run 100 days."),
        ("ok", "Days of work per failure (MTBF): 310"),
        ("ok", "Median run: 200 days; 2 failures of 4 pumps."),
    ]
    endless = SurvivalCurve(CURVE.days, CURVE.survival, CURVE.low, CURVE.high, None, 0, 4)
    assert "not reached" in outlook_words.life_lines(a_life(curve=endless), EN)[-1][1]
    assert outlook_words.life_lines(a_life(group="ВНН5-80", refused=REFUSED), RU) == [
        ("ok", "ВНН5-80"),
        ("", RU.error(REFUSED)),
    ]


def test_where_no_pump_of_the_kind_ever_ran_it_is_told_what_to_enter_and_not_how_many_failures_lack() -> None:
    """`0 failures among 0 pumps: a Weibull line needs at least 1` had stood beside an empty chart."""
    nobody = KnownError("survival_few_failures", failures=0, least=1, count=0)
    ((_, kind), (_, words)) = outlook_words.life_lines(a_life(refused=nobody), EN)
    assert kind == "ESP, North"
    assert words == EN.say("outlook.no_lives")
    assert "workovers" in words


def test_weibulls_figures_are_told_only_where_there_are_some() -> None:
    life = a_life(life=WeibullLife(412.4, 1.26, np.eye(2), 9))
    assert outlook_words.weibull_words(life, EN) == "Weibull, β 1.3, η 412 days"
    assert outlook_words.weibull_words(life, RU) == "Вейбулл, β 1,3, η 412 сут"
    assert outlook_words.weibull_words(a_life(), EN) == ""


def a_decline(monthly: float = 0.05, weeks: int = 20, covariance: Any = None) -> DeclineView:
    time_us = to_us(AT) + np.arange(weeks) * 7 * 86_400_000_000
    decline = Decline(1e-3, -np.log1p(-monthly) / MONTH, 0.0, covariance, 0.05)
    return DeclineView(time_us, np.full(weeks, 1e-3), decline, {})


def test_a_decline_is_told_by_the_month_and_how_far_it_may_be_believed() -> None:
    said = plain(outlook_words.decline_words(a_decline(), EN))
    assert said == "Exponential decline of the liquid, 5.0 % a month at first; the band holds 80 % of weeks."
    rough = DeclineView(np.arange(6) * 86_400_000_000, np.ones(6), Decline(1e-3, 1e-9, 0.0, None, 2.0), {})
    assert "Weeks with a rate: 6, too few" in outlook_words.decline_words(rough, EN)


def test_a_decline_since_a_jump_says_since_when_and_how_far_rates_jumped() -> None:
    since = replace(a_decline(), jumped=1.6)
    assert "×1.60" in outlook_words.decline_words(since, EN)
    assert "в 1.60 раза" in outlook_words.decline_words(since, RU).replace("1,60", "1.60")
    assert "jump" not in outlook_words.decline_words(a_decline(), EN)


def test_the_section_has_remarks_apart_from_what_is_told_and_a_curve_where_there_is_one() -> None:
    life = a_life(curve=CURVE, age_days=50.0, life=WeibullLife(400.0, 1.2, np.eye(2), 9))
    blocks = made(forecast.SECTION, facts(forecast=foretold(failure=FAILURE, run_life=life)))
    bullets = [block for block in blocks if isinstance(block, Bullets)]
    assert len(bullets[0].items) == 3
    assert Paragraph(EN.say("outlook.model", version="sim-1"), muted=True) in blocks
    (chart,) = charts(blocks)
    kaplan, weibull = chart.pens
    assert list(kaplan.x) == [0, 100, 100, 200, 200]
    assert list(kaplan.y) == [100, 100, 75, 75, 50]
    assert list(chart.shades[0].low) == [100, 100, 60, 60, 30]
    assert list(chart.shades[0].high) == [100, 100, 90, 90, 70]
    assert (weibull.x[0], weibull.x[-1]) == pytest.approx((0.0, 230.0))
    assert weibull.y[0] == pytest.approx(100.0)
    assert [(one.at, one.upright) for one in chart.levels] == [(50.0, True)]


def test_a_pump_of_unknown_age_is_not_marked_on_the_curve_and_no_decline_says_why() -> None:
    told = foretold(run_life=a_life(curve=CURVE), decline_refused=REFUSED)
    blocks = made(forecast.SECTION, facts(forecast=told))
    (chart,) = charts(blocks)
    assert chart.levels == ()
    assert len(chart.pens) == 1
    assert blocks[-1] == Paragraph(EN.error(REFUSED), muted=True)


def test_a_decline_is_drawn_with_its_band_only_where_it_foretells() -> None:
    (chart,) = charts(made(forecast.SECTION, facts(forecast=foretold(decline=a_decline()))))
    weeks, curve = chart.pens
    assert weeks.y == pytest.approx([86.4] * 20)
    assert weeks.points
    assert not weeks.line
    assert curve.y[0] == pytest.approx(86.4)
    assert (curve.x[0], weeks.x[0]) == pytest.approx((AT.timestamp(),) * 2)
    assert curve.x[-1] - curve.x[0] == pytest.approx((19 * 7 + 180) * DAY_S)
    assert len(chart.shades) == 1
    assert chart.time_axis
    rough = DeclineView(np.arange(6) * 86_400_000_000, np.ones(6), Decline(1e-3, 1e-9, 0.0, None, 2.0), {})
    (chart,) = charts(made(forecast.SECTION, facts(forecast=foretold(decline=rough))))
    assert chart.shades == ()


# Oil by the water cut


def test_oil_is_told_by_the_water_cut_and_what_it_does_not_tell_is_said() -> None:
    sure = OilView(9, 180, 0.4, 0.6, 0.55, 0.9)
    assert plain(outlook_words.oil_words(foretold(oil=sure), EN)) == (
        "Oil by 9 water cuts: 40 % of water at the last test, likely 60 % in 180 days; oil then 55 % … 90 % "
        "of that of the last test (80 %)."
    )
    wide = replace(sure, low=0.1)
    assert "how much oil that leaves they do not tell: 10 % … 90 %" in plain(
        outlook_words.oil_words(foretold(oil=wide), EN)
    )
    few = KnownError("water_cut_few", count=2, least=6)
    assert "known of 2 flow tests, 6 are needed" in outlook_words.oil_words(foretold(oil_refused=few), EN)
    assert "замерам: 2" in outlook_words.oil_words(foretold(oil_refused=few), RU)
    assert outlook_words.oil_words(foretold(), EN) == ""
    told = made(forecast.SECTION, facts(forecast=foretold(oil=sure)))
    assert any(isinstance(block, Paragraph) and "9 water cuts" in plain(block.text) for block in told)


def test_a_fall_that_may_quicken_is_said_beside_the_decline() -> None:
    month = np.arange(30.0)
    bow = bent(month, 4 - 3e-4 * month**2 + 0.05 * np.sin(month * 2.3))
    assert bow.chance > outlook_words.LIKELY
    view = DeclineView(
        (month * MONTH * 1e6).astype(np.int64), np.ones(30), Decline(1e-3, 1e-9, 0.0, None, 0.05), {}
    )
    assert "quickening" not in outlook_words.decline_words(view, EN)
    bowed = replace(view, decline=replace(view.decline, bent=bow))
    assert "may be quickening" in outlook_words.decline_words(bowed, EN)
    assert "ускоряется" in outlook_words.decline_words(bowed, RU)
