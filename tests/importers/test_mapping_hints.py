"""What else stands in a table speaks for its kind and columns: a day without an hour, a month beside it."""

from __future__ import annotations

import pytest

from tests.importers.test_mapping import DAYS, fields, proposed


@pytest.mark.parametrize(("hour", "kind"), [("", "fluid_level"), (" 14:30", "readings")])
def test_a_level_on_a_day_was_shot_by_hand_and_one_of_an_hour_is_a_gauges(hour: str, kind: str) -> None:
    rows = [["101", day + hour, 900 + n, 12] for n, day in enumerate(DAYS)]
    plan = proposed(["Скважина", "Дата", "Ндин, м", "Рзатр, атм"], *rows)
    assert plan.kind == kind


@pytest.mark.parametrize("first", ["Месяц", "Дата"])
def test_a_date_says_more_than_the_month_beside_it_whichever_comes_first(first: str) -> None:
    said = {"Месяц": "03.2026", "Дата": "12.03.2026"}
    told = dict(sorted(said.items(), key=lambda one: one[0] != first))
    row = ["101", *told.values(), 30]
    found = fields(proposed(["Скважина", *told, "Дебит жидкости, м3/сут"], row, row))
    assert found[1:3] == [{"Месяц": "", "Дата": "time"}[header] for header in told]
