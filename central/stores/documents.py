"""Files: sent in pieces, each under the SHA-256 of the whole, complete only when the whole has that hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central.stores.tables import FILES, OWNERS, PIECES, UPLOADS


def size_of(connection: Connection, sha256: str) -> int | None:
    row = connection.execute(sa.select(FILES.c.file_size).where(FILES.c.sha256 == sha256)).first()
    return int(row[0]) if row else None


def received(connection: Connection, device_id: str, sha256: str) -> tuple[int, int]:
    """(bytes, pieces) of an upload that is under way."""
    mine = sa.and_(UPLOADS.c.device_id == device_id, UPLOADS.c.sha256 == sha256)
    row = connection.execute(
        sa.select(sa.func.coalesce(sa.func.sum(UPLOADS.c.piece_size), 0), sa.func.count()).where(mine)
    ).one()
    return int(row[0]), int(row[1])


def add_piece(connection: Connection, device_id: str, sha256: str, number: int, content: bytes) -> None:
    connection.execute(
        sa.insert(UPLOADS).values(
            device_id=device_id, sha256=sha256, piece_no=number, piece_size=len(content), content=content
        )
    )


def complete(connection: Connection, device_id: str, sha256: str, now: datetime) -> bool:
    """The pieces become the file when they are it; otherwise they are thrown away and the upload starts
    again.
    """
    mine = sa.and_(UPLOADS.c.device_id == device_id, UPLOADS.c.sha256 == sha256)
    digest, size = hashlib.sha256(), 0
    numbers = [
        row[0]
        for row in connection.execute(sa.select(UPLOADS.c.piece_no).where(mine).order_by(UPLOADS.c.piece_no))
    ]
    for number in numbers:
        piece = connection.execute(
            sa.select(UPLOADS.c.content).where(mine, UPLOADS.c.piece_no == number)
        ).scalar_one()
        digest.update(piece)
        size += len(piece)
    whole = digest.hexdigest() == sha256
    if whole and size_of(connection, sha256) is None:
        for number in numbers:
            piece = connection.execute(
                sa.select(UPLOADS.c.content).where(mine, UPLOADS.c.piece_no == number)
            ).scalar_one()
            connection.execute(sa.insert(PIECES).values(sha256=sha256, piece_no=number, content=piece))
        connection.execute(sa.insert(FILES).values(sha256=sha256, file_size=size, complete_at=now))
    connection.execute(sa.delete(UPLOADS).where(mine))
    return whole


def pieces(connection: Connection, sha256: str) -> Iterator[bytes]:
    numbers = [
        row[0]
        for row in connection.execute(
            sa.select(PIECES.c.piece_no).where(PIECES.c.sha256 == sha256).order_by(PIECES.c.piece_no)
        )
    ]
    for number in numbers:
        where = sa.and_(PIECES.c.sha256 == sha256, PIECES.c.piece_no == number)
        yield bytes(connection.execute(sa.select(PIECES.c.content).where(where)).scalar_one())


def belongs_to(connection: Connection, sha256: str, field: str) -> None:
    """A field whose entry names the file may read it."""
    owned = sa.and_(OWNERS.c.sha256 == sha256, OWNERS.c.field_name == field)
    if connection.execute(sa.select(sa.func.count()).where(owned)).scalar_one() == 0:
        connection.execute(sa.insert(OWNERS).values(sha256=sha256, field_name=field))


def readable(connection: Connection, sha256: str, fields: tuple[str, ...]) -> bool:
    owned = sa.and_(OWNERS.c.sha256 == sha256, OWNERS.c.field_name.in_(fields))
    return connection.execute(sa.select(sa.func.count()).where(owned)).scalar_one() > 0
