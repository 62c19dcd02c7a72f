"""Tasks in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.core.ids import new_id
from app.core.texts import Speaker
from app.models.records import Record
from app.models.values import Values
from app.models.wells import SRP, Well, WellId
from app.reports.task_words import asked_words, place_words

AT = datetime(2026, 11, 28, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"what": "check", "origin": "finding", "note": "Обрыв"}, "Проверить диагноз (Обрыв)"),
        ({"what": "check", "origin": "person"}, "Проверить диагноз"),
        ({"what": "fluid_level", "origin": "rule", "note": "раз в 14 сут"}, "Отбить уровень"),
    ],
    ids=["of a finding", "of a person", "of a rule"],
)
def test_what_is_asked_names_why_unless_a_rule_asks(values: Values, words: str) -> None:
    record = Record(new_id(), "task", 1, AT, None, values)
    assert asked_words(record, Speaker("ru")) == words


def test_a_well_without_a_pad_is_its_name_alone() -> None:
    assert place_words(Well(WellId(1), "205", "F", "3", SRP), Speaker("ru")) == "к. 3, скв. 205"
    assert place_words(Well(WellId(1), "205", "F", "", SRP), Speaker("ru")) == "205"
