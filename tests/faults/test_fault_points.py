"""Every point where something is written, synced, renamed, committed, sent or received is come to, and a kill
there, before and after it, loses nothing. `make test` kills at a few, `make faults` at all (`--points`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from app.models.journal import Journal
from tests.faults import reliability
from tests.faults.points.killing import Kill, killing, noting
from tests.faults.points.listing import ROOT, points
from tests.faults.points.story import tell
from tests.faults.test_simulation import journals  # noqa: F401 - a fixture

SEED = 20261127
ELSEWHERE = {
    "app/core/files:hand_over:": "tests/core/test_core.py",
    "app/core/files:write_atomically:unlink": "tests/core/test_core.py",
    "app/models/blobs:put:unlink": "tests/models/test_blobs.py",
    "app/models/journal:take_over:": "tests/models/test_journal.py",
    "app/models/journal_file:_open:": "tests/faults/test_power_cut.py",
    "app/models/journal_file:_transaction:execute#3": "tests/models/test_journal_file.py",
    "app/sync/epochs:noticed:writing": "tests/sync/test_set_back.py",
    "app/sync/epochs:noticed:set_mark": "tests/sync/test_set_back.py",
    "app/sync/pull:run:": "tests/sync/test_pull_readings.py",
    "app/sync/pull:_readings:": "tests/sync/test_pull_readings.py",
    "app/sync/pull:_cards:": "tests/sync/test_pull_readings.py",
    "app/sync/push:_settle_trouble:": "tests/sync/test_push.py",
    "central/accept:accept:": "tests/contract/test_repository.py",
    "central/accept:_record:put": "tests/contract/test_repository.py",
    "central/accept:_card:": "tests/contract/test_repository.py",
    "central/relay:deliver:add": "tests/central/test_dead_letters.py",
    "central/relay:_send:insert_readings": "tests/central/test_sent_once.py",
    "central/stores/documents:drop_upload:": "tests/central/test_api.py",
    "central/stores/engine:_sqlite_as_we_need_it:": "tests/faults/test_power_cut.py",
    "central/stores/engine:attempt:": "tests/contract/test_repository.py",
    "central/stores/engine:put:execute#2": "tests/central/test_topics_of_fields.py",
    "central/stores/epochs:begin:": "tests/faults/test_power_cut.py",
    "central/stores/records:_left:": "tests/central/test_own_fields.py",
    "central/stores/wells:_told_there:": "tests/central/test_own_fields.py",
}
"""Points that the morning does not come to: imports, readings, cards, what fails, what is before it. Where
they are tried, without a kill at each.
"""


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
    reliability.tried(
        "a kill at a named point",
        len(chosen),
        f"{len(met)} points, the first and the last time, before and after",
    )


def _killed(morning: Callable[[], None], kill: Kill) -> None:
    with killing(kill):
        morning()


def test_what_is_tried_elsewhere_is_there_still() -> None:
    names = [point.name for point in points()]
    assert [place for place in ELSEWHERE if not any(name.startswith(place) for name in names)] == []
    assert [test for test in ELSEWHERE.values() if not (ROOT / test).exists()] == []
