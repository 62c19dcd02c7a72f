"""Contrast of the themes, and that both languages are complete."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QStyleOptionViewItem,
    QTableView,
    QTableWidget,
)

from app.analysis.formula import FUNCTIONS
from app.core.texts import Speaker
from app.models.overview import LastValue
from app.models.sensors import SENSORS
from app.views.calm import SliderBar
from app.views.context import Context
from app.views.overview.values import RangeBar, ValuesModel
from app.views.theme import SHAPES, THEMES, palette, sheet

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "resources" / "translations"


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of an sRGB colour."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("key", THEMES)
def test_text_reads_on_every_ground(key: str) -> None:
    theme = THEMES[key]
    least = 10.0 if key == "sunlight" else 4.5
    for ground in (theme.ground, theme.panel):
        for colour in (theme.text, theme.muted, *theme.status.values()):
            assert contrast(colour, ground) >= least, f"{colour} on {ground}"
    assert contrast(theme.text, theme.selection) >= least
    assert contrast(theme.accent_text, theme.accent) >= (7.0 if key == "sunlight" else 4.5)


@pytest.mark.parametrize("key", THEMES)
def test_pens_and_marks_are_seen(key: str) -> None:
    theme = THEMES[key]
    for colour in (*theme.pens, theme.suspect):
        assert contrast(colour, theme.ground) >= (10.0 if key == "sunlight" else 4.5), colour
    assert len(set(theme.pens)) == len(theme.pens)


@pytest.mark.parametrize("key", THEMES)
@pytest.mark.parametrize(("value", "status"), [(5.0, "ok"), (9.0, "act")])
def test_the_mark_of_a_reading_is_seen_on_its_usual_range(
    key: str, value: float, status: str, qapp: QApplication
) -> None:
    """As it is painted: what lies under the mark counts, not the ground alone."""
    context = cast(Context, SimpleNamespace(theme=THEMES[key], speaker=Speaker("en"), well=None))
    table = QTableView()
    model = ValuesModel(context, table)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    model.reset((LastValue(SENSORS["motor_current"], at, value, 4.0, 6.0),))
    picture = QImage(110, 26, QImage.Format.Format_RGB32)
    picture.fill(QColor(THEMES[key].ground))
    painter, option = QPainter(picture), QStyleOptionViewItem()
    option.rect = picture.rect()  # type: ignore[attr-defined]
    RangeBar(context, model).paint(painter, option, model.index(0, 3))
    painter.end()
    drawn = [picture.pixelColor(x, 11).name() for x in range(8, 102)]  # over the thin line
    mark = THEMES[key].status[status].lower()
    assert mark in drawn
    others = {one for one in drawn if drawn.count(one) > 10 and one != mark}
    assert min(contrast(mark.upper(), one.upper()) for one in others) >= 3.0


@pytest.mark.parametrize("key", THEMES)
def test_the_handle_of_a_slider_is_seen_on_its_page(key: str, qapp: QApplication) -> None:
    """As it is painted: dark on dark, it was guessed at."""
    theme = THEMES[key]
    bar = SliderBar(Qt.Orientation.Horizontal)
    bar.setPalette(palette(theme))
    bar.setStyleSheet(sheet(theme, 28, glove=False))
    bar.setRange(0, 100)
    bar.setValue(50)
    bar.resize(200, 30)
    picture = bar.grab().toImage()
    drawn = [picture.pixelColor(100, y).name() for y in range(picture.height())]
    seen = [one for one in drawn if contrast(one.upper(), theme.panel) >= 3.0]
    assert len(seen) >= 10, drawn


@pytest.mark.parametrize("key", THEMES)
@pytest.mark.parametrize("made", [QLineEdit, QPlainTextEdit, QComboBox])
def test_what_a_field_says_while_it_is_empty_reads_as_its_theme_has_it(
    key: str, made: type[QLineEdit | QPlainTextEdit | QComboBox], qapp: QApplication
) -> None:
    """A style of text alone leaves half of its colour: grey where the sun shines."""
    theme = THEMES[key]
    field = made()
    if isinstance(field, QComboBox):
        field.setEditable(True)
    field.setPalette(palette(theme))
    field.setStyleSheet(sheet(theme, 28, glove=False))
    field.ensurePolished()
    typed_in = field.lineEdit() if isinstance(field, QComboBox) else field
    typed_in.ensurePolished()
    said = typed_in.palette().placeholderText().color()
    assert (said.name().upper(), said.alpha()) == (theme.muted, 255)
    assert contrast(theme.muted, theme.ground) >= (10 if key == "sunlight" else 4.5)


@pytest.mark.parametrize("key", THEMES)
def test_what_cannot_be_changed_does_not_look_as_if_it_could(key: str, qapp: QApplication) -> None:
    """The end of what has not ended was written as firmly as its beginning."""
    theme = THEMES[key]
    for field in (QDateTimeEdit(), QLineEdit("12.10.2026"), QComboBox()):
        field.setStyleSheet(sheet(theme, 28, glove=False))
        field.resize(200, 30)
        lively = field.grab().toImage()
        field.setEnabled(False)
        assert field.grab().toImage() != lively, type(field).__name__
        field.ensurePolished()
        assert field.palette().text().color().name().upper() == theme.muted


@pytest.mark.parametrize("key", THEMES)
def test_a_table_is_scrolled_sideways_by_a_bar_as_thick_as_the_other_and_its_corner_has_no_other_ground(
    key: str, qapp: QApplication
) -> None:
    theme = THEMES[key]
    for glove, thick in ((False, 12), (True, 16)):
        table = QTableWidget(2, 20)
        table.setStyleSheet(sheet(theme, 28, glove=glove))
        table.resize(300, 200)
        table.show()
        assert table.horizontalScrollBar().sizeHint().height() == thick
        assert table.verticalScrollBar().sizeHint().width() == thick
        picture = table.grab().toImage()
        middle = table.verticalHeader().width() // 2
        seen = {picture.pixelColor(middle, y).name().upper() for y in range(4, 16)}
        assert seen == {theme.panel}, "a gradient of the style"
        table.deleteLater()


def test_a_valve_has_one_name_in_the_form_and_in_what_was_found() -> None:
    texts = json.loads((ROOT / "resources" / "texts" / "ru.json").read_text(encoding="utf-8"))
    stem = texts["choice.standing"].lower().removesuffix("ый")
    assert stem in texts["finding.standing_valve_leak"].lower()
    assert stem in texts["valve_check.standing.tight"].lower()


def test_a_status_is_told_by_its_shape_as_well_as_its_colour() -> None:
    told = [SHAPES[status] for status in ("ok", "watch", "act", "stop", "idle", "none")]
    assert len(set(told)) == len(told)


# ---- translations ------------------------------------------------------------------------------------------


def messages(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    root = ElementTree.parse(path).getroot()
    return {
        (context.findtext("name") or "", message.findtext("source") or ""): message
        for context in root.iter("context")
        for message in context.iter("message")
    }


def _unseen(tree: ast.AST) -> list[str]:
    """Texts of `tr` and `translate` inside an f-string: lupdate finds none of them."""
    return [
        ast.unparse(call)
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("tr", "translate")
    ]


def test_no_text_stands_where_the_collector_of_texts_does_not_see_it() -> None:
    assert _unseen(ast.parse("f'{self.tr(\"New well\")}: {name}'")) == ["self.tr('New well')"]
    unseen = {
        path.name: texts
        for path in sorted((ROOT / "app" / "views").rglob("*.py"))
        if (texts := _unseen(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert unseen == {}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_widget_text_is_translated(language: str, tmp_path: Path) -> None:
    """What Qt's own lupdate finds in the sources now, against the .ts that is kept."""
    fresh = tmp_path / "fresh.ts"
    sources = [str(path) for path in sorted((ROOT / "app" / "views").rglob("*.py"))]
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run(
        [str(lupdate), *sources, "-ts", str(fresh), "-silent"], check=True, cwd=ROOT, capture_output=True
    )
    kept = messages(TRANSLATIONS / f"wellside_{language}.ts")
    wanted = set(messages(fresh))
    assert wanted, "lupdate found nothing"
    assert wanted - set(kept) == set(), "run tools/update_translations.sh and translate"
    assert set(kept) - wanted == set(), "texts that no widget has any more"
    for key, message in kept.items():
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") != "unfinished", key
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        assert all(form.strip() for form in forms), key
        assert len(forms) == (1 if message.get("numerus") != "yes" else {"ru": 3, "en": 2}[language]), key
        for form in forms:
            assert set(re.findall(r"\{\w+\}|%n", form)) == set(re.findall(r"\{\w+\}|%n", key[1])), key


