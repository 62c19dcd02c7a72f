"""One cell as people and machines write a moment: what it is was worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importers.written_moments import clock_in, moment_in, month_in, weekday_in
from tests.proofs import examples

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000


def written(cell: str, **said: object) -> str | None:
    """As ISO, with `+05:00` where the cell says its own zone."""
    found = moment_in(cell, **said)  # type: ignore[arg-type]
    if found is None:
        return None
    text = (EPOCH + timedelta(microseconds=found.us)).replace(tzinfo=None).isoformat()
    if found.offset_us is None:
        return text
    minutes = found.offset_us // (60 * SECOND)
    assert found.utc_us == found.us - minutes * 60 * SECOND
    return f"{text}{'+' if minutes >= 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-04", "2026-03-04T00:00:00"),
        ("2026/3/4 5:06", "2026-03-04T05:06:00"),
        ("2026.12.31T23:59:59", "2026-12-31T23:59:59"),
        ("1.3.26 7:08", "2026-03-01T07:08:00"),
        ("31.12.2026", "2026-12-31T00:00:00"),
        ("31/12/26 г.", "2026-12-31T00:00:00"),
        ("12.03.2026 года", "2026-03-12T00:00:00"),
        ("12.03.2026, 07:08", "2026-03-12T07:08:00"),
        ("12.03.2026 - 07:08", "2026-03-12T07:08:00"),
        ("29.02.2024", "2024-02-29T00:00:00"),
        ("29.02.2026", None),
        ("31.04.2026", None),
        ("00.01.2026", None),
        ("13.13.2026", None),
        ("2026-13-01", None),
        ("1.3.2026.5", None),
        # of two figures a year is one that may be measured in
        ("01.03.00", "2000-03-01T00:00:00"),
        ("01.03.68", "2068-03-01T00:00:00"),
        ("01.03.69", "1969-03-01T00:00:00"),
        ("01.03.99", "1999-03-01T00:00:00"),
        ("01.03.0100", "0100-03-01T00:00:00"),
        # months as words
        ("12 марта 2026", "2026-03-12T00:00:00"),
        ("12 МАРТА 2026 Г. 07:08", "2026-03-12T07:08:00"),
        ("01-Oct-26 00:00:00.5", "2026-10-01T00:00:00.500000"),
        ("1 Oct 2026", "2026-10-01T00:00:00"),
        ("Oct 1, 2026", "2026-10-01T00:00:00"),
        ("October 2nd 2026 1:05 PM", "2026-10-02T13:05:00"),
        ("Oct-03-2026", "2026-10-03T00:00:00"),
        ("2026-Oct-04 05:06", "2026-10-04T05:06:00"),
        ("Oct 2026", "2026-10-01T00:00:00"),
        ("окт.26", "2026-10-01T00:00:00"),
        ("5 мама 2026", None),
        ("5 декада 2026", None),
        ("Thu Oct 01 08:00:00 2026", "2026-10-01T08:00:00"),
        ("Thu Oct 01 08:00:00 UTC 2026", "2026-10-01T08:00:00+00:00"),
        ("пн, 02.03.2026", "2026-03-02T00:00:00"),
        ("понедельник 02.03.2026", "2026-03-02T00:00:00"),
        # the clock first
        ("07:08 12.03.2026", "2026-03-12T07:08:00"),
        ("07:08:09, 2026-03-12", "2026-03-12T07:08:09"),
        # one figure behind the other
        ("20261001", "2026-10-01T00:00:00"),
        ("20261001 0800", "2026-10-01T08:00:00"),
        ("20261001T080910", "2026-10-01T08:09:10"),
        ("20261001_080910.25", "2026-10-01T08:09:10.250000"),
        ("20261001080910+0500", "2026-10-01T08:09:10+05:00"),
        ("20261001080910z", "2026-10-01T08:09:10+00:00"),
        ("20261301080910", None),
        ("20261001250000", None),
        ("22001001", None),
        # clocks
        ("01.03.2026 24:00", "2026-03-02T00:00:00"),
        ("01.03.2026 24:00:01", None),
        ("01.03.2026 24:01", None),
        ("01.03.2026 24:00:00.1", None),
        ("01.03.2026 25:00", None),
        ("01.03.2026 23:60", None),
        ("01.03.2026 23:59:60", None),
        ("01.03.2026 23:59:59,123456", "2026-03-01T23:59:59.123456"),
        ("01.03.2026 23:59:59.1234567", "2026-03-01T23:59:59.123456"),
        ("01.03.2026 23:59:59:123", "2026-03-01T23:59:59.123000"),
        ("01.03.2026 12:05 AM", "2026-03-01T00:05:00"),
        ("01.03.2026 12:05 PM", "2026-03-01T12:05:00"),
        ("01.03.2026 11:05 pm", "2026-03-01T23:05:00"),
        ("01.03.2026 1:05 дп", "2026-03-01T01:05:00"),
        ("01.03.2026 1:05 пп", "2026-03-01T13:05:00"),
        ("01.03.2026 5pm", "2026-03-01T17:00:00"),
        ("01.03.2026 12 a.m.", "2026-03-01T00:00:00"),
        ("01.03.2026 0:05 PM", None),
        ("01.03.2026 13:05 PM", None),
        ("01.03.2026 8 ч 05 мин", "2026-03-01T08:05:00"),
        ("01.03.2026 позже", None),
        ("01.03.2026 07:08 позже", None),
        # zones
        ("2026-03-01T07:08:00Z", "2026-03-01T07:08:00+00:00"),
        ("2026-03-01T07:08:00+05:00", "2026-03-01T07:08:00+05:00"),
        ("2026-03-01T07:08:00-03:30", "2026-03-01T07:08:00-03:30"),
        ("01.03.2026 07:08 МСК", "2026-03-01T07:08:00+03:00"),
        ("01.03.2026 UTC", "2026-03-01T00:00:00+00:00"),
        ("", None),
        ("вчера", None),
        ("12:30", None),
        ("5", None),
    ],
)
def test_a_moment_is_the_one_that_was_written_or_none(cell: str, moment: str | None) -> None:
    assert written(cell) == moment


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("10/1/2026 1:05 PM", "2026-10-01T13:05:00"),
        ("1/10/2026", "2026-01-10T00:00:00"),
        ("13/1/2026", None),
        ("2026-10-01", "2026-10-01T00:00:00"),
        ("1 Oct 2026", "2026-10-01T00:00:00"),
    ],
)
def test_the_month_stands_first_where_it_is_said(cell: str, moment: str | None) -> None:
    assert written(cell, month_first=True) == moment


def test_a_date_with_another_mark_than_its_columns_is_none() -> None:
    assert written("01.03.2026", mark=".") == "2026-03-01T00:00:00"
    assert written("01/03/2026", mark=".") is None
    assert written("2026-03-01", mark=".") == "2026-03-01T00:00:00"


@pytest.mark.parametrize(
    ("cell", "us"),
    [
        ("8:05", 29_100 * SECOND),
        ("00:00", 0),
        ("24:00", 86_400 * SECOND),
        ("24:00:01", None),
        ("1:05:06.5 PM", 47_106 * SECOND + 500_000),
        ("12:00 am", 0),
        ("12:00 pm", 43_200 * SECOND),
        ("11 p.m.", 82_800 * SECOND),
        ("1899-12-30 05:06:07", 18_367 * SECOND),
        ("05:06:07.000001", 18_367 * SECOND + 1),
        ("05:06 утра", None),
        ("30 05:06", None),
        ("5", None),
        ("", None),
    ],
)
def test_a_clock_is_so_long_after_midnight_or_none(cell: str, us: int | None) -> None:
    assert clock_in(cell) == us


MONTHS = (
    ("январь", "Янв.", "Jan", "January", "enero", "januar"),
    ("февраль", "февр", "Feb", "February", "febrero", "fevereiro"),
    ("март", "марта", "Mar", "March", "marzo", "März"),
    ("апрель", "апр.", "Apr", "April", "abril", "abr"),
    ("май", "мая", "may", "May", "mayo", "maio"),
    ("июнь", "июня", "Jun", "June", "junio", "juni"),
    ("июль", "июле", "Jul", "July", "julio", "juli"),
    ("август", "авг", "Aug", "August", "agosto", "ago"),
    ("сентябрь", "сент.", "Sep", "Sept.", "septiembre", "setembro"),
    ("октябрь", "окт", "Oct", "October", "octubre", "oktober"),
    ("ноябрь", "нояб.", "Nov", "November", "noviembre", "novembro"),
    ("декабрь", "декабре", "Dec", "December", "diciembre", "dezember"),
)


@pytest.mark.parametrize(("number", "words"), list(enumerate(MONTHS, 1)))
def test_a_month_is_known_by_its_name_in_each_language(number: int, words: tuple[str, ...]) -> None:
    assert {month_in(f" {word} ") for word in words} == {number}
    assert {written(f"7 {word} 2026") for word in words} == {f"2026-{number:02}-07T00:00:00"}


@pytest.mark.parametrize("word", ["", "мама", "декада", "3", "квартал", "jan feb"])
def test_what_is_no_name_of_a_month_is_none(word: str) -> None:
    assert month_in(word) is None


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("Mon 03/02/2026", 0),
        ("вторник, 03.03.2026", 1),
        ("04.03.2026 (ср)", 2),
        ("Thursday 05.03.2026", 3),
        ("пт 06.03.2026", 4),
        ("sábado 07.03.2026", 5),
        ("08.03.2026 вс", 6),
        ("08.03.2026", None),
        ("среднее", None),
        ("Monday's", None),
        ("", None),
    ],
)
def test_a_weekday_is_counted_from_monday(cell: str, day: int | None) -> None:
    assert weekday_in(cell) == day


@settings(max_examples=examples(60))
@given(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)))
def test_every_moment_is_read_back_in_each_way_of_writing_it(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    for form in ("%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%Y%m%dT%H%M%S", "%d %b %Y %I:%M:%S %p"):
        assert written(whole.strftime(form)) == whole.isoformat(), form
    assert written(whole.strftime("%m/%d/%Y %H:%M:%S"), month_first=True) == whole.isoformat()
    assert written(moment.isoformat(sep=" ", timespec="microseconds")) == moment.isoformat()
