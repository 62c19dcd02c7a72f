"""A command that writes, while the window has the profile open: the window does it, and the command says what
it would have said itself. Who asks has shown that it knows the profile's key (services/sharing).
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from io import StringIO, TextIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import typer

from app.cli.common import at_work_in, taken_over, wanted_language
from app.core.errors import KnownError
from app.core.plain import Json, as_json, object_in
from app.models.values import Values, count_of, needed_text, part_of, text_of

if TYPE_CHECKING:
    from app.services.workspace import Workspace

P = ParamSpec("P")
HANDED: dict[str, Callable[..., None]] = {}
"""The commands that may be handed over, by name; nothing else is done for anybody."""
_one_at_a_time = threading.Lock()


def by_whoever_has_it(command: Callable[P, None]) -> Callable[P, None]:
    """`command` takes `store`, and opens it before it does or says anything."""
    name = f"{command.__module__}.{command.__qualname__}"
    HANDED[name] = command

    @functools.wraps(command)
    def run(*given: P.args, **arguments: P.kwargs) -> None:
        try:
            command(*given, **arguments)
        except KnownError as error:
            if error.code != "store_locked" or taken_over():
                raise
            assert not given, "what is handed over has names"
            store = arguments.pop("store", None)
            _hand_over(name, store if isinstance(store, Path) else None, arguments, error)

    return run


def _hand_over(name: str, store: Path | None, arguments: Mapping[str, object], locked: KnownError) -> None:
    from app.core.paths import profile_at
    from app.services.sharing import ask_owner

    paths = profile_at(store)
    told: Values = {key: _told(value) for key, value in arguments.items()}
    request: Values = {"command": name, "arguments": told, "language": wanted_language() or ""}
    answer = ask_owner(paths, request, locked)
    print(answer["said"], end="")
    print(answer["aside"], end="", file=sys.stderr)
    if answer["error"]:
        said = part_of(answer, "error")
        raise KnownError.of(text_of(said, "code"), part_of(said, "details"), retry=bool(said["retry"]))
    if answer["exit"]:
        raise typer.Exit(count_of(answer, "exit"))


def do(workspace: Workspace, request: Values) -> Values:
    """In the process that has the profile open, in a worker thread: one command after another. The modules of
    the commands are loaded by then.
    """
    answer: Values = {"error": None, "exit": 0}
    said, aside = StringIO(), StringIO()
    command = HANDED.get(str(request.get("command")))
    arguments = {key: _real(value) for key, value in part_of(request, "arguments").items()}
    if command is None or not _takes(command, arguments):  # of another version of the program
        error = KnownError("store_locked", file=str(workspace.paths.store), pid=os.getpid())
        return answer | {"said": "", "aside": "", "error": _plain(error)}
    with _one_at_a_time, _printed_to(said, aside), at_work_in(workspace, str(request.get("language", ""))):
        try:
            command(**arguments, store=workspace.paths.store)
        except KnownError as error:
            answer["error"] = _plain(error)
        except typer.Exit as stop:
            answer["exit"] = stop.exit_code
    return answer | {"said": said.getvalue(), "aside": aside.getvalue()}


def _takes(command: Callable[..., None], arguments: dict[str, object]) -> bool:
    try:
        inspect.signature(command).bind(**arguments, store=None)
    except TypeError:
        return False
    return True


def _plain(error: KnownError) -> Values:
    return {
        "code": error.code,
        "retry": error.retry,
        "details": object_in(json.dumps(error.details, default=str)),
    }


def _told(value: object) -> Json:
    """Names of files as they are called from everywhere."""
    if isinstance(value, Path):
        return {"path": os.path.abspath(value)}
    return [_told(one) for one in value] if isinstance(value, list | tuple) else as_json(value)


def _real(value: Json) -> object:
    if isinstance(value, dict):
        return Path(needed_text(value, "path"))
    return [_real(one) for one in value] if isinstance(value, list) else value


# ---- what is printed, by whom ------------------------------------------------------------------------------

_mine: ContextVar[tuple[StringIO, StringIO] | None] = ContextVar("printed", default=None)


class _ByThread(TextIOBase):
    """What the thread of the command prints is its answer; everything else goes where it went."""

    def __init__(self, number: int, before: Any) -> None:
        self._number, self._before = number, before

    def write(self, text: str) -> int:
        mine = _mine.get()
        target = self._before if mine is None else mine[self._number]
        return len(text) if target is None else int(target.write(text) or 0)

    def flush(self) -> None:
        if _mine.get() is None and self._before is not None:
            self._before.flush()


@contextlib.contextmanager
def _printed_to(said: StringIO, aside: StringIO) -> Any:
    token = _mine.set((said, aside))
    try:
        with (
            contextlib.redirect_stdout(_ByThread(0, sys.stdout)),
            contextlib.redirect_stderr(_ByThread(1, sys.stderr)),
        ):
            yield
    finally:
        _mine.reset(token)
