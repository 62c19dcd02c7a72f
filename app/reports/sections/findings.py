"""What is wrong, why we think so, what to do."""

from app.core.texts import Speaker
from app.reports import wording
from app.reports.blocks import Block, FindingBox, Heading, Paragraph
from app.reports.collect import Section, WellFacts


def make(facts: WellFacts, speaker: Speaker) -> list[Block]:
    blocks: list[Block] = [Heading(speaker.say("section.findings"))]
    if not facts.findings:
        return [*blocks, Paragraph(speaker.say("section.no_findings"), muted=True)]
    for finding in facts.findings:
        lines = [wording.evidence_line(item, speaker) for item in finding.evidence]
        lines += [
            speaker.say("finding.against", line=wording.evidence_line(item, speaker))
            for item in finding.against
        ]
        lines.append(speaker.say("finding.advice", advice=wording.advice_line(finding, speaker)))
        settling = wording.settling_line(finding, speaker)
        if settling:
            lines.append(settling)
        if finding.decision:
            lines.append(speaker.say(f"finding.{finding.decision}", author=finding.decided_by or "—", reason=finding.reason or "—"))  # fmt: skip
        meta = f"{wording.period_words(finding, speaker)} · {wording.confidence_words(finding.confidence, speaker)}"
        blocks.append(
            FindingBox(finding.severity, wording.finding_title(finding, speaker), meta, tuple(lines))
        )
    return blocks


SECTION = Section("findings", make)
