"""Paper: what a document of blocks becomes, whatever stands in them."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.texts import Speaker
from app.core.zones import FieldZone
from app.reports.blocks import (
    Block,
    Chart,
    Column,
    Completion,
    Document,
    FindingBox,
    Heading,
    Level,
    Pairs,
    Paragraph,
    Part,
    Pen,
    Shade,
    Signatures,
    Table,
    Timeline,
)
from app.reports.pdf import document as pdf
from app.reports.pdf.axes import Axis
from app.reports.pdf.canvas import ReportCanvas
from app.reports.pdf.document import render_bytes
from app.reports.pdf.look import register_fonts, width_of
from app.reports.pdf.tables import SIZES, table
from tests.proofs import examples

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
RU = Speaker("ru")


def document(*parts: Part, **options: object) -> Document:
    return Document(
        "Отчёт", "Поле, куст 1", "ООО «Север»", "Составлен сегодня\nWellside", AT, parts, **options
    )  # type: ignore[arg-type]


def pages_of(content: bytes) -> list[tuple[str, float, float]]:
    """(text, width, height) of each page."""
    opened = pypdfium2.PdfDocument(content)
    try:
        return [(" ".join(page.get_textpage().get_text_range().split()), *page.get_size()) for page in opened]
    finally:
        opened.close()


def unpacked(content: bytes, folder: Path) -> bytes:
    """The file's own language, readable."""
    packed, plain = folder / "packed.pdf", folder / "plain.pdf"
    packed.write_bytes(content)
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(packed), str(plain)], check=True)
    return plain.read_bytes()


def test_a_part_is_laid_out_when_its_turn_comes_and_what_is_drawn_waits_packed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Five hundred wells, all of them laid out and each page kept at its full length, filled the memory."""
    told: list[str] = []
    laid, kept = pdf.flow, ReportCanvas.showPage

    def flow(blocks: tuple[Block, ...], *rest: object) -> object:
        told.append("laid")
        return laid(blocks, *rest)  # type: ignore[arg-type]

    def shown(canvas: ReportCanvas) -> None:
        whole = len("\n".join(canvas._code))
        kept(canvas)
        told.append("drawn" if len(canvas._kept[-1]["_code"]) < whole / 4 else "drawn at full length")

    monkeypatch.setattr(pdf, "flow", flow)
    monkeypatch.setattr(ReportCanvas, "showPage", shown)
    many = Paragraph(" ".join(f"слово {number}" for number in range(300)))
    parts = [Part((Heading(f"скв. {n}", 1), many), own_page=True) for n in range(3)]
    content, count = render_bytes(document(*parts), RU)
    assert told == ["laid", "drawn"] * 3
    assert [f"скв. {n}" in text for n, (text, *_) in enumerate(pages_of(content))] == [True] * count


def test_each_part_has_its_own_orientation_and_its_own_running_head() -> None:
    parts = (
        Part((Heading("Первая", 1), Paragraph("а")), "скв. 101"),
        Part((Heading("Широкая"), Paragraph("б")), "скв. 102", landscape=True),
        Part((Heading("Снова узкая", 1), Paragraph("в")), "скв. 103"),
    )
    pages = pages_of(render_bytes(document(*parts), RU)[0])
    assert [(round(w), round(h)) for _, w, h in pages] == [(595, 842), (842, 595), (595, 842)]
    for (text, _, _), well in zip(pages, ("101", "102", "103"), strict=True):
        assert f"скв. {well}" in text
        assert "ООО «Север»" in text
    a3 = pages_of(render_bytes(document(*parts, paper="A3"), RU)[0])
    assert [(round(w), round(h)) for _, w, h in a3] == [(842, 1191), (1191, 842), (842, 1191)]


def test_a_heading_goes_over_with_what_it_is_the_heading_of() -> None:
    """However full the page is, no heading is the last thing on it."""
    x = np.arange(10.0)
    for filling in range(30, 62):
        blocks: list[Block] = [
            *(Paragraph(f"строка {i}") for i in range(filling)),
            Heading("Глава"),
            Chart("", "x", "y", (Pen("перо", x, x),)),
        ]
        pages = pages_of(render_bytes(document(Part(tuple(blocks))), RU)[0])
        with_heading = next(text for text, _, _ in pages if "Глава" in text)
        assert "перо" in with_heading, filling


def test_a_heading_and_the_sentence_under_it_go_over_with_what_they_lead_to() -> None:
    x = np.arange(10.0)
    for filling in range(34, 62, 3):
        blocks: list[Block] = [
            *(Paragraph(f"строка {i}") for i in range(filling)),
            Heading("Глава"),
            Paragraph("Здоровье 43 %."),
            Chart("", "x", "y", (Pen("перо", x, x),)),
            Heading("Пустая"),
            Paragraph("Ничего."),
        ]
        pages = pages_of(render_bytes(document(Part(tuple(blocks))), RU)[0])
        with_heading = next(text for text, _, _ in pages if "Глава" in text)
        assert "перо" in with_heading, filling
        assert "Ничего" in next(text for text, _, _ in pages if "Пустая" in text)


def test_no_word_of_a_cell_is_broken_where_another_column_has_room() -> None:
    """Of a summary's "остановить" the last letter stood in a line of its own."""
    register_fonts()
    columns = (Column("Оценка"), Column("Что не так"), *(Column(f"Д{n}", "moment") for n in range(6)))
    wrong = "Утечка нагнетательного клапана или износ пары, недоприток и влияние газа"
    grid = table(Table(columns, (("остановить", wrong, *[AT] * 6),) * 3), RU, 515.0)
    size = grid._cellStyles[-1][0].fontsize
    assert size > SIZES[-1]
    for width, longest in zip(grid._colWidths, ("остановить", "нагнетательного"), strict=False):
        assert width >= width_of(longest, "Body", size) + 5


