"""What production was of, a day or a month: told by the header and the title, the hours, the distance of the
rows; never by a first of a month alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from app.core.errors import Remark
from app.importers.moments import DAY_US
from app.importers.months import names_months
from app.importers.plan import SheetPlan
from app.importers.remarks import question, remark
from app.importers.rows import Problem, Rows
from app.importers.sheets import Sheet, column_name

DAY, MONTH = "day", "month"
_OF_MONTHS = re.compile(
    r"за\s+месяц|месячн|помесячн|\bмесяц\b|\bмэр\b|\bmonthly\b|per\s+month|/\s*мес|/\s*month|\bmonth\b|\bмесяц\b",
    re.IGNORECASE,
)
_OF_DAYS = re.compile(
    r"суточн|за\s+сутки|посуточн|\bсутки\b|(?<![/\w])сут\.|\bdaily\b|per\s+day|за\s+день|\brapport\b|ежедневн",
    re.IGNORECASE,
)
FIELDS = {"production": "period", "energy": "energy_period"}
"""Kinds whose amounts are of a day or a month → the field that says so."""
MONTH_LEAST_US = 27 * DAY_US
DAY_MOST_US = 2 * DAY_US
"""Rows a week or ten days apart are of neither unless their hours tell."""
MONTHS_LEAST = 3
"""So many firsts of months and no other day are the months themselves."""
MONTHS_DAYS = 31
EAST_MOST = np.timedelta64(14, "h")
"""The first of a month begins so much earlier in UTC."""
LONGEST_DAY_S = 25 * 3600.0
DAY_LEAST_US = 20 * 3_600_000_000
"""Days of a shift that is changed are some hours shorter or longer; amounts of hours are none of a day."""


def period_of(sheet: Sheet, plan: SheetPlan, rows: Rows) -> str:
    """DAY or MONTH; empty where nothing tells."""
    said = plan.answers.get("period", "")
    if said in (DAY, MONTH):
        return said
    lasted = by_ends(rows)
    if lasted:
        return lasted if lasted in (DAY, MONTH) else ""
    if _names_months(sheet, plan):
        return MONTH
    # `YEAR | MONTH | DAY`: parts of a date say nothing of what stands beside it.
    dated = {"year", "month", "day"} if plan.column_of("day") is not None else set()
    headers = [column.header for column in plan.columns if column.field not in dated]
    text = " ".join((sheet.name, *(cell for row in sheet.above for cell in row), *headers))
    months, days = bool(_OF_MONTHS.search(text)), bool(_OF_DAYS.search(text))
    if months != days:
        return MONTH if months else DAY
    hours = rows.values.get("on_stream_s")
    longest = float(np.nanmax(hours)) if hours is not None and np.isfinite(hours).any() else np.nan
    if longest > LONGEST_DAY_S:
        return MONTH
    by_rows = _by_distance(rows)
    if longest <= LONGEST_DAY_S:  # of a day, unless the rows are a month apart
        return "" if by_rows == MONTH else DAY
    return by_rows


def _names_months(sheet: Sheet, plan: SheetPlan) -> bool:
    """Whether its moments are months and no days: `10.2026`, `Aug-2026`, a year and a month, a title's."""
    timed = plan.column_of("time")
    if timed is None and plan.column_of("year") is not None:
        return plan.column_of("day") is None
    if timed is None:
        return re.match(r"[^\W\d]", plan.time) is not None
    return names_months(sheet.table.column(column_name(timed)))


def about_months(sheet: Sheet, plan: SheetPlan, rows: Rows) -> list[Remark]:
    """Rates and pressures of whole months stand at the first of each: that is said, for they are of no such
    moment.
    """
    if plan.kind not in ("readings", "flow_test") or not rows.values or not len(rows.time_us):
        return []
    days = np.unique(rows.time_us).astype("datetime64[us]")
    months = (days + EAST_MOST).astype("datetime64[M]")
    firsts = bool((days == months.astype("datetime64[us]")).all())
    if not _names_months(sheet, plan) and not (firsts and len(days) >= MONTHS_LEAST):
        return []
    return [remark("values_of_months", sheet.name, first=str(months[0]), last=str(months[-1]))]


def refuse_hours_or_days(sheet: Sheet, plan: SheetPlan, rows: Rows) -> None:
    """`Время работы` of a month that names no unit and is 31 at most: hours and days both can be."""
    index, hours = plan.column_of("on_stream_s"), rows.values.get("on_stream_s")
    if index is None or hours is None or "on_stream_s" not in rows.assumed:
        return
    longest = np.nanmax(hours) / 3600 if np.isfinite(hours).any() else 0.0
    if 0 < longest <= MONTHS_DAYS:
        first = int(np.flatnonzero(np.isfinite(hours))[0])
        shown, line = f"{hours[first] / 3600:.10g}", int(rows.line[first])
        column = plan.columns[index].header
        rows.problems.append(Problem(sheet.name, line, index, column, shown, "hours_or_days"))


def at_months(rows: Rows) -> Rows:
    """Each day is its month's: a file that dates a month by its last day and one that does by its first tell
    of one month.
    """
    days = rows.time_us.astype("datetime64[us]")
    first = days.astype("datetime64[M]").astype("datetime64[us]").astype(np.int64)
    return replace(rows, time_us=np.where(rows.time_us % DAY_US == 0, first, rows.time_us))


