"""What a device has recorded by itself: a ring of records, read from the one that is wanted to the newest."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.errors import KnownError
from app.core.jobs import Job
from app.devices.decoding import Floats, Words, raw_of, si_of, times_of
from app.devices.master import Master
from app.devices.profile import Archive

PIECE = 7_200
"""Records that are handed over together: what a broken download keeps ends with one."""
AHEAD_US = 60_000_000
"""How far a record may be ahead of its device's clock, as that was measured: further on it is no moment."""
BEHIND_US = 50 * 366 * 86_400_000_000
"""And how far behind: no controller keeps records of so long ago, its clock was another one then."""


@dataclass(frozen=True)
class Held:
    """Numbers of the records that are in the ring: `oldest` up to `written`, which is not there yet."""

    oldest: int
    written: int


@dataclass(frozen=True)
class Records:
    """number, device_us (n,): by the device's own clock; sensor, of what is none its name, → [SI] (n,), NaN
    where it had nothing.

    `overwritten`: how many were lost because the device wrote over them meanwhile; `odd`: device times of
    records that are none, not later than the one before, still to come, or of fifty years ago: left out.
    """

    number: NDArray[np.int64]
    device_us: NDArray[np.int64]
    values: dict[str, Floats]
    overwritten: int = 0
    odd: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.number)


def held(master: Master, archive: Archive, job: Job) -> Held:
    """Raises KnownError (device_no_count): a counter that says nothing is no empty archive."""
    one = archive.written
    words = master.read(one.table, one.address, one.count, job)
    count = float(raw_of(one, words))
    if not math.isfinite(si_of(one, words)) or count < 0:
        raise KnownError("device_no_count", name=one.name, address=one.address, value=f"{count:.0f}")
    written = int(count)
    return Held(max(0, written - archive.capacity), written)


def moment_of(master: Master, archive: Archive, number: int, job: Job) -> int:
    """The device's time of one record [µs], 0 for none."""
    unit, address = _slot(master, archive, number)
    words = master.read(archive.table, address + archive.time.address, archive.time.count, job, unit)
    return int(np.ravel(times_of(archive.time, words))[0])


def pieces(
    master: Master,
    archive: Archive,
    most_registers: int,
    first: int,
    job: Job,
    now_us: Callable[[], int],
    after_us: int = 0,
) -> Iterator[Records]:
    """From the record `first` to the newest, oldest first. `after_us`: device's time of the one before;
    `now_us`: what its clock says now.
    """
    there = held(master, archive, job)
    number = max(first, there.oldest)
    lost = number - first if first else 0
    begun, whole = number, there.written
    while number < there.written:
        last = min(number + PIECE, there.written)
        words = _words(master, archive, most_registers, number, last, job, (begun, whole))
        now = held(master, archive, job)
        records = _records(archive, number, words, now.oldest, after_us, now_us() + AHEAD_US)
        if len(records):
            after_us = int(records.device_us[-1])
        yield Records(
            records.number, records.device_us, records.values, records.overwritten + lost, records.odd
        )
        lost, number = 0, max(last, now.oldest)
        lost += number - last


def _words(
    master: Master, archive: Archive, most: int, first: int, last: int, job: Job, span: tuple[int, int]
) -> Words:
    """(records, size): as few questions as the device's longest answer allows."""
    at_once = max(1, most // archive.size)
    found = np.empty((last - first, archive.size), np.uint16)
    number = first
    while number < last:
        slot = number % archive.records
        count = min(at_once, last - number, archive.records - slot)
        unit, address = _slot(master, archive, number)
        words = _record_words(master, archive, most, address, count, job, unit)
        found[number - first : number - first + count] = words.reshape(count, archive.size)
        number += count
        job.report(number - span[0], span[1] - span[0], "job.device_archive")
    return found


def _record_words(
    master: Master, archive: Archive, most: int, address: int, count: int, job: Job, unit: int
) -> Words:
    total = count * archive.size
    parts = [
        master.read(archive.table, address + start, min(most, total - start), job, unit)
        for start in range(0, total, most)
    ]
    return np.concatenate(parts)


def _slot(master: Master, archive: Archive, number: int) -> tuple[int, int]:
    """Unit and address."""
    page, slot = divmod(number % archive.capacity, archive.records)
    unit = master.unit if archive.first_unit is None else archive.first_unit + page
    return unit, archive.address + slot * archive.size


def _records(
    archive: Archive, first: int, words: Words, oldest: int, after_us: int, latest_us: int
) -> Records:
    number = np.arange(first, first + len(words), dtype=np.int64)
    at = archive.time.address
    device_us = times_of(archive.time, words[:, at : at + archive.time.count])
    there = number >= oldest
    # One that is still to come would put all behind it in the past.
    told = there & (device_us <= latest_us) & (device_us > latest_us - BEHIND_US)
    before = np.maximum.accumulate(np.r_[after_us, np.where(told, device_us, 0)])[:-1]
    good = told & (device_us >= before if archive.period_s == 0 else device_us > before)
    values = {
        one.sensor or one.name: si_of(one, words[good, one.address : one.address + one.count])
        for one in archive.values
    }
    return Records(
        number[good], device_us[good], values, int((~there).sum()), tuple(device_us[there & ~good].tolist())
    )
