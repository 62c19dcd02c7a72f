"""`central learn …`: from labels to models on laptops, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.core.clock import utc_now
from central.commands.common import HOME, Database, Folder, audited, author, database_of, tell

app = typer.Typer(no_args_is_help=True, help="Learning: labels, training, judging, publishing.")

LEARNING = "learning"
"""In the centre's folder."""

Rules = Annotated[
    Path | None, typer.Option("--rules", help="Label rules: words of repairs, classes of libraries (JSON).")
]
Libraries = Annotated[
    list[Path] | None, typer.Option("--library", help="Labelled cards: .csv, .json or .ts; may be repeated.")
]


@app.command("prepare")
def prepare_command(
    rules: Rules = None, library: Libraries = None, data: Folder = HOME, database: Database = ""
) -> None:
    """Decisions, repairs and libraries become a training set under the hash of its content."""
    from central.learning import sets
    from central.learning.preparing import prepare

    with database_of(data, database) as engine:
        made = prepare(engine, data / LEARNING, author(), utc_now(), rules, library or [])
        known, manifest = sets.read(made)
        with audited(engine, "training set prepared", set=known.digest, labels=len(known)):
            tell(folder=str(made), **{key: manifest[key] for key in ("set", "labels", "left_out", "leaks")})
