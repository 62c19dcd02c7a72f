"""How a report is put together: periods, heads, what was not found in a line, names of files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job, Progress
from app.models.records import Record
from app.models.store import kinds, records
from app.models.wells import SRP, Well, WellId
from app.reports.blocks import Heading, Paragraph, Signatures
from app.services.reports import files, report
from app.services.workspace import Workspace
from tests.conftest import NOW

UNTIL = datetime(2026, 10, 1, tzinfo=UTC)


def ordered(workspace: Workspace, template: str = "well", **wanted: object) -> report.Order:
    return report.order(workspace, records.wells(workspace.store), template, language="en", **wanted)


def test_wells_are_named_once_and_those_of_a_pad_or_a_field_join_them(workspace: Workspace) -> None:
    def names(*named: str, **of: str) -> list[str]:
        return [well.name for well in report.wells_of(workspace, list(named), **of)]

    assert names("77", "77") == ["77"]
    assert names("77", pad="5") == ["77", "123Г"]
    assert names(field="Северное") == ["123Г", "77"]
    assert names(pad="6", field="Северное") == ["77"]
    with pytest.raises(KnownError) as told:
        names(pad="9")
    assert told.value.code == "pad_unknown"
    assert (told.value.details["pad"], told.value.details["known"]) == ("9", "Северное 5, Северное 6")
    with pytest.raises(KnownError) as told:
        names(pad="5", field="Южное")
    assert told.value.details["pad"] == "Южное 5"
    with pytest.raises(KnownError, match="report_no_wells"):
        names()


def test_a_period_is_what_was_asked_for_else_the_last_days_that_the_well_has_anything_of(
    workspace: Workspace,
) -> None:
    well = records.wells(workspace.store)[0]
    wanted = ordered(workspace)
    assert report.period_of(workspace, wanted, well) == (NOW - timedelta(days=30), NOW), "it has nothing"
    since = UNTIL - timedelta(days=3)
    assert report.period_of(workspace, replace(wanted, since=since, until=UNTIL), well) == (since, UNTIL)
    assert report.period_of(workspace, replace(wanted, until=UNTIL), well) == (
        UNTIL - timedelta(days=30),
        UNTIL,
    )
    for wrong in (UNTIL, UNTIL + timedelta(seconds=1)):
        with pytest.raises(KnownError, match="period_empty"):
            report.period_of(workspace, replace(wanted, since=wrong, until=UNTIL), well)
    measured = UNTIL - timedelta(days=100)
    with workspace.store.writing() as cursor:
        level = Record(
            "f", "fluid_level", int(well.id), measured, None, {"level": "dynamic", "level_m": 900.0}
        )
        kinds.put_one(cursor, level)
    begin, end = report.period_of(workspace, wanted, well)
    assert end == measured + timedelta(seconds=1)
    assert begin == end - timedelta(days=1), "no more than it has, a day at least"


def test_sections_that_found_nothing_are_one_line_over_the_signatures(workspace: Workspace) -> None:
    one = replace(ordered(workspace), wells=tuple(records.wells(workspace.store)[:1]))
    made = report.document(workspace, one)
    texts = [block.text for block in made.blocks if isinstance(block, Paragraph)]
    (line,) = (text for text in texts if text.startswith("Nothing was found in the period of: "))
    assert "trends" in line
    assert "flow tests" in line
    kinds_of = [type(block) for block in made.blocks]
    gathered = next(n for n, b in enumerate(made.blocks) if isinstance(b, Paragraph) and b.text == line)
    assert gathered < kinds_of.index(Signatures)
    assert made.missing == ("123Г",)
    assert "data until —" in made.source_line
    assert "days old" not in made.source_line


def test_each_of_several_wells_has_its_own_head_and_begins_a_page(workspace: Workspace) -> None:
    made = report.document(workspace, ordered(workspace, since=UNTIL - timedelta(days=1), until=UNTIL))
    heads = [block.text for block in made.blocks if isinstance(block, Heading) and block.level == 1]
    assert heads == ["Well 123Г", "Well 77"]
    assert [
        part.own_page
        for part in made.parts
        if isinstance(part.blocks[0], Heading) and part.blocks[0].level == 1
    ] == [True, True]
    assert "pad 5, 6, well 123Г, 77" in made.subtitle
    assert "2026-09-30" in made.subtitle


def test_many_wells_are_counted_behind_the_first_six(workspace: Workspace) -> None:
    wells = tuple(Well(WellId(10 + n), f"w{n}", "F", "1", SRP) for n in range(8))
    wanted = replace(ordered(workspace, "mine"), wells=wells, until=UNTIL)
    made = report.assembled(workspace, wanted, [], [])
    assert "w5 and 2 more" in made.keywords
    assert "w6" not in made.keywords


def test_a_report_that_is_stopped_stops_at_the_next_well(workspace: Workspace) -> None:
    heard: list[Progress] = []
    job = Job(heard.append, min_gap_s=0.0)
    job.cancel()
    with pytest.raises(Cancelled):
        for _ in report.parts_of(workspace, ordered(workspace), [], job):
            pass


@pytest.mark.parametrize(
    ("zone", "until", "day"),
    [
        ("UTC+5", datetime(2026, 9, 30, 20, 30, tzinfo=UTC), "2026-10-01"),
        ("UTC-8", datetime(2026, 10, 1, 3, tzinfo=UTC), "2026-09-30"),
        ("UTC+5", datetime(2026, 10, 1, tzinfo=UTC), "2026-10-01"),
    ],
)
def test_a_file_is_named_by_the_fields_day(
    workspace: Workspace, zone: str, until: datetime, day: str
) -> None:
    """As the head of its pages says it."""
    workspace.settings.set("time_zone", zone)
    name = files.suggested_name(workspace, ordered(workspace, until=until))
    assert name.endswith(f"_{day}.pdf")


def test_a_file_of_many_wells_is_named_by_their_number_and_never_too_long(workspace: Workspace) -> None:
    wells = tuple(Well(WellId(10 + n), "длинное имя " * 9, "F", "1", SRP) for n in range(4))
    wanted = replace(ordered(workspace, until=UNTIL), wells=wells)
    assert files.suggested_name(workspace, wanted, ".xlsx").endswith("_4_2026-10-01.xlsx")
    long = files.suggested_name(workspace, replace(wanted, wells=wells[:3]))
    assert len(long) == 80 + len("_2026-10-01.pdf")
    assert " " not in long
