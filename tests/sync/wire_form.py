"""What the messages of both ends let through and what they say where nothing is said, as it is kept in
tests/data/wire.json.

python -m tests.sync.wire_form    writes it anew: read the diff before it is committed
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from app.sync import parcel, queries, wire

KEPT = Path(__file__).parents[1] / "data" / "wire.json"


def kept() -> Any:
    return json.loads(KEPT.read_text(encoding="utf-8"))


def form() -> dict[str, Any]:
    """Message → field → its schema. What a message is made of (another one) is named, not repeated."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": _fields(made)
        for module in (wire, parcel, queries)
        for name, made in inspect.getmembers(module, inspect.isclass)
        if issubclass(made, BaseModel) and made.__module__ == module.__name__
    }


def _fields(made: type[BaseModel]) -> dict[str, Any]:
    schema = made.model_json_schema()
    needed = schema.get("required", [])
    told = {
        name: {key: value for key, value in field.items() if key != "title"}
        | ({"needed": True} if name in needed else {})
        for name, field in schema.get("properties", {}).items()
    }
    return told | {"": {"extra": made.model_config.get("extra"), "frozen": made.model_config.get("frozen")}}


if __name__ == "__main__":
    KEPT.write_text(json.dumps(form(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
