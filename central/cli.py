"""The centre's commands: start, tokens, migration, and the generator of readings."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.core.clock import iso, utc_now
from app.core.console import print_on_any_code_page
from app.core.errors import KnownError
from app.sync.invitation import Invitation
from central.commands import (
    audit,
    backups,
    boards,
    clean,
    clickhouse,
    dead,
    learn,
    nightly,
    opcua,
    oracle,
    roles,
    rows,
    status,
    streams,
    tags,
    unsent,
    wells,
)
from central.commands.common import HOME, Database, Folder, audited, database_of, sentence, tell
from central.config import USUAL_CLICKHOUSE_PORT, USUAL_PORT, Config

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
tokens = typer.Typer(no_args_is_help=True, help="Devices and their tokens.")
app.add_typer(tokens, name="token")
models = typer.Typer(no_args_is_help=True, help="Models that laptops fetch.")
app.add_typer(models, name="model")
app.add_typer(wells.app, name="well")
app.add_typer(tags.app, name="tag")
app.add_typer(streams.app, name="stream")
app.add_typer(opcua.app, name="opcua")
app.add_typer(clickhouse.app, name="clickhouse")
app.add_typer(dead.app, name="dead")
app.add_typer(learn.app, name="learn")
app.add_typer(unsent.app, name="unsent")
app.add_typer(audit.app, name="audit")
app.add_typer(roles.app, name="role")
app.command("clean")(clean.clean_command)
app.add_typer(rows.app, name="rows")
app.add_typer(oracle.app, name="oracle")
for command in (
    status.status,
    boards.publish,
    nightly.nightly,
    backups.backup,
    backups.verify,
    backups.restore,
):
    app.command()(command)


@app.command()
def start(
    data: Folder = HOME,
    database: Database = "",
    host: Annotated[
        str, typer.Option(help="Address to listen on; another than the loopback needs a TLS proxy before it.")
    ] = "127.0.0.1",
    port: int = USUAL_PORT,
    clickhouse: Annotated[
        str, typer.Option(envvar="WELLSIDE_CLICKHOUSE_URL", help="http(s)://host:port; embedded without it.")
    ] = "",
    clickhouse_cluster: Annotated[
        str, typer.Option(envvar="WELLSIDE_CLICKHOUSE_CLUSTER", help="Replicated tables, sharded by well.")
    ] = "",
    readings_days: Annotated[
        int, typer.Option(envvar="WELLSIDE_READINGS_DAYS", min=0, help="Kept so long; 0: for ever.")
    ] = 0,
    minutes_days: Annotated[int, typer.Option(envvar="WELLSIDE_MINUTES_DAYS", min=0, help="Likewise.")] = 0,
    hours_days: Annotated[int, typer.Option(envvar="WELLSIDE_HOURS_DAYS", min=0, help="Likewise.")] = 0,
    clickhouse_port: Annotated[int, typer.Option(help="Of the embedded engine.")] = USUAL_CLICKHOUSE_PORT,
    mqtt: Annotated[str, typer.Option(envvar="WELLSIDE_MQTT", help="mqtt://host:port/topic")] = "",
    sparkplug_rebirth: Annotated[
        bool,
        typer.Option(
            envvar="WELLSIDE_SPARKPLUG_REBIRTH",
            help="Ask nodes of Sparkplug for their births: the only command that is ever sent to them.",
        ),
    ] = False,
    kafka: Annotated[str, typer.Option(envvar="WELLSIDE_KAFKA", help="host:port/topic")] = "",
    kafka_settings: Annotated[
        Path | None, typer.Option(envvar="WELLSIDE_KAFKA_SETTINGS", help="File of ssl.… and sasl.… lines.")
    ] = None,
    opcua: Annotated[
        str,
        typer.Option(envvar="WELLSIDE_OPCUA", help="opc.tcp://host:port/path; several with spaces between."),
    ] = "",
    opcua_keys: Annotated[
        Path | None, typer.Option(envvar="WELLSIDE_OPCUA_KEYS", help="Folder of its certificates.")
    ] = None,
    schemas: Annotated[
        Path | None,
        typer.Option(envvar="WELLSIDE_SCHEMAS", help="File of the forms that messages may name."),
    ] = None,
    oidc_issuer: Annotated[
        str, typer.Option(envvar="WELLSIDE_OIDC_ISSUER", help="Provider whose tokens of people are taken.")
    ] = "",
    oidc_client: Annotated[
        str, typer.Option(envvar="WELLSIDE_OIDC_CLIENT", help="For whom those tokens must be made.")
    ] = "",
    watch: Annotated[Path | None, typer.Option(help="Folder whose files are taken.")] = None,
    backup_to: Annotated[
        Path | None,
        typer.Option(envvar="WELLSIDE_BACKUP_TO", help="Folder for a backup of its own each time."),
    ] = None,
    backup_hours: Annotated[float, typer.Option(min=0.1, help="So often; the last seven are kept.")] = 24.0,
    updates: Annotated[
        Path | None, typer.Option(envvar="WELLSIDE_UPDATES", help="Feed of updates that laptops may read.")
    ] = None,
    requests_per_minute: int = 600,
    writers_together: Annotated[
        bool,
        typer.Option(
            envvar="WELLSIDE_WRITERS_TOGETHER",
            help="Several centres write at once; when all of the site know how (since 0.2).",
        ),
    ] = False,
    drain_s: Annotated[
        float,
        typer.Option(envvar="WELLSIDE_DRAIN_S", min=0, help="Answers so long after it was told to stop."),
    ] = 0.0,
    dead_days: Annotated[
        int, typer.Option(envvar="WELLSIDE_DEAD_DAYS", min=1, help="Dead letters are kept so long.")
    ] = 90,
    dead_megabytes: Annotated[
        int, typer.Option(envvar="WELLSIDE_DEAD_MEGABYTES", min=1, help="And take so much at most.")
    ] = 1_024,
) -> None:
    """Run the centre until it is told to stop."""
    from central.serving import serve

    serve(
        Config(
            folder=data,
            port=port,
            host=host,
            database_url=database,
            clickhouse_url=clickhouse,
            clickhouse_user=os.environ.get("WELLSIDE_CLICKHOUSE_USER", "wellside_ingest"),
            clickhouse_password=os.environ.get("WELLSIDE_CLICKHOUSE_PASSWORD", ""),
            clickhouse_read_user=os.environ.get("WELLSIDE_CLICKHOUSE_READ_USER", ""),
            clickhouse_read_password=os.environ.get("WELLSIDE_CLICKHOUSE_READ_PASSWORD", ""),
            clickhouse_cluster=clickhouse_cluster,
            readings_days=readings_days,
            minutes_days=minutes_days,
            hours_days=hours_days,
            clickhouse_port=clickhouse_port,
            requests_per_minute=requests_per_minute,
            writers_together=writers_together,
            drain_s=drain_s,
            mqtt=mqtt,
            sparkplug_rebirth=sparkplug_rebirth,
            schemas=schemas,
            kafka=kafka,
            kafka_settings=kafka_settings,
            opcua=opcua,
            opcua_keys=opcua_keys,
            mqtt_ca=os.environ.get("WELLSIDE_MQTT_CA", ""),
            mqtt_certificate=os.environ.get("WELLSIDE_MQTT_CERTIFICATE", ""),
            mqtt_key=os.environ.get("WELLSIDE_MQTT_KEY", ""),
            oidc_issuer=oidc_issuer,
            oidc_client=oidc_client,
            oidc_ca=os.environ.get("WELLSIDE_OIDC_CA", ""),
            watch=watch,
            backup_to=backup_to,
            backup_hours=backup_hours,
            updates=updates,
            dead_days=dead_days,
            dead_megabytes=dead_megabytes,
        )
    )


@app.command("migrate")
def migrate_command(data: Folder = HOME, database: Database = "") -> None:
    """Bring the relational schema up to date."""
    with database_of(data, database, made=True):
        print("ok")


@tokens.command("add")
def token_add(
    name: str,
    field: Annotated[
        list[str] | None, typer.Option("--field", help="A field that the device may see; may be given again.")
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", help="push, pull, readings, files, models (all five without it); metrics."),
    ] = None,
    invite: Annotated[
        str,
        typer.Option(
            help="Address of this centre as laptops reach it: a code for the window's first start is "
            "printed instead of the token."
        ),
    ] = "",
    zone: Annotated[str, typer.Option(help="The field's time zone, for the code.")] = "",
    certificate: Annotated[
        Path | None, typer.Option(help="PEM of the company's authority, for the code.")
    ] = None,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Make a device and print its token, this once."""
    from central.stores import devices

    scopes = tuple(scope or devices.LAPTOP_SCOPES)
    if not field and scopes != ("metrics",):
        raise typer.BadParameter("--field: a device sees the fields that it is given, and has none")
    told = {"name": name, "fields": list(field or ()), "scopes": list(scopes)}
    with database_of(data, database) as engine, audited(engine, "token added", **told) as connection:
        _, token = devices.add(connection, name, tuple(field or ()), scopes, utc_now())
    pem = certificate.read_text(encoding="ascii") if certificate else ""
    print(Invitation(invite, token, zone, pem).code() if invite else token)


