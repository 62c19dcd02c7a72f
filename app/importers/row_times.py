"""When each row was: from a column, a date and a clock, time elapsed since a start, a year and a month, or
what the person or the title said. In UTC: clocks that name no zone are those of the plan's zone.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from app.core.clock import from_us, iso
from app.core.unit_spellings import find_unit, usual_units
from app.importers import lasting
from app.importers.clock_parts import with_finer
from app.importers.counted_clocks import clocks, form_of
from app.importers.field_clock import zone_column, zones_in
from app.importers.moments import DAY_US, Moments, clocks_of, moments_of
from app.importers.numbers import numbers_of
from app.importers.odd_numbers import put_right
from app.importers.remarks import remark
from app.importers.row_calendar import (
    compact_clocks,
    figures_of_clocks,
    from_calendar,
    is_compact_clock,
    whole_hours,
)
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name
from app.importers.targets import LASTED
from app.importers.written_moments import moment_in
from app.importers.zones import to_utc_us

NEXT_DAY, AS_WRITTEN = "next_day", "as_written"
HALF_DAY_US = DAY_US // 2
NEVER = np.iinfo(np.int64).min


def times_of(reading: SheetReading, wells: np.ndarray) -> np.ndarray:
    """When each row was [µs]; what cannot be read is marked."""
    plan, found = reading.plan, reading.moments
    if plan.column_of("time") is not None and found is not None:
        wall, zoned = _of_dates(reading, found, wells), found.zoned
    else:
        wall, zoned = _without_dates(reading, wells), np.zeros(len(reading.line), bool)
    reading.wall_us = wall
    if not plan.zone:
        return wall
    _, runs = np.unique(wells.astype(str), return_inverse=True)
    there = ~zoned & (wall != 0)
    utc = np.where(there, to_utc_us(wall, plan.zone, runs=runs), wall)
    return _by_their_own_zones(reading, wall, utc, there, runs)


def _by_their_own_zones(
    reading: SheetReading, wall: np.ndarray, utc: np.ndarray, there: np.ndarray, runs: np.ndarray
) -> np.ndarray:
    """Rows whose zone stands in a column beside them."""
    index = zone_column(reading.sheet, reading.plan.columns) if reading.asks else None
    if index is None or len(named := zones_in(reading.table, index)) < 2:
        return utc
    cells = reading.texts(index)
    for zone in named:
        mine = there & (cells == zone)
        utc[mine] = to_utc_us(wall[mine], zone, runs=runs[mine])
    return utc


def _without_dates(reading: SheetReading, wells: np.ndarray) -> np.ndarray:
    plan, n = reading.plan, len(reading.line)
    nothing = np.zeros(n, np.int64)
    if plan.column_of("year") is not None and plan.column_of("month") is not None:
        days, clock = from_calendar(reading), plan.column_of("clock")
        return days if clock is None else days + _clock(reading, clock).time_us
    if plan.column_of("elapsed") is not None:
        return _since_a_start(reading)
    start = _said_time(reading, nothing, np.ones(n, bool), needed=not reading.kind.timeless)
    clock = plan.column_of("clock")
    if clock is None or not plan.time:
        return start
    of_day = _clock(reading, clock)
    return start + of_day.time_us + _days_passed(reading, clock, of_day, ~of_day.empty, wells)


def _of_dates(reading: SheetReading, found: Moments, wells: np.ndarray) -> np.ndarray:
    index = reading.plan.column_of("time")
    assert index is not None
    header = reading.plan.columns[index].header
    time_us = found.time_us.copy()
    reading.mark(found.bad, index, header, "value_not_time")
    blank = found.empty & reading.keep
    place = np.maximum.accumulate(np.where(found.there, np.arange(len(blank)), -1))
    # A date merged over several rows of one sample; never across wells.
    fill = blank & (place >= 0) & (wells == wells[np.maximum(place, 0)])
    clock = reading.plan.column_of("clock")
    if reading.plan.time and clock is None:  # what a person said goes before the row above
        fill[:] = False
    ended = blank & _ended(reading) if blank.any() else blank
    reading.mark(ended, index, header, "start_missing", "warning")
    reading.keep &= ~ended
    blank &= reading.keep
    if blank.any():
        time_us = np.where(fill, time_us[np.maximum(place, 0)], time_us)
        if reading.plan.time:
            time_us = _said_time(reading, time_us, blank & ~fill, needed=True)
        else:
            reading.mark(blank & ~fill, index, header, "value_missing")
    if clock is None:
        return time_us
    of_day = _clock(reading, clock)
    days = _days_passed(reading, clock, of_day, fill, wells)
    return time_us + of_day.time_us + _asked_of_midnight(reading, clock, found, of_day, wells) + days


def _ended(reading: SheetReading) -> np.ndarray:
    """Rows that say when they ended: their beginning is not that of the row above."""
    index = reading.plan.column_of("until")
    if index is None or not reading.asks:
        return np.zeros(len(reading.line), bool)
    return ~reading.moments_in(index).empty


def _clock(reading: SheetReading, clock: int) -> Moments:
    column = reading.table.column(column_name(clock))
    form = form_of(reading.plan.columns[clock])
    if form:
        return _counted(reading, clock, form)
    figures = 6 if is_compact_clock(reading.sheet, clock) else figures_of_clocks(column)
    compact = compact_clocks(column, figures) if figures else None
    hours = None if compact else whole_hours(column)
    of_day = compact or hours or clocks_of(column)
    reading.mark(of_day.bad, clock, reading.plan.columns[clock].header, "value_not_time")
    return with_finer(reading, clock, of_day, whole_hours=hours is not None)


def _counted(reading: SheetReading, clock: int, form: str) -> Moments:
    of_day = clocks(reading.table.column(column_name(clock)), form)
    header = reading.plan.columns[clock].header
    reading.mark(of_day.bad, clock, header, "value_not_time")
    if of_day.there.any() and "clock_count" not in reading.plan.answers:
        row = int(np.flatnonzero(of_day.there)[-1])
        told = iso(from_us(int(of_day.time_us[row])))[11:19]
        value = str(reading.texts(clock)[row])
        reading.remarks.append(
            remark("clock_counted", reading.sheet.name, column=header, value=value, first=told)
        )
    return of_day


def _days_passed(
    reading: SheetReading, clock: int, of_day: Moments, follows: np.ndarray, wells: np.ndarray
) -> np.ndarray:
    """Midnights [µs] passed since the date above: where a row without a date of its own has a clock that went
    back by more than half a day. One that went back by less is no midnight: that is marked.
    """
    step = np.diff(of_day.time_us, prepend=of_day.time_us[:1])
    follows = follows & of_day.there & (np.r_[wells[:1], wells[:-1]] == wells)
    follows[:1] = False
    midnight = follows & (step < -HALF_DAY_US)
    reading.mark(
        follows & (step < 0) & ~midnight, clock, reading.plan.columns[clock].header, "clock_went_back"
    )
    passed = np.cumsum(midnight)
    begins = np.maximum.accumulate(np.where(~follows, np.arange(len(passed)), 0))
    return np.asarray(passed - passed[begins], np.int64) * DAY_US if len(passed) else begins


def _asked_of_midnight(
    reading: SheetReading, clock: int, found: Moments, of_day: Moments, wells: np.ndarray
) -> np.ndarray:
    """A date that stays while its clock passes midnight — a merged cell, a recorder that is late — or rows in
    no order: both can be, so it is asked. Tables by name have each name's day after the other's.
    """
    nothing = np.zeros(len(wells), np.int64)
    if not reading.asks or {"sensor", "parameter"} & {column.field for column in reading.plan.columns}:
        return nothing
    stays = found.there & of_day.there
    stays[1:] &= (found.time_us[1:] == found.time_us[:-1]) & (wells[1:] == wells[:-1]) & stays[:-1]
    stays[:1] = False
    step = np.diff(of_day.time_us, prepend=of_day.time_us[:1])
    back = stays & (step < -HALF_DAY_US)
    said = reading.plan.answers.get("clock_went_back", "")
    if not said:
        options = {NEXT_DAY: "00:05 +1 d", AS_WRITTEN: "00:05"}
        header = reading.plan.columns[clock].header
        reading.mark(back, clock, header, "clock_went_back", "question", {"options": options})
    if said != NEXT_DAY:
        return nothing
    passed = np.cumsum(back)
    begins = np.maximum.accumulate(np.where(~stays, np.arange(len(passed)), 0))
    return (passed - passed[begins]) * DAY_US if len(passed) else nothing


def _since_a_start(reading: SheetReading) -> np.ndarray:
    """Seconds, minutes or hours since the moment that the title says."""
    index = reading.plan.column_of("elapsed")
    assert index is not None
    column, cells = reading.plan.columns[index], reading.table.column(column_name(index))
    unit = find_unit(column.unit, "hours") if column.unit else None
    if lasting.written(cells):
        (value, bad), unit = lasting.lasted_s(cells), find_unit("s", "hours")
    else:
        numbers = numbers_of(cells, column.decimal)
        value, bad = numbers.value, numbers.bad
    reading.mark(bad, index, column.header, "value_not_number")
    missing = ~np.isfinite(value) & ~bad
    reading.mark(missing & reading.keep, index, column.header, "value_missing")
    if not reading.plan.time or unit is None:
        code = "start_unknown" if unit is not None else "elapsed_unit_unknown"
        reading.mark(np.ones(len(missing), bool), index, column.header, code)
        return np.zeros(len(missing), np.int64)
    start = _said_time(reading, np.zeros(len(missing), np.int64), np.ones(len(missing), bool), needed=True)
    since = np.round(np.nan_to_num(unit.to_si(value)) * 1e6).astype(np.int64)
    return start + since


def _said_time(reading: SheetReading, time_us: np.ndarray, blank: np.ndarray, *, needed: bool) -> np.ndarray:
    if not reading.plan.time:
        if needed:
            reading.mark(blank, -1, "", "value_missing")
        return time_us
    found = moments_of(
        pa.chunked_array([pa.array([reading.plan.time])]), month_first=reading.plan.month_first
    )
    if found.bad[0]:
        reading.mark(blank, -1, reading.plan.time, "value_not_time")
        return time_us
    return np.where(blank, found.time_us[0], time_us)


def until_of(reading: SheetReading, time_us: np.ndarray) -> np.ndarray | None:
    """When each row ended; the least number where nothing says so; None without such a column. `time_us`:
    when it began.
    """
    index = reading.plan.column_of("until")
    if index is None:
        return _lasted(reading, time_us)
    found = reading.moments_in(index)
    of_day = clocks_of(reading.table.column(column_name(index)))
    if reading.asks and not found.there.any() and not of_day.bad.any() and not of_day.empty.all():
        return _of_the_day(reading, index, time_us, of_day)
    reading.mark(found.bad, index, reading.plan.columns[index].header, "value_not_time")
    ended = _in_utc(reading, found.time_us + _clock_of_end(reading, found), found.zoned)
    lasted = _lasted(reading, time_us)
    if lasted is not None and found.are_days() and reading.asks:
        # `05.10 - 07.10`, 72 h: the day that is named last was one of them.
        in_the_day = (lasted > ended) & (lasted <= ended + DAY_US)
        ended = np.where(in_the_day, lasted, ended)
    return np.where(
        found.there & ~_ends_first(reading, found, time_us, ended, index),
        ended,
        NEVER if lasted is None else lasted,
    )


def _ends_first(
    reading: SheetReading, found: Moments, time_us: np.ndarray, ended: np.ndarray, index: int
) -> np.ndarray:
    """Rows whose end is before their start: `Дата пуска | Дата останова` tell of a run and then of a stop."""
    first = found.there & (time_us != 0) & (ended < time_us) & reading.asks
    reading.mark(first, index, reading.plan.columns[index].header, "end_before_start", "warning")
    return first


def measured_at(reading: SheetReading) -> np.ndarray | None:
    """When what a row tells was measured, where a column says so beside the date of the row [µs, NaN where it
    is empty].
    """
    index = reading.plan.column_of("measured_at")
    if index is None:
        return None
    found = reading.moments_in(index)
    reading.mark(found.bad, index, reading.plan.columns[index].header, "value_not_time")
    time_us = _in_utc(reading, found.time_us, found.zoned)
    return np.where(found.there, time_us.astype(float), np.nan)


def _in_utc(reading: SheetReading, wall: np.ndarray, zoned: np.ndarray) -> np.ndarray:
    """Of a further moment of a row; `zoned` where its cell says the zone itself."""
    zone = reading.plan.zone
    return np.where(zoned, wall, to_utc_us(wall, zone)) if zone else wall


def _clock_of_end(reading: SheetReading, found: Moments) -> np.ndarray:
    """The time of day that stands in a column of its own beside the day of the end."""
    index = reading.plan.column_of("until_clock")
    if index is None or not reading.asks or (found.told_us() % DAY_US).any():
        return np.zeros(len(found.time_us), np.int64)
    return _clock(reading, index).time_us


def _of_the_day(reading: SheetReading, index: int, time_us: np.ndarray, of_day: Moments) -> np.ndarray:
    """`22:30` to `04:15`: an end that is a clock alone is the next one after the start, by the start's own
    clock. Where the end stands before the start, `Время пуска | Время остановки`, an earlier clock may be of
    a run before the stop.
    """
    step = of_day.time_us - _clocks_of_starts(reading, time_us) % DAY_US
    there = of_day.there & (time_us != 0)
    columns = [reading.plan.column_of(key) for key in ("clock", "time")]
    start = next((one for one in columns if one is not None), -1)
    if index < start:
        earlier = there & (step < 0)
        reading.mark(earlier, index, reading.plan.columns[index].header, "end_before_start", "warning")
        there &= ~earlier
    return np.where(there, time_us + step % DAY_US, NEVER)


def _clocks_of_starts(reading: SheetReading, time_us: np.ndarray) -> np.ndarray:
    """When each row began by the clock that it is written in [µs]."""
    wall = time_us if reading.wall_us is None else reading.wall_us
    index, moments = reading.plan.column_of("time"), reading.moments
    if index is None or moments is None or not moments.zoned.any():
        return wall
    cells = reading.texts(index)
    told = {cell: moment_in(cell) for cell in set(cells[moments.zoned].tolist())}
    offset = [(one.offset_us or 0) if (one := told.get(cell)) is not None else 0 for cell in cells.tolist()]
    return np.where(moments.zoned, wall + np.array(offset, np.int64), wall)


def _lasted(reading: SheetReading, time_us: np.ndarray) -> np.ndarray | None:
    """Of a stop that is told by how long it was; one of no length is none."""
    index = reading.plan.column_of("lasted")
    if index is None:
        return None
    column = reading.plan.columns[index]
    unit = find_unit(column.unit, "hours") if column.unit else usual_units("hours")[0]
    numbers = numbers_of(reading.table.column(column_name(index)), column.decimal)
    numbers = put_right(reading, index, LASTED, numbers)[0]
    value = numbers.value
    if reading.asks:  # `08:00-12:00`: how long it was is not lost without a word
        reading.mark(numbers.bad, index, column.header, "value_not_number")
    if unit is None or not np.isfinite(value).any():
        return None
    _leave_out_running(reading, value)
    there = np.isfinite(value) & (time_us != 0)
    since = np.round(np.nan_to_num(unit.to_si(value)) * 1e6).astype(np.int64)
    days = reading.moments is not None and not (reading.moments.time_us % DAY_US).any()
    if days and reading.plan.column_of("clock") is None:
        reading.remarks.append(remark("stops_from_midnight", reading.sheet.name, column=column.header))
    return np.where(there, time_us + since, NEVER)


def _leave_out_running(reading: SheetReading, lasted: np.ndarray) -> None:
    none = (lasted == 0) & reading.keep
    if none.any():
        lines = reading.line[none].tolist()
        reading.remarks.append(remark("stops_of_no_length", reading.sheet.name, lines=lines))
    reading.keep &= ~none
