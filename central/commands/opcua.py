"""`central opcua …`: what a server has, what the table of tags makes of it, and whom the centre trusts."""

from __future__ import annotations

import asyncio
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.core.clock import from_us, iso, utc_now
from app.core.errors import KnownError
from central.commands.common import HOME, Database, Folder, database_of, tell
from central.config import OPCUA_FOLDER

if TYPE_CHECKING:
    from central.opcua.meaning import Followed
    from central.opcua.servers import OpcServer
    from central.streams.clean import Known

MOST_SHOWN = 200
app = typer.Typer(no_args_is_help=True, help="OPC UA: servers, their variables, trusted certificates.")

Url = Annotated[
    str,
    typer.Argument(envvar="WELLSIDE_OPCUA", help="opc.tcp://host:port/path; several with spaces between."),
]
Keys = Annotated[
    Path | None, typer.Option("--keys", envvar="WELLSIDE_OPCUA_KEYS", help="Folder of its certificates.")
]
Limit = Annotated[int, typer.Option(min=1, help="So many of them.")]


@app.command("certificate")
def opcua_certificate(
    to: Annotated[
        Path | None, typer.Option(help="A file for the server's administrators; without its key.")
    ] = None,
    data: Folder = HOME,
    keys: Keys = None,
) -> None:
    """The centre's own certificate, which each server has to trust; made by the first call."""
    from app.core.files import hand_over
    from central.opcua.certificates import between, own

    mine = own(_folder(data, keys), platform.node())
    if to is not None:
        hand_over(to, mine.certificate)
    tell(uri=mine.uri, sha256=mine.sha256, until=iso(between(mine.certificate)[1]))


@app.command("trust")
def opcua_trust(
    url: Url,
    sha256: Annotated[
        str, typer.Option(help="What its administrators say; without it the certificate is only shown.")
    ] = "",
    data: Folder = HOME,
    keys: Keys = None,
) -> None:
    """Show the certificate of a server, and trust it from now on when its fingerprint is the one told."""
    from central.opcua.certificates import between, fingerprint, subject_of, trust
    from central.opcua.connecting import certificate_of

    (server,) = _servers(url, one=True)
    shown = asyncio.run(certificate_of(server))
    said = sha256.replace(":", "").replace(" ", "").lower()
    if said and said != fingerprint(shown):
        raise KnownError("opcua_server_unknown", url=server.url, sha256=fingerprint(shown))
    if said:
        trust(_folder(data, keys), shown)
    first, last = between(shown)
    tell(
        subject=subject_of(shown),
        sha256=fingerprint(shown),
        since=iso(first),
        until=iso(last),
        trusted=bool(said),
    )


@app.command("browse")
def opcua_browse(
    url: Url,
    under: Annotated[str, typer.Option(help="Only variables whose path begins so.")] = "",
    limit: Limit = MOST_SHOWN,
    data: Folder = HOME,
    keys: Keys = None,
) -> None:
    """Variables of a server: path and name of the node, either of which may stand in the table of tags."""
    for server in _servers(url, one=True):
        asyncio.run(_browse(server, _folder(data, keys), under, limit))


@app.command("test")
def opcua_test(
    url: Url,
    limit: Limit = MOST_SHOWN,
    data: Folder = HOME,
    database: Database = "",
    keys: Keys = None,
) -> None:
    """Read each variable that the table of tags speaks of, once, and say what would come of it."""
    from central.replay import Knowing
    from central.stores import wells
    from central.stores.engine import reading

    for server in _servers(url):
        with database_of(data, database) as engine, reading(engine) as connection:
            names = {int(well.id): well.place for well in wells.all_wells(connection)}
            known = Knowing(connection).of(server.source)
        asyncio.run(_test(server, _folder(data, keys), known, names, limit))


async def _browse(server: OpcServer, keys: Path, under: str, limit: int) -> None:
    from central.opcua.browsing import described, variables
    from central.opcua.connecting import connected

    async with connected(server, keys) as client:
        found = []
        async for one in variables(client, under):
            found.append(one)
            if len(found) > limit:
                break
        for one in await described(client, found[:limit]):
            tell(
                path=one.path,
                node=one.name,
                number=one.is_number,
                readable=one.readable,
                history=one.history,
                unit=one.unit,
            )
        if len(found) > limit:
            tell(more=True)


async def _test(server: OpcServer, keys: Path, known: Known, names: dict[int, str], limit: int) -> None:
    from central.opcua.connecting import connected
    from central.opcua.meaning import meant_at

    async with connected(server, keys) as client:
        told = await meant_at(client, known)
        shown = told.all[:limit]
        values = await client.read_attributes([one.variable.node for one in shown]) if shown else []
        for one, value in zip(shown, values, strict=True):
            tell(**_line(one, value, names))
        tell(
            source=server.source,
            policy=server.policy,
            meant=len(told.all),
            unnamed=told.unnamed,
            unit_differs=sum(one.unit_differs for one in told.all),
            one_path=sorted(set(told.paths_of_several))[:20],
            no_numbers=told.no_numbers[:20],
            not_readable=told.not_readable[:20],
        )


def _line(one: Followed, value: Any, names: dict[int, str]) -> dict[str, object]:
    from app.models.sensors import BY_NUMBER
    from central.opcua.values import told

    said = told(value, utc_now())
    sensor = BY_NUMBER.get(one.meant.sensor or -1)
    line: dict[str, object] = {
        "path": one.variable.path,
        "node": one.variable.name,
        "well": names.get(one.meant.well or 0, ""),
        "sensor": sensor.key if sensor is not None else "",
        "twofold": [tag.pattern for tag in one.meant.twofold],
        "value": said.value if isinstance(said.value, int | float) else str(said.value),
        "unit": one.meant.tag.unit if one.meant.tag is not None else "",
        "server_says_unit": one.variable.unit,
        "unit_differs": one.unit_differs,
        "good": said.good,
        "status": f"{said.status:#010x}",
        "at": iso(from_us(said.at_us)),
        "history": one.variable.history,
    }
    return {key: shown for key, shown in line.items() if shown not in ("", [])}


def _servers(url: str, *, one: bool = False) -> tuple[OpcServer, ...]:
    from central.opcua.servers import servers_of

    found = servers_of(url)
    if not found or (one and len(found) != 1):
        raise KnownError("stream_address", url=" ".join(server.url for server in found)[:200])
    return found


def _folder(data: Path, keys: Path | None) -> Path:
    return keys or data / OPCUA_FOLDER
