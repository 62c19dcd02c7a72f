"""Fonts, colours and styles of the printed page. Everything is told apart without colour too: by dash, mark,
shape.
"""

from __future__ import annotations

from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.core.paths import resources

PAPERS = {"A4": A4, "A3": A3}
MARGIN, TOP, FOOT = 15 * mm, 23 * mm, 17 * mm
INK, MUTED, RULE, GRID = HexColor("#1F2328"), HexColor("#57606A"), HexColor("#C9CED4"), HexColor("#E3E6EA")
HEAD_GROUND = HexColor("#F1F3F5")
BAND = Color(0.74, 0.30, 0.0, alpha=0.10)
SEVERITY = {"info": "#57606A", "watch": "#9A6700", "act": "#BC4C00", "stop": "#B4232A"}
PENS = ("#0B5FA5", "#B34700", "#1A7F37", "#A1257F", "#0B7285", "#6639BA", "#7A4A00", "#57606A")
DASHES: tuple[tuple[float, ...], ...] = ((), (4, 2), (1, 1.5), (6, 2, 1, 2), (3, 1), (8, 3), (2, 2), (1, 3))


def page_size(paper: str, *, wide: bool) -> tuple[float, float]:
    """(width, height) [pt]."""
    size: tuple[float, float] = PAPERS[paper]
    return landscape(size) if wide else size


rl_config.useA85 = 0
"""Streams stay as zlib made them: letters are a quarter longer and take a tenth of a report's time."""


def register_fonts() -> None:
    if "Body" not in pdfmetrics.getRegisteredFontNames():
        for name, file in (("Body", "Roboto-Regular.ttf"), ("Strong", "Roboto-Bold.ttf")):
            pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / file)))
        pdfmetrics.registerFontFamily(
            "Body", normal="Body", bold="Strong", italic="Body", boldItalic="Strong"
        )


def _style(name: str, **options: Any) -> ParagraphStyle:
    base: dict[str, object] = {
        "fontName": "Body",
        "fontSize": 9,
        "leading": 12,
        "textColor": INK,
        "splitLongWords": 1,
    }
    return ParagraphStyle(name, **{**base, **options})


BODY = _style("body")
SMALL = _style("small", fontSize=8, leading=10.5)
MUTE = _style("muted", textColor=MUTED)
TITLE = _style("title", fontName="Strong", fontSize=16, leading=20)
SUBTITLE = _style("subtitle", fontSize=10, leading=13, textColor=MUTED, spaceAfter=6)
HEADS = {
    1: _style("head1", fontName="Strong", fontSize=14, leading=18, spaceBefore=6, spaceAfter=5),
    2: _style("head2", fontName="Strong", fontSize=12, leading=15, spaceBefore=8, spaceAfter=4),
}


def printable(text: str) -> str:
    """Letters that the font does not have as question marks: an empty box says less."""
    known = pdfmetrics.getFont("Body").face.charToGlyph
    if all(ord(letter) in known or letter == "\n" for letter in text):
        return text
    return "".join(letter if ord(letter) in known or letter == "\n" else "?" for letter in text)


def escape(text: str) -> str:
    """reportlab paragraphs are markup: a name with < or & must print as itself."""
    return printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def width_of(text: str, font: str, size: float) -> float:
    width: float = pdfmetrics.stringWidth(text, font, size)
    return width


def fitted(text: str, font: str, size: float, width: float) -> str:
    """With an ellipsis where it would be longer than `width` [pt]."""
    text = printable(text)
    if width_of(text, font, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle] + "…", font, size) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def dash_of(style: int) -> tuple[Any, ...]:
    dash = DASHES[style % len(DASHES)]
    return (list(dash), 0) if dash else ()
