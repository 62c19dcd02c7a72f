"""What the index answers: entries that have all the words that were asked for, by groups, newest first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from app.models.search.found import DOCUMENTS, GROUPS, READ, File, Hit, Told
from app.models.search.index import Connection, SearchIndex, first_of, unpacked
from app.models.search.words import Asked, alike, asked_of

SHOWN = 6
"""Of a group."""
WEIGHED = 400
"""Of the pieces that have the words of a question, the last that were put in: a word of every page is looked
for as quickly as one of a few.
"""
AROUND = 70


def ask(
    index: SearchIndex, text: str, language: str, wells: Iterable[int] = (), most: int = SHOWN
) -> list[Hit]:
    """`wells`: only of these, of all without. Raises KnownError (disk_full, folder_not_writable)."""
    asked = asked_of(text)
    if not asked:
        return []
    among = sorted(set(wells))
    with index.asking() as at:
        return [
            _hit(at, group, piece, asked, language)
            for group in GROUPS
            for piece in _best(at, group, asked, among, most)
        ]


def _best(at: Connection, group: str, asked: list[Asked], wells: list[int], most: int) -> list[int]:
    """A piece of each entry: whole words before beginnings of words, of each the newest; words that stand on
    different pages of one document after those that stand on one.
    """
    only = json.dumps(wells) if wells else None
    found: dict[int, int] = {}
    for begun in (False, True):
        told = [_expression(one, begun=begun) for one in asked]
        rows: Any = at.execute(
            """SELECT w.no, e.no, e.at_us FROM (
                    SELECT rowid AS no FROM words WHERE words MATCH :words
                    ORDER BY rowid DESC LIMIT CASE WHEN :wells IS NULL THEN :most ELSE -1 END) w
                JOIN piece p ON p.no = w.no JOIN entry e ON e.no = p.entry
                WHERE :wells IS NULL OR e.well IN (SELECT value FROM json_each(:wells))""",
            {"words": _in_group(group, told), "wells": only, "most": WEIGHED},
        ).fetchall()
        for piece, entry, _ in sorted(rows, key=lambda row: (-row[2], row[0])):
            found.setdefault(entry, piece)
        if len(found) >= most:
            break
    if len(found) < most and len(asked) > 1 and group == DOCUMENTS:
        found |= _apart(at, group, asked, only, set(found), most - len(found))
    return list(found.values())[:most]


def _apart(
    at: Connection, group: str, asked: list[Asked], only: str | None, known: set[int], most: int
) -> dict[int, int]:
    entries: set[int] = set()
    for place, one in enumerate(asked):
        rows: Any = at.execute(
            """SELECT DISTINCT p.entry FROM words w
               JOIN piece p ON p.no = w.rowid JOIN entry e ON e.no = p.entry WHERE words MATCH :words
               AND (:wells IS NULL OR e.well IN (SELECT value FROM json_each(:wells)))""",
            {"words": _in_group(group, [_expression(one)]), "wells": only},
        ).fetchall()
        having = {int(row[0]) for row in rows}
        entries = entries & having if place else having
    rarest = max(asked, key=lambda one: len(one.word))
    found: dict[int, int] = {}
    for entry in sorted(entries, reverse=True):
        if entry not in known and len(found) < most:
            row = first_of(
                at,
                """SELECT min(p.no) FROM words w JOIN piece p ON p.no = w.rowid
                   WHERE words MATCH ? AND p.entry = ?""",
                (_in_group(group, [_expression(rarest)]), entry),
            )
            if row and row[0] is not None:
                found[entry] = int(row[0])
    return found


def _in_group(group: str, expressions: Iterable[str]) -> str:
    return " AND ".join((f'grp : "{group}"', *expressions))


def _expression(one: Asked, *, begun: bool = True) -> str:
    """A word or another form of it, or (`begun`) the beginning of one; of several parts all of them, written
    apart or not. One letter alone is a word and no beginning: it would be nearly every page.
    """
    star = " *" if begun and (len(one.word) > 1 or one.word.isdigit()) else ""
    told = [f'{{head body}} : "{one.word}"{star}', f'{{head body stems}} : "{one.stem}"']
    if one.parts:
        inside = [f'{{head body}} : "{part}"' for part in one.parts]
        inside[-1] += star
        told.append(f"({' AND '.join(inside)})")
    return f"({' OR '.join(told)})"


def _hit(at: Connection, group: str, piece: int, asked: list[Asked], language: str) -> Hit:
    kind, name, well, at_us, titles, text, part, entry = first_of(
        at,
        """SELECT e.kind, e.id, e.well, e.at_us, e.titles, e.text, p.part, e.no
           FROM piece p JOIN entry e ON e.no = p.entry WHERE p.no = ?""",
        (piece,),
    )
    file: File | None = None
    told, place, sheet, words = Told(), 0, "", unpacked(text)
    if part is not None:
        sha256, place, sheet, packed = first_of(
            at, "SELECT sha256, place, sheet, text FROM part WHERE no = ?", (part,)
        )
        words = unpacked(packed)
        file, told = _file(at, entry, sha256)
    else:
        found = first_of(at, "SELECT sha256 FROM entry_file WHERE entry = ? ORDER BY name LIMIT 1", (entry,))
        if found is not None:
            file, told = _file(at, entry, found[0])
    around, marks = _around(words, asked)
    said = json.loads(titles)
    title = said.get(language) or next(iter(said.values()))
    return Hit(group, kind, name, well, at_us, title, around, marks, file, place, sheet, told)


def _file(at: Connection, entry: int, sha256: str) -> tuple[File, Told]:
    row = first_of(
        at,
        """SELECT e.sha256, e.name, e.size, f.state, f.details, f.left_out, f.parts
           FROM entry_file e JOIN file f USING (sha256) WHERE e.entry = ? AND e.sha256 = ?""",
        (entry, sha256),
    )
    return File(*row[:3]), Told(row[3] or READ, json.loads(row[4]), row[5], row[6])


def _around(text: str, asked: list[Asked]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """What stands round the first of the words, and where all of them are in that; the beginning of a text
    that has none of them.
    """
    ways = {way for one in asked for way in (one.word, one.stem, *one.parts) if way}
    beginning = "|".join(map(re.escape, sorted(ways, key=len, reverse=True)))
    small = alike(text.lower())
    if len(small) != len(text):  # a letter that becomes two: its places would be others
        return text[: 2 * AROUND], ()
    pattern = re.compile(rf"(?<![^\W_])(?:{beginning})[^\W_]*")
    first = pattern.search(small)
    start = max(0, first.start() - AROUND // 2) if first else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    cut = text[start : start + 2 * AROUND]
    marks = tuple(found.span() for found in pattern.finditer(small[start : start + 2 * AROUND]))
    return cut, marks
