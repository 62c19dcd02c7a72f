"""`central stream …`: which fields the topics of MQTT and Kafka, and the paths of OPC UA, speak for."""

from __future__ import annotations

from typing import Annotated

import typer

from app.core.clock import utc_now
from app.core.errors import KnownError
from central.commands.common import HOME, Database, Folder, audited, author, database_of, tell

app = typer.Typer(no_args_is_help=True, help="Streams: which fields a topic may write to.")

Topic = Annotated[str, typer.Argument(help="A topic, or many: north/+/data, north/#")]
Source = Annotated[str, typer.Option("--source", help="mqtt, kafka, opcua or opcua/host:port.")]


@app.command("bind")
def stream_bind(
    topic: Topic,
    field: Annotated[list[str], typer.Option("--field", help="That it speaks for; may be given again.")],
    source: Source = "mqtt",
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """From now on only bound topics of this source are taken, each for its fields. Who may publish on a
    topic is said in the broker's list of rights.
    """
    from app.models.limits import clean_name
    from central.names.globs import parse
    from central.stores import bindings

    source = _source(source)
    bound = bindings.Binding(source, parse(topic).text, tuple(map(clean_name, field)))
    with database_of(data, database) as engine:
        told = {"topic": bound.pattern, "source": source, "fields": list(bound.fields)}
        with audited(engine, "stream bound", **told) as connection:
            bindings.bind(connection, bound, utc_now(), author())
        tell(topic=bound.pattern, source=source, fields=bound.fields)


@app.command("list")
def stream_list(data: Folder = HOME, database: Database = "") -> None:
    """One binding a line."""
    from central.stores import bindings
    from central.stores.engine import reading

    with database_of(data, database) as engine, reading(engine) as connection:
        for one in bindings.every(connection):
            tell(topic=one.pattern, source=one.source, fields=one.fields)


@app.command("unbind")
def stream_unbind(
    topic: Topic, source: Source = "mqtt", data: Folder = HOME, database: Database = ""
) -> None:
    """When the last one of a source is gone, its topics speak for every field again."""
    from central.names.globs import parse
    from central.stores import bindings

    source = source.lower()
    with database_of(data, database) as engine:
        with audited(engine, "stream unbound", topic=topic, source=source) as connection:
            gone = bindings.unbind(connection, source, parse(topic).text)
        tell(unbound=gone)


def _source(text: str) -> str:
    """As the streams spell it themselves: a binding of a name that no stream has would leave its topics to
    every field. Raises KnownError (tag_source_unknown).
    """
    source = text.lower()
    if source not in ("mqtt", "kafka", "opcua") and not source.startswith("opcua/"):
        raise KnownError("tag_source_unknown", value=text, known="mqtt, kafka, opcua")
    return source
