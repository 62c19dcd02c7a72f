"""A profile into one file and out of it: `wellside backup`, `wellside restore`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import Store, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it
from app.core.errors import KnownError

Phrase = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="Its first line is the passphrase; without it you are asked."),
]


def backup(
    out: Annotated[Path, typer.Argument(help="The file to be written.")],
    passphrase_file: Phrase = None,
    store: Store = None,
) -> None:
    """The whole profile in one file under a passphrase; read back and compared before it has its name."""
    _back_up(out=out, phrase=_phrase(passphrase_file, twice=True), store=store)


@by_whoever_has_it
def _back_up(out: Path, phrase: str, store: Path | None) -> None:
    from app.services import backups

    with workspace_of(store) as workspace:
        made = backups.back_up(workspace, phrase, out)
        speaker = speaker_of(workspace)
    print(speaker.say("notice.backup_written", file=str(made.path), files=made.files))


def restore(
    file: Annotated[Path, typer.Argument(help="What `wellside backup` has written.")],
    passphrase_file: Phrase = None,
    store: Store = None,
) -> None:
    """A backup into an empty profile."""
    from app.core.paths import profile_paths
    from app.services import backups

    phrase, paths = _phrase(passphrase_file, twice=False), profile_paths(store)
    unused = False
    if paths.journal.exists():
        with workspace_of(store) as workspace:
            unused = backups.is_unused(workspace)
    count = backups.restore(file, phrase, paths, unused=unused)
    print(speaker_of().say("notice.backup_restored", folder=str(paths.folder), files=count))


def _phrase(file: Path | None, *, twice: bool) -> str:
    if file is None:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\r\n")
        return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice))
    try:
        return (file.read_text(encoding="utf-8-sig").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("file_unreadable", file=str(file), reason=str(error)) from error
