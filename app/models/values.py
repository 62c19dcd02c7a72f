"""The values of a record, of an entry, of a piece of equipment, by their key: plain JSON in SI, a moment its
ISO text. Whoever takes one says here what it must be; something else raises WrongValueError (value_wrong),
what must be there and is not WrongValueError (field_missing).
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias, TypeGuard, TypeVar, get_args, get_type_hints

from app.core import plain
from app.core.errors import KnownError
from app.core.plain import Json

Values: TypeAlias = dict[str, Json]
Read: TypeAlias = Mapping[str, object]
"""Values that are looked at and not changed, whatever they are: details of a sentence too."""
Made = TypeVar("Made")


class WrongValueError(KnownError, ValueError):
    """A border that turns every ValueError into its own error catches this one too."""


def is_number(value: object) -> TypeGuard[int | float]:
    """One that is finite as a float: JSON can say 10**400 too."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def number_of(values: Read, key: str) -> float | None:
    """None where it is not there."""
    value = values.get(key)
    return None if value is None else a_number(value, key)


def needed_number(values: Read, key: str) -> float:
    return a_number(needed(values, key), key)


def count_of(values: Read, key: str) -> int:
    """A whole number that must be there: a well's, a version's."""
    return a_count(needed(values, key), key)


def texts_of(values: Read, key: str) -> list[str]:
    """A list of texts; empty where it is not there."""
    return some_texts(list_of(values, key), key)


def counts_of(values: Read, key: str) -> list[int]:
    return [a_count(there(one, key), key) for one in list_of(values, key)]


def text_of(values: Read, key: str) -> str:
    """Empty where it is not there."""
    value = values.get(key)
    return "" if value is None else a_text(value, key)


def needed_text(values: Read, key: str) -> str:
    return a_text(needed(values, key), key)


def part_of(values: Read, key: str) -> Values:
    """What is told under this key; empty where it is not there."""
    value = values.get(key)
    return {} if value is None else a_part(value, key)


def list_of(values: Read, key: str) -> list[Json]:
    """Empty where it is not there."""
    value = values.get(key)
    return [] if value is None else a_list(value, key)


def rows_of(values: Read, key: str) -> list[Values]:
    """A table in a record; no rows where it is not there."""
    return [a_part(row, key) for row in list_of(values, key)]


def pair_of(values: Read, key: str) -> tuple[float, float]:
    """From and to: two numbers that must be there."""
    ends = list_of(values, key)
    if len(ends) != 2:
        raise wrong(key, values.get(key))
    return a_number(there(ends[0], key), key), a_number(there(ends[1], key), key)


def needed_rows(values: Read, key: str) -> list[Values]:
    needed(values, key)
    return rows_of(values, key)


def numbers_of(values: Read, key: str) -> list[float | None]:
    """A column; null is where nothing was measured."""
    return [None if one is None else a_number(one, key) for one in list_of(values, key)]


def built(made: Callable[..., Made], values: Read, **given: object) -> Made:
    """A dataclass of texts, numbers and truths from an object with the same keys; `given` are those of its
    fields that whoever calls has made. Raises WrongValueError, also for a key that it has not.
    """
    hints = _hints(made)
    for key, value in values.items():
        if key not in given and not (key in hints and _is(value, hints[key])):
            raise wrong(key, value)
    lacking = next((key for key in _needed(made) if key not in values and key not in given), None)
    if lacking is not None:
        raise WrongValueError("field_missing", field=lacking)
    return made(**{**values, **given})


@cache
def _needed(made: Callable[..., object]) -> tuple[str, ...]:
    parameters = inspect.signature(made).parameters.values()
    return tuple(one.name for one in parameters if one.default is one.empty)


@cache
def _hints(made: Callable[..., object]) -> dict[str, object]:
    return get_type_hints(made, localns=vars(plain))


def _is(value: object, hint: object) -> bool:
    kinds = get_args(hint) or (hint,)
    if isinstance(value, int) and not isinstance(value, bool) and float in kinds:
        return True
    return type(value) in kinds


def needed(values: Read, key: str) -> object:
    return there(values.get(key), key)


def there(value: object, key: str) -> object:
    if value is None:
        raise WrongValueError("field_missing", field=key)
    return value


def a_number(value: object, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(key, value)
    return value


def a_count(value: object, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(key, value)
    return value


def a_text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise wrong(key, value)
    return value


def a_list(value: object, key: str) -> list[Json]:
    if not isinstance(value, list | tuple):
        raise wrong(key, value)
    return list(value)


def some_texts(value: object, key: str) -> list[str]:
    return [a_text(there(one, key), key) for one in a_list(value, key)]


def a_part(value: object, key: str) -> Values:
    if not isinstance(value, dict):
        raise wrong(key, value)
    return value


def wrong(key: str, value: object) -> WrongValueError:
    from app.models.limits import shown

    return WrongValueError("value_wrong", field=key, value=shown(value))
