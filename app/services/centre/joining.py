"""A laptop joins the centre by the code that IT gave: address, token, certificate and the field's clock."""

from __future__ import annotations

from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.services.centre import connections
from app.services.workspace import Workspace
from app.sync.invitation import LONGEST, Invitation, read


def code_of(path: Path) -> str:
    """Raises KnownError (file_unreadable)."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(LONGEST + 1)
    except OSError as error:
        raise KnownError("file_unreadable", file=str(path), reason=str(error)) from error


def join(workspace: Workspace, code: str) -> dict[str, KnownError | None]:
    """Sets the connection up and asks it: each connection, and None where it answers. Raises KnownError
    (invitation_damaged, centre_address, centre_needs_tls, centre_ca, file_not_written).
    """
    told = read(code)
    values: dict[str, object] = {"centre_url": told.url}
    if told.certificate:
        values["ca_file"] = str(_certificate(workspace, told))
    if told.time_zone:
        values["time_zone"] = told.time_zone
    connections.set_up(workspace, values, {connections.TOKEN: told.token} if told.token else {})
    return connections.try_each(workspace)


def _certificate(workspace: Workspace, told: Invitation) -> Path:
    path = workspace.paths.folder / "centre.pem"
    try:
        write_atomically(path, told.certificate.encode())
    except OSError as error:
        raise KnownError("file_not_written", file=str(path), reason=str(error)) from error
    return path
