"""The import contracts are kept, and would notice: violations are planted in every module that there is and
in a new file of every package.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

import pytest

from tools.contracts.checking import faults, unread_code
from tools.contracts.imports import Import, imports_of, uses_of
from tools.contracts.rules import faults_of, read_rules
from tools.contracts.sources import Module, read_sources
from tools.contracts.untyped import untyped_of

RULES = read_rules()


@functools.cache
def modules() -> dict[str, Module]:
    """Read by the first test that asks, not by every process that collects tests."""
    return read_sources(RULES.packages)


@functools.cache
def bare() -> set[str]:
    return {module.name for module in modules().values() if module.bare}


@functools.cache
def new_files() -> list[str]:
    packages = sorted({name.rpartition(".")[0] for name in modules() if "." in name})
    return [f"{package}.planted" for package in packages]


def everywhere() -> list[str]:
    return [*modules(), *new_files()]


# A statement → the modules and packages in which it is right. Everywhere else it must be refused.
LIBRARIES = {
    "from PySide6.QtCore import QObject": ("app.bootstrap", "app.views"),
    "from PySide6 import QtWidgets": ("app.bootstrap", "app.views"),
    "import pyqtgraph as pg": ("app.views.plots",),
    "import duckdb": ("app.models.store",),
    "import apsw": ("app.models.journal_file", "app.models.search.index"),
    "import sqlite3": (),
    "import httpx": ("app.sync.transports", "central.simulating"),
    "import sqlalchemy as sa": ("app.sync.transports", "central"),
    "from clickhouse_connect.driver import httpclient": ("app.sync.transports", "central.stores.clickhouse"),
    "import requests": (),
    "import urllib.request": (),
    "from urllib import request": (),
    "from http import client": (),
    "import socket": ("app.devices.wires",),
    "import serial": ("app.devices.wires",),
    "from pymodbus.client import ModbusTcpClient": ("app.devices",),
    "import openpyxl": ("app.reports.excel", "app.services.reports.table_files"),
    "from reportlab.lib import colors": ("app.reports.pdf",),
    "import pandas as pd": ("central.batch", "central.cleaning", "wellside"),
    "import pickle": (),
    "import subprocess": (
        "app.importers.child",
        "central.embedded.process",
        "central.learning.deep.teaching",
    ),
    "import ctypes": ("central.embedded.confined",),
    "import fastapi": ("central.api",),
    "import a_library_that_nobody_knows": (),
    "import _sqlite3": (),
    "from _socket import socket": (),
    "from asyncua import Client": ("central.opcua",),
    "import asyncio": (
        "app.devices.demo.server",
        "central.api.door",
        "central.api.limits",
        "central.commands.opcua",
        "central.opcua.browsing",
        "central.opcua.connecting",
        "central.opcua.following",
        "central.opcua.subscribing",
        "central.opcua.taking",
        "central.patience",
    ),
    "import pkgutil": (),
    "from pydoc import locate": (),
    "from logging.handlers import SocketHandler": ("app.bootstrap",),
    "from logging import handlers": ("app.bootstrap",),
    "import xml.dom.minidom": (),
    "from os import system": (),
    "from os import popen as opened": (),
    "from builtins import exec": (),
    "import importlib.util": (),
    "from tests.servers import started": (),
    "import tools.contracts": (),
}
NIGHTLY = "central.nightly"
"""A laptop of the centre's own (docs/adr/0015): the only place there that works with a profile."""
SPARK = "central.batch"
"""Jobs for a site's Spark: they take even less, and nothing of the wire."""
SERVICES_AND_UP = ("app.services", "app.views", "app.cli", "app.bootstrap", "wellside")
OUR_OWN = {
    "from app.views import theme": ("app.views", "app.bootstrap"),
    "from app.views.plots.look import colour": ("app.views", "app.bootstrap"),
    "from app import views": (),
    "from app import bootstrap": ("app.bootstrap",),
    "import app.core.clock": (),
    "import app.services.workspace as workspace": (),
    "from app.services.workspace import Workspace": (*SERVICES_AND_UP, NIGHTLY),
    "from app.cli.main import run": ("app.cli", "app.bootstrap"),
    "from app.models.store import readings": (*SERVICES_AND_UP, "app.models.store", "app.sync", NIGHTLY),
    "from app.models import store": (),
    "from app.sync.engine import sync": ("app.sync", "app.services", "app.views", "app.cli", NIGHTLY),
    "from central.stores import wells": ("central",),
    "import central": (),
    "import app": (),
    "from app.a_new_module import thing": (),
}
# The same thing, said in other ways.
WAYS = (
    "{}",
    "def f():\n    {}",
    "class C:\n    def m(self):\n        {}",
    "try:\n    {}\nexcept ImportError:\n    pass",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {}",
    "import typing\nif typing.TYPE_CHECKING:\n    {}",
    "if not True:\n    pass\nelse:\n    {}",
    "async def f():\n    with open('x'):\n        {}",
)


