"""A second start raises the first window instead of opening the data twice."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_MS = 500


def _name(store: Path) -> str:
    return "wellside-" + hashlib.sha256(f"{getpass.getuser()}:{store}".encode()).hexdigest()[:24]


def raise_first(store: Path) -> bool:
    """True when another window of the same profile is open and was told to come forward."""
    socket = QLocalSocket()
    socket.connectToServer(_name(store))
    if not socket.waitForConnected(ANSWER_MS):
        return False
    socket.write(b"raise")
    socket.waitForBytesWritten(ANSWER_MS)
    socket.disconnectFromServer()
    return True


class SingleInstance(QObject):
    raised = Signal()

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
        socket.disconnected.connect(socket.deleteLater)
        self.raised.emit()

    def close(self) -> None:
        self._server.close()
