"""What speaks for one kind of table and against another, beside the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from app.core.unit_spellings import find_unit
from app.importers.by_duration import DURATION
from app.importers.by_duration import unit_of as volume_of
from app.importers.liquid_parts import PARTS
from app.importers.moments import DAY_US, Moments, moments_of
from app.importers.months import names_months
from app.importers.numbers import texts_of
from app.importers.plan import ColumnPlan
from app.importers.sheets import SAMPLE, Sheet, column_name
from app.importers.targets import TableKind
from app.importers.vocabulary import Vocabulary, folded, split_unit, vocabulary
from app.models.sensors import SENSORS


def _place(columns: list[ColumnPlan], field: str) -> int | None:
    """As `SheetPlan.column_of`, of columns that are no plan yet."""
    return next((i for i, column in enumerate(columns) if column.field == field), None)


def told_by(columns: Iterable[ColumnPlan], kind: TableKind) -> list[ColumnPlan]:
    """Those that say more than whose a row is and of when."""
    taken = ((column, kind.target(column.field)) for column in columns if column.field)
    return [column for column, target in taken if target is not None and not target.role]


def _moments(sheet: Sheet, index: int) -> Moments:
    """Of the first rows."""
    return moments_of(sheet.table.column(column_name(index)).slice(0, SAMPLE))


def _tells_an_end(sheet: Sheet, words: Vocabulary) -> bool:
    return any("until" in words.means(header) for header in sheet.headers)


def without_untold(kind: TableKind, columns: list[ColumnPlan]) -> list[ColumnPlan]:
    """A water cut without a rate makes no flow test: a column of which no record comes is one left out."""
    taken = {column.field for column in columns}
    told = [part for part in kind.parts if part.told & taken]
    if not told:
        return columns
    of_parts = {target for part in kind.parts for target in part.fields} - {"lift"}
    kept = {target for part in told for target in part.fields}
    return [
        ColumnPlan(one.header) if one.field in of_parts - kept and one.why != "remembered" else one
        for one in columns
    ]


_POWER_ALONE = frozenset(map(folded, ("мощность", "power", "номинал", "n")))


def power_of_the_motor(columns: list[ColumnPlan], kind: TableKind) -> list[ColumnPlan]:
    """`ПЭД`, `Мощность, кВт`: beside a motor a bare power is the motor's."""
    fields = {column.field for column in columns}
    if kind.target("rated_power_w") is None or "motor" not in fields or "rated_power_w" in fields:
        return columns
    for index, column in enumerate(columns):
        name, unit, told = split_unit(column.header)
        of_unit = column.field == "unit_power_w" and "unit_name" not in fields
        if (column.field and not of_unit) or folded(name) not in _POWER_ALONE or unit is None:
            continue
        if find_unit(told, "power") is not None:
            mine = ColumnPlan(column.header, "rated_power_w", told, 0.9, "word")
            return [*columns[:index], mine, *columns[index + 1 :]]
    return columns


_NOMINAL = {"head_m": "rated_head_m", "flow_m3_per_s": "rated_flow_m3_per_s"}
_OF_PUMP = frozenset({"pump_name", "pump_type"})


def nominal_of_the_pump(columns: list[ColumnPlan], kind: TableKind) -> list[ColumnPlan]:
    """`Насос | Напор, м | Подача, м3/сут`: what a pump that was run is made for."""
    fields = {column.field for column in columns}
    if kind.target("rated_head_m") is None or kind.gathers or not fields & _OF_PUMP:
        return columns
    found = list(columns)
    for index, column in enumerate(columns):
        meant = {_NOMINAL[name] for name in vocabulary().means(column.header) & set(_NOMINAL)} - fields
        target = kind.target(meant.pop()) if not column.field and len(meant) == 1 else None
        told = split_unit(column.header)[2]
        if target is not None and told and find_unit(told, target.quantity) is not None:
            found[index] = ColumnPlan(column.header, target.key, told, 0.9, "word")
            fields.add(target.key)
    return found


def one_point_each(sheet: Sheet, columns: list[ColumnPlan], kind: TableKind) -> bool:
    """A head and a rate of each well's pump are what it is made for, no curve of it."""
    whose = _place(columns, "well")
    if kind.key != "pump_curve" or whose is None:
        return False
    return _each_once(sheet, whose) == sheet.table.num_rows


