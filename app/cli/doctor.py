"""What `wellside doctor` says: is the program whole, and which settings are in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from app.cli.common import print_json, speaker_of


def tell_in_force(store: Path | None, as_json: bool) -> None:
    from app.core.paths import profile_at
    from app.services.in_force import in_force

    every, speaker = in_force(profile_at(store)), speaker_of()
    if as_json:
        print_json([asdict(one) for one in every])
        return
    for one in every:
        print(f"{one.key:22} {one.value!s:32} {speaker.say(one.by, source=one.source)}")


def tell_checks(store: Path | None, as_json: bool, load_window: Callable[[], str] | None) -> bool:
    """Whether the main job can run."""
    from app.core.paths import profile_paths
    from app.services.doctor import examine

    checks = examine(profile_paths(store), load_window)
    good = all(check.good for check in checks if check.needed)
    if as_json:
        told = [{"name": c.name, "ok": c.good, "needed": c.needed, "detail": c.detail} for c in checks]
        print_json({"ok": good, "checks": told})
        return good
    speaker = speaker_of()
    for check in checks:
        mark = "✓" if check.good else "✗" if check.needed else "–"
        name = speaker.say(f"doctor.{check.name}") if speaker.has(f"doctor.{check.name}") else check.name
        print(f"{mark} {name:24} {speaker.error(check.problem) if check.problem else check.detail}")
    print(speaker.say("cli.doctor_ok" if good else "cli.doctor_bad"))
    return good
