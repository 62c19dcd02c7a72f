"""Reports: every finding is in their text, both languages, odd wells, templates, and files that other
programs accept.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from app.analysis.simulate.field import ESP_TRUTH, SRP_TRUTH
from app.core.errors import KnownError
from app.core.texts import Speaker
from app.models.records import LabResult, Record
from app.models.store import cards as card_store
from app.models.store import kinds, records
from app.models.wells import ESP, SRP, Well, WellId
from app.reports import outlook_words, wording
from app.reports.blocks import Completion, Heading, Paragraph
from app.reports.sections import SECTIONS
from app.reports.sections.card import figures
from app.services.diagnosis import cards, diagnose
from app.services.diagnosis.diagnose import findings_of
from app.services.imports.importing import import_file
from app.services.imports.opening import ImportOptions
from app.services.reports import files as report_files
from app.services.reports import report
from app.services.wells import forecast
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.conftest import shared_file
from tests.plain_words import raw_codes
from tests.services.report_texts import plain, text_of, texts_of


# One well of each lift is read always, the others with the slow ones.
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow] if nth else [])
        for truth in (ESP_TRUTH, SRP_TRUTH)
        for nth, name in enumerate(truth)
    ],
)
def test_the_text_of_the_report_names_every_finding_with_its_evidence(
    demo_workspace: Workspace, name: str
) -> None:
    """The whole report in Russian, the findings in English."""
    well = find_well(demo_workspace, name)
    found = findings_of(demo_workspace, well.id)
    assert found
    for language, template in (("ru", "well"), ("en", "dynamometer")):
        text = text_of(demo_workspace, report.order(demo_workspace, [well], template, language=language))
        speaker = demo_workspace.settings.speaker(language)
        for finding in found:
            assert wording.finding_title(finding, speaker) in text
            for evidence in finding.evidence:
                assert plain(wording.evidence_line(evidence, speaker)) in text
        assert name in text
        assert "\ufffd" not in text
        assert not raw_codes(text), "a code without its words"


@pytest.mark.slow
def test_a_figure_is_the_same_number_wherever_it_stands(demo_workspace: Workspace) -> None:
    """What the pages show of card, flow tests and forecast, asked of the same services, word by word in the
    report.
    """
    speaker = demo_workspace.settings.speaker("en")
    well = find_well(demo_workspace, "202")
    text = text_of(demo_workspace, report.order(demo_workspace, [well], language="en"))
    newest = card_store.last(demo_workspace.store, well.id)
    assert newest is not None
    for name, value in figures(cards.analyse_stored(demo_workspace, newest), speaker):
        assert plain(f"{name} {value}") in text
    esp = find_well(demo_workspace, "103")
    text = text_of(demo_workspace, report.order(demo_workspace, [esp], language="en"))
    seen = forecast.forecast(demo_workspace, esp)
    said = [
        *outlook_words.chance_lines(seen, speaker),
        *outlook_words.drift_lines(seen, speaker),
        *outlook_words.life_lines(seen.run_life, speaker),
    ]
    assert len(said) > 5
    for _, words in said:
        assert plain(words) in text


@pytest.mark.slow
def test_fonts_are_embedded_headings_are_bookmarks_and_the_file_is_sound(
    demo_workspace: Workspace, tmp_path: Path
) -> None:
    demo_workspace.settings.set("company", "ООО «Север» & <сыновья>")
    out = tmp_path / "r.pdf"
    wanted = report.order(demo_workspace, [find_well(demo_workspace, "103")], language="ru")
    written = report_files.write(demo_workspace, wanted, out)
    fonts = subprocess.run(
        ["pdffonts", str(out)], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), "\n".join(fonts)
    texts = texts_of(out.read_bytes())
    assert len(texts) == written.pages
    for number, text in enumerate(texts, 1):
        assert "ООО «Север» & <сыновья>" in text
        assert f"стр. {number} из {len(texts)}" in text
        assert "скв. 103" in text
    document = pypdfium2.PdfDocument(out.read_bytes())
    marks = {item.get_title(): item.get_dest().get_index() + 1 for item in document.get_toc()}
    assert document.get_metadata_dict()["Title"] == "Отчёт по скважине 103"
    document.close()
    speaker = Speaker("ru")
    for key in ("passport", "trends", "pump", "forecast", "signatures"):
        heading = speaker.say(f"section.{key}")
        assert heading in texts[marks[heading] - 1]
        assert f"{heading} {marks[heading]}" in texts[0], "the contents name the page"
    if shutil.which("qpdf"):
        checked = subprocess.run(["qpdf", "--check", str(out)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr


# Each template is made always, in one of the languages; in the other with the slow ones.
@pytest.mark.parametrize(
    ("template", "language"),
    [
        pytest.param(template, language, marks=[pytest.mark.slow] if (nth + other) % 2 else [])
        for nth, template in enumerate(
            ("well", "passport", "dynamometer", "welltest", "lab", "pad", "regime", "mine")
        )
        for other, language in enumerate(("ru", "en"))
    ],
)
def test_an_empty_well_and_one_with_a_long_name_still_get_every_report(
    workspace: Workspace, template: str, language: str
) -> None:
    name = ("Скважина-с-очень-длинным-названием " * 4)[:120]
    assert len(name) == 120
    with workspace.store.writing() as cursor:
        records.put_wells(
            cursor,
            [
                Well(WellId(3), name, "Месторождение <b>имени</b> & Ко", "", SRP),
                Well(WellId(4), "8", "", "", ESP),
            ],
        )
    for well in [one for one in records.wells(workspace.store) if one.id in (3, 4)]:
        begun: list[bytes] = []
        content, made = report_files.pdf_bytes(
            workspace, report.order(workspace, [well], template, language=language), waiting=begun.append
        )
        assert all(beginning.startswith(b"%PDF") for beginning in begun)
        text = " ".join(texts_of(content))
        assert plain(well.name) in text or well.name[:30] in text
        assert made.missing == (well.name,)
        if template in ("well", "lab", "welltest"):
            assert Speaker(language).say("section.no_data") in text


def test_a_name_in_letters_that_the_font_does_not_have_is_still_a_report(workspace: Workspace) -> None:
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(3), "井戸 🛢 №7", "字", "", SRP)])
    content, _ = report_files.pdf_bytes(workspace, report.order(workspace, records.wells(workspace.store)))
    text = " ".join(texts_of(content))
    assert "№7" in text
    assert "??" in text


def test_a_well_with_one_card_shows_it_with_its_figures(workspace: Workspace) -> None:
    import_file(workspace, shared_file("data/well-c.json"), ImportOptions("77"))
    well = find_well(workspace, "77")
    taken = card_store.last(workspace.store, well.id)
    assert taken is not None
    for wanted in (report.order(workspace, [well], language="en"), report.protocol(workspace, well, taken)):
        content, made = report_files.pdf_bytes(workspace, replace(wanted, language="en"))
        assert Speaker("en").say("measure.peak_polished_rod_load_n") in " ".join(texts_of(content))
        assert made.missing == ()


def test_a_report_of_a_well_with_cards_alone_says_up_to_when_its_data_are(workspace: Workspace) -> None:
    import_file(workspace, shared_file("data/well-c.json"), ImportOptions(new_wells=True))
    wanted = report.order(workspace, [find_well(workspace, "C")], language="en")
    assert "data until 2019-08-18 12:47" in report.document(workspace, wanted).source_line


def test_four_hundred_laboratory_rows_go_over_pages_with_their_header_on_each(workspace: Workspace) -> None:
    at = datetime(2026, 5, 1, tzinfo=UTC)
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "8", "Поле", "1", ESP)])
        rows = [
            LabResult(
                f"l{i}",
                1,
                at - timedelta(hours=i),
                "solids" if i % 2 else "chlorides",
                float(i),
                "мг/л",
                "",
                "ГОСТ 6370",
            )
            for i in range(400)
        ]
        records.put_lab_results(cursor, rows)
    wanted = report.order(workspace, records.wells(workspace.store), "lab", language="ru")
    pages = texts_of(report_files.pdf_bytes(workspace, wanted)[0])
    with_rows = [page for page in pages if "ГОСТ 6370" in page]
    assert len(with_rows) >= 7
    assert all("Отобрана Показатель" in page for page in with_rows)
    assert sum(page.count("ГОСТ 6370") for page in pages) == 400
    assert sum(page.count("≤ 500") for page in pages) == 200
    short = report.order(workspace, records.wells(workspace.store), language="ru")
    assert "И ещё строк: 340." in text_of(workspace, short)


def test_what_was_written_beside_the_well_is_in_its_report(workspace: Workspace) -> None:
    at = datetime(2026, 5, 1, 10, tzinfo=UTC)
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "8", "Поле", "1", SRP)])
        kinds.put_one(
            cursor,
            Record(
                "w1",
                "workover",
                1,
                at,
                at + timedelta(days=3),
                {"kind": "trs", "reason": "обрыв штанг", "crew": "бригада 4"},
            ),
        )
        kinds.put_one(
            cursor, Record("d1", "document", 1, at, None, {"kind": "act", "title": "Акт <опрессовки>"})
        )
        kinds.put_one(
            cursor, Record("n1", "note", 1, at, None, {"text": "Стук в редукторе", "author": "Иванов"})
        )
        kinds.put_one(
            cursor,
            Record(
                "i1",
                "installation",
                1,
                at - timedelta(days=9),
                None,
                {
                    "pump_name": "НН2Б-44",
                    "depth_m": 1210.0,
                    "perforation_top_m": 1300.0,
                    "perforation_bottom_m": 1312.0,
                    "casing_shoe_m": 1350.0,
                    "casing_diameter_m": 0.146,
                },
            ),
        )
        kinds.put_one(
            cursor, Record("f1", "fluid_level", 1, at, None, {"level": "dynamic", "level_m": 940.0})
        )
    workspace.settings.set("author", "Петрова А. А.")
    text = text_of(workspace, report.order(workspace, records.wells(workspace.store), language="ru"))
    for words in (
        "обрыв штанг",
        "бригада 4",
        "Акт <опрессовки>",
        "Стук в редукторе",
        "Иванов",
        "Петрова А. А.",
        "1 210 м насос НН2Б-44",
        "1 300 м верх перфорации",
        "1 312 м низ перфорации",
        "1 350 м башмак колонны 146 мм",
        "940 м динамический уровень",
    ):
        assert words in text.replace("\u202f", " ").replace("\u00a0", " "), words


def test_a_period_that_ends_before_it_begins_and_files_that_cannot_be_written_are_told(
    demo_workspace: Workspace, tmp_path: Path
) -> None:
    wells = [find_well(demo_workspace, "101")]
    backwards = report.order(
        demo_workspace,
        wells,
        since=datetime(2026, 10, 2, tzinfo=UTC),
        until=datetime(2026, 10, 1, tzinfo=UTC),
    )
    with pytest.raises(KnownError, match="period_empty"):
        report_files.pdf_bytes(demo_workspace, backwards)
    for name in ("r.pdf", "r.xlsx"):
        with pytest.raises(KnownError, match="file_not_written"):
            report_files.write(
                demo_workspace, report.order(demo_workspace, wells, "passport"), tmp_path / "no" / name
            )
    with pytest.raises(KnownError, match="report_format"):
        report_files.write(demo_workspace, report.order(demo_workspace, wells), tmp_path / "r.docx")
    with pytest.raises(KnownError, match="report_template_missing"):
        report.order(demo_workspace, wells, "no such")
    assert not [file for file in tmp_path.iterdir() if file.is_file()]


def test_the_suggested_name_is_safe_for_any_disk(demo_workspace: Workspace) -> None:
    odd = Well(WellId(9), "12/3:Г", "", "", SRP)
    wanted = report.order(demo_workspace, [odd], language="en", until=datetime(2026, 10, 1, tzinfo=UTC))
    assert report_files.suggested_name(demo_workspace, wanted) == "Well_report_12_3_Г_2026-10-01.pdf"


def test_a_logo_stands_in_the_head_and_a_bad_one_is_told_without_stopping(
    workspace: Workspace, tmp_path: Path
) -> None:
    from PIL import Image

    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "8", "Поле", "1", SRP)])
    wells = records.wells(workspace.store)
    without = report_files.pdf_bytes(workspace, report.order(workspace, wells, "passport"))[0]
    good, bad = tmp_path / "logo.png", tmp_path / "bad.png"
    Image.new("RGBA", (300, 100), (200, 30, 30, 128)).save(good)
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    workspace.settings.set("logo", str(good))
    with_logo, made = report_files.pdf_bytes(workspace, report.order(workspace, wells, "passport"))
    assert made.logo
    assert b"/Subtype /Image" in with_logo
    assert b"/Subtype /Image" not in without
    heard: list[str] = []
    workspace.notices.subscribe(lambda notice: heard.append(notice.code))
    for name in (bad, tmp_path / "none.png"):
        workspace.settings.set("logo", str(name))
        assert report.document(workspace, report.order(workspace, wells, "passport")).logo == b""
    assert heard == ["notice.logo_unreadable"] * 2


def test_every_section_has_a_name_and_every_option_two_languages() -> None:
    for section in SECTIONS:
        for language in ("ru", "en"):
            assert Speaker(language).has(f"section.{section.key}"), section.key
        for option in section.options:
            assert option.label_ru
            assert option.label_en
            assert option.help_ru != option.help_en
            option.check(option.default)
    built_in = Path("resources/reports")
    used = {
        choice["section"]
        for file in built_in.glob("*.json")
        for choice in json.loads(file.read_text(encoding="utf-8"))["sections"]
    }
    assert used == {section.key for section in SECTIONS}, (
        "no section that only a template of one's own can have"
    )


@pytest.mark.slow
def test_sections_that_found_nothing_are_one_line_and_the_sketch_shows_what_the_well_hangs_on(
    workspace: Workspace,
) -> None:
    import_file(workspace, shared_file("data/own-well/passport.xlsx"), ImportOptions(new_wells=True))
    import_file(workspace, shared_file("data/own-well/card501.csv"), ImportOptions(new_wells=True))
    well = find_well(workspace, "501")
    diagnose.diagnose(workspace, well)
    made = report.document(workspace, report.order(workspace, [well], language="ru"))
    blocks = [block for part in made.parts for block in part.blocks]
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert "Чего за период нет" in headings
    assert "Здоровье не определено: состояние не распознано." in [
        block.text for block in blocks if isinstance(block, Paragraph)
    ]
    assert "Заметки" not in headings
    assert headings[-1] == "Подписи"
    [silent] = [
        one.text for one in blocks if isinstance(one, Paragraph) and "За период нет данных:" in one.text
    ]
    assert {"заметки", "документы", "уровни жидкости"} <= set(silent.split(": ")[1].rstrip(".").split(", "))
    [sketch] = [block for block in blocks if isinstance(block, Completion)]
    names = " ".join(name for _, name in sketch.marks)
    for told in ("560", "820", "НВ-44", "плунжер", "44"):
        assert told in names
    remarks = [one.text for one in blocks if isinstance(one, Paragraph) and one.text.startswith("Нет: ")]
    assert any("предел прочности" in text for text in remarks)
    assert not [text for text in remarks if raw_codes(text)]
