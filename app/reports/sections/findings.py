"""What is wrong, why we think so, what to do."""

from app.core.setting import Setting
from app.core.texts import Speaker
from app.models.findings import SEVERITIES
from app.reports import wording
from app.reports.blocks import Block, FindingBox, Heading, Paragraph
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    blocks: list[Block] = [Heading(speaker.say("section.findings"))]
    unassessed = facts.overview.not_assessed
    if unassessed is not None:
        blocks.append(Paragraph(wording.not_assessed_line(unassessed, speaker)))
    least = SEVERITIES.index(options["from_severity"])
    shown = [finding for finding in facts.findings if SEVERITIES.index(finding.severity) >= least]
    if not shown and unassessed is not None:
        return blocks
    sight = facts.overview.sight
    if sight is not None:
        blocks.append(Paragraph(wording.health_words(facts.overview.health, sight, speaker), muted=True))
    if sight is not None and sight.missing:
        blocks.append(Paragraph(wording.missing_line(sight, speaker), muted=True))
    if not shown:
        return [*blocks, Paragraph(speaker.say(_nothing(facts)), muted=True)]
    for finding in shown:
        lines = [wording.evidence_line(item, speaker) for item in finding.evidence]
        lines += [
            speaker.say("finding.against", line=wording.evidence_line(item, speaker))
            for item in finding.against
        ]
        lines.append(speaker.say("finding.advice", advice=wording.advice_line(finding, speaker)))
        lines += [
            line
            for line in (
                wording.settling_line(finding, speaker),
                wording.contradiction_line(finding, speaker),
            )
            if line
        ]
        if finding.decision:
            lines.append(wording.decision_words(finding, speaker))
        meta = (
            f"{speaker.say(f'status.{finding.severity}')} · {wording.period_words(finding, speaker)} · "
            f"{wording.confidence_words(finding.confidence, speaker)}"
        )
        blocks.append(
            FindingBox(finding.severity, wording.finding_title(finding, speaker), meta, tuple(lines))
        )
    return blocks


def _nothing(facts: WellFacts) -> str:
    """Nothing found, nobody has looked, or nothing to look at."""
    if not facts.has_data:
        return "section.no_data"
    return "section.no_findings" if facts.overview.sight is not None else "health.unknown"


SECTION = Section(
    "findings",
    make,
    options=(
        Setting(
            "from_severity",
            "choice",
            "info",
            "Начиная с",
            "Beginning with",
            "Менее важные не печатаются.",
            "Less serious ones are not printed.",
            SEVERITIES,
        ),
    ),
)
