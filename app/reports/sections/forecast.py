"""How long the pump will live and why, what drifts to a limit, and what the well will give."""

import numpy as np

from app.analysis.forecast.outlook import DeclineView, RunLife
from app.core.texts import Speaker, with_unit
from app.reports import outlook_words
from app.reports.blocks import Block, Bullets, Chart, Heading, Level, Paragraph, Pen, Shade
from app.reports.collect import Options, Section, WellFacts
from app.reports.outlook_words import Said


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    forecast = facts.forecast
    blocks: list[Block] = [Heading(speaker.say("section.forecast"))]
    blocks += _lines(speaker.say("outlook.chance_title"), outlook_words.chance_lines(forecast, speaker))
    blocks += _lines(speaker.say("outlook.why_title"), outlook_words.reason_lines(forecast, speaker))
    blocks += _lines(speaker.say("outlook.drift_title"), outlook_words.drift_lines(forecast, speaker))
    blocks += _lines(speaker.say("outlook.life_title"), outlook_words.life_lines(forecast.run_life, speaker))
    if forecast.run_life.curve is not None:
        blocks.append(_survival(forecast.run_life, speaker))
    if forecast.decline is not None:
        blocks += [
            _decline(forecast.decline, speaker),
            Paragraph(outlook_words.decline_words(forecast.decline, speaker)),
        ]
    elif forecast.decline_refused is not None:
        blocks.append(Paragraph(speaker.error(forecast.decline_refused), muted=True))
    if words := outlook_words.oil_words(forecast, speaker):
        blocks.append(Paragraph(words, muted=forecast.oil is None))
    return blocks


def _lines(title: str, said: Said) -> list[Block]:
    if not said:
        return []
    blocks: list[Block] = [Paragraph(title + ":")]
    sentences = tuple(words for status, words in said if status)
    if sentences:
        blocks.append(Bullets(sentences))
    return blocks + [Paragraph(words, muted=True) for status, words in said if not status]


def _survival(life: RunLife, speaker: Speaker) -> Chart:
    curve = life.curve
    assert curve is not None
    steps = np.repeat(curve.days, 2)[1:]
    pens = [Pen(speaker.say("outlook.kaplan_meier"), steps, 100 * np.repeat(curve.survival, 2)[:-1], 0)]
    shade = Shade(steps, 100 * np.repeat(curve.low, 2)[:-1], 100 * np.repeat(curve.high, 2)[:-1], 0)
    if life.life is not None:
        days = np.linspace(0, float(curve.days[-1]) * 1.15, 120)
        pens.append(Pen(outlook_words.weibull_words(life, speaker), days, 100 * life.life.survival(days), 1))
    levels = (
        () if life.age_days is None else (Level(life.age_days, speaker.say("outlook.now"), upright=True),)
    )
    return Chart(
        speaker.say("outlook.life_title"),
        speaker.say("axis.run_days"),
        speaker.say("axis.still_running"),
        tuple(pens),
        height_mm=44,
        shades=(shade,),
        levels=levels,
    )


def _decline(view: DeclineView, speaker: Speaker) -> Chart:
    unit = speaker.units.unit("rate")
    ahead = view.shown_s()
    low, high = view.decline.interval(ahead)
    x = view.time_us[0] / 1e6 + ahead
    pens = (
        Pen(
            speaker.say("outlook.weekly"),
            view.time_us / 1e6,
            unit.from_si(view.rate),
            0,
            line=False,
            points=True,
        ),
        Pen(speaker.say("outlook.decline_pen"), x, unit.from_si(view.decline.rate(ahead)), 1),
    )
    return Chart(
        speaker.say("outlook.decline_title"),
        "",
        with_unit(speaker.say("axis.liquid_rate"), speaker.unit("rate")),
        pens,
        time_axis=True,
        height_mm=44,
        shades=(Shade(x, unit.from_si(low), unit.from_si(high), 1),) if view.foretells else (),
    )


SECTION = Section("forecast", make)