def a_row_a_well(sheet: Sheet, words: Vocabulary) -> bool:
    """Whether several wells stand in it, each once."""
    whose = next((i for i, header in enumerate(sheet.headers) if "well" in words.means(header)), None)
    return whose is not None and _each_once(sheet, whose) > 1


def _each_once(sheet: Sheet, index: int) -> int:
    """How many cells say anything, where none says what another does; 0 where one does. A long column is
    mostly known by its first cells.
    """
    column, told = sheet.table.column(column_name(index)), 0
    for cells in (column.slice(0, SAMPLE), column):
        names = [cell for cell in texts_of(cells).to_pylist() if cell]
        told = len(names)
        if len(set(names)) < told:
            return 0
    return told


def only_state(sheet: Sheet, columns: list[ColumnPlan], kind: TableKind) -> bool:
    """`Состояние: в работе` says of no repair and no event that there was one: it is the well's."""
    told = {column.field for column in told_by(columns, kind)}
    said = any(_REPAIRS.search(text) for text in (*sheet.headers, sheet.name))
    return kind.key in ("workover", "event") and told == {"state"} and not said


_OF_UNIT = {"rated_power_w": "unit_power_w", "motor": "unit_motor"}


def motor_of_the_unit(columns: list[ColumnPlan], kind: TableKind) -> list[ColumnPlan]:
    """`Мощность двигателя` beside a pumping unit and no stages: the motor is the unit's."""
    fields = {column.field for column in columns}
    if kind.target("unit_power_w") is None or "unit_name" not in fields or "stages" in fields:
        return columns
    return [
        replace(column, field=_OF_UNIT[column.field])
        if column.field in _OF_UNIT and _OF_UNIT[column.field] not in fields
        else column
        for column in columns
    ]


DOWN_TIMES = frozenset(map(folded, ("down time", "downtime", "время простоя")))
HEAVIEST_OIL = 1010.0
"""[kg/m³] What is heavier and no word calls an oil is water."""
OF_WATER = frozenset({"ph", "mineralisation", "chloride_ion", "sulphate_ion", "calcium_ion", "magnesium_ion"})
OF_OIL = re.compile(r"нефт|oil|дегаз", re.IGNORECASE)


_SALTS = re.compile(r"сол[ьией]|salt|нефт|oil", re.IGNORECASE)
AMONG_IONS = {"oil_density_20c": ("water_density", OF_OIL), "chlorides": ("chloride_ion", _SALTS)}
"""Parameters whose name is one of an oil, and among ions one of the water: what it is then, unless the name
says otherwise.
"""


def of_the_water(columns: list[ColumnPlan], kind: TableKind) -> list[ColumnPlan]:
    """`Плотность` and `Хлориды` beside ions are the water's."""
    fields = {column.field for column in columns}
    if kind.key != "lab_result" or not fields & OF_WATER:
        return columns
    found = []
    for column in columns:
        meant, unless = AMONG_IONS.get(column.field, ("", None))
        mine = meant and meant not in fields and unless is not None and not unless.search(column.header)
        found.append(replace(column, field=meant) if mine and column.why == "word" else column)
    return found


_AMOUNTS = frozenset({"oil_kg", "oil_m3", "liquid_m3", "water_m3", "gas_m3"})
_STOPS = re.compile(r"просто[йяе]|останов|\bпуск|down|shut|stop|restart|outage|\boff\b", re.IGNORECASE)
_STANDS = re.compile(r"просто[йяе]|downtime|down\s+time|shut-?in|outage", re.IGNORECASE)
_REPAIRS = re.compile(r"ремонт|бригад|крс\b|трс\b|прс\b|workover|\brig\b|\bjob\b|crew|repair", re.IGNORECASE)


def says_stops(sheet: Sheet, columns: list[ColumnPlan]) -> bool:
    """`Начало простоя`, `Down from`: when a well stood is no repair, unless the table speaks of one."""
    stops = any(
        c.field in ("time", "until", "lasted", "downtime_s") and _STOPS.search(c.header) for c in columns
    )
    stops = stops or any(_STANDS.search(header) for header in sheet.headers)
    return stops and not any(_REPAIRS.search(text) for text in (*sheet.headers, sheet.name))


_STOPPED = re.compile(r"stop|down|shut|останов|\boff\b", re.IGNORECASE)
_STARTED = re.compile(r"start|restart|\bon\b|запуск|пуск", re.IGNORECASE)


