"""Findings in words, the same in reports, on the screen and on the command line."""

from __future__ import annotations

from typing import cast

from app.analysis.esp.signature import SENSOR_OF
from app.core.errors import Details, KnownError
from app.core.texts import Speaker
from app.models.findings import Evidence, Finding
from app.models.overview import WellRow
from app.models.sensors import SENSORS
from app.models.sights import Sight
from app.models.values import (
    Values,
    needed_number,
    needed_text,
    number_of,
    pair_of,
    part_of,
    rows_of,
    texts_of,
)
from app.models.wells import Well
from app.reports import gap_words
from app.reports.gap_words import within


def finding_title(finding: Finding, speaker: Speaker) -> str:
    return speaker.say(f"finding.{finding.code}")


def worst_line(row: WellRow, speaker: Speaker) -> str:
    """`Gas interference`, `Gas interference, ended 12.11.2026`, or why nobody can say."""
    if row.worst:
        title = speaker.say(f"finding.{row.worst}")
        return speaker.say("finding.ended", finding=title, day=speaker.day(row.ended)) if row.ended else title
    return "—" if row.not_assessed is None else not_assessed_line(row.not_assessed, speaker)


def not_assessed_line(reason: KnownError, speaker: Speaker) -> str:
    """`Not assessed: there is no dynamogram.`"""
    return speaker.say("diagnosis.not_assessed", reason=reason_words(reason, speaker))


def reason_words(reason: KnownError, speaker: Speaker) -> str:
    """Why no diagnosis could be made; what is missing by its name."""
    if reason.code == "nothing_to_look_at":
        given = list(cast(list[str], reason.details["inputs"]))
        reason = KnownError(reason.code, inputs=", ".join(input_name(name, speaker) for name in given))
    return speaker.error(reason)


def health_words(health: float | None, sight: Sight | None, speaker: Speaker) -> str:
    """`health 85 %, by 12 of 22 rules`; without a diagnosis that nobody has looked; of a state that no rule
    recognises that there is none.
    """
    if sight is None:
        return speaker.say("health.unknown")
    if health is None:
        return speaker.say("health.not_recognised")
    share = speaker.quantity(health, "ratio", digits=0)
    if sight.looked == sight.of:
        return speaker.say("health.known", share=share)
    return speaker.say("health.partly", share=share, looked=sight.looked, rules=sight.of)


def health_short(health: float | None, sight: Sight | None, speaker: Speaker) -> str:
    """`85 %`, `85 % (12/22)`, `—`: for tables."""
    if health is None or sight is None:
        return "—"
    share = speaker.quantity(health, "ratio", digits=0)
    return share if sight.looked == sight.of else f"{share} ({sight.looked}/{sight.of})"


def missing_line(sight: Sight, speaker: Speaker) -> str:
    """What the rules that could not look would have to be given."""
    names = ", ".join(input_name(name, speaker) for name in sight.missing)
    return speaker.say("health.missing", rules=sight.of - sight.looked, names=names) if names else ""


def input_name(name: str, speaker: Speaker) -> str:
    """A sensor by its own name, a part of a card by what it is made of."""
    sensor = SENSOR_OF.get(name, name)
    if sensor in SENSORS:
        return within(SENSORS[sensor].name(speaker.language))
    return speaker.say(f"input.{name}")


def evidence_line(evidence: Evidence, speaker: Speaker) -> str:
    details = dict(evidence.details)
    return evidence_words(
        evidence.code, {**details, "sensor": details.get("sensor") or evidence.sensor}, speaker
    )


def evidence_words(code: str, details: Details, speaker: Speaker) -> str:
    name = details.get("sensor")
    if name in SENSORS:
        details = {**details, "sensor": SENSORS[str(name)].name(speaker.language)}
    if isinstance(details.get("names"), list):
        names = (SENSORS[key].name(speaker.language) for key in texts_of(details, "names"))
        details = {**details, "names": ", ".join(names)}
    if isinstance(details.get("consequences"), list):
        told = (speaker.say(f"finding.{one}") for one in texts_of(details, "consequences"))
        details = {**details, "consequences": ", ".join(told)}
    return speaker.say(f"evidence.{code}", **details)


