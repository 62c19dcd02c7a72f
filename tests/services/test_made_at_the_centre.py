"""What the centre made of a well is read on a laptop as it was told: the same words, or none."""

from __future__ import annotations

import json
import math
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from app.analysis.decline.bend import bent
from app.analysis.forecast.outlook import Drift, Forecast, OilView
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models.findings import Finding
from app.models.sights import Sight
from app.models.store import made as store
from app.models.store import records
from app.models.wells import Well
from app.reports import made_words, outlook_words
from app.services.wells import made
from app.services.wells.dashboard import field_rows
from app.services.workspace import Workspace
from tests.conftest import NOW
from tests.reports.test_words_of_forecasts import FAILURE, a_decline, a_life, foretold
from tests.reports.told import EN, RU, plain

NIGHT = NOW - timedelta(hours=9)


def whole() -> Forecast:
    """Everything that a forecast can tell."""
    month = np.arange(20.0)
    decline = a_decline(covariance=np.diag([1e-4, 1e-3, 1e-2]))
    curve = decline.decline.__class__(
        **{**vars(decline.decline), "bent": bent(month, 4 - 0.03 * month - 0.001 * month**2)}
    )
    view = decline.__class__(decline.time_us, decline.rate, curve, {"hyperbolic": -12.5})
    return foretold(
        run_life=a_life(by_age={30: (0.1, 0.05, 0.2)}, age_days=99.0, days_per_failure=310.0),
        failure=FAILURE,
        drifts=(Drift("motor_temperature", 400.0, 423.15, 20.0, 12.0, 40.0),),
        decline=view,
        oil=OilView(8, 180, 0.4, 0.6, 0.5, 0.9),
    )


def body(**told: Any) -> JsonObject:
    known: dict[str, Any] = {
        "made_at": NIGHT,
        "model": "2026.11.3",
        "program": "0.2.0",
        "until": NIGHT - timedelta(hours=1),
        "health": 0.63,
        "sight": Sight(12, 22, ("vibration_x",)),
        "not_assessed": None,
        "findings": [Finding(1, "pump_off", "act", 0.8, NIGHT, NIGHT, id="f")],
        "forecast": whole(),
        "refused": None,
    }
    return made.told(**{**known, **told})


def kept(workspace: Workspace, told: object) -> Well:
    well = records.wells(workspace.store)[0]
    with workspace.store.writing() as cursor:
        store.keep(cursor, [(int(well.id), NIGHT, json.dumps(told, allow_nan=False))])
    return well


@pytest.mark.parametrize("speaker", [EN, RU])
def test_the_same_forecast_is_said_in_the_same_words(workspace: Workspace, speaker: Any) -> None:
    own = whole()
    there = made.of_centre(workspace, kept(workspace, body()))
    assert there is not None
    again = there.forecast
    assert again is not None
    assert again.decline is not None
    assert own.decline is not None
    for words in (outlook_words.chance_lines, outlook_words.reason_lines, outlook_words.drift_lines):
        assert words(again, speaker) == words(own, speaker)
    assert outlook_words.decline_words(again.decline, speaker) == outlook_words.decline_words(
        own.decline, speaker
    )
    assert outlook_words.oil_words(again, speaker) == outlook_words.oil_words(own, speaker)
    ahead = own.decline.shown_s()
    for mine, theirs in zip(
        own.decline.decline.interval(ahead), again.decline.decline.interval(ahead), strict=True
    ):
        assert np.array_equal(mine, theirs)


def test_it_says_whose_word_it_is_of_when_and_by_which_model(workspace: Workspace) -> None:
    there = made.of_centre(workspace, kept(workspace, body()))
    assert there is not None
    head = plain(made_words.made_line(there.made, NOW, EN))
    assert head.startswith("Made at the centre, ")
    assert "model 2026.11.3; by readings until" in head
    assert "days old" not in head
    late = NIGHT + timedelta(days=5)
    assert made_words.made_line(there.made, late, EN).endswith("; 5 days old")
    assert made_words.made_line(there.made, late, RU).endswith("; давность, сут: 5")


def test_the_field_has_it_beside_its_own_and_never_in_its_place(workspace: Workspace) -> None:
    kept(workspace, body())
    first, second = sorted(field_rows(workspace), key=lambda row: int(row.status.well.id))
    assert (first.health, first.worst) == (None, ""), "this laptop has found nothing itself"
    assert first.at_centre is not None
    assert (first.at_centre.health, first.at_centre.worst, first.at_centre.severity) == (
        0.63,
        "pump_off",
        "act",
    )
    assert plain(made_words.made_short(first.at_centre, NOW, EN)) == "63 % (12/22)"
    assert EN.day(NIGHT) in made_words.made_short(first.at_centre, NOW + timedelta(days=9), EN)
    assert EN.say("finding.pump_off") in made_words.made_whole(first.at_centre, NOW, EN)
    assert second.at_centre is None
    assert made_words.made_short(None, NOW, EN) == "—"


def test_what_could_not_be_made_there_says_why(workspace: Workspace) -> None:
    why = KnownError("decline_few_points", count=2, least=6)
    told = body(
        forecast=None, refused=why, health=None, sight=None, findings=[], not_assessed=KnownError("no_cards")
    )
    there = made.of_centre(workspace, kept(workspace, told))
    assert there is not None
    assert EN.error(why) in [words for _, words in made_words.forecast_lines(there, NOW, EN)]
    assert EN.error(KnownError("no_cards")) in made_words.made_whole(there.made, NOW, EN)


def test_a_decision_against_a_finding_takes_it_out_of_the_worst() -> None:
    rejected = Finding(1, "pump_off", "stop", 0.9, NIGHT, NIGHT, decision="rejected")
    watch = Finding(1, "gas_lock", "watch", 0.5, NIGHT, NIGHT)
    told = body(findings=[rejected, watch])
    assert (told["worst"], told["severity"]) == ("gas_lock", "watch")


def test_a_number_that_is_none_is_null_and_no_word_of_it_is_made_up(workspace: Workspace) -> None:
    told = body(health=float("nan"))
    assert told["health"] is None
    there = made.of_centre(workspace, kept(workspace, told))
    assert there is not None
    assert there.made.health is None


def places(told: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every key and the first of every list."""
    if isinstance(told, dict):
        return [place for key, one in told.items() for place in [(*at, key), *places(one, (*at, key))]]
    return [(*at, 0), *places(told[0], (*at, 0))] if isinstance(told, list) and told else []


@pytest.mark.parametrize(
    "spoilt",
    [None, "x", -1, [], {}, 10**400, math.inf, math.nan, 1e308],
    ids=["null", "text", "-1", "list", "object", "10**400", "infinite", "nan", "1e308"],
)
def test_a_body_that_is_spoilt_anywhere_is_read_or_refused_and_breaks_no_page(spoilt: object) -> None:
    whole_body = json.loads(json.dumps(body()))
    for place in places(whole_body):
        told = json.loads(json.dumps(whole_body))
        inside = told
        for key in place[:-1]:
            inside = inside[key]
        inside[place[-1]] = spoilt
        try:
            there = made.heard(told)
        except (ValueError, TypeError):
            continue
        assert made_words.forecast_lines(there, NOW, EN), place
        assert made_words.made_whole(there.made, NOW, EN), place
