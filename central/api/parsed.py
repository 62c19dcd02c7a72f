"""Bodies that routes read themselves (packed, limited), and how OpenAPI tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from fastapi import HTTPException
from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound=BaseModel)


class Problem(BaseModel):
    """What was wrong, as a code; `where` names parts of the request."""

    code: str
    where: list[str] = []
    request: str = ""


def parsed(model: type[T], body: bytes) -> T:
    """422 that names the places; never the values, which may be private."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        places = [".".join(map(str, one["loc"])) for one in error.errors()][:20]
        raise Malformed(places) from error
    except (RecursionError, UnicodeError) as error:
        raise Malformed([]) from error


class Malformed(HTTPException):
    def __init__(self, where: list[str]) -> None:
        super().__init__(422, "malformed")
        self.where = where


def body_schema(
    model: type[BaseModel], example: Mapping[str, object], others: Mapping[str, object] | None = None
) -> dict[str, object]:
    """`others`: media type → what else the body may be."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    definitions = schema.pop("$defs", {})
    inlined = _inlined(schema, definitions)
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": inlined, "example": example}, **(others or {})},
        }
    }


def _inlined(part: Any, definitions: Mapping[str, object]) -> Any:
    if isinstance(part, dict):
        if "$ref" in part:
            return _inlined(definitions[part["$ref"].rsplit("/", 1)[1]], definitions)
        return {key: _inlined(value, definitions) for key, value in part.items()}
    return [_inlined(one, definitions) for one in part] if isinstance(part, list) else part


def problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    return {status: {"model": Problem} for status in statuses}


USUAL = problems(400, 401, 403, 408, 413, 415, 422, 429, 503)
