"""What JSON can say. Whoever takes a value out of it narrows it: by its key in `models/values`, out of a
person's file in `importers/json_place`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

Json: TypeAlias = "None | bool | int | float | str | Sequence[Json] | Mapping[str, Json]"
JsonObject: TypeAlias = dict[str, Json]


MOST_VALUES = 500_000
"""Of one message: twice what an import of all wells that there may be says of them."""


def as_json(value: object) -> Json:
    """What stands for it in JSON: NumPy's numbers are numbers. Raises TypeError for what JSON cannot say."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): as_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    if callable(item := getattr(value, "item", None)):
        return as_json(item())
    raise TypeError(type(value).__name__)


def is_wide(content: bytes, most: int = MOST_VALUES) -> bool:
    """Whether there may be more values in it than `most`, a quarter of them lists and objects: `[],` is three
    letters and three hundred bytes of memory, and nobody else's turn comes while it is read. Looks at letters
    only, so those within texts count too.
    """
    containers = content.count(b"[") + content.count(b"{")
    return containers > most // 4 or containers + content.count(b",") > most


def loads(content: str | bytes, *, once: bool = False) -> Json:
    """`once`: a key that stands twice in one object is refused: JSON keeps the last without a word.

    Raises ValueError for what is no JSON, also for what is nested too deeply to be read.
    """
    try:
        told: Json = json.loads(content, object_pairs_hook=each_once if once else None)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return told


def each_once(pairs: list[tuple[str, Json]]) -> JsonObject:
    """For `json.loads`: raises ValueError where a key stands twice."""
    found: JsonObject = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"“{key[:40]}” × 2")
        found[key] = value
    return found


def objects_in(content: str | bytes) -> list[JsonObject]:
    """Raises ValueError, also for what is no list of objects."""
    told = loads(content)
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise ValueError("not a list of objects")
    return cast(list[JsonObject], told)


def object_in(content: str | bytes, *, once: bool = False) -> JsonObject:
    """Raises ValueError, also for what is no object; `once`: as `loads` has it, for what people write."""
    told = loads(content, once=once)
    if not isinstance(told, dict):
        raise ValueError("not an object")
    return told
