"""A day at the pad, as a person works through it without a network: an instrument's archive, a card with its
diagnosis, an alarm that is answered, a task that is done, the day on paper. What was said to be done is
written beside the profile, as a person remembers it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

from app.core.files import write_atomically
from app.core.ids import new_id
from app.core.jobs import Job
from app.core.notices import NoticeBus
from app.devices.gate import TCP
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.sensors import SENSORS
from app.models.store import alarm_list, kinds, records, trends
from app.models.store import cards as card_store
from app.models.store.alarm_list import STATES, Wanted
from app.models.wells import Well
from app.services.alarms import acting, looking
from app.services.devices.archives import download
from app.services.devices.taking_cards import take_card
from app.services.diagnosis.diagnose import diagnose, not_assessed, sight_of_well
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.tasks import listing, sheet
from app.services.tasks.today import day
from app.services.workspace import Workspace
from tests.devices.at_hand import NOW, START, Moving, Watch, rows, served, shipped, small_device
from tests.devices.test_archive import _card
from tests.profiles import empty_profile

ESP_WELL, ROD_WELL, AHEAD_S, AMPERES = "123Г", "77", 187.0, 25.0
SAID, PAPER = "said.txt", "day.pdf"


@dataclass(frozen=True)
class Work:
    """`there`: whether it is done, once and whole."""

    name: str
    do: Callable[[Workspace, Path], object]
    there: Callable[[Workspace, Path], bool]


@contextmanager
def opened(at: Path) -> Iterator[Workspace]:
    workspace = open_workspace(empty_profile(at), NoticeBus(), Moving(1))
    try:
        yield workspace
    finally:
        workspace.close()


def prepare(workspace: Workspace) -> None:
    """What stood on the laptop in the morning: a limit, and two tasks."""
    limit = {
        "scope": "well",
        "pen": "motor_current",
        "level": "high",
        "limit_value": AMPERES,
        "limit_unit": "A",
    }
    since = START - timedelta(days=1)
    saved = Record(new_id(), "alarm_limit", int(well_named(workspace, ESP_WELL).id), since, None, limit)
    entries.save_record(workspace, saved)
    for well, what in ((ROD_WELL, "card"), (ESP_WELL, "check")):
        listing.add(workspace, well_named(workspace, well), what, NOW, since=since)


def work(at: Path, around: AbstractContextManager[object]) -> None:
    """What is still to be done of the day, in its order; each is said when it is."""
    with opened(at) as workspace, around:
        for one in DAY:
            if not one.there(workspace, at):
                one.do(workspace, at)
            with (at / SAID).open("a", encoding="utf-8") as said:
                print(one.name, file=said, flush=True)


def missing(at: Path, *, of: tuple[str, ...] | None = None) -> list[str]:
    """Of what was said, or of these, what is not there after a start."""
    said = (at / SAID).read_text(encoding="utf-8").split("\n") if of is None and (at / SAID).exists() else of
    with opened(at) as workspace:
        return [one.name for one in DAY if one.name in (said or ()) and not one.there(workspace, at)]


def dies() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody is killed so slowly")


# ---- the works ---------------------------------------------------------------------------------------------


def _archive(workspace: Workspace, _: Path) -> None:
    device = small_device(clock=_clock(workspace), ahead_s=AHEAD_S)
    with served(device, TCP) as (_server, master):
        download(workspace, well_named(workspace, ESP_WELL), device.profile, master, Job())


def _is_archived(workspace: Workspace, _: Path) -> bool:
    return archived(workspace, int(well_named(workspace, ESP_WELL).id))


def archived(workspace: Workspace, well: int) -> bool:
    """Every record of the device once, with its value, at its own moment by our clock."""
    first_us = int(START.timestamp() * 1e6)
    for key, values in rows().items():
        time_us, found, _ = trends.samples(
            workspace.store, well, SENSORS[key].number, 0, first_us + 86_400_000_000
        )
        minutes = (time_us - first_us) // 60_000_000
        if minutes.tolist() != list(range(37, 101)) or abs(found - values[37:101]).max() > 1e-3:
            return False
    return True


def _take(workspace: Workspace, _: Path) -> None:
    profile = shipped("demo-rod-pump")
    device = small_device(profile, _clock(workspace))
    device.card = lambda _at: _card()
    well = well_named(workspace, ROD_WELL)
    with served(device, TCP) as (_server, master):
        take_card(workspace, well, profile, master, Job())
    diagnose(workspace, well)


def _is_taken(workspace: Workspace, _: Path) -> bool:
    """Stored once, looked at or told why not, and the task that asked for it is done."""
    well = int(well_named(workspace, ROD_WELL).id)
    judged = sight_of_well(workspace, well) or not_assessed(workspace, well)
    return card_of(workspace, well) and judged is not None and _task(workspace, "card") == "done"


def card_of(workspace: Workspace, well: int) -> bool:
    found = card_store.of_well(workspace.store, well)
    return len(found) == 1 and found[0].load_n.tolist() == _card().load_n.tolist()


def _answer(workspace: Workspace, _: Path) -> None:
    looking.look(workspace, well_named(workspace, ESP_WELL))
    acting.acknowledge(workspace, alarms(workspace), "еду")


def alarms(workspace: Workspace) -> list[alarm_list.Alarm]:
    return alarm_list.lines(workspace.store, Wanted(states=STATES), workspace.clock())


def _is_answered(workspace: Workspace, _: Path) -> bool:
    said = [one for one in workspace.journal.entries() if one.payload.get("kind") == acting.KIND]
    return [one.comment for one in alarms(workspace)] == ["еду"] and len(said) == 1


def _check(workspace: Workspace, _: Path) -> None:
    (task,) = [one for one in listing.standing(workspace) if one.what == "check"]
    listing.do(workspace, listing.take(workspace, task.record, "Иванов"))


def _print(workspace: Workspace, at: Path) -> None:
    write_atomically(at / PAPER, sheet.render(workspace, sheet.report(workspace, day(workspace))))


def _is_printed(_: Workspace, at: Path) -> bool:
    paper = (at / PAPER).read_bytes() if (at / PAPER).exists() else b""
    return paper.startswith(b"%PDF") and paper.rstrip().endswith(b"%%EOF")


def _task(workspace: Workspace, what: str) -> object:
    (state,) = task_states(workspace, what)
    return state


def task_states(workspace: Workspace, what: str) -> list[object]:
    every = kinds.found(workspace.store, KINDS[listing.KIND], "true")
    return [one.values.get("state") for one in every if one.values.get("what") == what]


def _clock(workspace: Workspace) -> Watch:
    assert isinstance(workspace.clock, Watch)
    return workspace.clock


def well_named(workspace: Workspace, name: str) -> Well:
    return next(one for one in records.wells(workspace.store) if one.name == name)


DAY = (
    Work("archive", _archive, _is_archived),
    Work("card", _take, _is_taken),
    Work("alarm", _answer, _is_answered),
    Work("task", _check, lambda workspace, _: _task(workspace, "check") == "done"),
    Work("paper", _print, _is_printed),
)
