"""The headless commands. `--json` prints one JSON document on stdout; logs and errors go to stderr.

Exit codes: 0 done, 1 a KnownError (one line on stderr), 2 wrong usage. Heavy modules are imported by the
command that needs them: `wellside --help` must not wait for DuckDB.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from app.cli import advise as cli_advise
from app.cli import alarms as cli_alarms
from app.cli import backup as cli_backup
from app.cli import catalogue as cli_catalogue
from app.cli import device as cli_device
from app.cli import diagnose as cli_diagnose
from app.cli import doctor as cli_doctor
from app.cli import echo as cli_echo
from app.cli import energy as cli_energy
from app.cli import files as cli_files
from app.cli import imports as cli_imports
from app.cli import labels as cli_labels
from app.cli import login as cli_login
from app.cli import merge as cli_merge
from app.cli import model as cli_model
from app.cli import models as cli_models
from app.cli import recovery as cli_recovery
from app.cli import report as cli_report
from app.cli import runs as cli_runs
from app.cli import size as cli_size
from app.cli import sync as cli_sync
from app.cli import task as cli_task
from app.cli import unsent as cli_unsent
from app.cli import update as cli_update
from app.cli.common import Json, Store, print_json, reading_of, show_progress, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it
from app.core.console import print_on_any_code_page
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.texts import LANGUAGES, Speaker
from app.models.values import Values, needed_number, part_of, rows_of, text_of

app = typer.Typer(
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Wellside: wells on artificial lift, at the pad and without a network.",
)

# The window is started by the composition root, which imports this module: it hands its starter over.
_start_window: Callable[[Path | None, bool], int] | None = None
_take_screenshots: Callable[..., int] | None = None
_load_window: Callable[[], str] | None = None


def run(
    arguments: list[str] | None = None,
    *,
    window: Callable[[Path | None, bool], int] | None = None,
    screenshots: Callable[..., int] | None = None,
    load_window: Callable[[], str] | None = None,
) -> int:
    """Returns the exit code."""
    global _start_window, _take_screenshots, _load_window
    _start_window, _take_screenshots, _load_window = window, screenshots, load_window
    print_on_any_code_page()
    try:
        with _help_of(command := typer.main.get_command(app), arguments):
            code = command(arguments, standalone_mode=False)
        return code if isinstance(code, int) else 0
    except KnownError as error:
        print(speaker_of().error(error).replace("\n", " "), file=sys.stderr)
        return 1
    except typer.Exit as stop:
        return stop.exit_code
    except typer.Abort:
        return 1
    except Exception as error:
        show = getattr(error, "show", None)
        if show is None:
            raise
        show()
        return 2


def _help_of(command: object, arguments: list[str] | None) -> AbstractContextManager[None]:
    """In the reader's language, where help is asked for."""
    if "--help" not in (sys.argv[1:] if arguments is None else arguments) or speaker_of().language != "ru":
        return nullcontext()
    from app.cli.help import in_russian

    return in_russian(command)


