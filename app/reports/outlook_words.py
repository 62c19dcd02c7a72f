"""A forecast in words, the same on the page and on paper: chance to fail and why, days to a limit, run life,
decline.
"""

from __future__ import annotations

import numpy as np

from app.analysis.forecast.outlook import AHEAD_DAYS, HORIZONS, DeclineView, Forecast, RunLife
from app.core.clock import from_us
from app.core.texts import Speaker
from app.core.units import DAY_S
from app.models.sensors import SENSORS

LIKELY = 0.5
"""Chance of a quickening fall from which it is said."""

Said = list[tuple[str, str]]
"""(status: ok, watch, act, stop or "" for a remark; the sentence)."""


def chance_lines(forecast: Forecast, speaker: Speaker) -> Said:
    failure, said = forecast.failure, []
    if failure is None:
        if forecast.failure_refused is not None:
            said.append(("", speaker.error(forecast.failure_refused)))
        if not forecast.run_life.by_age:
            said.append(("", speaker.say("outlook.nothing")))
    for days in HORIZONS:
        by_age = forecast.run_life.by_age.get(days)
        if failure is not None:
            chance = failure.probability[days]
            words = speaker.say("outlook.within", days=days, chance=_share(chance, speaker))
            if by_age is not None:
                words += speaker.say("outlook.by_age_beside", chance=_share(by_age[0], speaker))
            said.append((chance_status(chance), words))
        elif by_age is not None:
            low, high = (_share(value, speaker) for value in by_age[1:])
            said.append(
                (
                    "ok",
                    speaker.say(
                        "outlook.by_age", days=days, chance=_share(by_age[0], speaker), low=low, high=high
                    ),
                )
            )
    if failure is not None:
        # Of what it was taught is said in words.
        version = failure.version.removeprefix("simulated-")
        said.append(("", speaker.say("outlook.model", version=version)))
    return said


def chance_status(chance: float) -> str:
    return "stop" if chance > 0.5 else "act" if chance > 0.2 else "watch" if chance > 0.08 else "ok"


def reason_lines(forecast: Forecast, speaker: Speaker) -> Said:
    failure = forecast.failure
    if failure is None:
        return []
    said: Said = [
        (
            "ok",
            f"{speaker.say(f'feature.{reason.feature}', value=reason.value)} — "
            f"{_share(reason.share, speaker)}",
        )
        for reason in failure.reasons
    ]
    if not failure.reasons:
        said.append(("", speaker.say("outlook.no_reasons")))
    if failure.unknown:
        names = ", ".join(speaker.say(f"feature.name.{name}") for name in failure.unknown)
        said.append(("", speaker.say("outlook.not_measured", names=names)))
    return said


def drift_lines(forecast: Forecast, speaker: Speaker) -> Said:
    if not forecast.drifts:
        return [("", speaker.say("outlook.no_drifts"))]
    said: Said = []
    for drift in forecast.drifts:
        sensor = SENSORS[drift.sensor]
        words = speaker.say(
            "outlook.drift",
            name=sensor.name(speaker.language),
            days=round(drift.days),
            low=round(drift.low),
            high=round(drift.high),
            limit=speaker.quantity(drift.limit, sensor.quantity),
            now=speaker.quantity(drift.now, sensor.quantity),
        )
        said.append(("stop" if drift.days < 7 else "act" if drift.days < 30 else "watch", words))
    return said


def life_lines(life: RunLife, speaker: Speaker) -> Said:
    kind, _, field = life.group.partition(", ")
    if speaker.has(f"lift.{kind}"):
        kind = speaker.say(f"lift.{kind}")
    said: Said = [("ok", ", ".join(part for part in (kind, field) if part))]
    if life.age_days is not None:
        said.append(("ok", speaker.say("outlook.age", days=round(life.age_days))))
    if life.days_per_failure is not None:
        said.append(("ok", speaker.say("outlook.mtbf", days=round(life.days_per_failure))))
    if life.refused is not None:
        nobody_ran = life.refused.details.get("count") == 0
        words = speaker.say("outlook.no_lives") if nobody_ran else speaker.error(life.refused)
        said.append(("", words))
    if life.curve is not None:
        median = (
            speaker.say("outlook.not_reached")
            if life.curve.median_days is None
            else str(round(life.curve.median_days))
        )
        said.append(
            (
                "ok",
                speaker.say(
                    "outlook.median", median=median, failures=life.curve.failures, count=life.curve.count
                ),
            )
        )
    return said


def weibull_words(life: RunLife, speaker: Speaker) -> str:
    """Empty without one."""
    if life.life is None:
        return ""
    return speaker.say(
        "outlook.weibull",
        shape=speaker.bare(life.life.shape, "number", digits=1),
        scale=round(life.life.scale_days),
    )


def decline_words(view: DeclineView, speaker: Speaker) -> str:
    per_month = -np.expm1(-view.decline.initial_decline * 30.4 * DAY_S)
    known = {
        "kind": speaker.say(f"decline.{view.decline.kind}"),
        "share": speaker.quantity(float(per_month), "ratio"),
        "count": len(view.rate),
        "days": view.foretold_days,
    }
    how = "decline" if view.foretold_days == AHEAD_DAYS else "decline_until"
    words = speaker.say(f"outlook.{how if view.foretells else 'decline_too_few'}", **known)
    if view.jumped is not None:
        since = speaker.day(from_us(int(view.time_us[0])))
        words += " " + speaker.say("outlook.decline_jumped", times=view.jumped, since=since)
    bent = view.decline.bent
    if bent is None or bent.chance < LIKELY:
        return words
    return f"{words} {speaker.say('outlook.decline_may_bend', chance=_share(bent.chance, speaker))}"


def oil_words(forecast: Forecast, speaker: Speaker) -> str:
    """What becomes of the oil by the water cuts; empty where nothing is told of the liquid."""
    if forecast.oil_refused is not None:
        return speaker.error(forecast.oil_refused)
    oil = forecast.oil
    if oil is None:
        return ""
    return speaker.say(
        "outlook.oil" if oil.says else "outlook.oil_unsure",
        count=oil.count,
        days=oil.days,
        cut=_share(oil.cut, speaker),
        then=_share(oil.cut_then, speaker),
        low=_share(oil.low, speaker),
        high=_share(oil.high, speaker),
    )


def _share(value: float, speaker: Speaker) -> str:
    return speaker.quantity(value, "ratio", digits=0)
