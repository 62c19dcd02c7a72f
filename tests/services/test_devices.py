"""What a device says in the store: each reading once, at our time, with the device's own kept."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job, Progress
from app.devices import archive as archives_of_devices
from app.devices.demo import trouble
from app.devices.demo.memory import DemoDevice
from app.devices.demo.server import DemoServer
from app.devices.faults import LineError
from app.devices.gate import RTU, TCP
from app.devices.live import blocks_of, read_blocks
from app.devices.master import Master
from app.devices.polling import Heard
from app.models.sensors import SENSORS
from app.models.store import records
from app.models.wells import Well
from app.services.devices import archives
from app.services.devices.archives import download
from app.services.devices.recording import Recorder
from app.services.devices.session import ARCHIVE, RECORD, REST, STOP, Order, Session, Told, hold
from app.services.imports.importing import undo
from app.services.workspace import Workspace
from tests.devices.at_hand import START, Moving, Watch, rows, served, shipped, small_device

AHEAD_S = 187.0
Found = dict[str, list[tuple[int, float]]]


def _well(workspace: Workspace) -> Well:
    return next(well for well in records.wells(workspace.store) if well.name == "123Г")


def _stored(workspace: Workspace) -> Found:
    found: Found = {}
    with workspace.store.reading() as cursor:
        for number, at_us, value in cursor.execute(
            "SELECT sensor, epoch_us(ts), value FROM readings ORDER BY sensor, ts"
        ).fetchall():
            key = next(one.key for one in SENSORS if one.number == number)
            found.setdefault(key, []).append((at_us, value))
    return found


@contextmanager
def _device(workspace: Workspace, form: str = TCP) -> Iterator[tuple[DemoDevice, DemoServer, Master]]:
    clock = Moving(10)
    workspace.clock = clock
    device = small_device(clock=clock, ahead_s=AHEAD_S)
    with served(device, form) as (server, master):
        yield device, server, master


def _as_simulated(found: Found, first: int, last: int) -> None:
    """Every record from `first` up to `last` once, at our time, with its value."""
    for key, row in rows().items():
        moments = [at_us for at_us, _ in found[key]]
        assert moments == [to_us(START + timedelta(minutes=n)) for n in range(first, last)]
        assert [value for _, value in found[key]] == pytest.approx(row[first:last], abs=1e-3)


def test_an_archive_comes_at_our_time_and_the_device_s_own_is_kept(workspace: Workspace) -> None:
    with _device(workspace) as (device, _, master):
        done = download(workspace, _well(workspace), device.profile, master, Job())
    assert (done.records, done.added, done.overwritten, done.odd) == (64, 128, 0, [])
    assert done.offset.us == pytest.approx(AHEAD_S * 1e6, abs=400_000)
    assert done.corrected_us == AHEAD_S * 1e6
    _as_simulated(_stored(workspace), 37, 101)
    entry = workspace.journal.get(done.imports[0])
    assert entry is not None
    kept = b"".join(workspace.journal.blobs.pieces(entry.attachments[0].sha256)).decode()
    head, first = kept.splitlines()[:2]
    assert head.split(";")[:2] == ["time", "device_clock"]
    assert first.split(";")[:2] == ["2026-11-01T00:37:00.000000Z", "2026-11-01T00:40:07.000000Z"]


def test_the_second_time_only_what_is_missing_is_asked(workspace: Workspace) -> None:
    with _device(workspace) as (device, server, master):
        download(workspace, _well(workspace), device.profile, master, Job())
        server.heard.clear()
        again = download(workspace, _well(workspace), device.profile, master, Job())
        questions = [frame for frame in server.heard if frame[7] == 4]
        assert (again.records, len(questions)) == (0, 1)  # the last record, to see that it is this device
        assert isinstance(device.clock, Watch)
        device.clock.now += timedelta(minutes=10)
        more = download(workspace, _well(workspace), device.profile, master, Job())
    assert (more.records, more.added, more.same) == (10, 20, 0)
    _as_simulated(_stored(workspace), 37, 111)


def test_a_download_that_is_broken_off_goes_on_behind_what_is_stored(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives_of_devices, "PIECE", 16)
    stored = 0
    put = archives._put

    def twice(*args: object) -> None:
        nonlocal stored
        stored += 1
        if stored == 3:
            raise Cancelled
        put(*args)  # type: ignore[arg-type]

    with _device(workspace) as (device, _, master):
        monkeypatch.setattr(archives, "_put", twice)
        with pytest.raises(Cancelled):
            download(workspace, _well(workspace), device.profile, master, Job())
        _as_simulated(_stored(workspace), 37, 69)
        monkeypatch.setattr(archives, "_put", put)
        done = download(workspace, _well(workspace), device.profile, master, Job())
    assert (done.records, done.same) == (32, 0)
    _as_simulated(_stored(workspace), 37, 101)


def test_after_a_crash_between_store_and_note_nothing_is_doubled(workspace: Workspace) -> None:
    """The clock has gone half a second meanwhile: the times must not wander."""
    with _device(workspace) as (device, _, master):
        download(workspace, _well(workspace), device.profile, master, Job())
        state = json.loads(workspace.paths.device_state.read_text())
        (key,) = state
        state[key] |= {"number": -1, "device_us": 0}
        workspace.paths.device_state.write_text(json.dumps(state))
        device.ahead += timedelta(seconds=0.6)
        done = download(workspace, _well(workspace), device.profile, master, Job())
    assert (done.added, done.changed, done.same) == (0, 0, 128)
    _as_simulated(_stored(workspace), 37, 101)


def test_another_device_under_the_same_name_is_read_whole(workspace: Workspace) -> None:
    with _device(workspace) as (device, _, master):
        download(workspace, _well(workspace), device.profile, master, Job())
        device.start += timedelta(minutes=20, seconds=30)
        device._pages.clear()
        device._kept = 0
        done = download(workspace, _well(workspace), device.profile, master, Job())
    assert done.records == done.added // 2 > 60


def test_what_came_from_a_device_is_undone_like_any_import(workspace: Workspace) -> None:
    with _device(workspace) as (device, _, master):
        done = download(workspace, _well(workspace), device.profile, master, Job())
    undo(workspace, done.imports[0])
    assert _stored(workspace) == {}


def test_a_profile_without_an_archive_says_so(workspace: Workspace) -> None:
    profile = shipped("generic")
    with served(small_device(profile), TCP) as (_, master), pytest.raises(KnownError) as caught:
        download(workspace, _well(workspace), profile, master, Job())
    assert caught.value.code == "device_no_archive"


# ---- recording ---------------------------------------------------------------------------------------------


def _faults_in_a_row(workspace: Workspace, form: str, count: int) -> None:
    """Each answer is another value: what is lost or doubled is seen. Faults of every kind hit the line in a
    row; what is recorded are exactly the answers that came, and the archive is whole afterwards.
    """
    with _device(workspace, form) as (device, server, master):
        master.timeout_s, master._tries = 0.05, 1
        kinds = [
            kind
            for kind in trouble.KINDS
            if form == RTU or kind not in (trouble.SPOILT, trouble.OTHER_MASTER)
        ]
        well = _well(workspace)
        recorder = Recorder(workspace, well, device.profile)
        asked = [block for block in blocks_of(device.profile) if block.address == 0]
        read, said = device.read, 0

        def counted(unit: int, function: int, address: int, n: int) -> list[int] | None:
            nonlocal said
            words = read(unit, function, address, n)
            if address == 0 and words is not None:
                said += 1
                words[0] = said
            return words

        device.read = counted  # type: ignore[method-assign]
        server.trouble.next_ = ["", "", *(kinds[n % len(kinds)] for n in range(count)), "", ""]
        expected = []
        while server.trouble.next_:
            try:
                live = read_blocks(master, asked, Job(), workspace.clock)
            except LineError:
                continue
            if live[0].fault is not None:
                continue  # busy: the device's own answer
            recorder.take(live)
            expected.append(next(one.si for one in live if one.register.name == "motor_current"))
        recorder.flush()
        assert server.trouble.done == count
        # A good answer that a busy machine brings too late is a fault too: what was taken is each another.
        assert 1 <= len(expected) == len(set(expected)) <= 4
        stored = _stored(workspace)
        assert [value for _, value in stored["motor_current"]] == pytest.approx(expected)
        assert recorder.saved.readings == sum(len(one) for one in stored.values())
        device.read = read  # type: ignore[method-assign]
        master.timeout_s, master._tries = 0.5, 3
        done = download(workspace, well, device.profile, master, Job())
        assert (done.records, done.odd, done.overwritten) == (64, [], 0)
    found = _stored(workspace)["frequency"]
    from_archive = [one for one in found if one[0] % 60_000_000 == 0]
    assert len(from_archive) == 64
    assert len(found) == 64 + len(expected)


@pytest.mark.slow
@pytest.mark.parametrize("form", [RTU, TCP])
def test_faults_in_a_row_leave_no_lost_or_doubled_reading(workspace: Workspace, form: str) -> None:
    _faults_in_a_row(workspace, form, 6)


@pytest.mark.slow
@pytest.mark.parametrize("form", [RTU, TCP])
def test_a_thousand_faults_in_a_row_leave_no_lost_or_doubled_reading(workspace: Workspace, form: str) -> None:
    _faults_in_a_row(workspace, form, 1_000)


def test_what_cannot_be_written_waits_and_is_written_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services.devices import recording

    def full(*_: object) -> None:
        raise KnownError("disk_full", retry=True)

    with _device(workspace) as (device, _, master):
        recorder = Recorder(workspace, _well(workspace), device.profile)
        recorder.take(read_blocks(master, blocks_of(device.profile), Job(), workspace.clock))
    with monkeypatch.context() as patched:
        patched.setattr(recording, "store", full)
        with pytest.raises(KnownError):
            recorder.flush()
    assert recorder.saved.waiting == 3
    threads = [threading.Thread(target=recorder.flush) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (recorder.saved.readings, recorder.saved.waiting) == (3, 0)
    assert {key: len(one) for key, one in _stored(workspace).items()} == {
        "motor_current": 1,
        "frequency": 1,
        "intake_pressure": 1,
    }


@pytest.mark.slow
def test_a_screen_is_shown_five_rounds_a_second_and_all_of_them_are_recorded(workspace: Workspace) -> None:
    with _device(workspace) as (device, server, master):
        master.close()
        session = Session(server.where, device.profile, fast_s=0.01)
        session.orders.put(Order(RECORD, _well(workspace)))
        shown: list[Heard] = []
        told: list[Told] = []
        began = time.monotonic()

        def receive(part: object) -> None:
            if isinstance(part, Heard):
                shown.append(part)
            if isinstance(part, Told):
                told.append(part)
            if time.monotonic() - began > 0.7:
                session.orders.put(Order(STOP))

        hold(Job(receiver=receive), workspace, session)
    assert 2 <= len(shown) <= 6
    stored = _stored(workspace)["motor_current"]
    assert len(stored) > 3 * len(shown)
    assert len({at_us for at_us, _ in stored}) == len(stored)
    assert told[-1].well == _well(workspace)


def test_what_an_instrument_says_goes_to_the_well_it_was_connected_at_alone(
    workspace: Workspace,
) -> None:
    """Another well was looked at meanwhile, and the archive of this one went there."""
    here = _well(workspace)
    other = next(one for one in records.wells(workspace.store) if one != here)
    with _device(workspace) as (device, server, master):
        master.close()
        session = Session(server.where, device.profile, fast_s=0.01, well=here)
        for order in (Order(RECORD, here), Order(ARCHIVE, other), Order(RECORD, other), Order(REST, other)):
            session.orders.put(order)
        session.orders.put(Order(STOP))
        told: list[Told] = []
        hold(
            Job(receiver=lambda part: told.append(part) if isinstance(part, Told) else None),
            workspace,
            session,
        )
    refused = [(one.what, one.error.code) for one in told if one.error is not None]
    assert refused == [(ARCHIVE, "device_other_well"), (RECORD, "device_other_well")]
    assert [one.well for one in told if one.what == REST] == [here]
    assert not _stored(workspace)


@pytest.mark.slow
def test_a_stop_breaks_an_archive_off_within_a_second_and_writes_what_was_recorded(
    workspace: Workspace,
) -> None:
    with _device(workspace) as (device, server, master):
        master.close()
        read = device.read

        def slowly(unit: int, function: int, address: int, count: int) -> list[int] | None:
            if function == 4:
                time.sleep(0.15)
            return read(unit, function, address, count)

        device.read = slowly  # type: ignore[method-assign]
        session = Session(server.where, replace(device.profile, timeout_s=1.0), fast_s=0.01)
        session.orders.put(Order(RECORD, _well(workspace)))
        told: list[Told] = []
        stopped_s = 0.0

        def receive(part: object) -> None:
            if isinstance(part, Told):
                told.append(part)
                if len(told) == 2:
                    session.orders.put(Order(ARCHIVE, _well(workspace)))

        def reading(progress: Progress) -> None:
            nonlocal stopped_s
            if not stopped_s:
                stopped_s = time.monotonic()
                session.stop()

        hold(Job(reading, receiver=receive), workspace, session)
        assert stopped_s
        assert time.monotonic() - stopped_s < 1.0
    (broken,) = [one for one in told if one.what == ARCHIVE]
    assert (broken.result, broken.error) == (None, None)
    assert _stored(workspace)["motor_current"]


def test_what_could_not_be_written_at_the_end_is_told_as_lost(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise KnownError("disk_full", file="journal")

    monkeypatch.setattr("app.services.devices.recording.store", full)
    with _device(workspace) as (device, server, master):
        master.close()
        session = Session(server.where, device.profile, fast_s=0.01)
        session.orders.put(Order(RECORD, _well(workspace)))
        told: list[Told] = []

        def receive(part: object) -> None:
            if isinstance(part, Told):
                told.append(part)
                session.orders.put(Order(STOP))

        with pytest.raises(KnownError, match="device_not_saved") as lost:
            hold(Job(receiver=receive), workspace, session)
    assert lost.value.details["well"] == _well(workspace).name
    assert lost.value.details["reason"] == "disk_full"
    assert int(str(lost.value.details["count"])) > 0


def test_what_waits_is_due_by_the_clock_also_where_the_line_fell_silent(workspace: Workspace) -> None:
    with _device(workspace) as (device, _, master):
        recorder = Recorder(workspace, _well(workspace), device.profile, every_s=60)
        recorder.take(read_blocks(master, blocks_of(device.profile), Job(), workspace.clock))
    assert not recorder.due
    now = workspace.clock()
    workspace.clock = lambda: now + timedelta(seconds=61)
    assert recorder.due