def _is_in(name: str, homes: tuple[str, ...]) -> bool:
    return any(name == home or name.startswith(home + ".") for home in homes)


def _faults_in(name: str, planted: str | list[Import]) -> list[str]:
    package = name in modules() and modules()[name].path.name == "__init__.py"
    imports = imports_of(name, planted, package=package) if isinstance(planted, str) else planted
    return faults_of(Module(name, Path(name.replace(".", "/") + ".py"), imports), RULES, bare())


def _passed(text: str, homes: tuple[str, ...], places: list[str]) -> list[str]:
    """The modules outside the homes in which nobody minds the statement."""
    planted = imports_of("app.core.planted", text)
    return [name for name in places if not _is_in(name, homes) and not _faults_in(name, planted)]


def _uses(text: str) -> list[str]:
    module = Module("app.core.planted", Path("planted.py"), [], uses=uses_of(text))
    return faults_of(module, RULES, bare())


# ---- as it is ----------------------------------------------------------------------------------------------


def test_every_module_keeps_the_contracts_and_nothing_declared_is_idle() -> None:
    assert faults(modules(), RULES) == []


def test_all_packages_that_go_into_the_wheel_are_under_contract() -> None:
    there = {path.parent.name for path in Path(__file__).parents[1].glob("*/__init__.py")}
    beside = {"benchmarks", "deploy", "installer", "tests"}
    assert there - beside == {name for name in RULES.packages if name in modules()}
    assert len(modules()) > 400


# ---- planted -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", [*LIBRARIES, *OUR_OWN])
def test_a_violation_is_refused_in_every_module_and_in_a_new_file_of_every_package(statement: str) -> None:
    assert _passed(statement, (LIBRARIES | OUR_OWN)[statement], everywhere()) == []


@pytest.mark.parametrize("statement", [*LIBRARIES, *OUR_OWN])
def test_what_is_right_in_its_home_is_not_refused(statement: str) -> None:
    for home in (LIBRARIES | OUR_OWN)[statement]:
        inside = [name for name in everywhere() if _is_in(name, (home,))]
        assert not inside or not all(_faults_in(name, statement) for name in inside), home


@pytest.mark.parametrize("way", WAYS)
def test_a_violation_is_refused_however_it_is_said(way: str) -> None:
    passed = {
        statement: found
        for statement, homes in (LIBRARIES | OUR_OWN).items()
        if (found := _passed(way.format(statement), homes, new_files()))
    }
    assert passed == {}


@pytest.mark.parametrize(
    "call",
    [
        "import importlib\nimportlib.import_module('duckdb')",
        "from importlib import import_module\nimport_module('app.views.theme')",
        "from importlib import import_module as load\nload('duckdb')",
        "__import__('pickle')",
        "name = 'duck' + 'db'\n__import__(name)",
        "import importlib\nimportlib.import_module('.theme', 'app.views')",
    ],
)
def test_a_name_in_quotes_is_an_import_too(call: str) -> None:
    assert _passed(call, (), new_files()) == []


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.system('x')",
        "import os as o\ndef f():\n    return o.popen('x')",
        "exec('x')",
        "def f():\n    run = eval\n    return run('1')",
        "code = compile('1', '', 'eval')",
        "import builtins\nbuiltins.exec('x')",
        "[__import__][0]('socket')",
    ],
)
def test_what_runs_a_text_or_a_command_is_refused_wherever_it_is_reached(text: str) -> None:
    assert len(_uses(text)) >= 1


def test_what_is_only_called_like_it_is_not_refused() -> None:
    assert _uses("import re\nre.compile('x')\nimport os\nos.environ\nsystem = 1\nsystem") == []


def test_code_that_no_contract_reads_is_refused(tmp_path: Path) -> None:
    (tmp_path / "app" / "core").mkdir(parents=True)
    for name in ("a.py", "b.pyi", "c.so", "d.sql"):
        (tmp_path / "app" / "core" / name).write_text("")
    assert [path.name for path in unread_code(["app"], tmp_path)] == ["b.pyi", "c.so"]


def test_a_relative_import_is_followed_to_where_it_leads() -> None:
    assert _faults_in("app.reports.pdf.planted", "from ...views import theme")
    assert _faults_in("app.reports.planted", "from ..views.theme import load_fonts")
    assert _faults_in("app.models.planted", "from .store import readings")
    assert _faults_in("app.core.planted", "def f():\n    from ..models import wells")
    assert not _faults_in("app.models.store.planted", "from . import readings")
    assert not _faults_in("app.models.store.planted", "from ..wells import Well")