def test_a_long_table_repeats_its_header_and_loses_no_row() -> None:
    rows = tuple((AT + timedelta(days=i), float(i), f"строка №{i}") for i in range(300))
    block = Table(
        (
            Column("Дата", "day"),
            Column("Число, м³/сут", "number", 1, "Группа"),
            Column("Слова", group="Группа"),
        ),
        rows,
    )
    pages = pages_of(render_bytes(document(Part((Heading("Таблица"), block))), RU)[0])
    assert len(pages) > 4
    assert all("Число, м³/сут" in text and "Группа" in text for text, _, _ in pages)
    found = [int(n) for text, _, _ in pages for n in re.findall(r"строка №(\d+)", text)]
    assert found == list(range(300))


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(st.text(max_size=60), min_size=1, max_size=14),
    st.integers(1, 4),
    st.sampled_from([515.0, 760.0, 1100.0]),
)
def test_columns_never_stand_over_the_edge_and_numbers_stay_whole(
    titles: list[str], rows: int, available: float
) -> None:
    register_fonts()
    columns = tuple(Column(title, ("text", "number", "moment")[i % 3], 2) for i, title in enumerate(titles))
    values = {"text": "слово " * 12, "number": -1234567.89, "moment": AT}
    block = Table(columns, tuple(tuple(values[column.kind] for column in columns) for _ in range(rows)))
    grid = table(block, RU, available)
    assert sum(grid._colWidths) <= available + 0.5
    size = grid._cellStyles[-1][0].fontsize
    if size > SIZES[-1]:
        for width, column in zip(grid._colWidths, columns, strict=True):
            if column.kind == "number":
                assert width >= width_of("-1 234 567,89", "Body", size)


NUMBERS = st.floats(allow_nan=True, allow_infinity=True, width=32)


