"""A day at the pad, killed (-9) at points all over what it writes: nothing that was said to be done is lost,
what was not is done again without being twice; then it is all on a second laptop.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from pathlib import Path

import pytest

from app.core.jobs import Job
from app.models.store import records
from app.services.centre import sync
from app.services.workspace import Workspace
from tests.centre_process import CentreProcess, connect, laptop, new_field, wells_of
from tests.devices.at_hand import Watch
from tests.faults import pad, reliability
from tests.faults.pad import DAY, missing, work
from tests.faults.points.killing import Kill, killing, noting
from tests.faults.points.listing import MODULES, ROOT, Point, points
from tests.faults.points.stepped import STEPPED
from tests.faults.points.steps import in_child

SEED, KILLS = 20261128, 50
OF_THE_PAD = tuple(
    path.relative_to(ROOT).as_posix()
    for folder in ("services/devices", "services/alarms", "services/tasks", "models/store")
    for path in sorted((ROOT / "app" / folder).glob("*.py"))
)
EVERY = tuple(dict.fromkeys((*MODULES, *STEPPED, *OF_THE_PAD)))
WHOLE = tuple(one.name for one in DAY)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="a child of its own, as it stands: POSIX only"),
]


def _begin(at: Path, field: str, centre: CentreProcess | None = None) -> None:
    at.mkdir()
    with pad.opened(at) as workspace:
        with workspace.store.writing() as cursor:
            records.put_wells(cursor, wells_of(field))
        if centre is not None:
            connect(workspace, centre, centre.token(field))
        pad.prepare(workspace)


def _worked(at: Path) -> list[tuple[str, int, int]]:
    with noting(points(EVERY)) as hits:
        work(at, contextlib.nullcontext())
    return [(file, line, count) for (file, line), count in hits.items()]


def _dies(at: Path, kill: Kill) -> bool:
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            work(at, killing(kill, pad.dies))
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _all_over(hits: list[tuple[str, int, int]], most: int = KILLS) -> list[Kill]:
    """Each point the first and the last time, before and after it; as many as are wanted of them."""
    count_of = {(file, line): count for file, line, count in hits}
    met: list[Point] = [point for point in points(EVERY) if (point.file, point.line) in count_of]
    every = [
        Kill(point, hit, after)
        for point in met
        for hit in dict.fromkeys((1, count_of[point.file, point.line]))
        for after in (False, True)
    ]
    assert len(every) > KILLS
    return random.Random(SEED).sample(every, KILLS)[:most]


def _settled(at: Path) -> None:
    """After the kill: what was said is there; the rest of the day is done, and all of it is there once."""
    assert in_child(lambda: missing(at)) == [], "what was said is lost"
    in_child(lambda: work(at, contextlib.nullcontext()))
    assert in_child(lambda: missing(at, of=WHOLE)) == []


def test_a_day_killed_at_any_of_fifty_points_loses_nothing_that_was_said_to_be_done(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """`make faults` kills at all of them."""
    most = min(KILLS, int(request.config.getoption("--points")))
    in_child(lambda: _begin(tmp_path / "morning", new_field()))
    shutil.copytree(tmp_path / "morning", tmp_path / "whole")
    assert in_child(lambda: missing(tmp_path / "whole", of=WHOLE)) == list(WHOLE)
    hits = in_child(lambda: _worked(tmp_path / "whole"))
    assert in_child(lambda: missing(tmp_path / "whole", of=WHOLE)) == []
    killed = 0
    for number, kill in enumerate(_all_over(hits, most)):
        at = tmp_path / str(number)
        shutil.copytree(tmp_path / "morning", at)
        killed += _dies(at, kill)
        try:
            _settled(at)
        except AssertionError as error:
            error.add_note(f"{'after' if kill.after else 'before'} {kill.point.name}, time {kill.hit}")
            raise
        shutil.rmtree(at)
    reliability.tried("a kill of a day at the pad", most, "an archive, a card, an alarm, a task, a paper")
    assert killed >= most * 0.8, "a kill after the last line of a function is none"


def test_a_day_that_was_killed_is_whole_on_a_second_laptop(tmp_path: Path, centre: CentreProcess) -> None:
    field = new_field()
    one = tmp_path / "one"
    in_child(lambda: _begin(one, field, centre))
    shutil.copytree(one, tmp_path / "whole")
    hits = in_child(lambda: _worked(tmp_path / "whole"))
    assert _dies(one, _all_over(hits, 1)[0])
    _settled(one)
    with pad.opened(one) as workspace:
        assert sync.run(Job(), workspace).problems == {}
    with laptop(tmp_path / "other", centre, field, wells=False, clock=Watch()) as other:
        assert sync.run(Job(), other).problems == {}
        _is_whole(other)


def _is_whole(other: Workspace) -> None:
    number = {well.name: int(well.id) for well in records.wells(other.store)}
    assert pad.archived(other, number[pad.ESP_WELL])
    assert pad.card_of(other, number[pad.ROD_WELL])
    assert [pad.task_states(other, what) for what in ("card", "check")] == [["done"], ["done"]]
    pad.looking.look(other, pad.well_named(other, pad.ESP_WELL))
    assert [(one.state, one.comment) for one in pad.alarms(other)] == [("acknowledged", "еду")]
