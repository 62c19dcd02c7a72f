"""One mutant, judged: a forked process runs the module's tests with the fault in place of the module.

The parent has loaded pytest and the heavy libraries, and of our modules those that do not come to the one
under test: a child pays only for the rest. A fault that makes the tests hang is found as surely as one that
makes them fail.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import time
import types
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEAVY = (
    "pytest",
    "PySide6.QtWidgets",
    "PySide6.QtTest",
    "pytestqt.plugin",
    "hypothesis.strategies",
    "schemathesis.pytest.plugin",
    "xdist.plugin",
    "numpy",
    "pyarrow.compute",
    "duckdb",
    "apsw",
    "pydantic",
    "httpx",
    "scipy.optimize",
    "rapidfuzz",
    "sqlalchemy",
    "typer",
    "grimp",
    "filelock",
    "keyring",
    "cryptography.hazmat.primitives.ciphers.aead",
)
OURS = ("app", "central")
NOT_LOADED = ("app.views", "app.bootstrap", "app.reports", "central.")
IN_MEMORY = Path("/dev/shm")
KILLED, SURVIVED, HUNG, BROKEN = "killed", "survived", "hung", "broken"


def preload() -> None:
    for name in HEAVY:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    import hypothesis

    hypothesis.settings.register_profile("mutate", deadline=None)
    hypothesis.settings.load_profile("mutate")


def preload_ours(module: Path) -> None:
    """Everything of ours, without windows, that does not come to `module`, also late or by its package."""
    import grimp

    graph, name = grimp.build_graph(*OURS), _name(module)
    touched = graph.find_downstream_modules(name) | {name}
    for one in sorted(graph.modules):
        packages = {one[:end] for end in range(len(one) + 1) if one[end : end + 1] in (".", "")}
        if packages.isdisjoint(touched) and not one.startswith(NOT_LOADED):
            importlib.import_module(one)
    if name in sys.modules:  # by a way that no import tells: then nothing of ours is loaded before
        for one in [one for one in sys.modules if one.partition(".")[0] in OURS]:
            del sys.modules[one]


def _name(module: Path) -> str:
    return ".".join(module.with_suffix("").parts)


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


@dataclass(frozen=True)
class Judged:
    verdict: str
    cpu_s: float


def judge(
    module: Path,
    tree: ast.Module | None,
    tests: Sequence[str],
    limit_s: float,
    *,
    bare: bool = False,
) -> Judged:
    """Without `tree` the module as it is: SURVIVED then means that its tests are green. `limit_s` are seconds
    of the processor: how busy the machine is makes nothing hang. `bare`: without the fixtures of all tests.
    """
    ends = time.monotonic() + 60 + 10 * limit_s  # what waits for ever takes no processor
    child = os.fork()
    if child == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit_s) + 1, int(limit_s) + 2))
        os._exit(_in_the_child(module, tree, tests, bare=bare))
    while time.monotonic() < ends:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            _end_group(child)
            code = os.waitstatus_to_exitcode(status)
            verdict = {0: SURVIVED, 5: BROKEN, -signal.SIGXCPU: HUNG, -signal.SIGKILL: HUNG}.get(code, KILLED)
            return Judged(verdict, used.ru_utime + used.ru_stime)
        time.sleep(0.02)
    _end_group(child)
    os.waitpid(child, 0)
    return Judged(HUNG, limit_s)


def _end_group(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)


def _in_the_child(module: Path, tree: ast.Module | None, tests: Sequence[str], *, bare: bool) -> int:
    import pytest

    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.dont_write_bytecode = tree is not None  # once, for all that follow; never of a fault
    if IN_MEMORY.is_dir():  # a journal waits for the disk at each step
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(IN_MEMORY)
    if tree is not None:
        sys.meta_path.insert(0, _Planted(_name(module), module, tree))
    options = ["-x", "-q", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header"]
    options += ["--hypothesis-seed=1", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    if bare:
        options.append("--noconftest")
    try:
        # Not by pytest, which would read the module itself and not what was planted.
        if doctest.testmod(importlib.import_module(_name(module))).failed:
            return 1
        return int(pytest.main([*options, *tests]))
    except BaseException:  # noqa: BLE001 - whatever a fault does to pytest itself, it was noticed
        return 1
