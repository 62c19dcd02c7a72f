"""The connections: made from the settings' declarations, with the secrets beside them; tried before they are
trusted.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.declared_settings import SETTINGS
from app.core.errors import KnownError
from app.core.jobs import Job
from app.services.centre import connections, sync
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import TextLine
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.setting_fields import add_row, field_of, help_of, value_of

_AFTER = {
    "centre_url": connections.TOKEN,
    "clickhouse_user": connections.CLICKHOUSE_PASSWORD,
    "oracle_user": connections.ORACLE_PASSWORD,
}


def _keep(job: Job, workspace: Workspace, values: dict[str, object], secrets: dict[str, str]) -> None:
    connections.set_up(workspace, values, secrets)


def _try(job: Job, workspace: Workspace) -> tuple[dict[str, KnownError | None], sync.Estimate | KnownError]:
    answers = connections.try_each(workspace)
    try:
        return answers, sync.estimate(job, workspace)
    except KnownError as error:
        return answers, error


class ConnectionsDialog(FittedDialog):
    """A secret that is there is not shown; an empty field leaves it as it is."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(self.tr("Connections"))
        self.resize(560, 640)
        self.fields: dict[str, QWidget] = {}
        self.secrets: dict[str, QLineEdit] = {}
        inside = QWidget()
        form = QVBoxLayout(inside)
        language = context.speaker.language
        for setting in SETTINGS:
            if setting.page != "sync":
                continue
            field = field_of(setting, context)
            self.fields[setting.key] = field
            add_row(form, setting, field, help_of(setting, context), language)
            form.addSpacing(6)
            if setting.key in _AFTER:
                self._add_secret(form, _AFTER[setting.key])
        form.addStretch(1)
        self.answer = widgets.text("")
        self.buttons = QDialogButtonBox()
        self.save = self.buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.test = QPushButton(self.tr("Save and test"))
        self.buttons.addButton(self.test, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.addWidget(widgets.scrolled(inside), 1)
        layout.addWidget(self.answer)
        layout.addWidget(self.buttons)
        self._then_test = False
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self.test.clicked.connect(self._save_and_test)

    def _add_secret(self, form: QVBoxLayout, name: str) -> None:
        titles = {
            connections.TOKEN: self.tr("Token of this device"),
            connections.CLICKHOUSE_PASSWORD: self.tr("Password for ClickHouse"),
            connections.ORACLE_PASSWORD: self.tr("Password for Oracle"),
        }
        field = TextLine()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(titles[name])
        there = bool(self._context.workspace.secrets.get(name))
        field.setPlaceholderText(self.tr("kept; type to replace") if there else self.tr("not set"))
        label = QLabel(titles[name])
        label.setBuddy(field)
        self.secrets[name] = field
        form.addWidget(label)
        form.addWidget(field)
        form.addSpacing(6)

    @Slot()
    def _save_and_test(self) -> None:
        self._then_test = True
        self._keep()

    @Slot()
    def _save(self) -> None:
        self._then_test = False
        self._keep()

    def _keep(self) -> None:
        values = {key: value_of(field) for key, field in self.fields.items()}
        secrets = {name: field.text().strip() for name, field in self.secrets.items() if field.text().strip()}
        self._context.runner.start(
            _keep,
            self._context.workspace,
            values,
            secrets,
            lane="journal",
            done=self._kept,
            failed=self._refused,
        )

    @Slot(object)
    def _kept(self, _: object) -> None:
        if not self._then_test:
            self.accept()
            return
        self.answer.setText(self.tr("Asking…"))
        self.test.setEnabled(False)
        self._context.runner.start(
            _try,
            self._context.workspace,
            lane="network",
            purpose="try connections",
            done=self._tried,
            failed=self._refused,
        )

    @Slot(object)
    def _tried(self, answer: tuple[dict[str, KnownError | None], sync.Estimate | KnownError]) -> None:
        answers, estimate = answer
        speaker = self._context.speaker
        lines = [
            f"{speaker.say(f'sync.source.{name}')}: "
            f"{speaker.error(error) if error else speaker.say('sync.answers')}"
            for name, error in answers.items()
        ]
        if isinstance(estimate, KnownError):
            said = speaker.error(estimate)
            lines += [] if any(said in line for line in lines) or not lines else [said]
        else:
            lines.append(
                speaker.say(
                    "sync.estimate",
                    wells=estimate.wells,
                    readings=estimate.readings,
                    megabytes=max(1, estimate.bytes_here >> 20),
                    seconds=max(1, round(estimate.seconds)),
                )
            )
        self.answer.setText("\n".join(lines) or self.tr("No connection is set up."))
        self.test.setEnabled(True)

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        self.test.setEnabled(True)
        self._context.tell_refusal(error, self.answer.setText)
