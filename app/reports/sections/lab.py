"""Laboratory results of the period: how each parameter went, its limit, and every figure as the protocol has
it.
"""

import numpy as np

from app.core.errors import KnownError
from app.core.setting import Setting
from app.core.texts import Speaker, number, with_unit
from app.models.kinds.lab import PARAMETERS
from app.models.records import FiledRecord, Record
from app.models.values import count_of, number_of
from app.reports.blocks import Block, Chart, Column, Heading, Level, Paragraph, Pen, Table, Value
from app.reports.chart_parts import window_of
from app.reports.collect import Options, Section, WellFacts
from app.reports.record_words import lab_unit, result_words

Limits = dict[str, float]
LEAST_POINTS = 3
BELOW = ("<", "≤")


def limits_of(options: Options) -> Limits:
    """`solids=500, chlorides=900`, in each parameter's own unit. Raises KnownError that names what cannot be
    read.
    """
    found: Limits = {}
    for part in str(options["limits"]).split(","):
        if not part.strip():
            continue
        key, _, value = (piece.strip() for piece in part.partition("="))
        try:
            if key not in PARAMETERS:
                raise ValueError
            found[key] = float(value)
        except ValueError as error:
            raise KnownError(
                "report_option",
                place="lab",
                key="limits",
                value=part.strip(),
                known=", ".join(p.key for p in PARAMETERS),
            ) from error
    return found


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    blocks: list[Block] = [Heading(speaker.say("section.lab"))]
    if not facts.lab:
        return [*blocks, Paragraph(speaker.say("section.no_data"), muted=True, nothing=True)]
    limits = limits_of(options)
    charted = _charted(facts.lab, count_of(options, "charts"), limits)
    blocks += [_chart(facts, key, limits, speaker) for key in charted]
    most = count_of(options, "most")
    blocks.append(_table(facts.lab[:most], limits, speaker))
    if len(facts.lab) > most:
        blocks.append(Paragraph(speaker.say("section.more_rows", count=len(facts.lab) - most), muted=True))
    return blocks


def _charted(results: tuple[FiledRecord, ...], most: int, limits: Limits) -> list[str]:
    """Parameters with a limit first, then those with most results."""
    counts: dict[str, int] = {}
    for one in results:
        key, value = str(one.record.values.get("parameter")), one.record.values.get("value")
        if value is not None and not one.record.values.get("qualifier"):
            counts[key] = counts.get(key, 0) + 1
    there = [key for key, count in counts.items() if count >= LEAST_POINTS]
    return sorted(there, key=lambda key: (key not in limits, -counts[key]))[:most]


def _chart(facts: WellFacts, key: str, limits: Limits, speaker: Speaker) -> Chart:
    mine = [
        one.record
        for one in facts.lab[::-1]
        if one.record.values.get("parameter") == key and one.record.values.get("value") is not None
    ]
    x = np.array([record.at.timestamp() for record in mine])
    y = np.array([record.values["value"] for record in mine], float)
    below = np.array([bool(record.values.get("qualifier")) for record in mine], bool)
    name = speaker.say(f"lab.{key}")
    pens = [Pen(speaker.say("column.result") if below.any() else "", x[~below], y[~below], 0, points=True)]
    if below.any():
        pens.append(
            Pen(
                speaker.say("lab_section.detection"),
                x[below],
                y[below],
                7,
                line=False,
                points=True,
                hollow=True,
            )
        )
    unit = PARAMETERS[key].unit_label(speaker.language) if key in PARAMETERS else ""
    levels = (Level(limits[key], speaker.say("lab_section.limit"), serious=True),) if key in limits else ()
    window = window_of(facts.since, facts.until, x)
    return Chart(
        with_unit(name, unit),
        "",
        unit,
        tuple(pens),
        time_axis=True,
        height_mm=24,
        levels=levels,
        window=window,
    )


def _table(results: tuple[FiledRecord, ...], limits: Limits, speaker: Speaker) -> Table:
    columns = (
        Column(speaker.say("column.sampled"), "dated"),
        Column(speaker.say("column.parameter")),
        Column(speaker.say("column.result"), "number", 0),
        Column(speaker.say("column.unit")),
        Column(speaker.say("column.limit")),
        Column(speaker.say("column.sample")),
        Column(speaker.say("column.point")),
        Column(speaker.say("column.method")),
        Column(speaker.say("column.lab")),
    )
    rows: list[tuple[Value, ...]] = []
    for one in results:
        values = one.record.values
        key = str(values.get("parameter", ""))
        rows.append(
            (
                one.record.at,
                speaker.say(f"lab.{key}"),
                result_words(one.record, speaker),
                lab_unit(one.record, speaker),
                _limit_words(key, one.record, limits, speaker),
                *(str(values.get(name, "")) for name in ("sample", "point", "method", "lab")),
            )
        )
    # A column that says nothing anywhere is left out.
    kept = [i for i in range(len(columns)) if i < 4 or any(row[i] for row in rows)]
    return Table(tuple(columns[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in rows))


def _limit_words(key: str, record: Record, limits: Limits, speaker: Speaker) -> str:
    """The limit, and that it is exceeded: `<600` does not say that of 500."""
    if key not in limits:
        return ""
    shown = f"≤ {number(limits[key], 0 if limits[key] >= 10 else 2, speaker.language)}"
    value, qualifier = number_of(record.values, "value"), record.values.get("qualifier")
    over = value is not None and qualifier not in BELOW and value > limits[key]
    return speaker.say("lab_section.over", limit=shown) if over else shown


SECTION = Section(
    "lab",
    make,
    options=(
        Setting(
            "limits",
            "str",
            "solids=500",
            "Пределы",
            "Limits",
            "Показатель=значение в его единицах, через запятую, например solids=500, chlorides=900.",
            "Parameter=value in its own unit, separated by commas, for example solids=500, chlorides=900.",
        ),
        Setting(
            "charts",
            "int",
            3,
            "Графиков",
            "Charts",
            "Сколько показателей показать во времени.",
            "How many parameters are shown over time.",
            minimum=0,
            maximum=20,
        ),
        Setting(
            "most",
            "int",
            60,
            "Не больше строк",
            "At most so many rows",
            "Самые новые; сколько не показано, сказано под таблицей.",
            "The newest; how many are left out is said below.",
            minimum=1,
            maximum=5000,
        ),
    ),
)
