"""`wellside task …`: what is to be done at the wells."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.common import Json, Store, print_json, reading_of, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it
from app.core.clock import iso
from app.core.errors import KnownError

if TYPE_CHECKING:
    from app.models.records import Record
    from app.services.tasks.listing import Task
    from app.services.workspace import Workspace

app = typer.Typer(no_args_is_help=True, help="What is to be done at the wells, by whom, until when.")
Name = Annotated[str, typer.Argument(metavar="TASK", help="Its name as `task list` tells it.")]
Who = Annotated[str, typer.Option("--who", help="Whose it is.")]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="The last day for it: 2026-12-01.")]


@app.command("list")
def list_(
    store: Store = None,
    who: Annotated[str, typer.Option("--who", help="Only his, and nobody's.")] = "",
    as_json: Json = False,
) -> None:
    """List what is to be done, the longest overdue first."""
    from app.services.tasks import listing

    with reading_of(store) as workspace:
        found, speaker = listing.standing(workspace, who), speaker_of(workspace)
        if as_json:
            print_json([_json(task) for task in found])
            return
        for task in found:
            print(f"{task.record.id[-8:]}  {_line(task, workspace)}")
        if not found:
            print(speaker.say("task.none"))


@app.command()
@by_whoever_has_it
def add(
    well: Annotated[str, typer.Argument(metavar="WELL")],
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="flow_test, fluid_level, card, lab_result, check, repair, visit or other.",
        ),
    ],
    until: Until = "",
    who: Who = "",
    note: Annotated[str, typer.Option("--note", help="A comment.")] = "",
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Set a task."""
    from app.services.tasks import listing
    from app.services.wells.finding import find_well

    with workspace_of(store) as workspace:
        due = _day(workspace, until)
        made = listing.add(workspace, find_well(workspace, well), what, due, who=who, note=note)
        _told(workspace, made, as_json)


@app.command()
@by_whoever_has_it
def take(name: Name, who: Who = "", store: Store = None, as_json: Json = False) -> None:
    """Say who does it: whoever works here, or --who."""
    from app.services.tasks import listing

    with workspace_of(store) as workspace:
        _told(workspace, listing.take(workspace, listing.named(workspace, name), who), as_json)


@app.command()
@by_whoever_has_it
def done(name: Name, store: Store = None, as_json: Json = False) -> None:
    """Close a task that no entry closes by itself."""
    from app.services.tasks import listing

    with workspace_of(store) as workspace:
        _told(workspace, listing.do(workspace, listing.named(workspace, name)), as_json)


@app.command()
@by_whoever_has_it
def cannot(
    name: Name,
    why: Annotated[str, typer.Argument(metavar="WHY", help="Why it cannot be done.")],
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Say that it cannot be done, and why."""
    from app.services.tasks import listing

    with workspace_of(store) as workspace:
        _told(workspace, listing.refuse(workspace, listing.named(workspace, name), why), as_json)


@app.command()
@by_whoever_has_it
def plan(store: Store = None, as_json: Json = False) -> None:
    """Set what is due by the site's rules (the setting task_rules), each once."""
    from app.services.tasks import listing, ruling

    with workspace_of(store) as workspace:
        made = {record.id for record in ruling.make(workspace)}
        found = [task for task in listing.standing(workspace) if task.record.id in made]
        if as_json:
            print_json([_json(task) for task in found])
            return
        for task in found:
            print(f"{task.record.id[-8:]}  {_line(task, workspace)}")
        print(speaker_of(workspace).say("task.made", count=len(found)))


@app.command()
@by_whoever_has_it
def day(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The PDF to write.")],
    report: Annotated[
        bool, typer.Option("--report", help="What was done today, not what is to be done.")
    ] = False,
    who: Annotated[str, typer.Option("--who", help="Only his, and nobody's.")] = "",
    store: Store = None,
) -> None:
    """Write the day's sheet, by the way from well to well, or the day's report."""
    from app.core.files import hand_over
    from app.services.tasks import sheet, today

    with workspace_of(store) as workspace:
        found = today.day(workspace, who)
        made = (sheet.report if report else sheet.sheet)(workspace, found, who)
        hand_over(file, sheet.render(workspace, made))
        told = speaker_of(workspace).say("day.written", file=str(file), left=found.left, done=found.done)
    print(told)


@app.command()
def rules(store: Store = None, as_json: Json = False) -> None:
    """Tell the site's rules as they are understood."""
    from app.reports.task_words import rule_words
    from app.services.tasks import ruling

    with reading_of(store) as workspace:
        known, speaker = ruling.rules(workspace), speaker_of(workspace)
    if as_json:
        print_json(
            [{"what": r.what, "days": r.days, "after": r.after, "lift": r.lift or None} for r in known]
        )
        return
    for rule in known:
        print(rule_words(rule, speaker))
    if not known:
        print(speaker.say("task.no_rules"))


def _day(workspace: Workspace, text: str) -> datetime | None:
    """Midnight UTC is a day without an hour."""
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise KnownError("task_day", value=text) from error


def _told(workspace: Workspace, record: Record, as_json: bool) -> None:
    from app.services.tasks.listing import seen

    task = seen(workspace, record)
    if as_json:
        print_json(_json(task))
    else:
        print(f"{record.id[-8:]}  {_line(task, workspace)}")


def _line(task: Task, workspace: Workspace) -> str:
    from app.reports.task_words import line

    return line(task.record, task.well, task.late_days, speaker_of(workspace))


def _json(task: Task) -> dict[str, object]:
    record = task.record
    return {
        "task": record.id,
        "well": task.well.name,
        "from": iso(record.at),
        "until": iso(record.until) if record.until else None,
        "late_days": task.late_days,
        **record.values,
    }