def contradiction_line(finding: Finding, speaker: Speaker) -> str:
    """What would speak against the finding; empty where nobody wrote it down."""
    code = f"contradict.{finding.code}"
    return speaker.say("finding.contradicted_by", what=speaker.say(code)) if speaker.has(code) else ""


def confidence_words(confidence: float, speaker: Speaker) -> str:
    return speaker.say("finding.confidence", percent=100 * confidence)


def period_words(finding: Finding, speaker: Speaker) -> str:
    if finding.from_at == finding.to_at:
        return speaker.moment(finding.from_at)
    return f"{speaker.moment(finding.from_at)} – {speaker.moment(finding.to_at)}"


def decision_words(finding: Finding, speaker: Speaker) -> str:
    """`Accepted (Ivanov): the log shows it`; without a reason where none was given."""
    plain = "" if finding.reason else "_plainly"
    return speaker.say(
        f"finding.{finding.decision}{plain}", author=finding.decided_by or "—", reason=finding.reason
    )


def advice_line(finding: Finding, speaker: Speaker) -> str:
    return speaker.say(f"advice.{finding.code}")


def settling_line(finding: Finding, speaker: Speaker) -> str:
    """Empty when nothing is left to settle."""
    if not finding.settled_by:
        return ""
    checks = "; ".join(speaker.say(f"check.{code}") for code in finding.settled_by)
    return speaker.say("finding.settled_by", checks=checks)


def remark_line(code: str, details: Details, speaker: Speaker) -> str:
    """What was repaired in a card or is missing from it."""
    sensor = details.get("sensor")
    if sensor in SENSORS:
        details = {**details, "sensor": SENSORS[str(sensor)].name(speaker.language)}
    measure = f"measure.{details.get('measure')}"
    if speaker.has(measure):
        details = {**details, "measure": within(speaker.say(measure))}
    if "input" in details:
        details = {**details, "input": gap_words.path_words(str(details["input"]), speaker)}
    measures = details.get("measures")
    if isinstance(measures, list):
        names = (within(speaker.say(f"measure.{name}")) for name in measures)
        details = {**details, "measures": ", ".join(names)}
    if "finding" in details:
        details = {**details, "finding": within(speaker.say(f"finding.{details['finding']}"))}
    if "which" in details:
        details = {**details, "which": speaker.say(f"card.which.{details['which']}")}
    if "model" in details:
        details = {**details, "model": model_name(str(details["model"]), speaker)}
    models = details.get("models")
    if isinstance(models, list):
        details = {**details, "models": ", ".join(model_name(str(code), speaker) for code in models)}
    return speaker.say(f"quality.{code}", **details)


def model_name(code: str, speaker: Speaker) -> str:
    """A well test's model in words: its parts by a plus."""
    return " + ".join(speaker.say(f"welltest_model.{part}") for part in code.split("+"))


# parameter of a well test's model beside k, C and skin → quantity it is shown in; None: a plain number
MODEL_SHOWN = {
    "fracture_half_length_m": "length",
    "fracture_conductivity": None,
    "open_share": "ratio",
    "vertical_anisotropy": None,
    "well_length_m": "length",
    "storativity_ratio": None,
    "interporosity_flow": None,
    "fault_distance_m": "length",
    "second_fault_distance_m": "length",
    "end_distance_m": "length",
    "second_end_distance_m": "length",
    "edge_distance_m": "length",
    "boundary_radius_m": "length",
    "composite_radius_m": "length",
    "permeability_ratio": None,
    "storage_ratio": None,
    "storage_time_s": "hours",
}


def model_parameter(name: str, value: float, speaker: Speaker) -> str:
    """A value of a well test's model: `60,1 м`, `2·10⁻⁶` as 2e-06."""
    quantity = MODEL_SHOWN[name]
    if quantity is not None:
        return speaker.quantity(value, quantity)
    return f"{value:.2g}".replace(".", "," if speaker.language == "ru" else ".")


