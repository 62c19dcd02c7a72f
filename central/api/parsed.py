"""Bodies that routes read themselves (packed, limited), and how OpenAPI tells of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from fastapi import HTTPException
from pydantic import BaseModel, ValidationError

from app.core.plain import Json, is_wide, loads

T = TypeVar("T", bound=BaseModel)


class Problem(BaseModel):
    """What was wrong, as a code; `where` names parts of the request."""

    code: str
    where: list[str] = []
    request: str = ""


def parsed(model: type[T], body: bytes) -> T:
    """422 that names the places; never the values, which may be private. 413 for more than may be meant."""
    if is_wide(body):
        raise HTTPException(413, "too_many_values")
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise Malformed(places_in(error)) from error
    except (RecursionError, UnicodeError) as error:
        raise Malformed([]) from error


def plain_of(body: bytes, most: int) -> Json:
    """What a body of `most` values says, for whoever looks at it part by part. As `parsed`."""
    if is_wide(body, most):
        raise HTTPException(413, "too_many_values")
    try:
        return loads(body.decode())
    except ValueError as error:
        raise Malformed([]) from error


Place = tuple[int | str, ...]


def places_in(error: ValidationError, whole: Callable[[Place], Place] = lambda at: at) -> list[str]:
    """Twenty of what is wrong; `whole`: a place in what was looked at → in the body."""
    told = error.errors(include_url=False, include_context=False, include_input=False)
    return [".".join(map(str, whole(one["loc"]))) for one in told[:20]]


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
