"""The registers of a demo device: what a profile says, said the other way round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from app.core.clock import Clock, to_us, utc_now
from app.devices.decoding import Floats, Words, clock_words, words_of
from app.devices.profile import FUNCTION, Archive, Profile, Register

TABLE_OF = {function: table for table, function in FUNCTION.items()}


@dataclass
class DemoCard:
    """SI; `number` counts the strokes."""

    number: int
    taken_at: datetime
    strokes_per_minute: float
    position_m: Floats
    load_n: Floats


@dataclass
class DemoDevice:
    """`values`: sensor or name → SI at a moment; `rows`: sensor → [SI] by the archive's period from `start`.

    `ahead`: how far the device's clock is ahead of ours. `events`: when something happened, and its code.
    """

    profile: Profile
    values: Callable[[datetime], Mapping[str, float]]
    start: datetime
    rows: Mapping[str, Floats] = field(default_factory=dict)
    card: Callable[[datetime], DemoCard] | None = None
    ahead: timedelta = timedelta()
    clock: Clock = utc_now
    events: Sequence[tuple[datetime, int]] = ()
    _pages: dict[int, Words] = field(default_factory=dict)
    _kept: int = 0

    def read(self, unit: int, function: int, address: int, count: int) -> list[int] | None:
        """None for what is not there."""
        table, now = TABLE_OF.get(function, ""), self.clock()
        archive = self.profile.archive
        pages = (
            range(0)
            if archive is None or archive.first_unit is None
            else range(archive.first_unit, archive.first_unit + archive.units)
        )
        if archive is not None and (unit in pages or (not pages and unit == self.profile.unit_id)):
            found = self._archived(archive, unit - pages.start if pages else 0, table, address, count, now)
            if found is not None:
                return found
        if unit != self.profile.unit_id:
            return None
        return self._spoken(table, address, count, now)

    def _spoken(self, table: str, address: int, count: int, now: datetime) -> list[int] | None:
        words = {at: word for at, word in self._table(table, now) if address <= at < address + count}
        if not any(at in words for at in range(address, address + count)):
            return None
        return [words.get(at, 0) for at in range(address, address + count)]

    def _table(self, table: str, now: datetime) -> list[tuple[int, int]]:
        said = self.values(now)
        found: list[tuple[int, int]] = []
        states: dict[int, int] = {}
        for one in self.profile.registers:
            if one.table != table:
                continue
            value = said.get(one.sensor or one.name, float("nan"))
            if one.bit is not None:
                states[one.address] = states.get(one.address, 0) | (int(value == 1) << one.bit)
            else:
                found += _placed(one, value)
        found += states.items()
        clock = self.profile.clock
        if clock is not None and clock.table == table:
            found += enumerate(np.ravel(clock_words(clock, now + self.ahead)).tolist(), clock.address)
        archive = self.profile.archive
        if archive is not None and archive.written.table == table:
            found += _placed(archive.written, self.written(archive, now))
        return found + self._card_words(table, now) + self._event_words(table, now)

    def _event_words(self, table: str, now: datetime) -> list[tuple[int, int]]:
        log = self.profile.events
        if log is None:
            return []
        ring, happened = log.ring, [one for one in self.events if one[0] <= now]
        found = _placed(ring.written, len(happened)) if ring.written.table == table else []
        if ring.table != table:
            return found
        for number in range(max(0, len(happened) - ring.records), len(happened)):
            at, code = happened[number]
            slot = ring.address + number % ring.records * ring.size
            found += enumerate(
                np.ravel(clock_words(ring.time, at + self.ahead)).tolist(), slot + ring.time.address
            )
            found += [(slot + place, word) for place, word in _placed(log.code, code)]
        return found

    def _card_words(self, table: str, now: datetime) -> list[tuple[int, int]]:
        buffer = self.profile.card
        if buffer is None or self.card is None:
            return []
        card, found = self.card(now), []
        for one, row in ((buffer.position, card.position_m), (buffer.load, card.load_n)):
            if one.table == table:
                found += _placed(one, row)
        if buffer.number is not None and buffer.number.table == table:
            found += _placed(buffer.number, card.number)
        speed = buffer.strokes_per_minute
        if speed is not None and speed.table == table:
            found += _placed(speed, card.strokes_per_minute / 60)
        if buffer.time is not None and buffer.time.table == table:
            words = clock_words(buffer.time, card.taken_at + self.ahead)
            found += enumerate(np.ravel(words).tolist(), buffer.time.address)
        return found

    # ---- the archive ---------------------------------------------------------------------------------------

    def written(self, archive: Archive, now: datetime) -> int:
        """Records by now: one at the start, then one a period."""
        passed = (now - self.start) // timedelta(seconds=archive.period_s)
        return max(0, min(passed + 1, self._length()))

    def _length(self) -> int:
        return min((len(row) for row in self.rows.values()), default=0)

    def _archived(
        self, archive: Archive, page: int, table: str, address: int, count: int, now: datetime
    ) -> list[int] | None:
        ends = archive.address + archive.records * archive.size
        if table != archive.table or not archive.address <= address or address + count > ends:
            return None
        self._keep(archive, self.written(archive, now))
        offset = address - archive.address
        words = self._pages.get(page)
        return [0] * count if words is None else np.ravel(words)[offset : offset + count].tolist()

    def _keep(self, archive: Archive, written: int) -> None:
        """The records up to `written` into their slots."""
        first = max(self._kept, written - archive.capacity)
        if first >= written:
            return
        number = np.arange(first, written)
        words = np.zeros((len(number), archive.size), np.uint16)
        step = timedelta(seconds=archive.period_s)
        at = archive.time.address
        for row, n in zip(words, number.tolist(), strict=True):
            row[at : at + archive.time.count] = np.ravel(
                clock_words(archive.time, self.start + n * step + self.ahead)
            )
        for one in archive.values:
            si = np.asarray(self.rows[one.sensor][first:written], np.float64)
            words[:, one.address : one.address + one.count] = words_of(one, si)
        page, slot = np.divmod(number % archive.capacity, archive.records)
        for each in np.unique(page).tolist():
            held = self._pages.setdefault(each, np.zeros((archive.records, archive.size), np.uint16))
            held[slot[page == each]] = words[page == each]
        self._kept = written


def _placed(one: Register, value: Floats | float) -> list[tuple[int, int]]:
    words = np.ravel(words_of(one, value))
    return list(enumerate(words.tolist(), one.address))


def by_the_minute(
    rows: Mapping[str, Floats], start: datetime, beside: Callable[[datetime], Mapping[str, float]]
) -> Callable[[datetime], Mapping[str, float]]:
    """What the gauges say between two minutes of a simulated course, and what is computed at the moment."""
    length = min(len(row) for row in rows.values())

    def said(now: datetime) -> Mapping[str, float]:
        minute = (to_us(now) - to_us(start)) / 60e6
        low = int(np.clip(np.floor(minute), 0, length - 2))
        share = float(np.clip(minute - low, 0, 1))
        found = {key: float(row[low] * (1 - share) + row[low + 1] * share) for key, row in rows.items()}
        return found | dict(beside(now))

    return said
