"""A second start raises the first window and opens no data twice; what it was to open goes along."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_MS = 500


def _name(store: Path) -> str:
    return "wellside-" + hashlib.sha256(f"{getpass.getuser()}:{store}".encode()).hexdigest()[:24]


def raise_first(store: Path, handed: str = "") -> bool:
    """True when another window of the same profile is open and was told to come forward and to open what is
    handed over (`views/opening`).
    """
    socket = QLocalSocket()
    socket.connectToServer(_name(store))
    if not socket.waitForConnected(ANSWER_MS):
        return False
    socket.write(f"raise\n{handed}".encode())
    socket.waitForBytesWritten(ANSWER_MS)
    socket.disconnectFromServer()
    return True


class SingleInstance(QObject):
    raised = Signal()
    handed = Signal(str)  # what the other one was to open

    def __init__(self, store: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(store))  # left behind by a crash: nobody answered raise_first()
        self._server.listen(_name(store))
        self._server.newConnection.connect(self._connected)

    @Slot()
    def _connected(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(self._told)
        self.raised.emit()

    @Slot()
    def _told(self) -> None:
        socket = cast(QLocalSocket, self.sender())
        handed = bytes(socket.readAll().data()).decode(errors="replace").partition("\n")[2]
        socket.deleteLater()
        if handed:
            self.handed.emit(handed)

    def close(self) -> None:
        self._server.close()
