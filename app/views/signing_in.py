"""Who works here, in the settings: signing in at the site's provider with a code, and out."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.jobs import Job
from app.services.centre import people
from app.services.centre.people import SignedIn
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context


def _sign_in(job: Job, workspace: Workspace) -> SignedIn:
    from app.services.centre import signing_in

    told = signing_in.provider(workspace)
    return signing_in.sign_in(workspace, told, job.hand_over, job.pause)


class SigningIn(QWidget):
    """Offered where IT named a provider."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.said = widgets.text("")
        self.enter = QPushButton(self.tr("Sign in"))
        self.leave = QPushButton(self.tr("Sign out"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.enter)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.said)
        layout.addLayout(buttons)
        self.enter.clicked.connect(self._enter)
        self.leave.clicked.connect(self._leave)
        self._tell()

    def _tell(self) -> None:
        say, person = self._context.speaker.say, people.signed_in(self._context.workspace)
        if person is None:
            self.said.setText(say("sign_in.nobody"))
        else:
            at = self._context.speaker.moment(person.at)
            self.said.setText(say("sign_in.who", name=person.name, issuer=person.issuer, at=at))
        self.leave.setEnabled(person is not None)

    @Slot()
    def _enter(self) -> None:
        task = self._context.runner.start(
            _sign_in, self._context.workspace, lane="network", purpose="sign in", done=self._entered
        )
        task.partly.connect(self._asked)

    @Slot(object)
    def _asked(self, asked: object) -> None:
        address, code = getattr(asked, "address", ""), getattr(asked, "code", "")
        self.said.setText(self._context.speaker.say("sign_in.go", address=address, letters=code))

    @Slot(object)
    def _entered(self, _: SignedIn) -> None:
        self._tell()

    @Slot()
    def _leave(self) -> None:
        people.sign_out(self._context.workspace)
        self._tell()
