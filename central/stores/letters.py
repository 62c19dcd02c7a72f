"""Readings as they came, in columns: those that are not yet known by name, and those that never were."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa

INCOMING = pa.schema(
    [
        ("well", pa.string()),
        ("sensor", pa.string()),
        ("timestamp", pa.timestamp("us", tz="UTC")),
        ("value", pa.float64()),
        ("unit", pa.string()),
        ("tag", pa.string()),
        ("topic", pa.string()),
        ("local", pa.bool_()),
        ("bad", pa.bool_()),
    ]
)
"""`tag` is the source's own name of the series, `topic` where the message came. `local`: its clock named no
zone; `bad`: the source itself says that the value is not to be trusted.
"""
LETTER = pa.schema(
    [
        *INCOMING,
        ("received", pa.timestamp("us", tz="UTC")),
        ("place", pa.string()),
        ("body", pa.binary()),
        ("note", pa.string()),
    ]
)
"""`body`: a message that gave no readings, whole; `place` where it stood in its source."""


def letters_of(table: pa.Table, received: datetime) -> pa.Table:
    """Rows of INCOMING that were set aside."""
    return filled(
        table.append_column("received", pa.array([received] * len(table), LETTER.field("received").type))
    )


def message(topic: str, place: str, body: bytes, received: datetime, note: str = "") -> dict[str, object]:
    """A row of LETTER for what gave no readings."""
    return {"topic": topic, "place": place, "body": body, "received": received, "note": note}


def of_messages(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows, LETTER)


def filled(table: pa.Table) -> pa.Table:
    """With all columns of LETTER; nothing in those that it has not."""
    columns = {
        field.name: table.column(field.name).cast(field.type)
        if field.name in table.column_names
        else pa.nulls(len(table), field.type)
        for field in LETTER
    }
    return pa.table(columns, schema=LETTER)


def packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table.combine_chunks())
    return sink.getvalue().to_pybytes()


def unpacked(content: bytes) -> pa.Table:
    return filled(pa.ipc.open_stream(content).read_all())
