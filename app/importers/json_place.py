"""Reading one JSON object with care: every complaint names the file and the key."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from app.core.errors import KnownError
from app.core.plain import Json, JsonObject


def json_of(path: Path, content: bytes) -> Json:
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=lambda pairs: _object(path, pairs))
    except UnicodeDecodeError as error:
        raise KnownError("file_encoding", file=str(path), position=error.start) from error
    except (ValueError, RecursionError) as error:  # also a whole number of more digits than Python reads
        line, column = getattr(error, "lineno", 0), getattr(error, "colno", 0)
        raise KnownError("json_broken", file=str(path), line=line, column=column) from error


def _object(path: Path, pairs: list[tuple[str, Json]]) -> JsonObject:
    """Of two values under one name nobody can say which is meant."""
    found: JsonObject = {}
    for key, value in pairs:
        if key in found:
            raise KnownError("json_key_twice", file=str(path), key=key)
        found[key] = value
    return found


def is_number(value: object) -> bool:
    """A JSON number that a float can hold."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


class Place:
    """Reads one JSON object and names file and key when something is wrong."""

    def __init__(self, path: Path, data: Json, where: str) -> None:
        if not isinstance(data, dict):
            raise KnownError(
                "json_value", file=str(path), key=where or "/", value=short(data), wanted="{...}"
            )
        self.path, self.data, self.where = path, data, where

    def name(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def known_keys(self, keys: set[str]) -> None:
        for key in self.data:
            if key not in keys:
                raise KnownError(
                    "json_unknown_key", file=str(self.path), key=self.name(key), known=", ".join(sorted(keys))
                )

    def part(self, key: str, known: dict[str, set[str]]) -> Place:
        """The object under `key`, empty when it is not given, with no other keys than `known` has for it."""
        given = self.data.get(key)
        part = Place(self.path, {} if given is None else given, self.name(key))
        part.known_keys(known[key])
        return part

    def number(self, key: str, *, positive: bool = False) -> float | None:
        value = self.data.get(key)
        if value is None:
            return None
        if not is_number(value):
            raise KnownError(
                "json_value", file=str(self.path), key=self.name(key), value=short(value), wanted="0.0"
            )
        if positive and value <= 0:
            raise KnownError("json_value", file=str(self.path), key=self.name(key), value=value, wanted="> 0")
        return float(value)

    def needed(self, key: str) -> float:
        value = self.number(key, positive=True)
        if value is None:
            raise KnownError("json_missing", file=str(self.path), key=self.name(key))
        return value

    def numbers(self, key: str) -> np.ndarray:
        rows = self.data.get(key)
        if not isinstance(rows, list):
            raise KnownError("json_missing", file=str(self.path), key=self.name(key))
        for index, value in enumerate(rows):
            if not is_number(value):
                raise KnownError(
                    "json_value",
                    file=str(self.path),
                    key=f"{self.name(key)}[{index}]",
                    value=short(value),
                    wanted="0.0",
                )
        return np.array(rows, float)


def short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 40 else text[:37] + "..."