def _steps(rows: Rows) -> np.ndarray:
    """[µs] from each row of a well to its next one at another moment."""
    wells, codes = np.unique(rows.well.astype(str), return_inverse=True)
    at = np.unique(np.stack([codes, rows.time_us]), axis=1) if len(codes) else np.empty((2, 0), np.int64)
    return np.asarray(np.diff(at[1])[np.diff(at[0]) == 0])


def refuse_amounts_of_hours(sheet: Sheet, rows: Rows) -> None:
    """Rows of a well within a day of each other: none of them is a day's or a month's amount."""
    step = _steps(rows)
    if len(step) and float(np.median(step)) < DAY_LEAST_US:
        hours = {"hours": round(float(np.median(step)) / 3.6e9, 1)}
        line = int(rows.line[0])
        rows.problems.append(
            Problem(sheet.name, line, -1, "", "", "amounts_of_hours", "error", details=hours)
        )


ELSE = "else"
_SLACK_US = 2 * 3_600_000_000
"""Of a day's end: a shift, and the night on which clocks are changed."""


def by_ends(rows: Rows) -> str:
    """DAY or MONTH where each row says when it ended and all are of one, ELSE where they are of anything
    else; empty where no row says so. `01.10 - 31.10` is a month, and so is `01.10 - 01.11`.
    """
    if rows.until_us is None or not len(told := np.flatnonzero(_ended(rows))):
        return ""
    lasted = rows.until_us[told] - rows.time_us[told]
    if bool(_are_months(rows.time_us[told], lasted).all()):
        return MONTH
    if bool((lasted == 0).all()) or (bool(_are_days(lasted).all()) and not _two_days(rows, told)):
        return DAY
    return ELSE


def _are_months(time_us: np.ndarray, lasted: np.ndarray) -> np.ndarray:
    """(n,) bool: from the first of a month to its last day or to the next first."""
    first = time_us.astype("datetime64[us]")
    month = (first + EAST_MOST).astype("datetime64[M]")
    days = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.int64)
    left = days * DAY_US - lasted
    begins = np.abs(first - month.astype("datetime64[us]")) <= EAST_MOST
    return np.asarray(begins & ((np.abs(left) <= _SLACK_US) | (np.abs(left - DAY_US) <= _SLACK_US)))


def _are_days(lasted: np.ndarray) -> np.ndarray:
    """(n,) bool"""
    return np.asarray(np.abs(lasted - DAY_US) <= _SLACK_US)


def _ended(rows: Rows) -> np.ndarray:
    """(n,) bool"""
    assert rows.until_us is not None
    return (rows.until_us >= rows.time_us) & (rows.time_us != 0)


def _two_days(rows: Rows, told: np.ndarray) -> bool:
    """`01.10 - 02.10`, and the next row from `03.10`: two days, of which the end is the second."""
    assert rows.until_us is not None
    if (rows.time_us[told] % DAY_US).any() and (rows.until_us[told] % DAY_US).any():
        return False
    step = _steps(rows)
    return bool(len(step)) and float(np.median(step)) > 1.5 * DAY_US and bool((step <= 2.5 * DAY_US).all())


BETWEEN = "amounts_between"


def refuse_amounts(sheet: Sheet, plan: SheetPlan, rows: Rows) -> None:
    """Of hours, and of what is neither a day nor a month."""
    refuse_amounts_of_hours(sheet, rows)
    if plan.answers.get("period") not in (DAY, MONTH) and by_ends(rows) == ELSE:
        _refuse_amounts_between(sheet, rows)


def _refuse_amounts_between(sheet: Sheet, rows: Rows) -> None:
    """Amounts of ten days or of a week are kept nowhere."""
    assert rows.until_us is not None
    told = np.flatnonzero(_ended(rows))
    all_lasted = rows.until_us[told] - rows.time_us[told]
    days = (all_lasted == 0) | _are_days(all_lasted)
    neither = ~days & ~_are_months(rows.time_us[told], all_lasted)
    at = int(np.argmax(neither))  # the first where each is one of the two
    row, lasted = int(told[at]), float(all_lasted[at]) / DAY_US
    said = {"days": round(lasted + lasted.is_integer(), 1)}  # the day that is named last is one of them
    rows.problems.append(Problem(sheet.name, int(rows.line[row]), -1, "", "", BETWEEN, "error", details=said))


def _by_distance(rows: Rows) -> str:
    step = _steps(rows)
    if len(step) and float(np.median(step)) < MONTH_LEAST_US:
        # A day's step among longer ones: amounts of a day, of which some were not kept.
        return DAY if float(step.min()) <= DAY_MOST_US else ""
    days = (rows.time_us // DAY_US).astype("datetime64[D]")
    firsts = days == days.astype("datetime64[M]").astype("datetime64[D]")
    lasts = (days + 1) == (days + 1).astype("datetime64[M]").astype("datetime64[D]")
    edges = bool(firsts.all() or lasts.all())
    if len(step):
        return MONTH if edges else ""
    return "" if edges else DAY


def asked_of_period(sheet: Sheet, rows: Rows) -> None:
    """The question, where one is to be asked."""
    if any(problem.code == BETWEEN for problem in rows.problems):
        return
    line = int(rows.line[0]) if len(rows.line) else 0
    at = np.datetime64(int(rows.time_us[0]) if len(rows.line) else 0, "us")
    options = {DAY: str(at.astype("datetime64[D]")), MONTH: str(at.astype("datetime64[M]"))}
    rows.problems.append(question("period", sheet.name, line, -1, "", options[DAY], options))
