"""One mutant, judged: a forked process runs the module's tests with the fault in place of the module.

The parent has loaded pytest and the heavy libraries, and none of our modules: a child pays only for ours. A
fault that makes the tests hang is found as surely as one that makes them fail.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
import types
from collections.abc import Sequence
from pathlib import Path

HEAVY = (
    "pytest",
    "numpy",
    "pyarrow",
    "duckdb",
    "apsw",
    "pydantic",
    "httpx",
    "scipy.optimize",
    "sklearn.neural_network",
    "rapidfuzz",
    "sqlalchemy",
)
KILLED, SURVIVED, HUNG, BROKEN = "killed", "survived", "hung", "broken"


def preload() -> None:
    for name in HEAVY:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


class _Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the mutated tree to whoever imports the module."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self._name, self._path, self._tree = name, path, tree

    def find_spec(
        self, fullname: str, path: object = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def exec_module(self, module: types.ModuleType) -> None:
        exec(compile(self._tree, str(self._path), "exec"), module.__dict__)  # noqa: S102 - our own module, changed


def judge(module: Path, tree: ast.Module | None, tests: Sequence[str], limit_s: float) -> tuple[str, float]:
    """(verdict, seconds). Without `tree` the module as it is: SURVIVED then means that its tests are
    green.
    """
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.setsid()
        os._exit(_in_the_child(module, tree, tests))
    deadline = started + limit_s
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            _end_group(child)
            code = os.waitstatus_to_exitcode(status)
            verdict = {0: SURVIVED, 5: BROKEN}.get(code, KILLED)
            return verdict, time.monotonic() - started
        time.sleep(0.02)
    _end_group(child)
    os.waitpid(child, 0)
    return HUNG, time.monotonic() - started


def _end_group(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)


def _in_the_child(module: Path, tree: ast.Module | None, tests: Sequence[str]) -> int:
    import pytest

    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.dont_write_bytecode = True
    if tree is not None:
        name = ".".join(module.with_suffix("").parts)
        sys.meta_path.insert(0, _Planted(name, module, tree))
    options = ["-x", "-q", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header"]
    try:
        return int(pytest.main([*options, *tests]))
    except BaseException:  # noqa: BLE001 - whatever a fault does to pytest itself, it was noticed
        return 1
