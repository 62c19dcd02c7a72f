"""A laptop's own work, each step killed by itself: files taken in and taken back, records, cards, wells that
are one, what is computed, what came from the centre, a cache that is made anew.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from app.core.notices import NoticeBus
from app.core.paths import Paths
from app.models.entries import State as EntryState
from app.models.records import Record
from app.models.store import records
from app.models.wells import ESP, SRP, Well, WellId
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.wells import merging
from app.services.workspace import Workspace
from tests.faults.points.steps import State, Step
from tests.faults.power.laptop_story import NOW

Around = AbstractContextManager[object]
MADE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24,64}")
"""Names of things: another one each time."""
FLOW = {"duration_s": 14_400.0, "liquid_m3_per_s": 5e-4, "valid": True}


@contextmanager
def opened(at: Path) -> Iterator[Workspace]:
    workspace = open_workspace(Paths(at / "profile" / "cache.duckdb"), NoticeBus(), lambda: NOW)
    try:
        yield workspace
    finally:
        workspace.close()


def seen(at: Path) -> State:
    """The cache row by row, and what the journal holds of what was done."""
    if not (at / "profile").exists():
        return {}
    with opened(at) as workspace:
        with workspace.store.reading() as cursor:
            names = [row[0] for row in cursor.execute(TABLES).fetchall()]
            found: State = {name: _rows(cursor, name) for name in names}
        for entry in workspace.journal.entries():
            if entry.state not in (EntryState.DRAFT, EntryState.DISCARDED):
                found.setdefault("journal", []).append(_plain([entry.kind, str(entry.state), entry.payload]))
    return found


TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'cache' AND NOT temporary ORDER BY 1"


def _rows(cursor: Any, name: str) -> list[str]:
    return sorted(_plain(list(row)) for row in cursor.execute(f"SELECT * FROM {name}").fetchall())


def _plain(told: Any) -> str:
    return MADE.sub("*", json.dumps(told, ensure_ascii=False, default=str))


def step(name: str, do: Callable[[Workspace, Path], object], *, between: bool = False) -> Step:
    return Step(name, with_profile(do), seen, between)


def with_profile(do: Callable[[Workspace, Path], object]) -> Callable[[Path, Around], object]:
    def done(at: Path, around: Around) -> None:
        with opened(at) as workspace, around:
            do(workspace, at)

    return done


def _begins(at: Path, around: Around) -> None:
    (at / "profile").mkdir(exist_ok=True)
    with around, opened(at) as workspace, workspace.store.writing() as cursor:
        named = [("123Г", ESP), ("77", SRP), ("77-бис", "other")]
        every = [Well(WellId(n), name, "Северное", "5", lift) for n, (name, lift) in enumerate(named, 1)]
        records.put_wells(cursor, every)


def _readings(values: tuple[float, ...]) -> Callable[[Workspace, Path], object]:
    def taken(workspace: Workspace, at: Path) -> None:
        path = at / f"{len(values)}.csv"
        rows = [f"2026-10-01T00:{minute:02d}:00Z,{value}" for minute, value in enumerate(values)]
        path.write_text("time,intake_pressure (MPa)\n" + "\n".join(rows) + "\n")
        importing.import_file(workspace, path, ImportOptions("123Г"))

    return taken


def _tests_of_new_wells(workspace: Workspace, at: Path) -> None:
    path = at / "tests.csv"
    path.write_text(
        "Скважина;Дата замера;Длительность, ч;Qж, м3/сут\n501;01.10.2026;4;50\n77;02.10.2026;4;51\n"
    )
    importing.import_file(workspace, path, ImportOptions(new_wells=True))


def _takes_back(workspace: Workspace, _: Path) -> None:
    last = max((one for one in records.imports(workspace.store) if not one.undone), key=lambda one: one.id)
    importing.undo(workspace, last.id)


def _flow_test(well: int, **values: Any) -> Record:
    return Record(f"r{well}", "flow_test", well, NOW, None, FLOW | values)


def _card(workspace: Workspace, _: Path) -> None:
    turn = np.linspace(0, 2 * np.pi, 60)
    well = merging.named(workspace, "77")
    entries.add_card(workspace, well, NOW, 5.0, 1 - np.cos(turn), 3e4 + 1e4 * np.sin(turn))


def _card_given_up(workspace: Workspace, _: Path) -> None:
    (card,) = [one for one in workspace.journal.entries(EntryState.QUEUED) if one.kind == "card"]
    entries.give_up_card(workspace, card.id, "twice")


def _merges(workspace: Workspace, _: Path) -> None:
    merging.merge(workspace, merging.named(workspace, "77-бис"), merging.named(workspace, "77"), sure=True)


def _damaged(at: Path, around: Around) -> None:
    """Its first bytes are others: it is set aside with its WAL, and the journal fills a new one."""
    profile = at / "profile"
    if not (at / "damaged").exists():
        _leaves_a_wal(at, (1, 3))
        (at / "damaged").touch()
        with (profile / "cache.duckdb").open("r+b") as file:
            file.seek(4096)
            file.write(b"x" * 4096)
    with around, opened(at):
        pass


def _torn(at: Path, around: Around) -> None:
    """A killed program has left a WAL, and a power cut has torn its end."""
    wal = at / "profile" / "cache.duckdb.wal"
    if not (at / "torn").exists():
        _leaves_a_wal(at, (1, 2))
        content = wal.read_bytes()
        wal.write_bytes(content[:-40] + b"x" * 40)
        (at / "torn").touch()
    with around, opened(at):
        pass


def _leaves_a_wal(at: Path, tests: tuple[int, ...]) -> None:
    child = os.fork()
    if child == 0:
        with opened(at) as workspace:
            for number in tests:
                entries.save_record(workspace, _flow_test(number, valid=number != 1))
            os._exit(0)
    os.waitpid(child, 0)


def _made_anew(at: Path, around: Around) -> None:
    for path in (at / "profile").glob("cache.duckdb*"):
        path.unlink()
    with around, opened(at):
        pass


STEPS = (
    Step("a profile begun", _begins, seen, between=True),
    step("readings out of a file", _readings((5.2, 5.3, 5.4))),
    step("a file over another", _readings((5.2, 6.0, 5.4, 5.5))),
    step("a file taken back", _takes_back),
    step("records of wells that nobody knew", _tests_of_new_wells),
    step("wells taken back with their file", _takes_back),
    step("a record", lambda w, _: entries.save_record(w, _flow_test(1), (("a.txt", b"act"),))),
    step("a record changed", lambda w, _: entries.save_record(w, _flow_test(1, liquid_m3_per_s=6e-4))),
    step("a record removed", lambda w, _: entries.remove_record(w, _flow_test(1))),
    step("a card", _card),
    step("a card given up", _card_given_up),
    step("wells that are one", _merges),
    step("and two again", lambda w, _: merging.part(w, merging.named(w, "77-бис"))),
    Step("a cache made anew", _made_anew, seen, between=True),
    Step("a torn WAL", _torn, seen, between=True),
    Step("a damaged cache", _damaged, seen, between=True),
)
