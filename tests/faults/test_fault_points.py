"""Every point where something is written, synced, renamed, committed, sent or received is come to, and a kill
there, before and after it, loses nothing. `make test` kills at a few, `make faults` at all (`--points`).
"""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from app.models.journal import Journal
from tests.faults import reliability
from tests.faults.points.keeping import is_killed, works
from tests.faults.points.killing import Kill, killing, noting
from tests.faults.points.listing import KEPT, MODULES, ROOT, Point, points
from tests.faults.points.story import tell
from tests.faults.test_simulation import journals  # noqa: F401 - a fixture

SEED = 20261127
ELSEWHERE = {
    "app/core/files:hand_over:": "tests/core/test_core.py",
    "app/core/files:write_atomically:unlink": "tests/core/test_core.py",
    "app/models/blobs:put:unlink": "tests/models/test_blobs.py",
    "app/models/keys:obtain_key:replace": "tests/models/test_recovery.py",
    "app/models/keys:put_key:replace": "tests/models/test_recovery.py",
    "app/models/sealed_stream:seal:": "tests/services/test_backups.py",
    "app/services/backups:back_up:": "tests/services/test_backups.py",
    "app/services/centre/unsent:_entries:put": "tests/sync/test_parcels.py",
    "app/models/journal:take_over:": "tests/models/test_journal.py",
    "app/models/journal_file:_open:": "tests/faults/test_power_cut.py",
    "app/models/journal_file:_transaction:execute#3": "tests/models/test_journal_file.py",
    "app/sync/epochs:noticed:writing": "tests/sync/test_set_back.py",
    "app/sync/epochs:noticed:set_mark": "tests/sync/test_set_back.py",
    "app/sync/pull:run:": "tests/sync/test_pull_readings.py",
    "app/sync/pull:_readings:": "tests/sync/test_pull_readings.py",
    "app/sync/pull:_cards:": "tests/sync/test_pull_readings.py",
    "app/sync/push:_next:claim#2": "tests/sync/test_push.py",
    "app/sync/push:_settle_trouble:": "tests/sync/test_push.py",
    "central/accept:_record:put": "tests/contract/test_repository.py",
    "central/accept:_card:": "tests/contract/test_repository.py",
    "central/backups:_written:": "tests/central/test_backups.py",
    "central/backups:forget_old:": "tests/central/test_backups.py",
    "central/relay:deliver:add": "tests/central/test_dead_letters.py",
    "central/relay:_send:insert_readings": "tests/central/test_sent_once.py",
    "central/stores/changes:number_above:": "tests/central/test_backups.py",
    "central/stores/documents:complete:begin": "tests/contract/test_repository.py",
    "central/stores/documents:_drop_piece:": "tests/contract/test_repository.py",
    "central/stores/documents:drop_upload:": "tests/central/test_uploads.py",
    "central/stores/engine:_sqlite_as_we_need_it:": "tests/faults/test_power_cut.py",
    "central/stores/engine:attempt:": "tests/contract/test_repository.py",
    "central/stores/engine:put:execute#2": "tests/central/test_topics_of_fields.py",
    "central/stores/epochs:begin:": "tests/faults/test_power_cut.py",
    "central/stores/records:_left:": "tests/central/test_own_fields.py",
    "central/stores/wells:_told_there:": "tests/central/test_own_fields.py",
    "app/sync/compared:wells_differ:record_sums#2": "tests/sync/test_lied_to.py",
    "app/sync/compared:wells_differ:writing": "tests/sync/test_lied_to.py",
    "app/sync/compared:wells_differ:set_mark": "tests/sync/test_lied_to.py",
    "app/sync/engine:_read_anew:": "tests/sync/test_lied_to.py",
}
"""Points that the morning does not come to: imports, readings, cards, what fails, what is before it. Where
they are tried, without a kill at each.
"""

ALWAYS = ("central/restoring:_put_in_place:replace", "app/services/backups:_put_in_place:replace#3")
"""Killed there a restore could not be done again: it took what it had put there itself for a centre's."""


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # between opening one and its `with`
def test_every_point_is_come_to_and_a_kill_there_loses_nothing(
    journals: list[Journal],  # noqa: F811
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    hits: dict[tuple[str, int], int] = {}

    def noted(morning: Callable[[], None]) -> None:
        with noting() as counted:
            morning()
        hits.update(counted)

    tell(journals, tmp_path, noted)
    met = [point for point in points() if hits.get((point.file, point.line))]
    unmet = [point.name for point in points() if point not in met]
    assert [name for name in unmet if not name.startswith(tuple(ELSEWHERE))] == [], "in no story"
    kills = [
        Kill(point, hit, after)
        for point in met
        for hit in dict.fromkeys((1, hits[point.file, point.line]))
        for after in (False, True)
    ]
    most = int(request.config.getoption("--points"))
    chosen = kills if most >= len(kills) else random.Random(SEED).sample(kills, most)
    for kill in chosen:
        try:
            tell(journals, tmp_path, lambda morning, kill=kill: _killed(morning, kill))  # type: ignore[misc]
        except BaseException as error:
            error.add_note(f"killed {'after' if kill.after else 'before'} {kill.point.name}, time {kill.hit}")
            raise
    gc.collect()  # a file whose writer was killed is let go here, where its warning is no news
    reliability.tried(
        "a kill at a named point",
        len(chosen),
        f"{len(met)} points, the first and the last time, before and after",
    )


def _killed(morning: Callable[[], None], kill: Kill) -> None:
    with killing(kill):
        morning()


@pytest.mark.skipif(os.name == "nt", reason="a child of its own, as it stands: POSIX only")
def test_what_is_written_seldom_is_whole_or_not_there_and_can_be_done_again_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    (home := tmp_path / "home").mkdir()
    seldom, kills, met = points(KEPT), list[tuple[str, Kill]](), set[Point]()
    for name, work in (made := works(home, monkeypatch)).items():
        (once := tmp_path / name).mkdir()
        with noting(seldom) as hits:
            work.do(once)
        assert work.holds(once), name
        assert work.done(once), name
        here = [point for point in seldom if hits.get((point.file, point.line))]
        met.update(here)
        kills += [
            (name, Kill(point, hit, after))
            for point in here
            for hit in dict.fromkeys((1, hits[point.file, point.line]))
            for after in (False, True)
        ]
    unmet = [point.name for point in seldom if point not in met]
    assert [name for name in unmet if not name.startswith(tuple(ELSEWHERE))] == [], "in no work"
    most, killed = int(request.config.getoption("--points")), 0
    if most < len(kills):
        always = [one for one in kills if one[1].point.name in ALWAYS]
        kills = [*random.Random(SEED).sample(kills, most), *always]
    for number, (name, kill) in enumerate(kills):
        (at := tmp_path / str(number)).mkdir()
        killed += is_killed(made[name], kill, at)
        said = f"{name}, {'after' if kill.after else 'before'} {kill.point.name}, time {kill.hit}"
        assert made[name].holds(at), said
        if not made[name].done(at):
            made[name].do(at)
        assert made[name].holds(at), said
        assert made[name].done(at), said
    assert killed >= len(kills) * 0.9, "a kill after the last line of a function is none"
    reliability.tried("a kill at what is written seldom", len(kills), f"{len(met)} points, a child each")


def test_what_is_tried_elsewhere_is_there_still() -> None:
    names = [point.name for point in points(MODULES + KEPT)]
    assert [place for place in ELSEWHERE if not any(name.startswith(place) for name in names)] == []
    assert [test for test in ELSEWHERE.values() if not (ROOT / test).exists()] == []
