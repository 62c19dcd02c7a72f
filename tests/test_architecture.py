"""The design's rules, checked: the registries, SQL with bound values, one cursor per use. Imports have their
own file, `test_contracts.py`.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from app.analysis.rules import RULES
from app.importers import IMPORTERS
from app.importers.targets import TABLE_KINDS
from app.models.kinds import FAMILIES as KIND_FAMILIES
from app.models.kinds import KINDS
from app.models.sensors import FAMILIES, SENSORS
from app.reports.sections import SECTIONS
from app.views.page_titles import NAMES
from app.views.pages import PAGES
from tools.contracts.rules import read_rules

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app"
SOURCES = sorted(APP.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# ---- one file and one line to add a thing ------------------------------------------------------------------


def _files(folder: str, *not_things: str) -> set[str]:
    return {path.stem for path in (APP / folder).glob("*.py")} - {"__init__", *not_things}


def test_every_file_of_a_registry_is_registered() -> None:
    assert {rule.judge.__module__.rpartition(".")[2] for rule in RULES} == _files(
        "analysis/rules", "base", "places", "card_not_recognised", "sensor_columns"
    )
    assert {
        (section.make or section.make_for_all).__module__.rpartition(".")[2] for section in SECTIONS
    } == _files("reports/sections")
    assert {item.recognises.__module__.rpartition(".")[2] for item in IMPORTERS} == _files(
        "importers/formats"
    )
    assert {family.__name__.rpartition(".")[2] for family in KIND_FAMILIES} == _files(
        "models/kinds", "spec", "lab", "naming", "packing", "joining"
    )
    assert {family.__name__.rpartition(".")[2] for family in FAMILIES} == _files(
        "models/sensors", "spec", "foreign"
    )
    assert set(PAGES) == {path.parent.name for path in (APP / "views").glob("*/page.py")}


def test_every_page_has_a_title_and_every_title_a_page() -> None:
    assert [name.key for name in NAMES] == list(PAGES)


def test_every_column_that_a_table_can_have_is_called_by_words_and_every_word_calls_one() -> None:
    words = set(json.loads((ROOT / "resources/headers.json").read_text(encoding="utf-8")))
    columns = {target.named for kind in TABLE_KINDS for target in kind.targets}
    assert columns - words <= {sensor.key for sensor in SENSORS}, "sensors bring their own words"
    fields = {field.named for kind in KINDS for field in kind.fields}
    assert words <= columns | fields | {f"kind.{kind.key}" for kind in TABLE_KINDS}


def test_types_are_checked_in_every_layer_but_the_one_of_qt() -> None:
    """mypy takes whole packages, so that a new one below the views is not forgotten."""
    mypy = PROJECT["tool"]["mypy"]
    assert mypy["packages"] == read_rules().packages
    left = {word for pattern in mypy["exclude"] for word in re.findall(r"\w+", pattern)}
    assert left == {"app", "views", "bootstrap", "py"}
    assert mypy["strict"]


def test_packages_export_nothing_but_registries() -> None:
    registries = {
        "app/analysis/rules",
        "app/reports/sections",
        "app/importers",
        "app/models/sensors",
        "app/models/kinds",
    }
    for path in APP.rglob("__init__.py"):
        if path.parent.relative_to(ROOT).as_posix() not in registries:
            statements = [
                node
                for node in ast.parse(path.read_text(encoding="utf-8")).body
                if not isinstance(node, ast.Expr)
            ]
            assert not statements, f"{path.relative_to(ROOT)} exports something"


# ---- SQL, security, size -----------------------------------------------------------------------------------


def _interpolated_sql(tree: ast.AST) -> list[tuple[int, str]]:
    """Each `{name}` put into a string that is SQL: (line, the expression)."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                part.value
                for part in node.values
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
            if re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|ATTACH|CREATE|FROM|WHERE|SET)\b", text):
                found += [
                    (node.lineno, ast.unparse(part.value))
                    for part in node.values
                    if isinstance(part, ast.FormattedValue)
                ]
    return found


# What may stand inside SQL text: our own tables and columns, rows of question marks, quoted paths of ours.
NOT_VALUES = re.compile(
    r"^(_?[A-Z][A-Z_]*|places|where|columns|table|key_hex|mode|_quoted\(.*\)|', '\.join\(.*\))$"
)
# Pieces chosen among constants that stand beside them.
CHOSEN = {
    "rollups.py": {"step", "source", "figures", "which", "touched"},
    "trends.py": {"low", "high", "good"},
    "readings.py": {"source"},
    "kinds.py": {"kind.table", "kind.at", "kind.packed", "inner", "until", "others"},
    "wells_made.py": {"own"},
    "passports.py": {"holds"},
    "merged_readings.py": {"spans"},
    "versions.py": {"owners", "kind.table"},
    "sending.py": {"which"},
    "journal.py": {"each", "named", "told"},
    "central.py": {"KINDS[key].table", "KINDS[kind].table"},
    "looked_up.py": {"kind.table"},
    "leaving_wells.py": {"table", "owned", "column"},
    "tasks.py": {"at", "which", "tables"},
}


def test_values_are_bound_never_put_into_sql_text() -> None:
    wrong = []
    for path in [*(APP / "models").rglob("*.py")]:
        for line, expression in _interpolated_sql(ast.parse(path.read_text(encoding="utf-8"))):
            if not NOT_VALUES.match(expression) and expression not in CHOSEN.get(path.name, ()):
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {{{expression}}}")
    assert not wrong, "\n".join(wrong)


