"""The log of a controller becomes events of the well: each once, at our time, with its code and words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.devices.demo.memory import DemoDevice
from app.devices.gate import TCP
from app.devices.master import Master
from app.models.kinds.done import EVENT
from app.models.store import kinds, records
from app.models.wells import Well
from app.services.devices.events import TakenEvents, take_events
from app.services.devices.words import event_lines
from app.services.imports.importing import undo
from app.services.workspace import Workspace
from tests.devices.at_hand import START, Moving, served, small_profile
from tests.devices.logged import SECOND, logged_device

AHEAD_S = 187.0
TRIPPED = START + timedelta(minutes=50)
LOG = [
    (START + timedelta(minutes=20), 1),
    (TRIPPED, 7),
    (TRIPPED, 2),
    (START + timedelta(minutes=60), 99),
]


def _well(workspace: Workspace) -> Well:
    return next(well for well in records.wells(workspace.store) if well.name == "123Г")


@contextmanager
def _connected(workspace: Workspace, log: list[tuple[datetime, int]]) -> Iterator[tuple[DemoDevice, Master]]:
    workspace.clock = Moving(10)
    device = logged_device(log, workspace.clock, AHEAD_S)
    with served(device, TCP) as (_, master):
        yield device, master


def _taken(workspace: Workspace, device: DemoDevice, master: Master) -> TakenEvents:
    return take_events(workspace, _well(workspace), device.profile, master, Job())


def _stored(workspace: Workspace) -> list[tuple[datetime, object, object]]:
    found = kinds.of_well(workspace.store, EVENT, int(_well(workspace).id))
    return sorted((one.at, one.values["kind"], one.values.get("note")) for one in found)  # type: ignore[type-var]


def test_what_happened_is_stored_at_our_time_with_number_and_words(workspace: Workspace) -> None:
    with _connected(workspace, LOG) as (device, master):
        taken = _taken(workspace, device, master)
    assert taken.offset.us == pytest.approx(AHEAD_S * 1e6, abs=400_000)
    assert _stored(workspace) == [
        (LOG[0][0], "start", "1 Пуск"),
        (TRIPPED, "stop", "2 Останов"),
        (TRIPPED, "trip", "7 ЗСП: 'недогруз'; 0,7"),
        (LOG[3][0], "note", "99"),
    ]
    assert (taken.added, taken.unknown) == (4, [99])
    assert [one.code for one in taken.events] == [99, 2, 7, 1], "newest first"
    assert taken.events[0].device_us == to_us(LOG[3][0]) + AHEAD_S * 1e6


def test_the_same_log_again_adds_nothing_and_what_is_new_comes_once(workspace: Workspace) -> None:
    log = list(LOG)
    with _connected(workspace, log) as (device, master):
        _taken(workspace, device, master)
        before = _stored(workspace)
        again = _taken(workspace, device, master)
        assert (again.added, again.report, [one.is_new for one in again.events]) == (0, None, [False] * 4)
        assert _stored(workspace) == before
        log.append((LOG[3][0] + SECOND * 0.5, 98))  # a note of the same second as the last one
        log.append((START + timedelta(minutes=61), 1))
        device.events = log
        more = _taken(workspace, device, master)
    assert more.added == 2
    assert len(_stored(workspace)) == 6


def test_what_was_written_over_before_it_was_read_is_counted(workspace: Workspace) -> None:
    with _connected(workspace, LOG) as (device, master):
        _taken(workspace, device, master)
        device.events = [*LOG, *((START + timedelta(minutes=70 + n), 1 + n % 2) for n in range(12))]
        taken = _taken(workspace, device, master)
    assert (taken.added, taken.overwritten, len(taken.events)) == (8, 4, 8)


def test_another_device_under_the_same_number_is_read_whole(workspace: Workspace) -> None:
    with _connected(workspace, LOG) as (device, master):
        _taken(workspace, device, master)
        device.events = [(at + timedelta(minutes=3), code) for at, code in LOG]
        taken = _taken(workspace, device, master)
    assert (taken.added, taken.overwritten) == (4, 0)


def test_an_event_of_the_future_is_left_out_and_named(workspace: Workspace) -> None:
    with _connected(workspace, LOG) as (device, master):
        device.events = [*LOG, (START + timedelta(minutes=90), 1)]
        read = device.read

        def wrong(unit: int, function: int, address: int, count: int) -> list[int] | None:
            found = read(unit, function, address, count)
            if found is not None and function == 3 and address <= 212 < address + count:
                found[212 - address] = 0xFFFF  # the hour of the fifth record, far ahead
            return found

        device.read = wrong  # type: ignore[method-assign]
        taken = _taken(workspace, device, master)
    assert (len(taken.odd), taken.added) == (1, 4)


def test_they_are_taken_back_as_any_import_is(workspace: Workspace) -> None:
    with _connected(workspace, LOG) as (device, master):
        taken = _taken(workspace, device, master)
    assert taken.report is not None
    undo(workspace, taken.report.id)
    assert _stored(workspace) == []


def test_it_is_said_what_came_what_is_not_explained_and_how_far_the_clock_is_off(
    workspace: Workspace,
) -> None:
    with _connected(workspace, LOG) as (device, master):
        taken = _taken(workspace, device, master)
    said = "\n".join(event_lines(taken, workspace.settings.speaker("ru")))
    assert "новых: 4" in said
    assert "99" in said
    assert "187" in said


def test_a_device_without_a_log_says_so(workspace: Workspace) -> None:
    with _connected(workspace, LOG) as (device, master), pytest.raises(KnownError) as refused:
        take_events(workspace, _well(workspace), small_profile(), master, Job())
    assert refused.value.code == "device_no_events"
