"""A card from a controller: the last one out of its buffer, or sampled from its position and load."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.core.clock import Clock as OurClock
from app.core.clock import from_us, utc_now
from app.core.errors import KnownError
from app.core.jobs import Job
from app.devices.decoding import Floats, raw_of, si_of, times_of
from app.devices.live import blocks, read_blocks
from app.devices.master import Master
from app.devices.profile import CardBuffer, Profile, Register, Sampled
from app.devices.strokes import bottoms, one_stroke

TRIES = 4
LONGEST_S = 60.0
LOOK_EACH_S = 1.0


@dataclass(frozen=True)
class ReadCard:
    """SI. `time_s` is None for the buffer's equal steps; `device_us`: when, by the device's own clock."""

    taken_at: datetime
    strokes_per_minute: float | None
    position_m: Floats
    load_n: Floats
    time_s: Floats | None = None
    device_us: int | None = None


def read_buffer(
    master: Master,
    profile: Profile,
    buffer: CardBuffer,
    job: Job,
    offset_us: int | None = None,
    clock: OurClock = utc_now,
) -> ReadCard:
    """At our time where the device's and what its clock is off [µs] are known. Raises LineError, KnownError
    (device_card_moves, device_card_holes).
    """
    for _ in range(TRIES):
        number = _number(master, buffer, job)
        position = _row(master, profile, buffer.position, buffer.points, job)
        load = _row(master, profile, buffer.load, buffer.points, job)
        device_us = _moment(master, buffer, job)
        speed = _value(master, buffer.strokes_per_minute, job)
        if _number(master, buffer, job) != number:
            continue  # the controller has put the next card over it meanwhile
        holes = int((~np.isfinite(position) | ~np.isfinite(load)).sum())
        if holes:
            raise KnownError("device_card_holes", count=holes, points=buffer.points)
        taken_at = from_us(device_us - offset_us) if device_us and offset_us is not None else clock()
        return ReadCard(taken_at, speed, position, load, None, device_us)
    raise KnownError("device_card_moves", tries=TRIES, retry=True)


def _number(master: Master, buffer: CardBuffer, job: Job) -> float | None:
    one = buffer.number
    return None if one is None else float(raw_of(one, master.read(one.table, one.address, one.count, job)))


def _value(master: Master, one: Register | None, job: Job) -> float | None:
    """In strokes per minute."""
    if one is None:
        return None
    value = float(si_of(one, master.read(one.table, one.address, one.count, job)))
    return value * 60 if one.quantity == "pumping_speed" and np.isfinite(value) else None


def _moment(master: Master, buffer: CardBuffer, job: Job) -> int | None:
    one = buffer.time
    if one is None:
        return None
    told = int(np.ravel(times_of(one, master.read(one.table, one.address, one.count, job)))[0])
    return told or None


def _row(master: Master, profile: Profile, one: Register, points: int, job: Job) -> Floats:
    total, most = points * one.count, profile.most_registers
    most -= most % one.count
    parts = [
        master.read(one.table, one.address + start, min(most, total - start), job)
        for start in range(0, total, max(most, one.count))
    ]
    return si_of(one, np.concatenate(parts).reshape(points, one.count))


def sample(
    master: Master, profile: Profile, sampled: Sampled, job: Job, clock: OurClock = utc_now
) -> ReadCard:
    """Read as often as the line gives, until one whole stroke has passed. Raises LineError, KnownError
    (device_no_stroke, device_few_points).
    """
    asked = blocks((sampled.position, sampled.load), profile.most_registers, profile.widest_gap)
    moments: list[float] = []
    positions: list[float] = []
    loads: list[float] = []
    began, looked = time.monotonic(), 0.0
    while (passed := time.monotonic() - began) < LONGEST_S:
        job.check()
        before = time.monotonic()
        said = {one.register: one.si for one in read_blocks(master, asked, job, clock)}
        position, load = said[sampled.position], said[sampled.load]
        if np.isfinite(position) and np.isfinite(load):
            moments.append((before + time.monotonic()) / 2 - began)
            positions.append(position)
            loads.append(load)
        if passed - looked > LOOK_EACH_S and len(moments) > 2:
            looked = passed
            if len(bottoms(np.array(moments), np.array(positions))) >= 2:
                break
    if len(moments) < 3:
        raise KnownError("device_no_stroke", count=0, seconds=passed)
    time_s, position_m, load_n = one_stroke(np.array(moments), np.array(positions), np.array(loads))
    return ReadCard(clock(), 60.0 / float(time_s[-1]), position_m, load_n, time_s)
