"""What can go wrong and be mended, as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from app.core.errors import KnownError
from app.core.texts import Speaker

P = ParamSpec("P")
R = TypeVar("R")


class Error(Exception):
    """`code` is stable and names the kind of trouble; the text is a sentence in English."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def explained(function: Callable[P, R]) -> Callable[P, R]:
    """Turns what the program knows of into `Error`."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except KnownError as error:
            raise Error(error.code, Speaker("en").error(error)) from error
        except ModuleNotFoundError as error:
            if error.name != "pandas":
                raise
            raise Error("pandas_missing", 'pandas is needed: pip install "wellside[frames]"') from error

    return call
