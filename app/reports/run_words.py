"""Runs of pumps and figures of run life in words: each figure says what it divides by what."""

from __future__ import annotations

from datetime import datetime

from app.analysis.forecast.run_figures import RunFigures
from app.core.texts import Speaker
from app.models.failure_codes import FailureCodes

FIGURES = ("between_pulls_days", "per_failure_days", "of_failed_days", "of_pulled_days")


def line(
    well: str,
    pump: str,
    span: tuple[datetime, datetime | None],
    days: float | None,
    state: str,
    said: dict[str, str],
    codes: FailureCodes,
    speaker: Speaker,
) -> str:
    """`103 · ЭЦН5-125 · 01.02.2025 – 07.11.2025 · 279 сут · отказ · ПЭД · Снижение изоляции`; `days` None:
    nobody knows.
    """
    started, ended = span
    until = speaker.day(ended) if ended else speaker.say("run.runs") if state == "runs" else "?"
    parts = [
        well,
        pump,
        f"{speaker.day(started)} – {until}",
        speaker.say("run.days", days=days) if days is not None else "",
        speaker.say(f"run.{state}") if state != "runs" else "",
        *(codes.words(key, text, speaker.language) for key, text in said.items()),
    ]
    return " · ".join(part for part in parts if part)


def figure_lines(told: RunFigures, speaker: Speaker) -> list[str]:
    head = speaker.say(
        "run.window", days=told.window_days, worked=told.worked_days, pulls=told.pulls, failures=told.failures
    )
    lines = [head]
    for name in FIGURES:
        value = getattr(told, name)
        shown = speaker.say("run.days", days=value) if value is not None else "—"
        lines.append(speaker.say(f"run.{name}", value=shown))
    return lines


def counted_line(
    key: str, counts: tuple[tuple[str, int], ...], unsaid: int, codes: FailureCodes, speaker: Speaker
) -> str:
    """`Причина подъёма: отказ 7, ГТМ 3; не сказано 2`; empty where nothing was pulled."""
    told = ", ".join(f"{codes.words(key, said, speaker.language)} {count}" for said, count in counts)
    missing = speaker.say("run.unsaid_count", count=unsaid) if unsaid else ""
    words = "; ".join(filter(None, (told, missing)))
    return speaker.say(f"run.counted.{key}", words=words) if words else ""


def serial_line(
    item: str,
    serial: str,
    runs: list[tuple[str, float | None, str]],
    codes: FailureCodes,
    speaker: Speaker,
) -> str:
    """`ПЭД 1234: 101 – 279 сут, отказ → 103 – 41 сут`; `runs`: well, days, the state where it has ended."""
    parts = []
    for well, days, state in runs:
        lived = [] if days is None else [speaker.say("run.days", days=days)]
        ended = [speaker.say(f"run.{state}")] if state else []
        parts.append(f"{well} – {', '.join(lived + ended)}")
    name = codes.words("failed_item", item, speaker.language)
    return f"{name} {serial}: ".lstrip() + " → ".join(parts)
