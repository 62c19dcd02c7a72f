"""Tables over which a historian's add-in writes what it knows of each tag, a line for each property: `Tag`,
`Description`, `Units`, then `Time`. Here they become a header with a row of units.
"""

from __future__ import annotations

import re
from typing import Any

from app.importers.layout import is_units, is_value
from app.importers.pairs import TIME, is_moment
from app.importers.sheets import Cells, text_of
from app.importers.vocabulary import Vocabulary, folded

MOST_LINES, LEAST_LABELLED, LEAST_PLAIN = 10, 2, 3
TAG, DESCRIPTION, UNIT = "tag", "description", "unit"
_NAMES = {
    TAG: "tag,tags,tagname,tag name,tag names,тег,теги,имя тега,point name,item id",
    DESCRIPTION: "description,descriptor,desc,tag description,описание,наименование",
    UNIT: "unit,units,engunits,eng units,engineering units,eu,uom,ед изм,единицы,единицы измерения",
}
_PROPERTIES = {folded(name): key for key, names in _NAMES.items() for name in names.split(",")}
_QUALITY = re.compile(r"^(?:quality|qual|q|status|validity|качество|достоверность|статус)$", re.IGNORECASE)
_OF_WELL = re.compile(r"^(?:w|well|скв|esp)?[-_]?\d{2,6}[^\W\d_]{0,3}[./\\|:_]", re.IGNORECASE)


def one_head(rows: Cells, words: Vocabulary) -> Cells:
    """The rows with one header and one row of units over the values, each row at its line; as they are where
    nothing of the kind stands above them.
    """
    begins = next(
        (i for i, row in enumerate(rows[: MOST_LINES + 1]) if row and is_moment(text_of(row[0]))), 0
    )
    told = _properties(rows[:begins], words)
    last = rows[begins - 1] if begins else []
    clocked = len(last) > 1 and [folded(text_of(cell)) for cell in last[:2]] == ["date", "time"]
    if len(told) < LEAST_LABELLED or (DESCRIPTION not in told and not clocked):
        return rows
    header: list[Any] = list(last[:2]) if clocked else [TIME]
    units: list[Any] = [""] * len(header)
    name = ""
    for at in range(len(header), max(map(len, rows[:begins]))):
        tag, description, unit = (_cell(told.get(key, []), at) for key in (TAG, DESCRIPTION, UNIT))
        if _QUALITY.match(_cell(last, at)):
            header.append(f"{name} Quality" if name else _cell(last, at))
            units.append("")
            continue
        name = _name(tag, description, words) or name
        header.append(name)
        units.append(unit)
    return [*([[]] * (begins - 2)), header, units, *rows[begins:]]


def _properties(above: Cells, words: Vocabulary) -> dict[str, list[Any]]:
    """Property → its line, by what its first cell calls it; of three lines that are called nothing the tags
    come first, then what they are, then their units.
    """
    labels = [folded(text_of(row[0])) if row else "" for row in above]
    told = {_PROPERTIES[label]: row for label, row in zip(labels, above, strict=True) if label in _PROPERTIES}
    plain = [
        row
        for label, row in zip(labels, above, strict=True)
        if not label and any(map(text_of, row)) and not any(map(is_value, filter(text_of, row)))
    ]
    if told or len(plain) != LEAST_PLAIN or not is_units(plain[2]) or any(map(is_units, plain[:2])):
        return told
    return dict(zip((TAG, DESCRIPTION, UNIT), plain, strict=True))


def _name(tag: str, description: str, words: Vocabulary) -> str:
    """What it is, with its tag where that names the well; a tag alone where nothing else says what it is."""
    if not description:
        return tag
    if not _OF_WELL.match(tag):
        return description
    return f"{tag} / {description}" if words.means(description) else tag


def _cell(row: list[Any], at: int) -> str:
    return " ".join(text_of(row[at]).split()) if at < len(row) else ""
