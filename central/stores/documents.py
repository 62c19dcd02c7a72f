"""Files: sent in pieces, each under the SHA-256 of the whole, complete only when the whole has that hash.

What they hold is kept once; who may see that it is there is decided for each: a device that sent it whole,
and the fields whose entries name it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from central.stores.engine import reading
from central.stores.tables import FILES, HOLDERS, OWNERS, PIECES, UPLOADS

UNFINISHED_KEPT, UNNAMED_KEPT = timedelta(days=14), timedelta(days=60)
MOST_UNFINISHED_BYTES, MOST_UNFINISHED = 8 << 30, 500
"""Of one device."""


def size_for(connection: Connection, sha256: str, device_id: str, fields: tuple[str, ...]) -> int | None:
    """For whoever has a right to know: else it is not there. Its name alone proves nothing."""
    sent = sa.select(HOLDERS.c.sha256).where(HOLDERS.c.sha256 == sha256, HOLDERS.c.device_id == device_id)
    if connection.execute(sent).first() is None and not readable(connection, sha256, fields):
        return None
    return _size_of(connection, sha256)


def _size_of(connection: Connection, sha256: str) -> int | None:
    row = connection.execute(sa.select(FILES.c.file_size).where(FILES.c.sha256 == sha256)).first()
    return int(row[0]) if row else None


_SENT_WHOLE = (
    sa.select(HOLDERS.c.sha256)
    .where(HOLDERS.c.sha256 == UPLOADS.c.sha256, HOLDERS.c.device_id == UPLOADS.c.device_id)
    .exists()
)
_HELD = (
    sa.select(FILES.c.sha256)
    .where(FILES.c.sha256 == UPLOADS.c.sha256, FILES.c.held_by == UPLOADS.c.device_id)
    .exists()
)
SPARE_AT_ONCE = 4
"""Pieces of what others have already: whoever comes next takes so many away, a few at a time."""


def quota_left(connection: Connection, device_id: str) -> bool:
    """Whether the device may begin another file."""
    mine = sa.and_(UPLOADS.c.device_id == device_id, ~_SENT_WHOLE)
    held, files = connection.execute(
        sa.select(
            sa.func.coalesce(sa.func.sum(UPLOADS.c.piece_size), 0),
            sa.func.count(sa.distinct(UPLOADS.c.sha256)),
        ).where(mine)
    ).one()
    return int(held) < MOST_UNFINISHED_BYTES and int(files) < MOST_UNFINISHED


def forget_left(connection: Connection, now: datetime) -> None:
    """Uploads that nobody went on with, files that no entry has named, and what is there twice."""
    connection.execute(sa.delete(UPLOADS).where(UPLOADS.c.came_at < now - UNFINISHED_KEPT, ~_SENT_WHOLE))
    named = sa.select(OWNERS.c.sha256).where(OWNERS.c.sha256 == FILES.c.sha256).exists()
    left = sa.select(FILES.c.sha256).where(FILES.c.complete_at < now - UNNAMED_KEPT, ~named)
    for sha256 in connection.execute(left).scalars().all():
        connection.execute(sa.delete(UPLOADS).where(UPLOADS.c.sha256 == sha256, _SENT_WHOLE))
        for table in (PIECES, HOLDERS, FILES):
            connection.execute(sa.delete(table).where(table.c.sha256 == sha256))
    spare = sa.select(UPLOADS.c.device_id, UPLOADS.c.sha256, UPLOADS.c.piece_no).where(_SENT_WHOLE, ~_HELD)
    for device_id, sha256, number in connection.execute(spare.limit(SPARE_AT_ONCE)).all():
        _drop_piece(connection, device_id, sha256, int(number))


def received(connection: Connection, device_id: str, sha256: str) -> tuple[int, int]:
    """(bytes, pieces) of an upload that is under way."""
    query = sa.select(sa.func.coalesce(sa.func.sum(UPLOADS.c.piece_size), 0), sa.func.count())
    row = connection.execute(query.where(_of_upload(device_id, sha256))).one()
    return int(row[0]), int(row[1])


def add_piece(
    connection: Connection, device_id: str, sha256: str, number: int, content: bytes, now: datetime
) -> None:
    connection.execute(
        sa.insert(UPLOADS).values(
            device_id=device_id,
            sha256=sha256,
            piece_no=number,
            piece_size=len(content),
            content=content,
            came_at=now,
        )
    )


def drop_upload(connection: Connection, device_id: str, sha256: str) -> None:
    """What had come of it so far."""
    connection.execute(sa.delete(UPLOADS).where(_of_upload(device_id, sha256)))


def complete(engine: Engine, device_id: str, sha256: str, now: datetime) -> bool | None:
    """The upload becomes the file when it is it: its pieces stay where they came, whoever has the same, and
    nobody can tell by the time. What is none is thrown away, and the upload starts again; None: it has become
    another one meanwhile. The pieces are read while others write.
    """
    with reading(engine) as connection:
        came = _came(connection, device_id, sha256)
    digest = hashlib.sha256()
    for number, _, _ in came:
        with reading(engine) as connection:
            digest.update(_piece_of(connection, device_id, sha256, number))
    if digest.hexdigest() != sha256:
        for number, _, _ in reversed(came):
            with engine.begin() as connection:
                _drop_piece(connection, device_id, sha256, number)
        return False
    with engine.begin() as connection:
        if _came(connection, device_id, sha256) != came:
            return None
        finish(connection, device_id, sha256, now)
    return True


def finish(connection: Connection, device_id: str, sha256: str, now: datetime) -> None:
    """An upload that is known to be whole is the file."""
    if _size_of(connection, sha256) is None:
        size = received(connection, device_id, sha256)[0]
        row = {"sha256": sha256, "file_size": size, "complete_at": now, "held_by": device_id}
        connection.execute(sa.insert(FILES).values(row))
    _once(connection, HOLDERS, sha256=sha256, device_id=device_id)


def _came(connection: Connection, device_id: str, sha256: str) -> list[tuple[int, int, datetime]]:
    """(number, bytes, when) of each piece."""
    query = sa.select(UPLOADS.c.piece_no, UPLOADS.c.piece_size, UPLOADS.c.came_at)
    query = query.where(_of_upload(device_id, sha256)).order_by(UPLOADS.c.piece_no)
    return [(int(no), int(size), at) for no, size, at in connection.execute(query)]


def _piece_of(connection: Connection, device_id: str, sha256: str, number: int) -> bytes:
    this = _this_piece(device_id, sha256, number)
    return bytes(connection.execute(sa.select(UPLOADS.c.content).where(this)).scalar() or b"")


def _drop_piece(connection: Connection, device_id: str, sha256: str, number: int) -> None:
    connection.execute(sa.delete(UPLOADS).where(_this_piece(device_id, sha256, number)))


def _this_piece(device_id: str, sha256: str, number: int) -> sa.ColumnElement[bool]:
    return sa.and_(_of_upload(device_id, sha256), UPLOADS.c.piece_no == number)


def _of_upload(device_id: str, sha256: str) -> sa.ColumnElement[bool]:
    return sa.and_(UPLOADS.c.device_id == device_id, UPLOADS.c.sha256 == sha256)


def pieces(connection: Connection, sha256: str) -> Iterator[bytes]:
    for number in piece_numbers(connection, sha256):
        yield piece(connection, sha256, number)


def piece_numbers(connection: Connection, sha256: str) -> list[int]:
    by = _held_by(connection, sha256)
    if by is not None:
        return [number for number, _, _ in _came(connection, by, sha256)]
    query = sa.select(PIECES.c.piece_no).where(PIECES.c.sha256 == sha256).order_by(PIECES.c.piece_no)
    return [int(number) for number in connection.execute(query).scalars()]


def piece(connection: Connection, sha256: str, number: int) -> bytes:
    by = _held_by(connection, sha256)
    if by is not None:
        return _piece_of(connection, by, sha256, number)
    where = sa.and_(PIECES.c.sha256 == sha256, PIECES.c.piece_no == number)
    return bytes(connection.execute(sa.select(PIECES.c.content).where(where)).scalar_one())


def _held_by(connection: Connection, sha256: str) -> str | None:
    return connection.execute(sa.select(FILES.c.held_by).where(FILES.c.sha256 == sha256)).scalar()


def belongs_to(connection: Connection, sha256: str, field: str) -> None:
    """A field whose entry names the file may read it."""
    _once(connection, OWNERS, sha256=sha256, field_name=field)


def _once(connection: Connection, table: sa.Table, **row: str) -> None:
    there = sa.and_(*(table.c[name] == value for name, value in row.items()))
    if connection.execute(sa.select(sa.func.count()).select_from(table).where(there)).scalar_one() == 0:
        connection.execute(sa.insert(table).values(**row))


def readable(connection: Connection, sha256: str, fields: tuple[str, ...]) -> bool:
    owned = sa.and_(OWNERS.c.sha256 == sha256, OWNERS.c.field_name.in_(fields))
    return connection.execute(sa.select(sa.func.count()).where(owned)).scalar_one() > 0