def _model_figures(answer: Values, speaker: Speaker) -> list[tuple[str, str]]:
    """Regimes, the model that describes the record, its values with what they may be."""
    match, regimes = part_of(answer, "match"), rows_of(answer, "regimes")
    items = []
    if regimes:
        names = ", ".join(speaker.say(f"welltest_regime.{one['name']}") for one in regimes)
        items.append((speaker.say("measure.regimes"), names))
    if not match:
        return items
    items.append((speaker.say("measure.model"), model_name(needed_text(match, "model"), speaker)))
    values, intervals = part_of(match, "parameters"), part_of(match, "intervals")
    for name in MODEL_SHOWN:
        if name in values:
            shown = model_parameter(name, needed_number(values, name), speaker)
            if intervals[name] is not None:
                low, high = (model_parameter(name, end, speaker) for end in pair_of(intervals, name))
                shown += f" ({low} … {high})"
            items.append((speaker.say(f"measure.{name}"), shown))
    return items


NEXT_TEST = ("radial_from_s", "enough_s", "boundary_seen_s", "boundary_told_s")

# figure of a well test → quantity it is shown in
WELLTEST_SHOWN = {
    "permeability_m2": "permeability",
    "permeability_upper_bound_m2": "permeability",
    "skin": "number",
    "wellbore_storage_m3_per_pa": "storage",
    "p_star_pa": "pressure",
    "radial_flow_from_s": "hours",
    "radial_flow_to_s": "hours",
    "radius_of_investigation_m": "length",
}


def welltest_figures(answer: Values, speaker: Speaker) -> list[tuple[str, str]]:
    """(name, value) of what a well test gave; the page, the report and the command line show the same
    list.
    """
    items = [
        (speaker.say(f"measure.{key}"), speaker.quantity(value, quantity))
        for key, quantity in WELLTEST_SHOWN.items()
        if (value := number_of(answer, key)) is not None
    ]
    items += _model_figures(answer, speaker)
    next_test = part_of(answer, "next_test")
    items += [
        (speaker.say(f"measure.next_test.{key}"), speaker.quantity(value, "hours"))
        for key in NEXT_TEST
        if (value := number_of(next_test, key)) is not None
    ]
    models = part_of(answer, "inflow")
    for name in models:
        if model := part_of(models, name):
            key, quantity = (
                ("productivity_m3_per_s_pa", "productivity")
                if name == "pi"
                else ("maximum_rate_m3_per_s", "rate")
            )
            items.append((speaker.say(f"inflow.{name}"), speaker.quantity(number_of(model, key), quantity)))
    return items


# figure of an operating point → quantity it is shown in
ESP_SHOWN = {
    "rate_m3_per_d": "rate_per_day",
    "head_m": "length",
    "efficiency": "ratio",
    "rate_over_best_efficiency": "ratio",
    "head_loss_fraction": "ratio",
    "gas_fraction_at_intake": "ratio",
    "gas_fraction_in_pump": "ratio",
    "motor_load": "ratio",
    "temperature_reserve_k": "temperature_step",
    "frequency_hz": "frequency",
}


def esp_figures(answer: Values, speaker: Speaker) -> list[tuple[str, str]]:
    """(name, value) of an operating point and the well's health."""
    items = []
    for key, quantity in ESP_SHOWN.items():
        value = number_of(part_of(answer, "operating_point"), key)
        if value is not None:
            shown = (
                speaker.quantity(value / 86_400, "rate")
                if quantity == "rate_per_day"
                else speaker.quantity(value, quantity)
            )
            items.append((speaker.say(f"measure.{key}"), shown))
    if (health := number_of(answer, "health")) is not None:
        items.append((speaker.say("measure.health"), speaker.quantity(health, "ratio", digits=0)))
    return items


def well_words(well: Well, speaker: Speaker) -> str:
    """`202, Полярное, куст 3`: a well among those of the whole profile."""
    pad = speaker.say("well.pad", pad=well.pad) if well.pad else ""
    return ", ".join(filter(None, (well.name, well.field_name, pad)))


def event_words(kind: str, note: str, speaker: Speaker) -> str:
    """`Остановка: ревизия`, `Ремонт: ТРС`; a note that is free text stays as it was written."""
    code = f"choice.{note}" if kind == "workover" else f"event_note.{note}"
    said = speaker.say(code) if speaker.has(code) else note
    return f"{speaker.say(f'event.{kind}')}: {said}" if said else speaker.say(f"event.{kind}")