def end_of_the_stop(sheet: Sheet, columns: list[ColumnPlan], kind: TableKind) -> list[ColumnPlan]:
    """`Stop time | Start time`: beside when it stopped, when it started is its end, whichever of the two
    stands first; not where the rows say that it started before it stopped.
    """
    fields = {column.field for column in columns}
    timed = _place(columns, "time")
    if kind.key != "event" or "until" in fields or timed is None:
        return columns
    found, first = list(columns), columns[timed].header
    others = [i for i, column in enumerate(columns) if column.why == "twice:time"]
    if _STOPPED.search(first) and not _STARTED.search(first):
        for i in (i for i in others if _STARTED.search(columns[i].header)):
            found[i] = replace(columns[i], field="until", score=0.9, why="word")
    elif _STARTED.search(first):
        for i in (i for i in others if _STOPPED.search(columns[i].header) and _goes_before(sheet, i, timed)):
            found[i] = replace(columns[i], field="time", score=0.9, why="word")
            found[timed] = replace(columns[timed], field="until", score=0.9)
    return found


def _goes_before(sheet: Sheet, one: int, other: int) -> bool:
    earlier, later = (_moments(sheet, i) for i in (one, other))
    both = earlier.there & later.there
    return bool(both.any()) and bool((earlier.time_us <= later.time_us)[both].all())


_WHY_ALONE = frozenset({"reason", "note", "lost_oil_kg", "downtime_s"})


def only_reasons(sheet: Sheet, columns: list[ColumnPlan], kind: TableKind) -> bool:
    """Why a well stood, how long, and what was lost says of no repair that there was one: it may be of an
    alarm.
    """
    told = {column.field for column in told_by(columns, kind)}
    above = (cell for row in sheet.above for cell in row)
    said = any(_REPAIRS.search(text) for text in (*sheet.headers, sheet.name, *above))
    return kind.key == "workover" and told <= _WHY_ALONE and not said


_SAYS_ALARM = frozenset(("alarm_state", "message", "until", "priority"))


def tags_of_readings(sheet: Sheet, columns: list[ColumnPlan], kind: TableKind, words: Vocabulary) -> bool:
    """`Код` over `Qж`, `Рпр`: what was measured, where nothing beside it says what became of an alarm."""
    index = _place(columns, "alarm_tag")
    if kind.key != "alarm" or index is None or _SAYS_ALARM & {column.field for column in columns}:
        return False
    cells = texts_of(sheet.table.column(column_name(index)).slice(0, SAMPLE)).unique().to_pylist()
    told = [cell for cell in cells if cell]
    return 2 * sum(any(name in SENSORS for name in words.means(cell)) for cell in told) > len(told)


_BEGINS = re.compile(r"start|begin|начал", re.IGNORECASE)


def says_test(sheet: Sheet, columns: list[ColumnPlan]) -> bool:
    """`Дата замера`: what stands beside it was measured in a test."""
    return any(c.field == "time" and re.search(r"замер|test", c.header, re.IGNORECASE) for c in columns)


def begins_and_ends(sheet: Sheet, columns: list[ColumnPlan], words: Vocabulary) -> bool:
    """`Start | End` beside a rate: it is of the hours between."""
    begins = any(c.field == "time" and _BEGINS.search(c.header) for c in columns)
    rate = any(c.field == "liquid_m3_per_s" for c in columns)
    return begins and rate and _tells_an_end(sheet, words)


def says_test_of_hours(sheet: Sheet, columns: list[ColumnPlan], words: Vocabulary) -> bool:
    """`Test Start`, `Test End`: what stands beside them came in the hours between, no day's production."""
    return says_test(sheet, columns) and _tells_an_end(sheet, words)


def only_hours(columns: list[ColumnPlan]) -> bool:
    """How long a well ran says nothing of what it gave."""
    roles = {"", "well", "pad", "field", "time", "clock", "year", "month", "day", "lift"}
    return {column.field for column in columns} - roles == {"on_stream_s"}


def only_purpose(columns: list[ColumnPlan], kind: TableKind) -> bool:
    """What a well is for and on which day says nothing of what it gave."""
    told = {column.field for column in told_by(columns, kind)}
    return kind.key == "production" and bool(told) and told <= {"purpose", "period"}


