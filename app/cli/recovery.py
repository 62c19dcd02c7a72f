"""`wellside recovery …`: the way back to a profile whose key is gone; `open` is for the site's IT."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import Json, Store, print_json, speaker_of
from app.core.errors import KnownError

app = typer.Typer(no_args_is_help=True, help="The recovery key: what opens a profile whose key is gone.")


@app.command()
def state(store: Store = None, as_json: Json = False) -> None:
    """Which ways back this profile has."""
    from app.core.paths import profile_at
    from app.services import recovery

    ways = recovery.ways(profile_at(store))
    if as_json:
        print_json({"recovery_key": ways.own_key, "held_by": ways.held_by})
        return
    speaker = speaker_of()
    print(speaker.say("recovery.has_key" if ways.own_key else "recovery.no_key"))
    if ways.held_by:
        print(speaker.say("recovery.held", fingerprint=ways.held_by))


@app.command()
def make(store: Store = None) -> None:
    """Make a recovery key and print it, this once; the one before opens nothing any more."""
    from app.core.paths import profile_at
    from app.services import recovery

    paths = profile_at(store)
    if not paths.journal.exists():
        raise KnownError("store_missing", file=str(paths.store))
    print(recovery.make(paths))
    print(speaker_of().say("recovery.write_down"), file=sys.stderr)


@app.command()
def use(store: Store = None) -> None:
    """Read a recovery key (or what IT read out) from the standard input and put the profile's key back."""
    from app.core.paths import profile_at
    from app.services import recovery

    key = recovery.recover(profile_at(store), sys.stdin.readline())
    print(speaker_of().say("recovery.in_keyring" if key.in_keyring else "recovery.in_file"))


@app.command("open")
def open_(
    file: Annotated[Path, typer.Argument(help="The profile's cache.recovery, as it was sent to IT.")],
    private_key: Annotated[Path, typer.Option("--private-key", help="PEM of the site's recovery key.")],
    password: Annotated[
        bool, typer.Option("--password", help="Its password is the first line of the standard input.")
    ] = False,
) -> None:
    """For IT: print a profile's key in groups, to be read out to its owner, who gives it to `use`."""
    from app.models.recovery import Recovery

    try:
        content = private_key.read_bytes()
    except OSError as error:
        raise KnownError("file_unreadable", file=str(private_key), reason=str(error)) from error
    if not file.exists():
        raise KnownError("file_unreadable", file=str(file), reason="—")
    asked = sys.stdin.readline().rstrip("\n").encode() if password else None
    print(Recovery(file).unsealed(content, asked))
