"""Equipment without a window: `wellside catalogue list|show|add|share`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.common import Json, Store, print_json, speaker_of

app = typer.Typer(no_args_is_help=True, help="The catalogue of equipment, and a site's own entries in it.")

OfKind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        help="pumping_units, rods, rod_grades, tubing, casing, pipe_grades, esp_pumps, motors or cables.",
    ),
]


@app.command("list")
def list_(kind: OfKind = None, store: Store = None, as_json: Json = False) -> None:
    """List the equipment that is known."""
    from app.core.paths import profile_at
    from app.reports.equipment_words import equipment_line
    from app.services.wells.catalogue import everything

    found = list(everything(profile_at(store), kind))
    if as_json:
        print_json([{"kind": key, "name": one.name, "own": one.file is not None} for key, one in found])
        return
    speaker = speaker_of()
    for key, one in found:
        print(f"{equipment_line(key, one, speaker)}{' *' if one.file else ''}")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="C-228-213-86, СКД8-3-4000, ШН19, ЭЦН5-125 …")],
    kind: OfKind = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Show one piece of equipment and where its figures come from."""
    from app.core.paths import profile_at
    from app.reports.equipment_words import equipment_lines
    from app.services.wells.catalogue import find

    key, found = find(profile_at(store), name, kind)
    if as_json:
        print_json(
            {"kind": key, "name": found.name, "source": found.source, "own": found.file, **_plain(found.item)}
        )
        return
    print("\n  ".join(equipment_lines(key, found, speaker_of())))


@app.command()
def add(file: Path, store: Store = None) -> None:
    """Take a file of entries over: all of them or none."""
    from app.core.paths import profile_paths
    from app.services.wells.catalogue import add as service

    paths = profile_paths(store)
    added = service(paths, file)
    speaker = speaker_of()
    for code, names in (("new", added.new), ("replaced", added.replaced)):
        for kind, those in names.items():
            words = speaker.say(f"catalogue.kind.{kind}")
            print(speaker.say(f"cli.catalogue_{code}", kind=words, names=", ".join(those)))
    print(speaker.say("cli.catalogue_added", file=str(paths.catalogue), count=added.count))


@app.command()
def share(file: Path, store: Store = None) -> None:
    """Write the site's and one's own entries to a file that others can add."""
    from app.core.paths import profile_at
    from app.services.wells.catalogue import share as service

    count = service(profile_at(store), file)
    print(speaker_of().say("cli.catalogue_shared", file=str(file), count=count))


def _plain(item: object) -> dict[str, object]:
    """As JSON: arrays as lists, SI as everywhere."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items()}
        return value.tolist() if hasattr(value, "tolist") else value

    return {key: plain(value) for key, value in asdict(item).items()}  # type: ignore[call-overload]
