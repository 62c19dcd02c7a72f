"""What production was of, a day or a month."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from app.importers import periods
from app.importers.periods import DAY, MONTH, period_of
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.rows import Rows
from app.importers.sheets import Layout, Sheet
from tests.importers.cells_at_hand import us

HOUR_US = 3_600_000_000


def rows_of(
    days: list[str], wells: list[str] | None = None, hours: list[float] | None = None, **more: Any
) -> Rows:
    values = {} if hours is None else {"on_stream_s": np.array(hours) * 3600}
    well = np.array(wells or ["1"] * len(days), object)
    return Rows("production", np.arange(2, 2 + len(days)), well, us(*days), None, values, **more)


def sheet_of(cells: list[str], *headers: str, above: str = "", name: str = "Л") -> Sheet:
    table = pa.table({"c0": pa.array(cells, pa.string())})
    return Sheet(name, Layout(0), ("Когда", *headers), (), table, ((above,),) if above else ())


def plan_of(*headers: str, time: str = "time", **said: Any) -> SheetPlan:
    columns = (ColumnPlan("Когда", time), *(ColumnPlan(header, "oil_m3") for header in headers))
    return SheetPlan("Л", "production", Layout(0), columns, **said)


def period(days: list[str], header: str = "Нефть", **said: Any) -> str:
    sheet = sheet_of(days, header, above=said.pop("above", ""), name=said.pop("name", "Л"))
    rows = rows_of(days, said.pop("wells", None), said.pop("hours", None))
    return period_of(sheet, plan_of(header, **said), rows)


DAILY = ["2026-03-01", "2026-03-02", "2026-03-03"]
MONTHLY = ["2026-03-01", "2026-04-01", "2026-05-01"]
ENDS = ["2026-03-31", "2026-04-30", "2026-05-31"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (DAILY, DAY),
        (MONTHLY, MONTH),
        (ENDS, MONTH),
        (["2026-02-01", "2026-03-01"], MONTH),
        (["2026-03-05", "2026-04-05"], ""),
        (["2026-03-01", "2026-04-01", "2026-05-02"], ""),
        (["2026-03-01", "2026-03-08", "2026-03-15"], ""),
        (["2026-03-01", "2026-03-03", "2026-03-10"], DAY),
        (["2026-03-01", "2026-03-03T00:01", "2026-03-10"], ""),
        (["2026-03-01"], ""),
        (["2026-03-31"], ""),
        (["2026-03-15"], DAY),
    ],
)
def test_the_distance_of_the_rows_tells_days_from_months(days: list[str], said: str) -> None:
    assert period(days) == said


@pytest.mark.parametrize(("step", "said"), [(26, ""), (27, "")])
def test_a_step_between_days_and_months_tells_nothing_by_itself(step: int, said: str) -> None:
    first = np.datetime64("2026-03-02")
    assert period([str(first), str(first + step)]) == said


def test_each_wells_rows_are_apart_for_themselves() -> None:
    assert period(["2026-03-01", "2026-03-01", "2026-04-01", "2026-04-01"], wells=["1", "2"] * 2) == MONTH
    assert period(["2026-03-05", "2026-03-06"], wells=["1", "2"]) == DAY, "no well has two rows"


@pytest.mark.parametrize(
    ("hours", "days", "said"),
    [
        (24.0, DAILY[:1], DAY),
        (25.0, DAILY[:1], DAY),
        (25.1, DAILY[:1], MONTH),
        (720.0, DAILY, MONTH),
        (24.0, MONTHLY, ""),
        (np.nan, ["2026-03-15"], DAY),
        (np.nan, ["2026-03-01"], ""),
    ],
)
def test_hours_tell_a_day_from_a_month(hours: float, days: list[str], said: str) -> None:
    assert period(days, hours=[1.0] * (len(days) - 1) + [hours] if len(days) > 1 else [hours]) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"above": "Добыча за месяц"}, MONTH),
        ({"name": "МЭР"}, MONTH),
        ({"header": "Oil, bbl/month"}, MONTH),
        ({"header": "Нефть, м3/мес"}, MONTH),
        ({"header": "Monthly oil"}, MONTH),
        ({"above": "Суточный рапорт"}, DAY),
        ({"name": "Daily"}, DAY),
        ({"header": "Нефть за сутки"}, DAY),
        ({"above": "Суточный рапорт за месяц"}, ""),
        ({"above": "Рапорт м3/сут."}, ""),
        ({"answers": {"period": "day"}}, DAY),
        ({"answers": {"period": "month"}}, MONTH),
        ({"answers": {"period": "year"}}, ""),
    ],
)
def test_words_and_answers_tell_what_rows_do_not(words: dict[str, Any], said: str) -> None:
    assert period(["2026-03-01"], **words) == said


def test_columns_that_are_months_are_of_months() -> None:
    assert period_of(sheet_of(["03.2026"], "Нефть"), plan_of("Нефть"), rows_of(["2026-03-01"])) == MONTH
    by_year = plan_of("Нефть", time="year")
    assert period_of(sheet_of(["2026"], "Нефть"), by_year, rows_of(["2026-03-05"])) == MONTH
    with_day = replace(by_year, columns=(*by_year.columns, ColumnPlan("День", "day")))
    assert period_of(sheet_of(["2026"], "Нефть"), with_day, rows_of(["2026-03-05"])) == DAY
    said = replace(plan_of("Нефть", time=""), time="март 2026")
    assert period_of(sheet_of([""], "Нефть"), said, rows_of(["2026-03-05"])) == MONTH
    assert (
        period_of(sheet_of([""], "Нефть"), replace(said, time="05.03.2026"), rows_of(["2026-03-05"])) == DAY
    )


def test_amounts_of_rows_some_hours_apart_are_refused() -> None:
    def codes(step_h: float) -> list[Any]:
        rows = rows_of(["2026-03-01", "2026-03-02"])
        rows.time_us = rows.time_us[0] + np.array([0, round(step_h * HOUR_US)])
        periods.refuse_amounts_of_hours(sheet_of(["x"]), rows)
        return [(p.line, p.code, p.details) for p in rows.problems]

    assert codes(2) == [(2, "amounts_of_hours", {"hours": 2.0})]
    assert codes(19.99) == [(2, "amounts_of_hours", {"hours": 20.0})]
    assert codes(20) == codes(24) == []


def test_each_day_is_put_on_its_months_first_and_an_hour_stays() -> None:
    rows = rows_of(["2026-03-31", "2026-03-01", "2026-03-15T06:00"])
    assert (
        periods.at_months(rows).time_us.tolist()
        == us("2026-03-01", "2026-03-01", "2026-03-15T06:00").tolist()
    )


@pytest.mark.parametrize(
    ("hours", "assumed", "codes"),
    [
        ([20.0, 31.0], True, ["hours_or_days"]),
        ([20.0, 31.1], True, []),
        ([np.nan, 20.0], True, ["hours_or_days"]),
        ([0.0], True, []),
        ([np.nan], True, []),
        ([20.0], False, []),
    ],
)
def test_a_months_time_on_stream_without_a_unit_is_asked_of_up_to_31(
    hours: list[float], assumed: bool, codes: list[str]
) -> None:
    rows = rows_of(["2026-03-01"] * len(hours), hours=hours)
    if assumed:
        rows.assumed["on_stream_s"] = None  # type: ignore[assignment]
    plan = replace(
        plan_of("Нефть"), columns=(ColumnPlan("Когда", "time"), ColumnPlan("Время", "on_stream_s"))
    )
    periods.refuse_hours_or_days(sheet_of(["x"], "Время"), plan, rows)
    assert [p.code for p in rows.problems] == codes
    if codes:
        assert rows.problems[0].value == "20"
        assert rows.problems[0].line == 2 + int(np.isnan(hours[0]))


@pytest.mark.parametrize(
    ("kind", "days", "said"),
    [
        ("readings", MONTHLY, True),
        ("readings", MONTHLY[:2], False),
        ("readings", [*MONTHLY, "2026-05-02"], False),
        ("flow_test", ["2026-02-28T19:00", "2026-03-31T19:00", "2026-04-30T19:00"], False),
        ("flow_test", MONTHLY, True),
        ("production", MONTHLY, False),
        ("readings", [], False),
    ],
)
def test_values_that_stand_at_firsts_of_months_are_told_to_be_of_months(
    kind: str, days: list[str], said: bool
) -> None:
    rows = rows_of(days, hours=[1.0] * len(days))
    told = periods.about_months(sheet_of(days), replace(plan_of(), kind=kind), rows)
    assert bool(told) is said
    if said:
        assert (told[0][1]["first"], told[0][1]["last"]) == ("2026-03", "2026-05")


def test_the_question_of_the_period_shows_the_first_row_both_ways() -> None:
    rows = rows_of(["2026-03-15", "2026-04-15"])
    periods.asked_of_period(sheet_of(["x"]), rows)
    assert [(p.line, p.code, p.severity, p.options) for p in rows.problems] == [
        (2, "period", "question", {"day": "2026-03-15", "month": "2026-03"})
    ]