@pytest.mark.parametrize(
    "name", ["app.newcomer", "app.rooms.newcomer", "central.newcomer", "central.rooms.x"]
)
def test_a_module_in_no_layer_is_refused_and_so_is_importing_it(name: str) -> None:
    assert _faults_in(name, "")
    assert _faults_in("app.services.planted", f"from {name} import thing")


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("from app.core.clock import iso", True),
        ("from app.models.kinds import KINDS", True),
        ("from app.sync.wire import Change", True),
        ("from app.models.store import kinds", False),
        ("from app.models.journal import Journal", False),
        ("from app.models.secrets import Secrets", False),
        ("from app.sync.push import push", False),
        ("from app.sync.transports.rest import Rest", False),
        ("from app.services.workspace import Workspace", False),
        ("from app.reports import wording", False),
        ("from app.views import theme", False),
        ("from app.bootstrap import main", False),
    ],
)
def test_the_centre_takes_of_the_laptop_only_what_is_listed(statement: str, allowed: bool) -> None:
    centre = {name for name in everywhere() if name.startswith("central.")}
    for name in (name for name in centre if not _is_in(name, (NIGHTLY,))):
        less = name == "central.planted" or _is_in(name, (SPARK,))
        assert not allowed or less or not _faults_in(name, statement), name
        assert allowed or _faults_in(name, statement), name


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("from app.services.workspace import Workspace", True),
        ("from app.models.store import kinds", True),
        ("from central.stores import nights", True),
        ("from app.reports import wording", False),
        ("from app.views import theme", False),
        ("from app.bootstrap import main", False),
        ("from central.api.auth import needs", False),
    ],
)
def test_what_works_in_the_night_takes_a_laptops_services_and_nothing_that_is_seen(
    statement: str, allowed: bool
) -> None:
    for name in (name for name in everywhere() if _is_in(name, (NIGHTLY,))):
        assert bool(_faults_in(name, statement)) is not allowed, name


# ---- late imports ------------------------------------------------------------------------------------------


def test_a_module_of_ours_comes_late_only_through_a_named_door() -> None:
    late = "def f():\n    from app.core.clock import iso"
    passed = {name for name in everywhere() if not _faults_in(name, late)}
    wide = tuple(name for name, door in RULES.doors.items() if "app" in door.opens)
    assert passed == {name for name in everywhere() if _is_in(name, wide)}


def test_only_heavy_libraries_come_late() -> None:
    assert not _faults_in("app.analysis.wells.planted", "def f():\n    import fluids.friction")
    assert _faults_in("app.analysis.planted", "def f():\n    import numpy")
    assert _faults_in("app.analysis.planted", "def f():\n    import json")


def test_every_door_says_why() -> None:
    assert all(len(door.why) > 20 for door in RULES.doors.values())


# ---- mappings to anything ----------------------------------------------------------------------------------

HEAD = "from __future__ import annotations\nfrom collections.abc import Mapping\nfrom typing import Any\n"
PLANTED = untyped_of(HEAD + "def told(given: Mapping[str, Any]) -> dict[str, Any]:\n    return {**given}\n")


def test_a_mapping_to_anything_is_refused_in_every_module_but_the_edges() -> None:
    planted = ((name, Module(name, Path("planted.py"), [], untyped=PLANTED)) for name in everywhere())
    assert {name for name, module in planted if not faults_of(module, RULES)} == set(RULES.edges)


@pytest.mark.parametrize(
    "said",
    [
        "made: dict[str, Any] = {}",
        "Body = dict[str, Any]",
        "def f() -> list[tuple[str, dict[str, Any]]]: ...",
        "def f(given: Mapping[str, Any] | None) -> None: ...",
        "def f(given: 'Mapping[str, Any]') -> None: ...",
        "def f(given: 'list[dict[str, Any]]') -> None: ...",
        "def f(given: dict[str, 'Any']) -> None: ...",
        "import typing\nmade: typing.Dict[str, typing.Any] = {}",
        "import collections\nmade = collections.defaultdict[str, Any](int)",
        "from typing import Any as Whatever\nmade: dict[int, Whatever] = {}",
        "from collections.abc import Mapping as Map\ndef f(given: Map[str, Any]) -> None: ...",
        "class A:\n    def f(self, given: dict[\n        str,\n        Any,\n    ]) -> None: ...",
    ],
)
def test_a_mapping_to_anything_is_found_however_it_is_said(said: str) -> None:
    assert len(untyped_of(HEAD + said)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "made: dict[str, object] = {}",
        "made: list[Any] = []",
        "known: dict[Any, int] = {}",
        "given['Any'], given[Any]",
        "def f(value: Any) -> dict[str, int]:\n    'Of Mapping[str, Any] here.'",
    ],
)
def test_what_holds_something_is_not_refused(said: str) -> None:
    assert untyped_of(HEAD + said) == []


def test_every_edge_says_why() -> None:
    assert all(len(why) > 15 for why in RULES.edges.values())


# ---- what is idle -----------------------------------------------------------------------------------------


def test_a_declaration_that_checks_nothing_is_a_fault_itself() -> None:
    said = replace(
        RULES,
        layer_of=RULES.layer_of | {"app.not_there": "core"},
        edges=RULES.edges | {"app.core.clock": "it was one"},
    )
    assert faults(modules(), said) == [
        "contracts.toml: the layer's app.not_there is not there",
        "contracts.toml: the edge app.core.clock has no mapping to Any",
    ]