def test_the_names_of_records_tables_and_columns_are_plain_words() -> None:
    """They are put into SQL text: what a kind declares must never be more than a name."""
    for kind in KINDS:
        names = [
            kind.table,
            kind.at,
            kind.until or "x",
            kind.packed or "x",
            *(field.key for field in kind.fields),
        ]
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names), kind.key
        for field in kind.columns:
            assert field.default is None or re.fullmatch(r"[a-z_]+|True|False|[0-9.]+", str(field.default)), (
                field.key
            )


def test_the_check_of_sql_text_sees_a_value_that_is_not_bound() -> None:
    planted = ast.parse("cursor.execute(f\"SELECT * FROM wells WHERE name = '{name}'\")")
    assert [expression for _, expression in _interpolated_sql(planted)] == ["name"]
    assert not NOT_VALUES.match("name")


def test_the_connection_itself_is_used_only_to_make_cursors() -> None:
    """A connection shared by threads returned other threads' rows, silently: everything goes through a
    cursor.
    """
    tree = ast.parse((APP / "models/store/database.py").read_text(encoding="utf-8"))
    uses: dict[str, set[str]] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self._connection":
                    uses.setdefault(function.name, set()).add(node.attr)
    assert uses == {"__init__": {"execute", "close"}, "_fresh": {"cursor"}, "close": {"close"}}
    for path in SOURCES:
        if path.name not in ("database.py", "journal_file.py"):
            assert "._connection" not in path.read_text(encoding="utf-8"), (
                f"{path} reaches into the connection"
            )


@pytest.mark.parametrize(
    "word", ["import pickle", "pickle.load", "joblib.load", "eval(", "shell=True", "verify=False"]
)
def test_nothing_of_a_stranger_is_executed(word: str) -> None:
    for path in SOURCES:
        assert word not in path.read_text(encoding="utf-8"), f"{path}: {word}"


def test_no_file_names_a_registry_or_a_place_on_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split() or [str(path.relative_to(ROOT)) for path in SOURCES]
    forbidden = re.compile(
        r"--(extra-)?index-url|--find-links|/opt/\w|/root/|(?<!out)/work/|pypi\.org/simple"
    )
    for name in names:
        path = ROOT / name
        if path.suffix in (".ttf", ".png", ".parquet", ".npz") or path == Path(__file__):
            continue
        # Also inside profiles that are kept for tests, which are no text.
        found = forbidden.search(path.read_bytes().decode("utf-8", "replace"))
        assert found is None, f"{name}: {found and found.group()}"


def test_requirements_are_locked_with_hashes() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        pinned = [
            line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] not in " #"
        ]
        assert pinned, path
        for line in pinned:
            assert re.match(r"^[A-Za-z0-9._-]+==\S+( ;.*)? \\$", line), f"{path.name}: {line}"


def test_files_have_one_subject_and_stay_short() -> None:
    """A migration stays as it was written, whatever the formatter makes of it later."""
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in [*SOURCES, *sorted((ROOT / "central").rglob("*.py"))]
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_no_class_has_more_methods_than_a_reader_keeps_in_mind() -> None:
    for path in [*SOURCES, *sorted((ROOT / "central").rglob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if text.count("def ") > 25 else ():
            if isinstance(node, ast.ClassDef):
                methods = [
                    one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
                ]
                assert len(methods) <= 25, f"{path.relative_to(ROOT)}: {node.name} has {len(methods)}"


# What a task returned, the rows of any table, what a page is asked to show: of as many types as users.
OF_ANY_TYPE = {"tasks.py": 3, "rows.py": 2, "context.py": 1}


def test_signals_say_what_they_carry() -> None:
    """A dict would even arrive empty: Qt takes only texts for its keys. Whole numbers have 32 bits there."""
    for path in (APP / "views").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        untyped = [
            ast.unparse(node)
            for node in (ast.walk(ast.parse(text)) if "Signal(" in text else ())
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) == "Signal"
            and any(ast.unparse(argument).partition("[")[0] in ("object", "dict") for argument in node.args)
        ]
        assert len(untyped) <= OF_ANY_TYPE.get(path.name, 0), f"{path.relative_to(ROOT)}: {untyped}"


def test_every_runtime_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    explained = (ROOT / "docs/DEPENDENCIES.md").read_text(encoding="utf-8").lower()
    for item in wanted:
        name = re.split(r"[<>=;\[ ]", item)[0].lower()
        assert f"**{name}**" in explained, f"docs/DEPENDENCIES.md does not explain {name}"


# Quantities of 1e-9 and less in SI: approx takes all within 1e-12 for the same unless it is told not to.
TINY = re.compile(
    r"permeability_(half_width_)?m2\b|\.permeability\(|productivity_m3_per_s_pa|compressibility_per_pa"
)


def test_what_is_tiny_in_si_is_compared_by_its_own_size() -> None:
    for path in sorted((ROOT / "tests").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not ("approx" in text and TINY.search(text)):
            continue
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.Compare) and isinstance(node.comparators[0], ast.Call)):
                continue
            left, near = node.left, node.comparators[0]
            if ast.unparse(near.func) != "pytest.approx" or not TINY.search(ast.unparse(left)):
                continue
            scaled = isinstance(left, ast.BinOp) and isinstance(left.op, ast.Div)
            assert scaled or any(keyword.arg == "abs" for keyword in near.keywords), (
                f"{path.relative_to(ROOT)}:{node.lineno}: approx without abs=0 passes whatever it is"
            )
