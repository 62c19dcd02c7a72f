"""A table of tags from a file: CSV, XLSX or whatever the importers read. A file with one wrong row is not
taken at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.errors import KnownError
from app.importers.base import Contents
from app.importers.numbers import texts_of
from app.importers.opening import Asked, choose, read_file
from app.importers.rows import Problem
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.vocabulary import folded
from central.names.finding import WellFinder
from central.names.tags import checked
from central.stores.tags import Tag

_WRITTEN = {
    "pattern": "tag тег тэг path путь pattern шаблон topic топик tagname имя тега имя_тега",
    "source": "source источник",
    "well": "well скважина скв",
    "field": "field месторождение",
    "sensor": "sensor датчик параметр parameter",
    "unit": "unit units единица единицы ед.изм ед_изм единица_измерения",
    "scale": "scale множитель коэффициент масштаб factor",
    "shift": "shift offset смещение сдвиг",
    "zone": "zone timezone time_zone пояс часовой_пояс зона",
}
HEADERS = {folded(word): key for key, words in _WRITTEN.items() for word in words.split()}
MOST_ROWS = 100_000


@dataclass(frozen=True)
class TagFile:
    """`problems`: rows that cannot be taken; with one of them nothing is."""

    tags: tuple[Tag, ...]
    problems: tuple[Problem, ...]


def read_tags(path: Path, wells: WellFinder) -> TagFile:
    """Raises KnownError (file_*, tags_file)."""
    contents = read_file(path, choose(path), Asked())
    try:
        return tags_in(path, contents, wells)
    finally:
        contents.close()


def tags_in(path: Path, contents: Contents, wells: WellFinder) -> TagFile:
    """Raises KnownError (tags_file, tags_too_many)."""
    sheets = [sheet for sheet in contents.sheets if "pattern" in _columns(sheet)]
    if not sheets:
        raise KnownError("tags_file", file=str(path), known=", ".join(_WRITTEN))
    return _joined([_of_sheet(sheet, wells) for sheet in sheets])


def _columns(sheet: Sheet) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, header in enumerate(sheet.headers):
        key = HEADERS.get(folded(header))
        if key is not None:
            found.setdefault(key, index)
    return found


def _of_sheet(sheet: Sheet, wells: WellFinder) -> TagFile:
    columns = _columns(sheet)
    if sheet.table.num_rows > MOST_ROWS or sheet.more is not None:
        raise KnownError("tags_too_many", limit=MOST_ROWS)
    cells = {key: texts_of(sheet.table.column(column_name(i))).to_pylist() for key, i in columns.items()}
    tags: dict[tuple[str, str], Tag] = {}
    problems: list[Problem] = []
    for row, line in enumerate(sheet.table.column(LINE).to_pylist()):
        given = {key: cell[row] for key, cell in cells.items()}
        pattern = str(given["pattern"] or "")
        try:
            tag = checked(given, wells)
            if tag.key in tags:
                raise KnownError("tag_twice", value=pattern)
            tags[tag.key] = tag
        except KnownError as error:
            said = dict(error.details)
            problems.append(Problem(sheet.name, line, -1, "", pattern, error.code, details=said))
    return TagFile(tuple(tags.values()), tuple(problems))


def _joined(files: list[TagFile]) -> TagFile:
    tags = tuple(tag for file in files for tag in file.tags)
    return TagFile(tags, tuple(problem for file in files for problem in file.problems))
