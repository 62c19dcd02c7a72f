"""What was written down about a well, on paper: events, notes, documents, analyses, passport, sketch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from app.core.texts import LANGUAGES, Speaker
from app.models.records import AttachedFile, Event
from app.models.wells import LIFTS, SRP
from app.reports.blocks import Completion, Heading, Pairs, Paragraph, Signatures, Timeline
from app.reports.clippings import Clipping
from app.reports.sections import (
    clippings,
    completion,
    documents,
    notes,
    passport,
    signatures,
    timeline,
)
from tests.reports.told import (
    AT,
    EAST,
    EN,
    RU,
    SINCE,
    UNTIL,
    US,
    a_well,
    cells,
    equipped,
    facts,
    filed,
    for_all,
    history,
    made,
    nothing,
    pairs,
    table,
    words,
)

DAY = timedelta(days=1)


def an_event(kind: str, at: datetime = AT, until: datetime | None = None, note: str = "") -> Event:
    return Event(f"{kind} {at}", 1, at, until, kind, note)


# Events


def test_a_period_without_events_is_one_sentence() -> None:
    assert nothing(made(timeline.SECTION, facts())) == "Nothing was recorded in the period."


def test_events_and_records_stand_in_one_table_newest_first() -> None:
    told = facts(
        events=(an_event("stop", AT - 2 * DAY, AT - DAY, "service"), an_event("choke", AT, None, "8 mm")),
        records=(filed("installation", AT - 3 * DAY, pump_name="NN2B-44"),),
    )
    shown = table(made(timeline.SECTION, told))
    assert [column.kind for column in shown.columns] == ["dated", "dated", "text"]
    assert cells(shown, "From") == [AT, AT - 2 * DAY, AT - 3 * DAY]
    assert cells(shown, "To") == [None, AT - DAY, None]
    first, second, third = cells(shown, "Event")
    assert first == "Choke change: 8 mm"
    assert second == "Stop: service"
    assert "NN2B-44" in third


def test_a_workover_is_told_once_by_its_record_and_never_by_a_code() -> None:
    """The store calls it an event as well, whose note is the code of its kind."""
    told = facts(
        events=(an_event("workover", AT, AT + 3 * DAY, "trs"),),
        records=(filed("workover", AT, AT + 3 * DAY, kind="trs", reason="обрыв штанг"),),
    )
    blocks = made(timeline.SECTION, told, RU)
    assert cells(table(blocks), "Событие") == ["Ремонт: ТРС; обрыв штанг"]
    (drawn,) = (block for block in blocks if isinstance(block, Timeline))
    assert [(name, len(spans)) for name, _, spans in drawn.rows] == [("Ремонт", 1)]


def test_what_lasted_is_a_bar_and_what_happened_at_once_or_still_lasts_has_no_end() -> None:
    told = facts(
        events=(
            an_event("stop", AT - 5 * DAY, AT - 4 * DAY),
            an_event("stop", AT - DAY),
            an_event("note", AT - DAY, AT),
        ),
        records=(
            filed("workover", AT - 3 * DAY, AT - 2 * DAY, kind="krs"),
            filed("installation", AT - 2 * DAY, AT),
        ),
    )
    (drawn,) = (block for block in made(timeline.SECTION, told) if isinstance(block, Timeline))
    second = [
        moment.timestamp() for moment in (AT - 5 * DAY, AT - 4 * DAY, AT - 3 * DAY, AT - 2 * DAY, AT - DAY)
    ]
    assert {name: spans for name, _, spans in drawn.rows} == {
        "Stop": ((second[0], second[1]), (second[4], None)),
        "Note": ((second[4], None),),
        "Workover": ((second[2], second[3]),),
        "Equipment change": ((second[3], None),),
    }
    assert (drawn.since, drawn.until) == (SINCE.timestamp(), UNTIL.timestamp())


def test_a_kind_of_event_has_the_same_colour_and_order_on_every_well() -> None:
    def rows(*kinds: str) -> dict[str, int]:
        told = facts(events=tuple(an_event(kind, AT + n * DAY) for n, kind in enumerate(kinds)))
        (drawn,) = (block for block in made(timeline.SECTION, told) if isinstance(block, Timeline))
        return {name: style for name, style, _ in drawn.rows}

    one, other = rows("stop", "start", "choke"), rows("choke", "stop")
    assert list(one) == ["Start", "Stop", "Choke change"]
    assert list(other) == ["Stop", "Choke change"]
    assert all(one[name] == style for name, style in other.items())


def test_no_more_events_than_asked_for_are_printed_and_the_rest_is_counted() -> None:
    told = facts(events=tuple(an_event("start", AT - n * DAY) for n in range(4)))
    blocks = made(timeline.SECTION, told, most=3)
    assert cells(table(blocks), "From") == [AT, AT - DAY, AT - 2 * DAY]
    assert "And 1 more events." in words(blocks)
    assert "more events" not in words(made(timeline.SECTION, told, most=4))


# Notes and documents


def test_notes_and_documents_without_any_are_a_sentence() -> None:
    assert nothing(made(notes.SECTION, facts(), RU)) == "За период заметок нет."
    assert nothing(made(documents.SECTION, facts(), RU)) == "За период документов нет."


def test_a_note_is_printed_as_written_with_its_author() -> None:
    told = facts(records=(filed("note", text="Стук <в> редукторе", author="Иванов"), filed("note", AT - DAY)))
    shown = table(made(notes.SECTION, told, RU))
    assert shown.rows == ((AT, "Стук <в> редукторе", "Иванов"), (AT - DAY, "", ""))
    assert [column.kind for column in shown.columns] == ["dated", "text", "text"]


def test_a_document_names_its_files_and_its_kind_in_words() -> None:
    record = replace(
        filed("document", kind="act", title="Опрессовка"),
        files=(AttachedFile("d", "aa", "act.pdf", 10), AttachedFile("d", "bb", "photo.jpg", 20)),
    )
    shown = table(made(documents.SECTION, facts(records=(record, filed("document", AT - DAY, kind="photo")))))
    assert shown.rows[0] == (AT, "Act", "Опрессовка", "act.pdf, photo.jpg")
    assert shown.rows[1] == (AT - DAY, "Photo", "", "")
    assert [column.kind for column in shown.columns] == ["day", "text", "text", "text"]


# Passport


def test_a_well_of_which_nothing_is_known_has_dashes_and_no_equipment() -> None:
    told = pairs(made(passport.SECTION, facts(a_well(SRP, field_name="", state="stopped"))))
    assert told == {"Field": "—", "Pad": "5", "Lift": "Rod pump", "State": "stopped"}


def test_a_passport_tells_names_equipment_and_the_last_reading() -> None:
    told = facts(
        a_well(aliases=("101А", "P-101")),
        installation=equipped(
            pump_name="ВНН5-80",
            pump={"depth_m": 1_850.4, "plunger_diameter_m": 0.044},
            stages=293,
            motor="ПЭД40",
            rated_power_w=40e3,
            rated_current_a=32.5,
            supplier="Борец",
            tubing={"outer_diameter_m": 0.073},
        ),
        last_reading_at=AT,
    )
    assert pairs(made(passport.SECTION, told, EAST)) == {
        "Field": "North",
        "Pad": "5",
        "Lift": "ESP",
        "State": "running",
        "Other names": "101А, P-101",
        "Pump": "ВНН5-80",
        "Pump depth": "1 850 m",
        "Stages": "293",
        "Motor": "ПЭД40",
        "Motor power": "40 kW",
        "Rated current": "32.5 A",
        "Supplier": "Борец",
        "Tubing, outer diameter": "73 mm",
        "Run": "2026-03-01",
        "Last reading": "2026-05-21 02:30",
    }


def test_a_rod_pump_without_a_name_goes_by_its_plunger_and_its_rods_are_a_sum() -> None:
    rods = [{"diameter_m": 0.022, "length_m": 560.0}, {"diameter_m": 0.019, "length_m": 650.0}]
    told = facts(a_well(SRP), installation=equipped(pump={"plunger_diameter_m": 0.0445}, rods=rods))
    shown = pairs(made(passport.SECTION, told))
    assert shown["Plunger"] == "44.5 mm"
    assert shown["Rods, mm × m"] == "22×560 + 19×650"
    assert "Pump" not in shown
    assert "Pump depth" not in shown


def test_equipment_that_is_no_table_of_ours_is_passed_over() -> None:
    """Files of other programs have a name where ours has a table."""
    told = facts(installation=equipped(pump="ВНН5", tubing="73", rods="22+19", motor=None, supplier="—"))
    assert list(pairs(made(passport.SECTION, told))) == ["Field", "Pad", "Lift", "State", "Run"]


# Sketch


def sketch(told: object, speaker: Speaker = EN) -> tuple[Completion, str]:
    blocks = made(completion.SECTION, told, speaker)
    (drawn,) = (block for block in blocks if isinstance(block, Completion))
    return drawn, words(blocks)


def test_without_the_depth_of_the_pump_nothing_is_drawn_and_that_is_said() -> None:
    blocks = made(completion.SECTION, facts())
    assert [type(block) for block in blocks] == [Heading, Paragraph]
    assert "The pump's setting depth is not entered" in words(blocks)


def test_only_the_depth_is_drawn_and_what_nobody_told_is_named() -> None:
    drawn, said = sketch(facts(a_well(depth_m=1_000.0)))
    assert drawn.pump == 1_000.0
    assert drawn.bottom == pytest.approx(1_050.0)
    assert (drawn.casing_shoe, drawn.level, drawn.perforations, drawn.rods) == (None, None, (), ())
    assert drawn.marks == ((1_000.0, "pump"),)
    assert drawn.lift == "esp"
    assert drawn.unit == "m"
    assert "Not entered: perforations, the shoe of the casing, fluid level." in said


def full(lift: str = SRP) -> object:
    return facts(
        a_well(lift, depth_m=900.0),
        installation=equipped(
            pump={"depth_m": 1_200.0, "plunger_diameter_m": 0.044},
            hole={
                "perforation_top_m": 1_300.0,
                "perforation_bottom_m": 1_320.0,
                "casing_shoe_m": 1_400.0,
                "casing_diameter_m": 0.146,
            },
            rods=[{"diameter_m": 0.022, "length_m": 500.0}, {"diameter_m": 0.019, "length_m": 700.0}],
            tubing={"outer_diameter_m": 0.073},
        ),
        flow=history(level_m=np.array([800.0, 950.0, np.nan]), level_from="shots"),
    )


def test_a_known_well_is_drawn_to_its_depths_with_everything_named_where_it_hangs() -> None:
    drawn, said = sketch(full())
    assert drawn.pump == 1_200.0, "of the record, not of the well's passport"
    assert drawn.level == 950.0
    assert drawn.casing_shoe == 1_400.0
    assert drawn.bottom == pytest.approx(1_470.0)
    assert drawn.perforations == ((1_300.0, 1_320.0),)
    assert drawn.rods == ((500.0, "22\u00a0mm"), (700.0, "19\u00a0mm"))
    assert [(depth, text.replace("\u00a0", " ")) for depth, text in drawn.marks] == [
        (950.0, "dynamic level (shot)"),
        (1_200.0, "rod pump, plunger 44 mm"),
        (1_400.0, "casing shoe 146 mm"),
        (1_300.0, "top of perforations"),
        (1_320.0, "bottom of perforations"),
        (250.0, "rods 22 mm, 500 m"),
        (850.0, "rods 19 mm, 700 m"),
        (144.0, "tubing 73 mm"),
    ]
    assert "Not entered" not in said


def test_depths_are_in_the_readers_unit() -> None:
    drawn, _ = sketch(full(), US)
    assert drawn.unit == "ft"
    assert drawn.pump == pytest.approx(3_937.0, abs=0.1)
    assert drawn.bottom == pytest.approx(1_470.0 / 0.3048)
    assert drawn.rods[0][0] == pytest.approx(500 / 0.3048)


def test_an_interval_with_one_end_is_no_interval() -> None:
    hole = {"perforation_top_m": 1_300.0}
    drawn, said = sketch(facts(installation=equipped(pump={"depth_m": 1_200.0}, hole=hole)))
    assert drawn.perforations == ()
    assert "Not entered: the shoe of the casing, fluid level." in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lift", LIFTS)
def test_what_hangs_at_the_end_of_the_tubing_has_a_word_for_every_lift(lift: str, language: str) -> None:
    drawn, _ = sketch(facts(a_well(lift, depth_m=1_000.0)), Speaker(language))
    ((_, said),) = drawn.marks
    assert "completion" not in said
    assert "_" not in said


def test_a_pump_with_a_name_is_called_by_it() -> None:
    drawn, _ = sketch(facts(installation=equipped(pump={"depth_m": 1_200.0}, pump_name="НН2Б-44")), RU)
    assert drawn.marks == ((1_200.0, "насос НН2Б-44"),)


# Signatures and what was taken by hand


def signed(**options: object) -> list[object]:
    return made(signatures.SECTION, facts(), **options)


def test_two_lines_to_sign_with_the_author_on_the_first() -> None:
    blocks = signed(author="Petrova A.")
    assert blocks[1] == Signatures((("Made by", "Petrova A."), ("Checked by", "")), "Date")
    assert len(blocks) == 2


def test_the_template_says_who_signs() -> None:
    blocks = signed(author="P", roles=" Geologist, ,Head of the shop ,Engineer")
    assert isinstance(blocks[1], Signatures)
    assert blocks[1].items == (("Geologist", "P"), ("Head of the shop", ""), ("Engineer", ""))


def test_where_people_sign_in_it_is_told_whether_the_name_was_typed() -> None:
    person = SimpleNamespace(name="Petrova A.", issuer="id.example", at=AT)
    signed_in = words(signed(sign_in_offered=True, signed_in=person))
    assert "Made by Petrova A., who was signed in at id.example on 2026-05-20 21:30." in signed_in
    typed = words(signed(sign_in_offered=True, signed_in=None))
    assert "The name was typed on this computer" in typed


def test_what_was_taken_by_hand_stands_in_the_order_it_was_put_with_its_time() -> None:
    taken = (
        Clipping("a", AT, "Trends, well 101", Pairs((("a", "1"),))),
        Clipping("b", datetime(2026, 5, 1, 3, tzinfo=UTC), "Cards, well 202", Pairs((("b", "2"),))),
    )
    blocks = for_all(clippings.SECTION, [facts(clippings=taken)], EAST)
    assert blocks[0] == Heading("My report", 1)
    assert blocks[1:4] == [
        Heading("Trends, well 101"),
        Pairs((("a", "1"),)),
        Paragraph("Taken 2026-05-21 02:30", muted=True),
    ]
    assert blocks[4] == Heading("Cards, well 202")
    assert blocks[6] == Paragraph("Taken 2026-05-01 08:00", muted=True)


def test_an_empty_collection_says_how_to_fill_it() -> None:
    for told in ([facts()], []):
        blocks = for_all(clippings.SECTION, told)
        assert "Nothing was taken yet" in words(blocks)
        assert len(blocks) == 2
