"""Headless: sync once, and setting up the connections of a laptop."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import Json, Store, print_json, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.paths import demo_store
from app.core.texts import Speaker


@by_whoever_has_it
def sync(store: Store = None, as_json: Json = False) -> None:
    """Send what waits and fetch what is new, once. Exit 1 when a channel had trouble; nothing is lost
    then.
    """
    from app.services.centre import sync as service

    with workspace_of(store) as workspace:
        outcome = service.run(Job(), workspace)
        speaker = speaker_of(workspace)
        waiting = workspace.journal.unsent_count()
    if as_json:
        print_json({**outcome.to_json(), "waiting": waiting})
    else:
        print(
            speaker.say(
                "cli.synced",
                sent=outcome.sent,
                changes=outcome.changes,
                readings=outcome.readings,
                cards=outcome.cards,
                waiting=waiting,
            )
        )
    for channel in outcome.problems:
        problem = outcome.problem(channel)
        assert problem is not None
        print(
            f"{speaker.say(f'sync.channel.{channel}')}: {speaker.error(problem)}".replace("\n", " "),
            file=sys.stderr,
        )
    if outcome.problems:
        raise typer.Exit(1)


def connect(
    url: Annotated[
        str,
        typer.Argument(help="Address of the centre, as https://centre.example; empty to work without one."),
    ],
    store: Store = None,
    clickhouse: Annotated[
        str,
        typer.Option(help="Address of ClickHouse, where IT gave an account of it; else the centre answers."),
    ] = "",
    demo: Annotated[bool, typer.Option("--demo", help="Of the demo field's profile.")] = False,
    token_file: Annotated[
        Path | None,
        typer.Option(
            help="File with the device's token; without it the token is read from the standard input."
        ),
    ] = None,
) -> None:
    """Set up the connection to the centre. The token goes into the profile's encrypted store, never onto a
    command line.
    """
    try:
        token = (token_file.read_text(encoding="utf-8") if token_file else sys.stdin.readline()).strip()
    except OSError as error:
        raise KnownError("file_unreadable", file=str(token_file), reason=str(error)) from error
    of = demo_store() if demo and store is None else store
    _set_up(url=url, clickhouse=clickhouse, token=token, store=of)


@by_whoever_has_it
def _set_up(url: str, clickhouse: str, token: str, store: Path | None) -> None:
    from app.services.centre import connections

    with workspace_of(store) as workspace:
        connections.set_up(
            workspace, {"centre_url": url, "clickhouse_url": clickhouse}, {connections.TOKEN: token}
        )
        answers = connections.try_each(workspace)
        speaker = speaker_of(workspace)
    _tell_answers(answers, speaker)


def join(
    code_file: Annotated[
        Path | None, typer.Argument(help="File with the code that IT gave; without it standard input.")
    ] = None,
    store: Store = None,
) -> None:
    """Connect to the centre by the code that IT gave (`central token add --invite`)."""
    from app.services.centre import joining
    from app.sync.invitation import LONGEST

    _join(code=joining.code_of(code_file) if code_file else sys.stdin.read(LONGEST + 1), store=store)


@by_whoever_has_it
def _join(code: str, store: Path | None) -> None:
    from app.services.centre import joining

    with workspace_of(store) as workspace:
        answers = joining.join(workspace, code)
        speaker = speaker_of(workspace)
    _tell_answers(answers, speaker)


def _tell_answers(answers: dict[str, KnownError | None], speaker: Speaker) -> None:
    for name, trouble in answers.items():
        said = speaker.error(trouble) if trouble else speaker.say("sync.answers")
        print(f"{speaker.say(f'sync.source.{name}')}: {said}".replace("\n", " "))
    if any(answers.values()):
        raise typer.Exit(1)
