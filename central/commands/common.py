"""What the centre's commands share: where its stores are, and how things are told."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.core import console
from app.core.clock import utc_now
from app.core.errors import Details, KnownError
from app.core.texts import Speaker
from central.config import STORE_FILE

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

    from app.importers.rows import Problem

Folder = Annotated[Path, typer.Option("--data", help="Folder of the embedded stores.")]
Database = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="WELLSIDE_DATABASE_URL",
        help="oracle+oracledb://…; SQLite in the folder without it.",
    ),
]
HOME = Path(os.environ.get("WELLSIDE_CENTRE", "centre-data"))
MOST_PROBLEMS_TOLD = 50


@contextmanager
def database_of(folder: Path, url: str, *, made: bool = False) -> Iterator[Engine]:
    """`made`: a store that is not there is begun; for the others it was a wrong folder. Raises KnownError
    (centre_store_missing, centre_half_restored, centre_store_gone).
    """
    from central.restoring import settle
    from central.stores.engine import open_engine
    from central.stores.migrating import migrate

    file = folder / STORE_FILE
    if made:
        if not url:
            settle(folder)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    elif not url and not file.is_file():
        raise KnownError("centre_store_missing", file=str(file))
    engine = open_engine(url or f"sqlite:///{file}")
    migrate(engine)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def audited(engine: Engine, act: str, **about: Any) -> Iterator[Connection]:
    """One change by the hand of an operator, and who made it, in one transaction."""
    from central.stores import audit
    from central.stores.engine import changing

    with changing(engine) as connection:
        yield connection
        audit.add(connection, author(), act, about, utc_now())


def freed(engine: Engine) -> int:
    """How many of the dead letters a replay would free now."""
    from central.replay import would_free

    return would_free(engine).freed


def author() -> str:
    return f"{getpass.getuser()} (centre)"


def speaker() -> Speaker:
    """In the language of the terminal."""
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return Speaker("ru" if language.lower().startswith("ru") else "en")


def sentence(error: KnownError) -> str:
    """The code first, so that scripts can tell; then what a person can do."""
    said = speaker().error(error)
    return str(error) if said == f"error.{error.code}" else f"{error.code}: {said}"


def tell(**what: Any) -> None:
    """One line of JSON."""
    print(console.json_for(sys.stdout, what))


def tell_problems(file: str, problems: Iterable[Problem]) -> None:
    """Each with its place, on stderr; the first ones of many."""
    problems = list(problems)
    for one in problems[:MOST_PROBLEMS_TOLD]:
        place = [file, one.sheet if one.sheet != Path(file).stem else "", str(one.line)]
        where = ":".join(filter(None, [*place, one.header]))
        print(f"{where}: {_of_problem(one)}", file=sys.stderr)
    if len(problems) > MOST_PROBLEMS_TOLD:
        print(f"… {len(problems) - MOST_PROBLEMS_TOLD}", file=sys.stderr)


def _of_problem(one: Problem) -> str:
    said = speaker()
    for family in ("cell", "error"):
        if said.has(f"{family}.{one.code}"):
            words = said.say(f"{family}.{one.code}", **{"value": one.value, **_shown(one)})
            return f"“{one.value}”: {words}" if one.value else words
    return f"{one.code} “{one.value}”"


def _shown(one: Problem) -> Details:
    known = one.details.get("known")
    return {**one.details, "known": ", ".join(known)} if isinstance(known, list | tuple) else one.details
