"""What `wellside import` says of a file: before it is imported, and after."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from app.core.errors import KnownError
from app.core.texts import Speaker
from app.importers.field_names import field_name
from app.models.values import Read, count_of, part_of, rows_of, text_of, texts_of
from app.services.imports.importing import ImportReport
from app.services.imports.words import cell_words, remark_words, sheet_words, unit_words


def put_words(found: Read, speaker: Speaker) -> None:
    """To a refusal its sentence."""
    if refused := part_of(found, "refused"):
        refused["words"] = speaker.error(_error_of(refused))


def _error_of(told: Read) -> KnownError:
    return KnownError.of(text_of(told, "code"), part_of(told, "details"))


def tell_preview(found: Read, speaker: Speaker) -> None:
    """Rows one a line: well, time, each value with its unit and marks."""
    print(found["file"])
    kind = text_of(found, "kind")
    for sheet in rows_of(found, "sheets"):
        if sheet.get("skipped"):
            print("  " + _skipped_words(sheet, speaker))
            continue
        print(
            "  " + speaker.say("cli.preview_sheet", **{**sheet, "kind": speaker.say(f"kind.{sheet['kind']}")})
        )
        first, last = rows_of(sheet, "first"), rows_of(sheet, "last")
        lines = [_row_words(row, text_of(sheet, "kind"), speaker) for row in first]
        if count_of(sheet, "stored_rows") > len(first):
            lines += ["…", *(_row_words(row, text_of(sheet, "kind"), speaker) for row in last)]
        for line in lines:
            print("    " + line)
        for one in rows_of(sheet, "figures"):
            if one.get("sum") is not None:
                print("    " + speaker.say("cli.preview_sum", **{"stored": "", **one}))
            elif one.get("reason"):
                print("    " + speaker.say("cli.preview_unused", **{"column": "", **one}))
    _tell_cells(kind, [cell for cell in rows_of(found, "problems") if cell["severity"] == "warning"], speaker)
    for one in rows_of(found, "remarks"):
        words = remark_words(kind, text_of(one, "code"), part_of(one, "detail"), speaker)
        print("  " + words, file=sys.stderr)
    if found["refused"]:
        print("  " + text_of(part_of(found, "refused"), "words"), file=sys.stderr)


def _skipped_words(sheet: Read, speaker: Speaker) -> str:
    """With why, where that is known."""
    said = speaker.say("cli.sheet_skipped", **sheet)
    why = part_of(sheet, "why")
    return f"{said}: {speaker.error(_error_of(why))}" if why else said


def _row_words(row: Read, kind: str, speaker: Speaker) -> str:
    values = (
        f"{field_name(kind, str(one.get('sensor') or one['field']), speaker)} {_short(one['value'])} "
        f"{unit_words(text_of(one, 'unit'), '', speaker)}".rstrip()
        + (f" [{', '.join(texts_of(one, 'marks'))}]" if one["marks"] else "")
        for one in rows_of(row, "values")
    )
    return f"{row['well'] or '—'}  {row['time']}  " + "; ".join(values)


def _short(value: Any) -> str:
    if isinstance(value, list):
        return _listed(value)
    return f"{value:.7g}" if isinstance(value, float) else str(value)


def _listed(values: list[Any]) -> str:
    if not values:
        return ""
    if isinstance(values[0], dict):
        return f"({len(values)})"  # rows of a survey or a string of rods
    return f"{min(values):g}…{max(values):g} ({len(values)})"


def tell(report: ImportReport, speaker: Speaker, *, dry_run: bool) -> None:
    code = "cli.dry_run" if dry_run else "notice.imported_before" if report.already else "cli.imported"
    print(speaker.say(code, file=report.file, added=report.added, changed=report.changed, same=report.same))
    for sheet in report.sheets:
        if sheet.get("skipped"):
            print("  " + _skipped_words(sheet, speaker))
        else:
            print("  " + speaker.say("cli.sheet", **{**sheet, "kind": speaker.say(f"kind.{sheet['kind']}")}))
            for line in sheet_words(sheet, speaker):
                print("  " + line)
    if report.unknown_wells:
        print("  " + speaker.say("cli.unknown_wells", wells=", ".join(report.unknown_wells)), file=sys.stderr)
    _tell_cells(report.kind, report.problems, speaker)
    for remark, details in report.remarks:
        print("  " + remark_words(report.kind, remark, details, speaker), file=sys.stderr)


def _tell_cells(kind: str, cells: Iterable[Read], speaker: Speaker) -> None:
    for cell in cells:
        print("  " + cell_words(kind, cell, speaker), file=sys.stderr)