def _everywhere(command: object, store: Path) -> dict[str, object]:
    """Defaults of every command below one: this store."""
    below = getattr(command, "commands", {})
    return {"store": str(store), **{name: _everywhere(one, store) for name, one in below.items()}}


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    store: Store = None,
    demo: Annotated[bool, typer.Option("--demo", help="Open the window on the demo field.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Without a command: the window."""
    if version:
        from app.core.version import program_version

        print(f"wellside {program_version()}")
        raise typer.Exit()
    if context.invoked_subcommand is not None:
        if store is not None:
            # Said before the command it is meant for the command: the user's own profile is not written to.
            context.default_map = _everywhere(context.command, store)
        return
    if _start_window is None:
        raise KnownError("no_screen")
    raise typer.Exit(_start_window(store, demo))


@app.command()
@by_whoever_has_it
def demo(
    store: Store = None,
    wells: Annotated[int, typer.Option(help="How many wells, 1 to 14.")] = 14,
    days: Annotated[int, typer.Option(help="How many days, 7 to 730.")] = 90,
    seed: Annotated[int, typer.Option(help="The same seed gives the same field.")] = 20261101,
    remove: Annotated[bool, typer.Option("--remove", help="Take it out of the profile again.")] = False,
) -> None:
    """Build the demo field."""
    from app.services.demo import building as service
    from app.services.demo import removing

    with workspace_of(store) as workspace:
        if remove:
            gone = removing.remove(workspace)
            print(speaker_of(workspace).say("notice.demo_removed", wells=len(gone.wells)))
            return
        service.build(workspace, Job(show_progress, min_gap_s=1.0), wells=wells, days=days, seed=seed)


@app.command()
def wells(store: Store = None, as_json: Json = False) -> None:
    """List the wells and how they are doing."""
    from app.core.clock import iso
    from app.services.wells.finding import statuses

    with reading_of(store) as workspace:
        found = statuses(workspace.store)
        speaker = speaker_of(workspace)
    if as_json:
        print_json(
            [
                {
                    "name": s.well.name,
                    "field": s.well.field_name,
                    "pad": s.well.pad,
                    "lift": s.well.lift,
                    "state": s.well.state,
                    "status": s.status,
                    "unread_findings": s.unread,
                    "last_reading_at": iso(s.last_reading_at) if s.last_reading_at else None,
                    "merged": list(s.well.absorbed),
                }
                for s in found
            ]
        )
        return
    for s in found:
        print(
            f"{s.well.field_name:14} {s.well.pad:>4} {s.well.name:>8}  "
            f"{speaker.say(f'lift.{s.well.lift}'):10} {speaker.say(f'status.{s.status}'):12} "
            f"{speaker.moment(s.last_reading_at)}"
        )


app.command("import")(cli_files.import_)
app.command("imports")(cli_imports.imports)
app.command("find")(cli_files.find)
app.command("watch")(cli_files.watch)
app.command("merge")(cli_merge.merge)
app.command("diagnose")(cli_diagnose.diagnose)
app.command("report")(cli_report.report)
app.command("advise")(cli_advise.advise)
app.command("echo")(cli_echo.echo)
app.command("energy")(cli_energy.energy)
app.command("size")(cli_size.size)
app.command("labels")(cli_labels.labels)
app.command("runs")(cli_runs.runs)
app.command("models")(cli_models.models)
app.command("alarms")(cli_alarms.alarms)
app.command("sync")(cli_sync.sync)
app.command("connect")(cli_sync.connect)
app.command("login")(cli_login.login)
app.command("logout")(cli_login.logout)
app.command("whoami")(cli_login.whoami)
app.command("join")(cli_sync.join)
app.command("backup")(cli_backup.backup)
app.command("restore")(cli_backup.restore)
app.add_typer(cli_catalogue.app, name="catalogue")
app.add_typer(cli_device.app, name="device")
app.add_typer(cli_model.app, name="model")
app.add_typer(cli_recovery.app, name="recovery")
app.add_typer(cli_task.app, name="task")
app.add_typer(cli_unsent.app, name="unsent")
app.add_typer(cli_update.app, name="update")


@app.command()
def card(file: Path, as_json: Json = False) -> None:
    """Analyse one dynamogram (domain/card-format)."""
    from app.analysis.cards.figures import analyse
    from app.importers.card_json import read_card
    from app.reports import wording
    from app.reports.sections.card import figures
    from app.services.diagnosis.cards import answer, diagnosed

    analysis = analyse(read_card(file))
    if as_json:
        print_json(answer(analysis))
        return
    speaker = speaker_of()
    analysis, found = diagnosed(analysis)
    for code, verdict in found:
        print(
            f"{speaker.say('finding.' + code)} "
            f"({speaker.say('finding.confidence', percent=100 * verdict.confidence)})"
        )
        for item in verdict.evidence:
            print(f"  – {wording.evidence_words(item.code, item.details, speaker)}")
    for name, value in figures(analysis, speaker):
        print(f"  {name}: {value}")
    for remark in analysis.remarks:
        print("  " + wording.remark_line(remark.code, remark.details, speaker), file=sys.stderr)


@app.command()
def welltest(
    file: Path,
    see: Annotated[
        float | None, typer.Option(help="Distance of a boundary that the next test should tell, m.")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="The whole history of rates as one drawdown (deconvolution).")
    ] = False,
    undrift: Annotated[
        bool, typer.Option("--undrift", help="Take out the gauge's drift against the second gauge.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Interpret one well test: build-up, drawdown, level rise, inflow, gas deliverability (card-format)."""
    from app.importers.welltest_json import read_test
    from app.reports import wording
    from app.services.wells.well_tests import Wanted, analyse

    answer, _ = analyse(read_test(file), Wanted(boundary_m=see, whole=whole, undrift=undrift))
    if as_json:
        print_json(answer)
        return
    speaker = speaker_of()
    for name, value in wording.welltest_figures(answer, speaker):
        print(f"  {name}: {value}")
    _tell_quality(answer, speaker)


def _tell_quality(answer: Values, speaker: Speaker) -> None:
    """What was taken for granted or is missing."""
    from app.reports import wording

    for remark in rows_of(answer, "quality"):
        said = wording.remark_line(text_of(remark, "code"), part_of(remark, "detail"), speaker)
        print(f"  {said}", file=sys.stderr)


@app.command()
def esp(file: Path, store: Store = None, as_json: Json = False) -> None:
    """Diagnose an ESP well from one file of readings (domain/card-format)."""
    from app.analysis.catalogue.esp_pumps import ESP_PUMPS
    from app.core.paths import profile_at
    from app.importers.esp_json import read_esp
    from app.reports import wording
    from app.services.diagnosis.esp import analyse
    from app.services.wells.catalogue import equipment

    answer = analyse(read_esp(file), equipment(profile_at(store), ESP_PUMPS))
    if as_json:
        print_json(answer)
        return
    speaker = speaker_of()
    for name, value in wording.esp_figures(answer, speaker):
        print(f"  {name}: {value}")
    for episode in rows_of(answer, "episodes"):
        sure = wording.confidence_words(needed_number(episode, "confidence"), speaker)
        print(
            f"{speaker.say('finding.' + text_of(episode, 'code'))} ({sure}), {episode['from']} – "
            f"{episode['to']}"
        )
        evidence = part_of(episode, "evidence")
        for code in evidence:
            print(f"  – {wording.evidence_words(code, part_of(evidence, code), speaker)}")
        print(f"  → {speaker.say(text_of(episode, 'advice'))}")
    _tell_quality(answer, speaker)


@app.command()
def export(
    well: str,
    what: Annotated[
        str,
        typer.Option(
            "--what",
            help="readings, cards, tests, lab or a kind of record: production, survey …; for PIPESIM or "
            "PROSPER matching (tests with pressures), inflow, lift_curve.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help=".csv, .parquet or .xlsx")],
    store: Store = None,
) -> None:
    """Write a well's data to a file (SI, UTC; what is for a model in the units that its titles say)."""
    from app.services.reports.exporting import TABLES
    from app.services.reports.exporting import export as service
    from app.services.reports.for_models import MODEL_TABLES
    from app.services.wells.finding import find_well

    known = (*TABLES, *MODEL_TABLES)
    if what not in known:
        raise KnownError("export_what", what=what, known=", ".join(known))
    with reading_of(store) as workspace:
        rows = service(workspace, find_well(workspace, well), what, out)
        print(speaker_of(workspace).say("cli.exported", file=str(out), rows=rows))


@app.command()
def screenshots(
    out: Annotated[Path, typer.Option("--out", help="The folder to fill.")],
    store: Store = None,
    page: Annotated[str | None, typer.Option(help="Only this page; a wrong name tells them all.")] = None,
    language: Annotated[str | None, typer.Option("--lang", help="Only this language: ru or en.")] = None,
    theme: Annotated[str | None, typer.Option(help="Only this theme: light, dark or sunlight.")] = None,
    size: Annotated[str, typer.Option(help="Of the window, in pixels.")] = "1366x768",
) -> None:
    """Every page of the demo field, in both languages and all themes where none is named."""
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"--lang: {', '.join(LANGUAGES)}")
    if _take_screenshots is None:
        raise KnownError("no_screen")
    raise typer.Exit(_take_screenshots(out, store, page, language, theme, size))


@app.command()
def doctor(
    store: Store = None,
    as_json: Json = False,
    site: Annotated[
        bool, typer.Option("--site", help="Only the settings in force, and who set them.")
    ] = False,
) -> None:
    """What is installed, reachable and writable; 0 only if the main job can run."""
    if site:
        cli_doctor.tell_in_force(store, as_json)
    elif not cli_doctor.tell_checks(store, as_json, _load_window):
        raise typer.Exit(1)
