"""The list of models as it is signed (`central/learning/publishing` makes it): what is offered by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.errors import KnownError
from app.core.installed import VERSION
from app.core.plain import object_in
from app.core.signed_feeds import MODEL_FORM
from app.models.values import Read, count_of, needed_text, rows_of

NAME = re.compile(r"[\w.-]{1,50}")
FILE = re.compile(r"[\w.-]{1,110}\.npz")


@dataclass(frozen=True)
class Offered:
    name: str
    version: str
    file: str
    size: int
    features: str
    least_program: str


def read(content: bytes) -> dict[str, Offered]:
    """By name. Signed is not the same as right. Raises KnownError (model_list)."""
    try:
        told = object_in(content)
        if told.get("version") != MODEL_FORM:
            raise ValueError(f"version: {told.get('version')}")
        found = [_offered(one) for one in rows_of(told, "models")]
        if len({one.name for one in found}) < len(found):
            raise ValueError("a name twice")
        return {one.name: one for one in found}
    except (ValueError, TypeError) as error:
        raise KnownError("model_list", reason=str(error)[:200]) from error


def _offered(one: Read) -> Offered:
    name, version, file = (needed_text(one, key) for key in ("name", "version", "file"))
    least = needed_text(one, "least_program")
    if not (
        NAME.fullmatch(name) and NAME.fullmatch(version) and FILE.fullmatch(file) and VERSION.fullmatch(least)
    ):
        raise ValueError(f"{name} {version} {file} {least}"[:120])
    return Offered(name, version, file, count_of(one, "size"), needed_text(one, "features"), least)
