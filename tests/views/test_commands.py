"""Commands: one registry behind menus, buttons, keys, the palette and the manual."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from app.core import plugins
from app.core.notices import Notice
from app.core.plugins import Plugin
from app.core.texts import Speaker
from app.core.version import program_version
from app.views.about_dialog import AboutDialog
from app.views.command_palette import CommandPalette
from app.views.commands import manual
from app.views.commands.registry import DIALOGS, PLACES
from app.views.commands.tree import TREE
from app.views.language import Languages
from app.views.main_window import MainWindow
from app.views.page_titles import NAMES, TABS
from app.views.pages import PAGES

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]


def twice(keys: list[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def bound_in(widget: QWidget) -> list[tuple[str, str]]:
    """(keys, what they are of) of every shortcut there is, whoever made it."""
    found = [(one.key(), one.objectName()) for one in widget.findChildren(QShortcut)]
    found += [(keys, one.text()) for one in widget.findChildren(QAction) for keys in one.shortcuts()]
    found += [(one.shortcut(), one.text()) for one in widget.findChildren(QAbstractButton)]
    portable = QKeySequence.SequenceFormat.PortableText
    return [(keys.toString(portable), name) for keys, name in found if not keys.isEmpty()]


def test_no_command_has_the_id_of_another_and_no_place_the_keys_of_another_that_hears_them_too() -> None:
    commands = {place: found for place, (_, found) in PLACES.items()}
    assert not twice([command.id for found in commands.values() for command in found])
    window = [keys for command in commands["window"] for keys in command.keys]
    assert not twice(window)
    for place, found in commands.items():
        own = [keys for command in found for keys in command.keys]
        heard = own if place in (*DIALOGS, "window") else [*own, *window]
        assert not twice(heard), place


def test_every_page_has_its_own_keys_and_the_eleventh_takes_none_from_the_first() -> None:
    assert [name.key for name in NAMES] == list(PAGES)
    keys = {command.id: command.keys for command in PLACES["window"][1]}
    assert keys["page.overview"] == ("Ctrl+1",)
    assert len({keys[f"page.{key}"] for key in PAGES}) == len(PAGES) >= 11


def test_keys_are_bound_where_commands_are_given_and_nowhere_else() -> None:
    for path in (ROOT / "app/views").rglob("*.py"):
        if path.name != "given.py":
            said = path.read_text(encoding="utf-8")
            assert not re.search(r"QShortcut\(|\.setShortcuts?\(|QKeySequence\(", said), path


def test_no_keys_are_heard_twice_in_the_window_and_every_one_is_in_the_registry(
    empty_window: MainWindow,
) -> None:
    """A page has its keys from the moment that it is made, whatever it shows."""
    window, known = empty_window, {command.id for _, commands in PLACES.values() for command in commands}
    for key in PAGES:
        window.page(key)
    of_window = set(bound_in(window))
    of_pages = {key: set(bound_in(page)) for key, page in window.stack.made.items()}
    everywhere = of_window - set().union(*of_pages.values())
    assert {name for _, name in of_window} <= known
    assert len(everywhere) >= len(PAGES)
    for key, own in of_pages.items():
        assert not twice([keys for keys, _ in everywhere | own]), key


@pytest.mark.slow
def test_the_palette_names_all_that_can_be_done_here_and_tells_why_something_cannot(
    window: MainWindow, open_well: Open, settled: Wait
) -> None:
    open_well(window, "101", "trends")
    window.open_palette()
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, CommandPalette)
    names = [offer.words for offer in palette.offers]
    assert (
        names[: len(PAGES)] == [command.words(Speaker("en")) for command in PLACES["window"][1]][: len(PAGES)]
    )
    assert {"Overview", "Sync", "Import files…", "Copy picture", "Flow test", "Well 101", "Well 206"} <= set(
        names
    )
    QTest.keyClicks(palette.typed, "sync now")
    assert palette.found.item(0).text() == "Sync now — no connection to the centre is set up"
    assert not palette.found.item(0).flags(), "grey"
    QTest.keyClick(palette.typed, Qt.Key.Key_Return)
    assert palette.isVisible(), "Enter does not run what is not possible"
    palette.typed.setText("valve test")
    assert "no rod pump" in palette.found.item(0).text()
    palette.typed.setText("forecast")
    QTest.keyClick(palette.typed, Qt.Key.Key_Return)
    settled()
    assert window.stack.key == "forecast"


def test_keys_of_a_command_that_is_not_possible_say_why(empty_window: MainWindow, settled: Wait) -> None:
    heard: list[Notice] = []
    stop = empty_window.context.workspace.notices.subscribe(heard.append)
    QTest.keyClick(empty_window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settled()
    stop()
    assert [one.code for one in heard] == ["notice.not_now"]
    assert "Ctrl+Shift+N" in str(heard[0].details["reason"]), "it says what to do"
    assert "Report of this well: not now, there are no wells yet" in empty_window.bottom.words.text()
    button = next(b for b in empty_window.top.findChildren(QAbstractButton) if b.objectName() == "entry.new")
    assert not button.isEnabled()
    assert "(Ctrl+N) — there are no wells yet" in button.toolTip()
    assert empty_window.stack.current() is empty_window.first_run
    QTest.keyClick(
        empty_window,
        Qt.Key.Key_S,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    settled()
    assert empty_window.stack.key == "sync", "the centre is set up before there is a well"


def test_a_right_click_on_a_well_chooses_it_and_offers_its_pages_and_its_report(
    window: MainWindow, settled: Wait
) -> None:
    index = next(i for i in window.tree._well_indexes() if i.data().split()[0] == "204")
    window.tree.view.scrollTo(index)
    window.tree._menu(window.tree.view.visualRect(index).center())
    settled()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert window.context.well is not None
    assert window.context.well.name == "204"
    offered = {action.objectName(): action for action in menu.actions()}
    pages = {"page.overview", "page.trends", "page.cards"}
    of_list = {command.id for command in TREE}
    assert set(offered) - {""} == pages | of_list | {"entry.new", "well.new"}
    assert offered["page.cards"].text() == "Cards\tCtrl+3"
    offered["page.cards"].trigger()
    menu.close()
    settled()
    assert window.stack.key == "cards"
    for button in (b for b in window.top.findChildren(QAbstractButton) if b.objectName()):
        command = window.given.commands[button.objectName()]
        assert command.tooltip(Speaker("en")) in button.toolTip()


@pytest.mark.slow
def test_the_chart_obeys_its_keys_and_its_menu_greys_what_has_nothing_to_act_on(
    window: MainWindow, open_well: Open, settled: Wait
) -> None:
    open_well(window, "103", "trends")
    page = window.page("trends")
    chart = page.chart  # type: ignore[attr-defined]
    before = chart.window_us()
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.window_us()[1] - chart.window_us()[0] == pytest.approx((before[1] - before[0]) / 2, rel=1e-6)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.window_us()[0] < before[0] + (before[1] - before[0]) / 4
    settled()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    settled()
    assert chart.window_us() == pytest.approx(before, abs=2_000_000)
    chart.set_pens([])
    menu = page.given.menu(page)  # type: ignore[attr-defined]
    assert [action.isEnabled() for action in menu.actions()] == [False] * 8 + [True, False, False, False], (
        "all but the computed pens"
    )
    assert menu.actions()[1].text() == "Copy picture — nothing is drawn"


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    made = Languages(qapp)
    yield made
    made.switch("en")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_manual_lists_every_command_as_it_is(languages: Languages, language: str) -> None:
    languages.switch(language)
    page = manual.page(Speaker(language))
    kept = (ROOT / "docs/manual" / language / "commands.md").read_text(encoding="utf-8")
    assert kept == page, "run tools/build_commands_manual.py"
    for name in TABS:
        assert f"| `{next(one.keys for one in NAMES if one.key == name)}` |" in page


def test_about_says_the_version_and_what_became_of_each_plugin(
    window: MainWindow, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (
        Plugin("wellside.rules", "dosing", "wellside-example", "1.0", plugins.LOADED),
        Plugin("wellside.rules", "broken", "wellside-example", "1.0", plugins.REFUSED, "no text"),
    )
    monkeypatch.setattr(plugins, "every", lambda: found)
    window.dialogs.about()
    settled()
    about = next(child for child in window.children() if isinstance(child, AboutDialog))
    assert program_version() in about.facts.text()
    states = [about.table.item(row, 3).text() for row in range(about.table.rowCount())]
    assert states == ["loaded", "refused: no text"]
    about.reject()
