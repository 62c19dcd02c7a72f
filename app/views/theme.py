"""Three themes: light, dark, sunlight. Colours are of ui.md, their contrast is computed by a test."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.core.paths import resources


def mixed(first: str, second: str, share: float) -> QColor:
    """So much of the second colour in the first [-]."""
    parts = zip(QColor(first).getRgb()[:3], QColor(second).getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * share) for a, b in parts))


@dataclass(frozen=True)
class Theme:
    key: str
    ground: str
    panel: str
    text: str
    muted: str
    line: str
    accent: str
    accent_text: str
    pens: tuple[str, ...]
    status: dict[str, str]
    suspect: str
    selection: str
    grid: str
    focus: str = ""
    frame_px: int = 1

    @property
    def ring(self) -> str:
        """Round what has the keyboard: on the frames that the theme has it is seen at once."""
        return self.focus or self.accent

    def pen(self, index: int) -> str:
        return self.pens[index % len(self.pens)]


LIGHT = Theme(
    "light",
    "#FFFFFF",
    "#F5F7F9",
    "#1F2328",
    "#57606A",
    "#D0D7DE",
    "#0B5FA5",
    "#FFFFFF",
    ("#0B5FA5", "#B34700", "#1A7F37", "#A1257F", "#0B7285", "#6639BA", "#7A4A00", "#57606A"),
    {
        "ok": "#1A7F37",
        "watch": "#9A6700",
        "act": "#BC4C00",
        "stop": "#B4232A",
        "idle": "#57606A",
        "none": "#57606A",
        "info": "#57606A",
    },
    "#6E7781",
    "#D6E8FA",
    "#E3E7EB",
)
DARK = Theme(
    "dark",
    "#15191E",
    "#1D232A",
    "#E6EDF3",
    "#9DA7B3",
    "#3A434D",
    "#6CB6FF",
    "#0D1117",
    ("#6CB6FF", "#FFA657", "#56D364", "#F778BA", "#39C5CF", "#BC8CFF", "#E3B341", "#9DA7B3"),
    {
        "ok": "#3FB950",
        "watch": "#D29922",
        "act": "#F0883E",
        "stop": "#FF7B72",
        "idle": "#8B949E",
        "none": "#8B949E",
        "info": "#8B949E",
    },
    "#8B949E",
    "#23405F",
    "#272E36",
)
SUNLIGHT = Theme(
    "sunlight",
    "#FFFFFF",
    "#FFFFFF",
    "#000000",
    "#000000",
    "#000000",
    "#003E80",
    "#FFFFFF",
    ("#000000", "#003E80", "#8B0000", "#004D1A", "#3D0073", "#4A2B00"),
    {
        "ok": "#004D1A",
        "watch": "#4A2B00",
        "act": "#6B2A00",
        "stop": "#8B0000",
        "idle": "#000000",
        "none": "#000000",
        "info": "#000000",
    },
    "#000000",
    "#FFE9A8",
    "#B8B8B8",
    focus="#8F1FE0",
    frame_px=2,
)
THEMES = {theme.key: theme for theme in (LIGHT, DARK, SUNLIGHT)}
SHAPES = {"ok": "●", "watch": "▲", "act": "◆", "stop": "■", "idle": "○", "none": "?", "info": "●"}
FONT_FAMILY = "Roboto"
TITLE, HEADING = 1.4, 1.15
"""Times the body: of a size of its own a heading was smaller in gloves than what stands under it."""
WORN = "wellside_theme"


def load_fonts() -> None:
    """The embedded font, so that the screen looks the same on every machine."""
    for name in ("Roboto-Regular.ttf", "Roboto-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))


def apply(application: QApplication, theme: Theme, *, glove: bool) -> None:
    """Once: each of these goes through every widget that there is."""
    wanted = f"{theme.key} {glove}"
    if application.property(WORN) == wanted:
        return
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(_body_pt(theme, glove=glove))
    if application.font() != font:
        application.setFont(font)
    if application.property(WORN) is None:
        application.setStyle("Fusion")
    application.setPalette(palette(theme))
    application.setStyleSheet(sheet(theme, 40 if glove else 28, glove=glove))
    application.setProperty(WORN, wanted)


def _body_pt(theme: Theme, *, glove: bool) -> float:
    return 13.0 if glove else 11.5 if theme.key == "sunlight" else 10.5


def palette(theme: Theme) -> QPalette:
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.ground,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.Highlight: theme.selection,
        QPalette.ColorRole.HighlightedText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.panel,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Link: theme.accent,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor(theme.muted))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, QColor(theme.muted))
    return made


def _drawing(name: str, theme: Theme) -> str:
    """The tick of a checked box, the arrow of a list, in the colour that reads in the theme."""
    return (resources() / "icons" / f"{name}-{theme.key}.svg").as_posix()


def sheet(t: Theme, target: int, *, glove: bool) -> str:
    space, tick = (8, 24) if glove else (4, 14)
    size = _body_pt(t, glove=glove)
    return f"""
    QWidget {{ color: {t.text}; }}
    QMainWindow, QDialog {{ background: {t.panel}; }}
    QFileDialog {{ min-width: 880px; min-height: 440px; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QToolTip {{ color: {t.text}; background: {t.panel}; border: 1px solid {t.line}; padding: 4px; }}
    QPushButton,
    QToolButton {{ min-height: {target}px; padding: 0 10px; border: {t.frame_px}px solid {t.line};
        border-radius: 5px; background: {t.ground}; margin: {space // 4}px; }}
    QToolButton {{ min-width: {target - 12}px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {t.accent}; }}
    QPushButton:focus, QToolButton:focus, QTabBar::tab:focus,
    QCheckBox:focus {{ border: 2px solid {t.ring}; }}
    QSlider:focus {{ background: {t.selection}; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.muted}; }}
    QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {t.accent}; }}
    QSlider::handle:horizontal {{ width: {tick}px; margin: -{tick // 2 - 2}px 0; border-radius: {tick // 4}px;
        background: {t.accent}; }}
    QSlider::handle:horizontal:disabled, QSlider::sub-page:horizontal:disabled {{ background: {t.muted}; }}
    QCheckBox {{ border: 2px solid transparent; border-radius: 5px; }}
    QPushButton:checked, QToolButton:checked,
    QPushButton[primary="true"] {{ background: {t.accent}; color: {t.accent_text};
        border-color: {t.accent}; }}
    QPushButton:disabled, QToolButton:disabled,
    QPushButton[primary="true"]:disabled {{ color: {t.muted}; background: {t.panel};
        border-color: {t.line}; border-style: {"dashed" if t.muted == t.text else "solid"}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QLineEdit QToolButton {{ min-width: 0; min-height: 0; margin: 0; padding: 0; border: none;
        background: transparent; }}
    QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit {{ min-height: {target}px;
        border: {t.frame_px}px solid {t.line}; border-radius: 5px; padding: 0 6px; background: {t.ground}; }}
    QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus,
    QPlainTextEdit:focus {{ border: 2px solid {t.ring}; }}
    QLineEdit, QComboBox, QPlainTextEdit {{ placeholder-text-color: {t.muted}; }}
    QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled,
    QPlainTextEdit:disabled {{ color: {t.muted}; background: {t.panel};
        border-style: {"dashed" if t.muted == t.text else "solid"}; }}
    QCheckBox:disabled, QMenu::item:disabled {{ color: {t.muted}; }}
    QLineEdit[wrong="true"] {{ border: 2px solid {t.status["stop"]}; }}
    QComboBox::drop-down {{ border: none; width: 20px; }}
    QComboBox::down-arrow {{ image: url({_drawing("down", t)}); width: 12px; height: 12px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 20px; }}
    QAbstractSpinBox::up-arrow {{ image: url({_drawing("up", t)}); width: 12px; height: 12px; }}
    QAbstractSpinBox::down-arrow {{ image: url({_drawing("down", t)}); width: 12px; height: 12px; }}
    QComboBox
    QAbstractItemView {{ background: {t.ground}; color: {t.text}; selection-background-color: {t.accent};
        selection-color: {t.accent_text}; }}
    QTreeView, QTableView, QListView {{ background: {t.ground}; border: {t.frame_px}px solid {t.line};
        alternate-background-color: {t.panel}; gridline-color: {t.line}; }}
    QTreeView:focus, QTableView:focus, QListView:focus {{ border: 2px solid {t.ring}; }}
    QTreeView::item:selected, QListView::item:selected,
    QTableView::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QTreeView::item, QListView::item {{ min-height: {target}px; }}
    QHeaderView::section
    {{ background: {t.panel}; color: {t.text}; border: none; border-bottom: {t.frame_px}px solid {t.line};
        padding: 4px 6px; font-weight: bold; }}
    QTabBar::tab
    {{ min-height: {target}px; padding: 2px 9px; border: none; border-bottom: 3px solid transparent;
        background: transparent; }}
    QTabBar::tab:selected {{ border-bottom: 3px solid {t.accent}; font-weight: bold; }}
    QTabBar[away="true"]::tab:selected {{ border-bottom: 3px solid transparent; font-weight: normal; }}
    QTabBar::tab:hover {{ background: {t.ground}; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: {t.panel}; border: none; }}
    QFrame[card="true"]
    {{ background: {t.ground}; border: {t.frame_px}px solid {t.line}; border-radius: 6px; }}
    QFrame[card="true"] QLabel {{ background: transparent; }}
    QLabel[role="strong"] {{ font-weight: bold; }}
    QLabel[role="title"] {{ font-size: {size * TITLE:.1f}pt; font-weight: bold; }}
    QLabel[role="heading"] {{ font-size: {size * HEADING:.1f}pt; font-weight: bold; }}
    QLabel[role="muted"] {{ color: {t.muted}; }}
    QProgressBar {{ border: 1px solid {t.line}; border-radius: 4px; text-align: center; min-height: 16px;
        background: {t.ground}; }}
    QProgressBar::chunk {{ background: {t.selection}; border-radius: 3px; }}
    QMenu {{ background: {t.ground}; border: 1px solid {t.line}; }}
    QMenu::item {{ padding: 6px 18px; min-height: {target - 10}px; }}
    QMenu::item:selected {{ background: {t.accent}; color: {t.accent_text}; }}
    QSplitter::handle {{ background: {t.line}; }}
    QTableCornerButton::section {{ background: {t.panel}; border: none;
        border-bottom: {t.frame_px}px solid {t.line}; }}
    QScrollBar, QAbstractScrollArea::corner {{ background: {t.panel}; border: none; }}
    QScrollBar:vertical {{ width: {16 if glove else 12}px; }}
    QScrollBar:horizontal {{ height: {16 if glove else 12}px; }}
    QScrollBar::handle {{ background: {t.muted}; border-radius: 4px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 30px; }}
    QScrollBar::handle:horizontal {{ min-width: 30px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QStatusBar {{ background: {t.panel}; border-top: 1px solid {t.line}; }}
    QCheckBox::indicator, QListView::indicator,
    QTableView::indicator {{ width: {tick}px; height: {tick}px; border: 1px solid {t.muted};
        border-radius: 3px; }}
    QCheckBox::indicator:indeterminate {{ border: 1px dashed {t.muted}; }}
    QCheckBox::indicator:checked, QListView::indicator:checked,
    QTableView::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
        image: url({_drawing("check", t)}); }}
    QCheckBox {{ min-height: {target}px; spacing: 8px; }}
    """