@tokens.command("revoke")
def token_revoke(device: str, data: Folder = HOME, database: Database = "") -> None:
    """By name or id. The very next request is refused."""
    from central.stores import devices

    with (
        database_of(data, database) as engine,
        audited(engine, "token revoked", device=device) as connection,
    ):
        revoked = devices.revoke(connection, device, utc_now())
        if not revoked:
            raise KnownError("device_unknown", device=device)
    print(f"{revoked} revoked")


@tokens.command("list")
def token_list(data: Folder = HOME, database: Database = "") -> None:
    from central.stores import devices
    from central.stores.engine import reading

    with database_of(data, database) as engine, reading(engine) as connection:
        for device, revoked_at in devices.every(connection):
            tell(
                id=device.id,
                name=device.name,
                fields=device.fields,
                scopes=device.scopes,
                revoked_at=iso(revoked_at) if revoked_at else None,
            )


@models.command("add")
def model_add(name: str, version: str, file: Path, data: Folder = HOME, database: Database = "") -> None:
    """Publish a model for laptops: plain arrays (.npz) or ONNX; the same name and version again: refused."""
    from central.stores import models as store

    try:
        content = file.read_bytes()
    except OSError as error:
        raise KnownError("file_unreadable", file=str(file), reason=str(error)) from error
    told = {"name": name, "version": version}
    with database_of(data, database) as engine, audited(engine, "model added", **told) as connection:
        print(store.add(connection, name, version, file.suffix.lower(), content, utc_now()))


