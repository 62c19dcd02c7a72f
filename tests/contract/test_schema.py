"""The relational schema: what Alembic makes is what the code expects, and Oracle takes its names."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
import sqlglot
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import oracle
from sqlalchemy.engine import Engine
from sqlalchemy.schema import CreateTable

from app.sync.transports.oracle import OracleReader
from central.stores.tables import METADATA
from central.stores.types import LONGEST_NAME

# Oracle's reserved words (SQL Language Reference 23ai, appendix E), those that are likely as names.
RESERVED = set(
    [
        "access",
        "add",
        "all",
        "alter",
        "and",
        "any",
        "as",
        "asc",
        "audit",
        "between",
        "by",
        "char",
        "check",
        "cluster",
        "column",
        "column_value",
        "comment",
        "compress",
        "connect",
        "create",
        "current",
        "date",
        "decimal",
        "default",
        "delete",
        "desc",
        "distinct",
        "drop",
        "else",
        "exclusive",
        "exists",
        "file",
        "float",
        "for",
        "from",
        "grant",
        "group",
        "having",
        "identified",
        "immediate",
        "in",
        "increment",
        "index",
        "initial",
        "insert",
        "integer",
        "intersect",
        "into",
        "is",
        "level",
        "like",
        "lock",
        "long",
        "maxextents",
        "minus",
        "mlslabel",
        "mode",
        "modify",
        "nested_table_id",
        "noaudit",
        "nocompress",
        "not",
        "nowait",
        "null",
        "number",
        "of",
        "offline",
        "on",
        "online",
        "option",
        "or",
        "order",
        "pctfree",
        "prior",
        "public",
        "raw",
        "rename",
        "resource",
        "revoke",
        "row",
        "rowid",
        "rownum",
        "rows",
        "select",
        "session",
        "set",
        "share",
        "size",
        "smallint",
        "start",
        "successful",
        "synonym",
        "sysdate",
        "table",
        "then",
        "to",
        "trigger",
        "uid",
        "union",
        "unique",
        "update",
        "user",
        "validate",
        "values",
        "varchar",
        "varchar2",
        "view",
        "whenever",
        "where",
        "with",
    ]
)


@pytest.mark.parametrize("table", list(METADATA.sorted_tables), ids=lambda table: table.name)
def test_oracle_takes_the_names_and_the_definition_of(table: sa.Table) -> None:
    names = [
        table.name,
        *(column.name for column in table.columns),
        *(index.name or "" for index in table.indexes),
    ]
    assert not [name for name in names if len(name) > LONGEST_NAME or name in RESERVED]
    text = str(CreateTable(table).compile(dialect=oracle.dialect()))
    sqlglot.parse_one(text, read="oracle")
    assert not re.search(r"\b(TEXT|BOOLEAN|DATETIME)\b", text), "types that Oracle has not"


def test_alembic_makes_what_the_code_expects(engine: Engine) -> None:
    """Compared by Alembic itself; the view is made by hand. Not on the stand-in, whose catalogue is not
    Oracle's.
    """
    if engine.dialect.name == "oracle":
        pytest.skip("the catalogue of the stand-in is not Oracle's")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert [one for one in differences if one[0] != "remove_table"] == []


def test_the_laptops_own_statement_is_oracles() -> None:
    reader = OracleReader("sqlite://")
    text = str(
        reader.statement(5, 100).compile(dialect=oracle.dialect(), compile_kwargs={"literal_binds": True})
    )
    reader.close()
    sqlglot.parse_one(text, read="oracle")
    assert "FETCH FIRST" in text


@pytest.mark.parametrize("script", ["oracle_grants.sql", "clickhouse_grants.sql"])
def test_the_scripts_of_least_privilege_give_laptops_nothing_but_reading(script: str) -> None:
    text = (
        (Path(__file__).resolve().parents[2] / "central/grants" / script).read_text(encoding="utf-8").upper()
    )
    granted = [
        line for line in text.splitlines() if line.strip().startswith("GRANT") and "WELLSIDE_LAPTOP" in line
    ]
    assert granted
    assert not [
        line
        for line in granted
        if re.search(r"\b(INSERT|UPDATE|DELETE|ALTER|DROP|ALL|CREATE (?!SESSION))\b", line)
    ]


@pytest.mark.slow
def test_the_migration_command_is_safe_to_repeat(tmp_path: Path) -> None:
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "central", "migrate", "--data", str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout.strip()) == (0, "ok"), done.stderr
