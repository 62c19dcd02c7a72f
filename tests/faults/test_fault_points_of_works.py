"""Every point of a laptop's cache, files and imports and of a centre's store at which something is written is
come to by a step of a day, and a kill there leaves what was before or what was to be: after the next start
the step is whole or not there, and can be done again.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from app.importers import opening
from tests.faults import reliability
from tests.faults.points import centre_steps, file_steps, profile_steps, told_steps
from tests.faults.points.killing import Kill
from tests.faults.points.listing import ROOT, Point, points
from tests.faults.points.stepped import ELSEWHERE, STEPPED
from tests.faults.points.steps import Step, Told, killed, kills, told
from tests.importers.imported import ReadHere

SEED = 20261127
BEGUN = profile_steps.STEPS[:1]
DAYS: dict[str, tuple[Step, ...]] = {
    "a laptop at work": profile_steps.STEPS,
    "a laptop that is told": (*BEGUN, *told_steps.STEPS),
    "a laptop's files": (*BEGUN, *file_steps.STEPS),
    "a centre": centre_steps.STEPS,
}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a child of its own, as it stands: POSIX only")
def test_each_step_is_whole_or_not_there_after_a_kill_at_any_of_its_points_and_can_be_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(opening, "Reading", ReadHere)
    every, met, waiting = points(STEPPED), set[Point](), list[tuple[Told, Kill]]()
    tried = set[Step]()
    for name, steps in DAYS.items():
        for one in told(steps, tmp_path / name, every):
            met |= {point for point in every if one.hits.get((point.file, point.line))}
            if one.step not in tried:
                waiting += [(one, kill) for kill in kills(one, every)]
                tried.add(one.step)
    unmet = [point.name for point in every if point not in met]
    assert [name for name in unmet if not name.startswith(tuple(ELSEWHERE))] == [], "in no step"
    most, hit = int(request.config.getoption("--points")), 0
    chosen = waiting if most >= len(waiting) else random.Random(SEED).sample(waiting, most)
    for one, kill in chosen:
        try:
            hit += killed(one, kill)
        except AssertionError as error:
            when = "after" if kill.after else "before"
            error.add_note(f"{one.step.name}, {when} {kill.point.name}, time {kill.hit}")
            raise
    assert hit >= len(chosen) * 0.9, "a kill after the last line of a function is none"
    reliability.tried("a kill in a step of a day", len(chosen), f"{len(met)} points, a child each")


def test_what_steps_do_not_come_to_is_tried_elsewhere_still() -> None:
    names = [point.name for point in points(STEPPED)]
    assert [place for place in ELSEWHERE if not any(name.startswith(place) for name in names)] == []
    assert [test for test in ELSEWHERE.values() if not (ROOT / test).exists()] == []
