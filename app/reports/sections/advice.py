"""What to set: what the well does now by the model, better settings, equipment for the next workover."""

from app.analysis.advice.choice import Choice
from app.core.setting import Setting
from app.core.texts import Speaker
from app.models.values import count_of
from app.reports import advice_words as words
from app.reports.blocks import Block, Column, Heading, Paragraph, Table
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    advice = facts.advice
    blocks: list[Block] = [Heading(speaker.say("section.advice"))]
    if advice.now is None:
        return [*blocks, Paragraph(words.missing_words(advice.missing, speaker), muted=True, nothing=True)]
    settings = words.settings_words(advice.now, None, speaker)
    blocks.append(Paragraph(f"{speaker.say('advice.now').capitalize()}: {settings}."))
    if advice.measured_rate is not None:
        blocks.append(
            Paragraph(
                speaker.say(
                    "advice.measured_by_model",
                    rate=speaker.quantity(advice.now.rate[1], "rate"),
                    measured=speaker.quantity(advice.measured_rate, "rate"),
                ),
                muted=True,
            )
        )
    if not advice.choices:
        blocks.append(Paragraph(speaker.say("advice.nothing_better").capitalize() + "."))
    most = count_of(options, "most")
    for title, choices in (("advice.today", advice.choices), ("advice.workover", advice.workover)):
        if choices:
            blocks += [Heading(speaker.say(title), 2), _table(facts, choices[:most], speaker)]
    return blocks


def _table(facts: WellFacts, choices: tuple[Choice, ...], speaker: Speaker) -> Table:
    priced = any(one.worth is not None for one in choices)
    columns = (
        Column(speaker.say("column.set")),
        Column(speaker.say("column.gain")),
        *((Column(speaker.say("column.worth")),) if priced else ()),
        Column(speaker.say("column.energy"), "number", 1),
        Column(speaker.say("column.risk")),
    )
    rows = tuple(
        (
            words.choice_words(one, facts.advice.now, speaker),
            words.gain_short(one, speaker),
            *((words.worth_short(one, speaker),) if priced else ()),
            words.kwh_per_tonne(one.outcome),
            speaker.say(f"advice.risk.{one.risk}"),
        )
        for one in choices
    )
    return Table(columns, rows)


SECTION = Section(
    "advice",
    make,
    options=(
        Setting(
            "most",
            "int",
            5,
            "Не больше строк",
            "At most rows",
            "Лучшие — первыми.",
            "The best come first.",
            minimum=1,
            maximum=30,
        ),
    ),
)
