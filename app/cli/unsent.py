"""`wellside unsent …`: work that waits, on a stick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import Json, Store, print_json, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it

app = typer.Typer(no_args_is_help=True, help="Work that waits for the centre, carried as a file.")


@app.command()
@by_whoever_has_it
def save(
    file: Annotated[Path, typer.Argument(help="To be given in at the centre or at another laptop.")],
    store: Store = None,
) -> None:
    """Save what waits, sealed for the site and signed. It goes on waiting here, too."""
    from app.services.centre import unsent

    with workspace_of(store) as workspace:
        count = unsent.save(workspace, file)
        print(speaker_of(workspace).say("notice.unsent_saved", count=count, file=file.name))


@app.command()
@by_whoever_has_it
def take(
    file: Annotated[Path, typer.Argument(help="As another laptop of the site saved it.")],
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Take another laptop's unsent work: it is shown here, and sent from here or from there, once."""
    from app.services.centre import unsent

    with workspace_of(store) as workspace:
        taken = unsent.take(workspace, file)
        said = speaker_of(workspace).say("notice.unsent_taken", **taken.__dict__)
    if as_json:
        print_json(taken.__dict__)
    else:
        print(said)
