"""The log of imports without a window: `wellside imports`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import Json, Store, print_json, reading_of, speaker_of


def imports(
    store: Store = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, help="Only of the last so many days; all without it.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write the log into FILE: .xlsx, .csv or .parquet."),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the imports, newest first: file, when, by whom, rows, what was said, whether it stands."""
    from app.services.imports import log

    with reading_of(store) as workspace:
        speaker = speaker_of(workspace)
        since = None if days is None else workspace.clock() - timedelta(days=days)
        logged = log.log(workspace, speaker, since)
        if out is not None:
            log.export(logged, out, speaker)
    if as_json:
        print_json([one.told() for one in logged])
    elif out is not None:
        print(speaker.say("cli.import_log_written", file=str(out), count=len(logged)))
    for one in () if as_json or out is not None else logged:
        about = one.told() | {"kind": log.kind_words(one.kind, speaker), "count": len(one.lines)}
        about |= {"at": speaker.moment(one.at), "author": one.author or "—", "sha256": one.sha256[:12]}
        about |= {key: "—" for key in ("read", "doubtful") if about[key] is None}
        about["state"] = speaker.say("import_log.undone" if one.undone else "import_log.stands")
        print(speaker.say("cli.import_logged", **about))
        for line in one.lines:
            print("    " + line)
