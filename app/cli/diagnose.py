"""`wellside diagnose`: what is wrong with a well, and why."""

from __future__ import annotations

from app.cli.common import Json, Store, print_json, reading_of, speaker_of


def diagnose(well: str, store: Store = None, as_json: Json = False) -> None:
    """Say what is wrong with a well, and why."""
    from app.core.clock import iso
    from app.models.store.findings import to_json
    from app.reports import wording
    from app.services.diagnosis.cards import computed_with_now
    from app.services.diagnosis.diagnose import diagnose as service
    from app.services.diagnosis.diagnose import not_assessed, sight_of_well
    from app.services.diagnosis.wholeness import require_whole
    from app.services.wells.finding import find_well

    with reading_of(store, scratch=True) as workspace:
        found = find_well(workspace, well)
        findings = service(workspace, found)
        unassessed, sight = not_assessed(workspace, found.id), sight_of_well(workspace, found.id)
        sources = computed_with_now(workspace, found.id)
        speaker = speaker_of(workspace)
    if as_json:
        print_json(
            {
                "well": found.name,
                "findings": [to_json(finding) for finding in findings],
                "not_assessed": unassessed
                and {
                    "code": unassessed.code,
                    "details": {key: str(value) for key, value in unassessed.details.items()},
                    "reason": wording.reason_words(unassessed, speaker),
                },
                "computed_with": [
                    {"kind": one.kind, "record": one.record, "at": iso(one.at)} for one in sources
                ],
                "rules": sight and {"looked": sight.looked, "of": sight.of, "missing": list(sight.missing)},
            }
        )
        require_whole()
        return
    if unassessed is not None:
        print(f"{found.name}: {wording.not_assessed_line(unassessed, speaker)}")
    elif not findings:
        print(speaker.say("cli.diagnosis_none", well=found.name))
    if sight is not None and sight.missing:
        print(wording.missing_line(sight, speaker))
    for finding in findings:
        print(
            f"{wording.finding_title(finding, speaker)} ({speaker.say(f'status.{finding.severity}')}, "
            f"{wording.confidence_words(finding.confidence, speaker)}), "
            f"{wording.period_words(finding, speaker)}"
        )
        for evidence in finding.evidence:
            print(f"  – {wording.evidence_line(evidence, speaker)}")
        print(f"  → {wording.advice_line(finding, speaker)}")
    require_whole()