def amounts_of_months(sheet: Sheet, columns: list[ColumnPlan], kind: TableKind) -> bool:
    """Amounts beside a column of months: rates that stand there too are reckoned from them."""
    timed = _place(columns, "time")
    if kind.key != "production" or timed is None or not names_months(sheet.table.column(column_name(timed))):
        return False
    return any(c.field in _AMOUNTS and c.why == "word" for c in columns)


_HOURS_ALONE = frozenset(map(folded, ("hours", "hrs", "hr", "часы", "часов")))
_HOURS_WITH_UNIT = _HOURS_ALONE | frozenset(map(folded, ("время", "time", "duration", "длительность")))


def hours_of_the_test(sheet: Sheet, columns: list[ColumnPlan], kind: TableKind) -> list[ColumnPlan]:
    """`Test date | Hours`: how long the test was, where nothing else says it; no hours of a day's work."""
    if kind.key != "flow_test" or DURATION in {c.field for c in columns} or not says_test(sheet, columns):
        return columns
    for index, column in enumerate(columns):
        name, unit, told = split_unit(column.header)
        timed = unit is not None and find_unit(told, "hours") is not None
        if column.field == "" and folded(name) in (_HOURS_WITH_UNIT if timed else _HOURS_ALONE):
            mine = ColumnPlan(column.header, DURATION, told if timed else "h", 0.9, "word")
            return [*columns[:index], mine, *columns[index + 1 :]]
    return columns


def by_volumes(sheet: Sheet, columns: list[ColumnPlan]) -> bool:
    """Volumes of a test beside how long it was: no production of a day."""
    return says_test(sheet, columns) and {c.field for c in columns} >= {*PARTS, "duration_s"}


_PRESSURES = frozenset({"wellhead_pressure_pa", "annulus_pressure_pa", "downhole_pressure_pa"})
_EQUIPMENT = frozenset({"installation", "pumping_unit", "passport"})


def measured_by_the_hour(sheet: Sheet, columns: list[ColumnPlan], kind: TableKind) -> bool:
    """Rows of hours and minutes, more than one in a day: nobody changes equipment so often, and pressures
    alone are no production.
    """
    timed = _place(columns, "time")
    pressures = kind.key == "production" and {c.field for c in columns} <= {
        *_PRESSURES,
        "",
        "time",
        "clock",
        "well",
    }
    if not (kind.key in _EQUIPMENT or pressures) or timed is None:
        return False
    at = np.unique(_moments(sheet, timed).told_us())
    return len(at) > 1 and bool((at % DAY_US).any()) and float(np.median(np.diff(at))) < DAY_US


def untimed_volumes(sheet: Sheet, kind: TableKind, columns: list[ColumnPlan]) -> int:
    """How many rates of a test are told as volumes, where neither a time in which they were measured nor
    anything else speaks of a test.
    """
    timed = any(c.field == DURATION for c in columns)
    if kind.key != "flow_test" or timed or says_test(sheet, columns):
        return 0
    targets = ((c, kind.target(c.field)) for c in columns if c.field)
    return sum(t is not None and volume_of(c.unit, t) is not None for c, t in targets)


_OF_PASSPORTS = frozenset({"plunger_diameter", "tubing_outer_diameter_m", "rods", "unit_name"})


def shot_by_hand(sheet: Sheet, columns: list[ColumnPlan]) -> bool:
    """A level on a day, without an hour: no controller writes so; what stands beside it was read on the
    same visit; where the acoustic velocity is told, an hour too. Not beside a plunger, pipes or rods: that is
    a passport. Beside rates neither: a record of a level would leave them out.
    """
    if tells_rates(sheet, vocabulary()) or any(
        vocabulary().means(column.header) & _OF_PASSPORTS for column in columns
    ):
        return False
    timed = _place(columns, "time")
    if timed is None or not any(c.field == "level_m" for c in columns):
        return False
    if any(c.field == "sound_speed_m_per_s" for c in columns):
        return True
    return _moments(sheet, timed).are_days()


def sampled(columns: list[ColumnPlan]) -> bool:
    """`Дата отбора`: what stands beside it was found in a sample."""
    return any(
        c.field in ("time", "clock") and re.search(r"отбор|sampl|muestr|coleta", c.header, re.I)
        for c in columns
    )


def tells_rates(sheet: Sheet, words: Vocabulary) -> bool:
    """A laboratory measures none: densities beside a rate are what the rate is reckoned with."""
    return any(words.means(header) & {"liquid_rate", "oil_rate"} for header in sheet.headers)
