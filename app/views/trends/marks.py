"""A well's history as marks of the event strip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.core.clock import to_us
from app.core.texts import Speaker
from app.models.findings import Finding
from app.models.records import Event, FlowTest, Note
from app.reports import wording
from app.reports.wording import event_words
from app.views.plots.strip import Mark, Marks
from app.views.theme import Theme

_BARS = ("stop", "trip", "workover", "treatment")


@dataclass(frozen=True)
class Marked:
    """What of a well stands on the strip."""

    findings: Sequence[Finding]
    events: Sequence[Event] = ()
    flow_tests: Sequence[FlowTest] = ()
    notes: Sequence[Note] = ()


def marks_of(marked: Marked, speaker: Speaker, origin_us: int) -> Marks:
    """Findings last, so that they are drawn over and found first. A well has thousands of them: the window's
    thread makes none.
    """

    def to_x(moment_us: int) -> float:
        return (moment_us - origin_us) / 1e6

    marks = []
    for event in marked.events:
        until = to_x(to_us(event.until)) if event.until is not None and event.kind in _BARS else None
        kind = event.kind if event.kind in ("stop", "trip") else "event"
        words = partial(_event_words, event, speaker)
        marks.append(
            Mark(kind, to_x(to_us(event.at)), until, "act" if kind == "trip" else "idle", words, event.id)
        )
    for test in marked.flow_tests:
        words = partial(_test_words, test, speaker)
        marks.append(Mark("test", to_x(to_us(test.taken_at)), None, "ok", words, test.id))
    for note in marked.notes:
        words = partial(_note_words, note, speaker)
        marks.append(Mark("note", to_x(to_us(note.at)), None, "watch", words, note.id))
    return Marks(marks + [_finding_mark(finding, speaker, to_x) for finding in reversed(marked.findings)])


def _event_words(event: Event, speaker: Speaker) -> str:
    return f"{speaker.dated(event.at)}  {event_words(event.kind, event.note, speaker)}"


def _test_words(test: FlowTest, speaker: Speaker) -> str:
    liquid, cut = speaker.quantity(test.liquid_m3_per_s, "rate"), speaker.quantity(test.water_cut, "ratio")
    return f"{speaker.dated(test.taken_at)}  {liquid}, {cut}"


def _note_words(note: Note, speaker: Speaker) -> str:
    return f"{speaker.dated(note.at)}  {note.text}" + (f" ({note.author})" if note.author else "")


def _finding_mark(finding: Finding, speaker: Speaker, to_x: Callable[[int], float]) -> Mark:
    title = wording.finding_title(finding, speaker)
    return Mark(
        "finding",
        to_x(to_us(finding.from_at)),
        to_x(to_us(finding.to_at)),
        finding.severity,
        title,
        finding.id,
    )


def bands_of(finding: Finding, theme: Theme) -> dict[str, list[tuple[int, int, str]]]:
    """The windows [µs] of its evidence in the colour of its severity, by the pen each speaks of."""
    bands: dict[str, list[tuple[int, int, str]]] = {}
    for evidence in finding.evidence:
        if evidence.from_at is not None and evidence.to_at is not None and evidence.sensor:
            window = (to_us(evidence.from_at), to_us(evidence.to_at), theme.status[finding.severity])
            bands.setdefault(evidence.sensor, []).append(window)
    return bands