def test_russian_widget_texts_are_russian() -> None:
    allowed = {
        "CSV",
        "Parquet",
        "Excel",
        "PNG",
        "SVG",
        "PDF",
        "JSON",
        "Wellside",
        "Alt",
        "Ctrl",
        "Shift",
        "Backspace",
        "n",
        "F",
        "D",
        "K",
        "O",
        "P",
        "psi",
        "bbl",
        "d",
        "lbf",
        "cos",
        "UTC",
        "L",
        "N",
        "API",
        "HTML",
        "Esc",
        "xlsx",
        "Enter",
        "ClickHouse",
        "IPR",  # of nodal analysis, as its users say them in both languages
        "VLP",
        "Oracle",
        "RP",
        "Fo",
        "Skr",
        "No",
        "k",
        "p",
        "t",
    }
    allowed |= {"x", *FUNCTIONS}  # what a formula is written in
    for (_, source), message in messages(TRANSLATIONS / "wellside_ru.ts").items():
        text = " ".join(message.find("translation").itertext())  # type: ignore[union-attr]
        words = set(
            re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", text))
        )  # places are filled with what the reader speaks
        assert words <= allowed, f"{source!r}: {words - allowed}"


@pytest.mark.parametrize("key", THEMES)
def test_how_far_a_job_is_can_be_read_on_the_part_that_is_done(key: str, qapp: QApplication) -> None:
    theme = THEMES[key]
    bar = QProgressBar()
    bar.setPalette(palette(theme))
    bar.setStyleSheet(sheet(theme, 28, glove=False))
    bar.resize(260, 26)
    bar.setValue(99)
    drawn = bar.grab().toImage()
    assert contrast(drawn.pixelColor(30, 6).name().upper(), theme.text) >= (7.0 if key == "sunlight" else 4.5)
