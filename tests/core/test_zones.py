"""The clock of the field: no hour lost, none doubled, and a day without an hour stays that day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import KnownError
from app.core.settings import Settings
from app.core.texts import Speaker
from app.core.zones import FieldZone, canonical, known, of_machine, places

PLACES = ("Asia/Yekaterinburg", "Europe/Moscow", "America/Chicago", "Asia/Kathmandu", "UTC-3:30", "UTC")
moments = st.datetimes(datetime(2009, 1, 1), datetime(2030, 1, 1)).map(
    lambda one: one.replace(microsecond=0, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("place", "moment", "clock"),
    [
        # Federal laws of 2011 and of 2014: the clock stayed forward, then went back for good.
        ("Asia/Yekaterinburg", datetime(2011, 1, 10, 7, tzinfo=UTC), "10.01.2011 12:00"),
        ("Asia/Yekaterinburg", datetime(2012, 1, 10, 6, tzinfo=UTC), "10.01.2012 12:00"),
        ("Asia/Yekaterinburg", datetime(2015, 1, 10, 7, tzinfo=UTC), "10.01.2015 12:00"),
        ("America/Chicago", datetime(2026, 1, 10, 18, tzinfo=UTC), "10.01.2026 12:00"),
        ("America/Chicago", datetime(2026, 7, 10, 17, tzinfo=UTC), "10.07.2026 12:00"),
    ],
)
def test_a_person_sees_what_the_clock_on_the_wall_showed(place: str, moment: datetime, clock: str) -> None:
    assert Speaker("ru", zone=FieldZone(place)).moment(moment) == clock


@pytest.mark.parametrize("place", PLACES)
@given(moment=moments)
def test_what_is_shown_and_typed_back_is_the_same_moment(place: str, moment: datetime) -> None:
    zone = FieldZone(place)
    wall = zone.shown(moment)
    again = zone.meant(wall.replace(tzinfo=None, fold=wall.fold))
    # The field's own midnight is typed as a day and kept as one.
    assert again == moment or (again.hour == again.minute == 0 and zone.shown(again).date() == wall.date())


@pytest.mark.parametrize("place", PLACES)
def test_a_day_without_an_hour_is_that_day_under_every_clock(place: str) -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    speaker = Speaker("en", zone=FieldZone(place))
    assert speaker.dated(day) == speaker.day(day) == "2026-03-01"
    assert speaker.zone.meant(datetime(2026, 3, 1)) == day


def test_days_with_23_and_25_hours_begin_at_midnight_of_the_field() -> None:
    zone = FieldZone("America/Chicago")
    days = zone.days(datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 3, 10, 12, tzinfo=UTC))
    lengths = [after - before for before, after in zip(days, days[1:], strict=False)]
    assert [zone.local(day).hour for day in days] == [0, 0, 0, 0]
    assert timedelta(hours=23) in lengths
    weeks = zone.days(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC), 7)
    assert {zone.local(day).weekday() for day in weeks} == {0}


def test_the_label_says_what_the_clock_was_then() -> None:
    assert FieldZone("Europe/Moscow").label(datetime(2013, 1, 1, tzinfo=UTC)) == "UTC+4"
    assert FieldZone("Europe/Moscow").label(datetime(2026, 1, 1, tzinfo=UTC)) == "UTC+3"
    assert FieldZone("UTC-3:30").label(datetime(2026, 1, 1, tzinfo=UTC)) == "UTC−3:30"
    assert FieldZone("UTC").label(datetime(2026, 1, 1, tzinfo=UTC)) == "UTC"


def test_a_zone_that_nobody_knows_is_refused_and_none_is_that_of_the_machine(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(KnownError, match="setting_zone") as refused:
        settings.set("time_zone", "Asia/Nowhere")
    assert Speaker("ru").error(refused.value).startswith("Часовой пояс промысла: «Asia/Nowhere»")
    assert settings.zone().name == of_machine()
    settings.set("time_zone", "Asia/Yekaterinburg")
    assert Settings(tmp_path / "settings.json").zone().offset(datetime(2026, 1, 1, tzinfo=UTC)) == timedelta(
        hours=5
    )


def test_a_zone_is_called_as_the_field_calls_it(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set("time_zone", " екатеринбург")
    assert settings["time_zone"] == "Asia/Yekaterinburg"
    russian, english = places("ru"), places("en")
    assert all(known(canonical(place)) for place in russian)
    assert russian[0] == "Алматы"
    assert "UTC+5" in english
    assert not any(place[0] > "z" for place in english)


@pytest.mark.parametrize(("hours", "zone"), [("5.0", "UTC+5:00"), ("-3.5", "UTC-3:30"), ("0.0", "")])
def test_the_hours_of_an_earlier_version_become_a_zone(tmp_path: Path, hours: str, zone: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 1, "field_utc_offset_h": ' + hours + "}", encoding="utf-8")
    assert Settings(path)["time_zone"] == zone


def test_every_place_to_choose_from_is_known_and_none_that_the_system_knows_is_missing() -> None:
    offered = set(places("en"))

    assert [place for place in offered if not known(place)] == []
    assert {"Asia/Yekaterinburg", "America/Argentina/Buenos_Aires", "Africa/Algiers"} <= offered
    theirs = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    assert len(theirs - offered) <= len(theirs) // 50, "only what is newer than the package of the rules"
