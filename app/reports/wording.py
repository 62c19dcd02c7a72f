"""Findings in words, the same in reports, on the screen and on the command line."""

from __future__ import annotations

from typing import Any

from app.core.texts import Speaker
from app.models.findings import Evidence, Finding
from app.models.sensors import SENSORS


def finding_title(finding: Finding, speaker: Speaker) -> str:
    return speaker.say(f"finding.{finding.code}")


def evidence_line(evidence: Evidence, speaker: Speaker) -> str:
    details = dict(evidence.details)
    name = details.get("sensor") or evidence.sensor
    if name in SENSORS:
        details["sensor"] = SENSORS[str(name)].name(speaker.language)
    return speaker.say(f"evidence.{evidence.code}", **details)


def confidence_words(confidence: float, speaker: Speaker) -> str:
    return speaker.say("finding.confidence", percent=100 * confidence)


def period_words(finding: Finding, speaker: Speaker) -> str:
    if finding.from_at == finding.to_at:
        return speaker.moment(finding.from_at)
    return f"{speaker.moment(finding.from_at)} – {speaker.moment(finding.to_at)}"


def advice_line(finding: Finding, speaker: Speaker) -> str:
    return speaker.say(f"advice.{finding.code}")


def settling_line(finding: Finding, speaker: Speaker) -> str:
    """Empty when nothing is left to settle."""
    if not finding.settled_by:
        return ""
    checks = "; ".join(speaker.say(f"check.{code}") for code in finding.settled_by)
    return speaker.say("finding.settled_by", checks=checks)


def remark_line(code: str, details: dict[str, object], speaker: Speaker) -> str:
    """What was repaired in a card or is missing from it."""
    measure = f"measure.{details.get('measure')}"
    if speaker.has(measure):
        details = {**details, "measure": speaker.say(measure)}
    return speaker.say(f"quality.{code}", **details)


# figure of a well test → quantity it is shown in
WELLTEST_SHOWN = {
    "permeability_m2": "permeability", "permeability_upper_bound_m2": "permeability", "skin": "number",
    "wellbore_storage_m3_per_pa": "storage", "p_star_pa": "pressure", "radial_flow_from_s": "hours",
    "radial_flow_to_s": "hours", "radius_of_investigation_m": "length",
}  # fmt: skip


def welltest_figures(answer: dict[str, Any], speaker: Speaker) -> list[tuple[str, str]]:
    """(name, value) of what a well test gave; the page, the report and the command line show the same list."""
    items = [
        (speaker.say(f"measure.{key}"), speaker.quantity(answer[key], quantity))
        for key, quantity in WELLTEST_SHOWN.items()
        if answer.get(key) is not None
    ]
    for name, model in (answer.get("inflow") or {}).items():
        if model is not None:
            key, quantity = (
                ("productivity_m3_per_s_pa", "productivity")
                if name == "pi"
                else ("maximum_rate_m3_per_s", "rate")
            )
            items.append((speaker.say(f"inflow.{name}"), speaker.quantity(model[key], quantity)))
    return items