@settings(max_examples=examples(80), deadline=None)
@given(
    st.lists(st.tuples(NUMBERS, NUMBERS), max_size=40),
    st.sampled_from(["", "x", "xy"]),
    st.booleans(),
    st.booleans(),
)
def test_a_chart_of_any_numbers_is_drawn(
    points: list[tuple[float, float]], log: str, downwards: bool, lines: bool
) -> None:
    x, y = (np.array([p[i] for p in points], float) for i in (0, 1))
    chart = Chart(
        "Что угодно",
        "x",
        "y",
        (Pen("перо " * 30, x, y, 3, line=lines, points=not lines),),
        log=log,
        downwards=downwards,
        leftwards=downwards,
        levels=(Level(1.0, "предел", serious=True), Level(2.0, "x", upright=True)),
        shades=(Shade(x, y, y + 1),),
        bands=((0.0, 1.0, "полоса"),),
        flags=((0.5, "флаг"),),
    )
    content, pages = render_bytes(document(Part((chart,))), RU)
    assert pages == 1
    assert "предел" in pages_of(content)[0][0]


def test_charts_over_months_hours_and_years_have_ticks_that_do_not_meet() -> None:
    register_fonts()
    for seconds in (3600.0, 86_400.0, 30 * 86_400.0, 400 * 86_400.0, 30 * 365 * 86_400.0):
        axis = Axis(AT.timestamp(), AT.timestamp() + seconds, 0, 480, clock=FieldZone())
        ticks = axis.ticks(8)
        assert 1 <= len(ticks) <= 12, seconds
        places = axis.at(np.array(ticks))
        widths = [width_of(axis.label(tick, ticks, "ru"), "Body", 6.5) for tick in ticks]
        assert all(b - a >= w for a, b, w in zip(places, places[1:], widths, strict=False)), seconds


def test_grey_print_tells_pens_apart(tmp_path: Path) -> None:
    """Every pen of a chart has a dash or a mark of its own: told in the page's own language of drawing."""
    x = np.linspace(0, 1, 20)
    chart = Chart("", "x", "y", tuple(Pen(f"перо {i}", x, x + i, i) for i in range(6)))
    content = render_bytes(document(Part((chart,))), RU)[0]
    opened = pypdfium2.PdfDocument(content)
    bitmap = opened[0].render(scale=2, grayscale=True)
    assert bitmap.n_channels == 1
    opened.close()
    drawn = unpacked(content, tmp_path)
    dashes = set(re.findall(rb"(\[[^\]]*\] \d+) d\b", drawn))
    assert len(dashes) >= 6


def test_contents_of_many_wells_go_over_pages_and_name_the_right_ones() -> None:
    parts = tuple(
        Part(
            (Heading(f"Скважина {i:03d}", 1), Paragraph("п"), Heading("Раздел"), Paragraph("р")),
            own_page=True,
        )
        for i in range(90)
    )
    content, _ = render_bytes(document(*parts, contents=True), RU)
    pages = [text for text, _, _ in pages_of(content)]
    contents = " ".join(pages[:3])
    for i in (0, 44, 89):
        number = int(re.search(rf"Скважина {i:03d} (\d+)", contents).group(1))  # type: ignore[union-attr]
        assert f"Скважина {i:03d}" in pages[number - 1]
        assert number > 2
    opened = pypdfium2.PdfDocument(content)
    toc = [(item.level, item.get_title(), item.get_dest().get_index()) for item in opened.get_toc()]
    opened.close()
    assert [title for level, title, _ in toc if level == 0] == [f"Скважина {i:03d}" for i in range(90)]
    assert sum(level == 1 for level, _, _ in toc) == 90
    assert all(title in pages[index] for level, title, index in toc if level == 0)


