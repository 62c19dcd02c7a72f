"""Commands as they are given: by keys, from a menu, by a button. One that is not possible now says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.core.notices import Notice, Severity
from app.views.commands.command import Command
from app.views.context import Context


@dataclass(frozen=True)
class Offer:
    """A command with what it acts on, as a list shows it. `reason` is empty when it can be done."""

    words: str
    keys: str
    reason: str
    run: Callable[[], object]

    @property
    def with_keys(self) -> str:
        return f"{self.words}   {self.keys}" if self.keys else self.words


def matching(offers: Iterable[Offer], typed: str) -> list[Offer]:
    """Those that have every word that was typed; what can be done comes first."""
    words = typed.lower().split()
    found = [offer for offer in offers if all(word in offer.words.lower() for word in words)]
    return sorted(found, key=lambda offer: bool(words) and bool(offer.reason))


class Given(QObject):
    """The commands of one place, acting on one thing, with their keys bound to `widget`.

    The window's keys work everywhere in it; those of a part of it (`inside`) where the focus is.
    """

    def __init__(
        self,
        commands: Iterable[Command[Any]],
        on: object,
        widget: QWidget,
        context: Context,
        *,
        inside: bool = True,
    ) -> None:
        super().__init__(widget)
        self.commands = {command.id: command for command in commands}
        self._on, self._speaker, self._notices = on, context.speaker, context.workspace.notices
        self._shown: list[tuple[QToolButton, Command[Any]]] = []
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut if inside else Qt.ShortcutContext.WindowShortcut
        for command in self.commands.values():
            for keys in command.keys:
                shortcut = QShortcut(QKeySequence(keys), widget, context=where)
                shortcut.setObjectName(command.id)
                shortcut.activated.connect(self._typed)

    @Slot()
    def _typed(self) -> None:
        self.run(self.sender().objectName())

    def run(self, key: str) -> None:
        """Does it, or tells under the page why not."""
        command = self.commands[key]
        reason = command.reason(self._on)
        if not reason:
            command.do(self._on)
            return
        words = command.words(self._speaker).rstrip("…")
        self._notices.publish(Notice(Severity.INFO, "notice.not_now", {"what": words, "reason": reason}))

    def offers(self) -> list[Offer]:
        return [
            Offer(
                command.words(self._speaker),
                command.keys[0] if command.keys else "",
                command.reason(self._on),
                lambda key=key: self.run(key),
            )
            for key, command in self.commands.items()
        ]

    # ---- menus ---------------------------------------------------------------------------------------------

    def menu(self, parent: QWidget) -> QMenu:
        """Those that a right click offers; what is not possible stands there grey, with its reason."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        return menu

    def fill(self, menu: QMenu) -> None:
        for command in self.commands.values():
            if command.in_menu:
                menu.addAction(self._action(command, menu))

    def popup(self, parent: QWidget, at: QPoint) -> QMenu:
        menu = self.menu(parent)
        menu.popup(at)
        return menu

    def _action(self, command: Command[Any], menu: QMenu) -> QAction:
        reason = command.reason(self._on)
        words = command.words(self._speaker) + (f" — {reason}" if reason else "")
        # After a tab it is shown at the right and bound to nothing: the keys are bound once, above.
        action = QAction(f"{words}\t{command.keys[0]}" if command.keys else words, menu)
        action.setEnabled(not reason)
        action.setObjectName(command.id)
        action.triggered.connect(self._chosen)
        return action

    @Slot()
    def _chosen(self) -> None:
        self.run(self.sender().objectName())

    # ---- buttons -------------------------------------------------------------------------------------------

    def button(self, key: str) -> QToolButton:
        command = self.commands[key]
        button = QToolButton(text=(command.short or command.words)(self._speaker))
        button.setObjectName(key)
        button.setAccessibleName(command.words(self._speaker))
        button.clicked.connect(self._chosen)
        self._shown.append((button, command))
        self._renew(button, command)
        return button

    @Slot()
    def renew(self, *_: object) -> None:
        """Something happened that commands may depend on: their buttons become possible, or not."""
        for button, command in self._shown:
            self._renew(button, command)

    def _renew(self, button: QToolButton, command: Command[Any]) -> None:
        reason, tip = command.reason(self._on), command.tooltip(self._speaker)
        button.setEnabled(not reason)
        button.setToolTip(f"{tip} — {reason}" if reason else tip)