@app.command()
def simulate(
    to: Annotated[
        str, typer.Option(help="mqtt://host:port/topic, kafka://host:port/topic or http://host:port")
    ],
    wells: Annotated[str, typer.Option(help="Wells as field/pad/name, separated by commas.")],
    rate: Annotated[
        float, typer.Option(help="Readings a second of each sensor; 0 sends the history at once.")
    ] = 1.0,
    seconds: Annotated[float, typer.Option(help="How long; 0: until it is stopped.")] = 0.0,
    token: Annotated[str, typer.Option(envvar="WELLSIDE_TOKEN", help="For http.")] = "",
    seed: int = 1,
) -> None:
    """Feed MQTT, Kafka or the REST service with readings of the telemetry simulator."""
    from central.simulating import run_simulation

    print(json.dumps(run_simulation(to, tuple(filter(None, wells.split(","))), rate, seconds, token, seed)))


def main() -> None:
    """Exit codes as of the laptop's commands: 0 done, 1 a known trouble in one line on stderr, 2 wrong
    usage.
    """
    print_on_any_code_page()
    try:
        app(standalone_mode=False)
    except KnownError as error:
        print(sentence(error), file=sys.stderr)
        raise SystemExit(1) from error
    except typer.Exit as error:
        raise SystemExit(error.exit_code) from error
    except typer.Abort as error:
        raise SystemExit(1) from error
    except Exception as error:
        # Typer's own, which are none of click's: it carries its click inside since 0.26.
        if (show := getattr(error, "show", None)) is None:
            raise
        show()
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
