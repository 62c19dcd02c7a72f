"""The connections of the settings, made when they are needed, and each tried by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from app.core.errors import KnownError
from app.core.settings import Settings
from app.models.secrets import Secrets
from app.sync.transports.base import PushCentre, ReadingSource, RecordSource
from app.sync.transports.clickhouse import ClickHouseReader
from app.sync.transports.oracle import OracleReader, split_dsn
from app.sync.transports.rest import Rest
from app.sync.transports.rest_reader import RestReader
from app.sync.transports.secure import check_address, tls

TOKEN, CLICKHOUSE_PASSWORD, ORACLE_PASSWORD = "centre token", "clickhouse password", "oracle password"
SECRETS = (TOKEN, CLICKHOUSE_PASSWORD, ORACLE_PASSWORD)
CENTRE, READINGS, CLICKHOUSE, ORACLE = "centre", "readings", "clickhouse", "oracle"


@dataclass(frozen=True)
class Connections:
    """What is set up; None where it is not. `problems`: name → why a connection could not even be made."""

    centre: PushCentre | None
    records: RecordSource | None
    readings: ReadingSource | None
    problems: dict[str, KnownError]

    def close(self) -> None:
        for one in dict.fromkeys((self.centre, self.records, self.readings)):
            if one is not None:
                one.close()


class Setup(Protocol):
    """What connections are made from: a workspace has it, and so has `doctor` without one."""

    @property
    def settings(self) -> Settings: ...

    @property
    def secrets(self) -> Secrets: ...


Made = TypeVar("Made")


@dataclass(frozen=True)
class BareSetup:
    settings: Settings
    secrets: Secrets


def is_set_up(workspace: Setup) -> bool:
    """There is something to sync with. An address alone, without its account's password, is nothing."""
    if workspace.settings["centre_url"]:
        return True
    return bool(workspace.settings["clickhouse_url"] and workspace.secrets.get(CLICKHOUSE_PASSWORD))


def connect(workspace: Setup, pause: Callable[[float], None] | None = None) -> Connections:
    """Nothing is asked of a network yet. `pause`: how a centre that is busy is waited for."""
    problems: dict[str, KnownError] = {}

    def made(name: str, make: Callable[[Setup], Made]) -> Made | None:
        try:
            return make(workspace)
        except KnownError as error:
            problems[name] = error
            return None

    centre, direct, oracle = made(CENTRE, _centre), made(CLICKHOUSE, _clickhouse), made(ORACLE, _oracle)
    if centre is not None:
        centre.pause = pause
    by_centre = RestReader(centre) if centre is not None and CLICKHOUSE not in problems else None
    return Connections(centre, oracle or centre, direct or by_centre, problems)


def try_each(workspace: Setup) -> dict[str, KnownError | None]:
    """Each connection that is set up: None when it answers, else what is wrong."""
    connections = connect(workspace)
    answers: dict[str, KnownError | None] = dict(connections.problems)
    asked: dict[str, Callable[[], object]] = {}
    if connections.centre is not None:
        asked[CENTRE] = connections.centre.hello
    if connections.readings is not None:
        newest = connections.readings.newest
        by_centre = isinstance(connections.readings, RestReader)
        asked[READINGS if by_centre else CLICKHOUSE] = lambda: newest([])
    same: bool = connections.records is connections.centre  # type: ignore[comparison-overlap]
    if connections.records is not None and not same:
        records = connections.records
        asked[ORACLE] = lambda: records.changes(1 << 60)
    try:
        for name, ask in asked.items():
            try:
                ask()
                answers[name] = None
            except KnownError as error:
                answers[name] = error
    finally:
        connections.close()
    return answers


def _centre(workspace: Setup) -> Any:
    url = workspace.settings["centre_url"]
    if not url:
        return None
    return Rest(
        url,
        workspace.secrets.get(TOKEN),
        ca_file=workspace.settings["ca_file"],
        proxy=workspace.settings["proxy_url"],
    )


def _clickhouse(workspace: Setup) -> Any:
    """Only where IT gave an address and an account of its own: else the centre answers. The centre's token is
    never sent there.
    """
    url = workspace.settings["clickhouse_url"]
    password = workspace.secrets.get(CLICKHOUSE_PASSWORD) if url else ""
    if url and not password and not workspace.settings["centre_url"]:
        raise KnownError("clickhouse_password_missing", url=url)
    if not password:
        return None
    return ClickHouseReader(
        url,
        workspace.settings["clickhouse_user"],
        password,
        ca_file=workspace.settings["ca_file"],
        proxy=workspace.settings["proxy_url"],
    )


def _oracle(workspace: Setup) -> Any:
    dsn = workspace.settings["oracle_dsn"]
    if not dsn:
        return None
    return OracleReader.at(dsn, workspace.settings["oracle_user"], workspace.secrets.get(ORACLE_PASSWORD))


def set_up(workspace: Setup, values: dict[str, object], secrets: dict[str, str]) -> None:
    """All are checked before one is written. Raises KnownError (setting_value, setting_locked,
    centre_address, centre_needs_tls, centre_ca, oracle_address, clickhouse_password_missing).
    """
    checked = {key: workspace.settings.checked(key, value) for key, value in values.items()}
    for key in ("centre_url", "clickhouse_url"):
        if checked.get(key):
            check_address(checked[key])
    if checked.get("ca_file"):
        tls(checked["ca_file"])
    if checked.get("oracle_dsn"):
        split_dsn(checked["oracle_dsn"])
    kept = {CLICKHOUSE_PASSWORD: workspace.secrets.get(CLICKHOUSE_PASSWORD)} | secrets
    asked = {key: workspace.settings[key] for key in ("centre_url", "clickhouse_url")} | checked
    if asked["clickhouse_url"] and not asked["centre_url"] and not kept[CLICKHOUSE_PASSWORD]:
        raise KnownError("clickhouse_password_missing", url=asked["clickhouse_url"])
    for name, secret in secrets.items():
        workspace.secrets.set(name, secret)
    for key, value in checked.items():
        workspace.settings.set(key, value)
