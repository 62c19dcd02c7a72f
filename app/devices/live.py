"""What a device says now: registers gathered into as few questions as can be, each value with its state."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.clock import Clock, to_us, utc_now
from app.core.jobs import Job
from app.devices import faults
from app.devices.decoding import Words, raw_of, si_from
from app.devices.faults import LineError
from app.devices.master import Master
from app.devices.profile import COILS, DISCRETE, Profile, Register

MOST_BITS = 2_000


@dataclass(frozen=True)
class Block:
    """Registers that stand together: one question."""

    table: str
    address: int
    count: int
    registers: tuple[Register, ...]


@dataclass(frozen=True)
class Live:
    """One register as it was read. `si` is NaN where the device has nothing; `fault` says why there is no
    value at all; `raw`: as the device has it, before scale and unit.
    """

    register: Register
    at_us: int
    si: float
    words: tuple[int, ...] = ()
    fault: LineError | None = None
    raw: float = math.nan

    @property
    def there(self) -> bool:
        return self.fault is None and math.isfinite(self.si)

    @property
    def word(self) -> str:
        """What the code means, where the register is one of codes."""
        return next((word for code, word in self.register.codes if code == self.raw and self.there), "")


def blocks(registers: Iterable[Register], most: int, widest_gap: int) -> list[Block]:
    """In the order of tables and addresses; none longer than `most` registers."""
    found: list[Block] = []
    for one in sorted(registers, key=lambda one: (one.table, one.address)):
        longest = MOST_BITS if one.table in (COILS, DISCRETE) else most
        last = found[-1] if found and found[-1].table == one.table else None
        end = one.address + one.count
        if last is not None:
            reached = last.address + last.count
            if one.address <= reached + widest_gap and max(end, reached) - last.address <= longest:
                found[-1] = Block(
                    last.table, last.address, max(end, reached) - last.address, (*last.registers, one)
                )
                continue
        found.append(Block(one.table, one.address, one.count, (one,)))
    return found


def blocks_of(profile: Profile, registers: Sequence[Register] | None = None) -> list[Block]:
    wanted = profile.registers if registers is None else registers
    return blocks(wanted, profile.most_registers, profile.widest_gap)


def read_blocks(master: Master, asked: Iterable[Block], job: Job, clock: Clock = utc_now) -> list[Live]:
    """A block that the device refuses leaves the others alone. Raises LineError where the line fails."""
    found: list[Live] = []
    for block in asked:
        try:
            words = master.read(block.table, block.address, block.count, job)
        except LineError as fault:
            if fault.code not in (faults.EXCEPTION, faults.BUSY):
                raise
            if len(block.registers) > 1 and fault.details.get("exception") == 2:
                found += read_blocks(master, _each_alone(block), job, clock)
            else:
                at_us = to_us(clock())
                found += [Live(one, at_us, math.nan, (), fault) for one in block.registers]
            continue
        at_us = to_us(clock())
        found += [_live(one, block, words, at_us) for one in block.registers]
    return found


def _each_alone(block: Block) -> list[Block]:
    """One of them is not there: which one is seen by asking each."""
    return [Block(one.table, one.address, one.count, (one,)) for one in block.registers]


def _live(one: Register, block: Block, words: Words, at_us: int) -> Live:
    start = one.address - block.address
    mine = words[start : start + one.count]
    raw = raw_of(one, mine)
    return Live(one, at_us, float(si_from(one, raw)), tuple(np.asarray(mine).tolist()), raw=float(raw))
