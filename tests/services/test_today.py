"""The day of who works here: the order of the way, what stands on it, and what is printed."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest

from app.core.errors import KnownError
from app.core.ids import new_id
from app.models.records import Record
from app.models.store import records
from app.models.wells import ESP, Well, WellId
from app.services.records import entries
from app.services.tasks import listing, route, sheet, today
from app.services.workspace import Workspace

DAY = timedelta(days=1)


def well(number: int, name: str, pad: str) -> Well:
    return Well(WellId(number), name, "Северное", pad, ESP)


WELLS = [well(1, "10", "1"), well(2, "9", "1"), well(3, "30", "2"), well(4, "41", "10"), well(5, "50", "3")]


def names(found: list[Well]) -> list[str]:
    return [one.name for one in found]


def test_without_coordinates_pads_and_wells_go_by_their_numbers() -> None:
    assert names(route.ordered(WELLS, {}, [])) == ["9", "10", "30", "50", "41"]


def test_with_coordinates_the_nearest_pad_is_next_and_one_without_is_last() -> None:
    known = {1: (0.0, 0.0), 2: (50.0, 0.0), 4: (500.0, 0.0), 3: (9_000.0, 0.0)}
    assert names(route.ordered(WELLS, known, [])) == ["9", "10", "41", "30", "50"]


def test_the_order_that_somebody_put_stands_and_what_it_does_not_know_follows() -> None:
    put = [WELLS[3].key["uid"], WELLS[0].key["uid"]]
    assert names(route.ordered(WELLS, {}, put)) == ["41", "10", "9", "30", "50"]


def test_degrees_become_metres_of_one_plane(workspace: Workspace) -> None:
    for number, (latitude, longitude) in {1: (61.0, 73.0), 2: (61.0, 73.01)}.items():
        values = {"latitude_deg": latitude, "longitude_deg": longitude}
        entries.save_record(
            workspace, Record(new_id(), "location", number, workspace.clock(), None, dict(values))
        )
    found = route.places(workspace)
    # 0.01 degrees of longitude at 61° north: 0.01 · 111.195 km · cos 61°
    assert found[2][0] - found[1][0] == pytest.approx(539.1, abs=0.5)
    assert found[2][1] == pytest.approx(found[1][1])


def test_the_order_of_the_way_is_remembered_and_forgotten(workspace: Workspace) -> None:
    route.remember(workspace, ["b", "a"])
    route.remember(workspace, ["a", "c"])
    assert route.put(workspace) == ["a", "c", "b"]
    route.remember(workspace, [])
    assert route.put(workspace) == []
    (workspace.paths.folder / "route.json").write_text("{", encoding="utf-8")
    assert route.put(workspace) == []


def test_a_route_that_cannot_be_written_is_told(workspace: Workspace) -> None:
    (workspace.paths.folder / "route.json").mkdir()
    with pytest.raises(KnownError, match="file_not_written"):
        route.remember(workspace, ["a"])


def of_the_day(workspace: Workspace) -> today.Day:
    """A level closed by an entry, a sample that cannot be taken, a visit that is left; one of next month."""
    now = workspace.clock()
    one, other = records.wells(workspace.store)
    before = {"level": "dynamic", "level_m": 1111.0}
    entries.save_record(
        workspace, Record(new_id(), "fluid_level", int(one.id), now - 9 * DAY, None, dict(before))
    )
    listing.add(workspace, one, "fluid_level", now + DAY, since=now - DAY)
    listing.add(workspace, one, "visit", now + DAY, since=now - DAY, note="ключ на 32")
    listing.add(workspace, one, "flow_test", now + 40 * DAY, since=now + 30 * DAY)
    sample = listing.add(workspace, other, "lab_result", now + DAY, since=now - DAY)
    listing.refuse(workspace, sample, "нет проезда")
    return today.day(workspace)


def test_the_day_says_what_is_left_what_was_found_and_what_to_take(workspace: Workspace) -> None:
    day = of_the_day(workspace)
    assert (day.left, day.done) == (2, 1)
    asked = {one.task.what: one for stop in day.stops for one in stop.asked}
    assert set(asked) == {"fluid_level", "visit", "lab_result"}, "that of next month is not of today"
    assert asked["fluid_level"].last[0].values["level_m"] == 1111.0
    assert dict(day.along) == {"fluid_level": 1, "visit": 1}


def words_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def test_the_sheet_has_what_is_left_and_the_report_what_was_done_and_what_not_and_why(
    workspace: Workspace,
) -> None:
    workspace.settings.set("author", "Петров")
    of_the_day(workspace)
    now = workspace.clock()
    new = {"level": "dynamic", "level_m": 1234.0}
    entries.save_record(workspace, Record(new_id(), "fluid_level", 1, now, None, dict(new)))
    day = today.day(workspace)
    going = words_of(sheet.render(workspace, sheet.sheet(workspace, day)))
    assert "ключ на 32" in going
    assert "Отбить уровень" not in going, "it is done"
    back = words_of(sheet.render(workspace, sheet.report(workspace, day)))
    for words in ("Закрыто заданий: 2, осталось: 1", "1 234 м", "нет проезда", "Петров", "Обход"):
        assert words in back.replace("\u00a0", " "), words