def test_every_kind_of_block_is_drawn_and_said() -> None:
    seconds = AT.timestamp()
    blocks: tuple[Block, ...] = (
        Heading("Всё"),
        FindingBox("stop", "Обрыв штанг", "уверенность 97 %", ("довод <один>",)),
        FindingBox("info", "К сведению", "", ()),
        Pairs((("Имя", "значение & <ещё>"), ("Второе", "2"))),
        Pairs(()),
        Completion(
            "м",
            2100,
            "srp",
            2000,
            1200,
            900,
            ((1900.0, 1950.0),),
            ((600.0, "22 мм"), (600.0, "19 мм")),
            ((900.0, "уровень"), (1200.0, "насос"), (1201.0, "рядом")),
        ),
        Completion("ft", 100, "esp", None, None, None, (), (), ()),
        Timeline(
            seconds - 86_400 * 30,
            seconds,
            (("Остановка", 0, ((seconds - 86_400, seconds), (seconds - 5e6, None))), ("Ремонт", 1, ())),
        ),
        Table((Column("Пусто"),), ()),
        Signatures((("Составил", "Петрова А. А."), ("Очень длинная должность " * 4, "Имя " * 30)), "Дата"),
    )
    text = " ".join(page for page, _, _ in pages_of(render_bytes(document(Part(blocks)), RU)[0]))
    for words in (
        "довод <один>",
        "значение & <ещё>",
        "насос",
        "рядом",
        "Остановка",
        "Составил",
        "Петрова А. А.",
        "Дата",
    ):
        assert words in text, words


def test_a_file_for_the_archive_says_so_and_carries_all_it_needs(tmp_path: Path) -> None:
    """ISO 19005-2: an output intent with its profile, plain metadata that agrees with the file's, every font
    embedded, nothing that runs.
    """
    x = np.linspace(0, 1, 5)
    part = Part(
        (Heading("Глава"), Chart("", "x", "y", (Pen("a", x, x, points=True),), shades=(Shade(x, x, x + 1),)))
    )
    content, _ = render_bytes(
        document(part, archive=True, contents=True, author="Петрова & Ко", keywords="слова"), RU
    )
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in content
    metadata = content[content.index(b"<?xpacket begin") : content.index(b'<?xpacket end="w"?>')].decode()
    assert "Петрова &amp; Ко" in metadata
    body = unpacked(content, tmp_path)
    assert b"/GTS_PDFA1" in body
    assert b"/DestOutputProfile" in body
    assert b"acspMSFT" in body or b"acsp" in body, "an ICC profile"
    for forbidden in (b"/JavaScript", b"/Encrypt", b"/AA ", b"/EmbeddedFile", b"/LZWDecode", b"/Launch"):
        assert forbidden not in body, forbidden
    assert body.count(b"/Subtype /Link") == body.count(b"/F 4\n"), "every annotation is printed"
    dates = {
        key: re.search(rf"/{key} \((D:[^)]*)\)", body.decode("latin-1")).group(1)
        for key in ("CreationDate", "ModDate")
    }  # type: ignore[union-attr]
    created = re.search(r"<xmp:CreateDate>([^<]*)<", metadata).group(1)  # type: ignore[union-attr]
    assert re.sub(r"\D", "", created)[:14] == re.sub(r"\D", "", dates["CreationDate"])[:14]
    out = tmp_path / "a.pdf"
    out.write_bytes(content)
    fonts = subprocess.run(
        ["pdffonts", str(out)], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)
    without = render_bytes(document(part), RU)[0]
    assert b"pdfaid" not in without


def test_a_finding_with_more_to_say_than_fits_a_page_goes_on_over_it() -> None:
    box = FindingBox("act", "Диагноз", "", tuple(f"довод {i} " + "слово " * 40 for i in range(60)))
    content, pages = render_bytes(document(Part((Heading("Что обнаружено"), box))), RU)
    assert pages > 1
    text = " ".join(page for page, _, _ in pages_of(content))
    assert all(f"довод {i} " in text for i in range(60))


@pytest.mark.parametrize("text", ["\x00\x1b[31m", "‮тевирп", "a" * 5000, "\n\n\n", "<b>&amp;</b>"])
def test_text_from_anywhere_does_not_break_the_page(text: str) -> None:
    blocks = (
        Heading(text),
        Paragraph(text),
        Pairs(((text, text),)),
        Table((Column(text), Column("n", "number")), ((text, 1.0),)),
    )
    content, pages = render_bytes(document(Part(blocks, text)), RU)
    assert pages >= 1
    assert content.startswith(b"%PDF")
