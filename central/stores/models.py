"""Models for laptops, each under name and version for ever."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.errors import KnownError
from central.stores.tables import MODELS

SUFFIXES = (".npz", ".onnx")


def add(connection: Connection, name: str, version: str, suffix: str, content: bytes, now: datetime) -> str:
    """Returns the SHA-256. Raises KnownError (model_name, model_kind, model_known); a pickle is never
    taken.
    """
    if not all(re.fullmatch(r"[\w.-]{1,50}", part) for part in (name, version)):
        raise KnownError("model_name", name=name[:60], version=version[:60])
    if suffix not in SUFFIXES or content.startswith(b"\x80"):
        raise KnownError("model_kind", suffix=suffix, allowed=", ".join(SUFFIXES))
    known = sa.and_(MODELS.c.name == name, MODELS.c.version == version)
    if connection.execute(sa.select(sa.func.count()).select_from(MODELS).where(known)).scalar_one():
        raise KnownError("model_known", name=name, version=version)
    sha256 = hashlib.sha256(content).hexdigest()
    connection.execute(
        sa.insert(MODELS).values(
            name=name, version=version, sha256=sha256, made_at=now, about={"suffix": suffix}, content=content
        )
    )
    return sha256
