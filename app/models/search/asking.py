"""What the index answers: entries that have all the words that were asked for, by groups, newest first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from app.models.search.found import DOCUMENTS, GROUPS, READ, File, Hit, Told
from app.models.search.index import (
    OF_A_GROUP,
    Connection,
    SearchIndex,
    first_of,
    group_of,
    has_group,
    unpacked,
)
from app.models.search.words import Asked, alike, asked_of

SHOWN = 6
"""Of a group."""
WEIGHED = 400
"""Of the pieces of a group that have the words of a question, the last that were put in: a word of every page
is looked for as quickly as one of a few.
"""
MOST_PIECES = 60_000
"""Of one look at them: what has more of them in one group hides none of another."""
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
        found: dict[str, dict[int, int]] = {group: {} for group in GROUPS if has_group(at, group)}
        for begun in (False, True):
            if begun and all(len(one) >= most for one in found.values()):
                break
            for group, pieces in _matching(at, [_expression(one, begun=begun) for one in asked]).items():
                there = found.setdefault(group, {})  # its first one may have come a moment ago
                if len(there) < most:
                    for entry, piece in _newest(at, pieces, among):
                        there.setdefault(entry, piece)
        documents = found.get(DOCUMENTS, {})
        if DOCUMENTS in found and len(documents) < most and len(asked) > 1:
            documents |= _apart(at, asked, among, set(documents), most - len(documents))
        return [
            _hit(at, group, piece, asked, language)
            for group in GROUPS
            for piece in list(found.get(group, {}).values())[:most]
        ]


def _matching(at: Connection, expressions: list[str]) -> dict[str, list[int]]:
    """The pieces of each group that have the words, the last put in first. One question for all groups: what
    a word begins is gathered once; where one has too many of them, the groups below it are asked anew.
    """
    found: dict[str, list[int]] = {}
    below = len(GROUPS) * OF_A_GROUP
    while True:
        rows: Any = at.execute(
            "SELECT rowid FROM words WHERE words MATCH ? AND rowid < ? "
            f"ORDER BY rowid DESC LIMIT {MOST_PIECES}",
            (" AND ".join(expressions), below),
        ).fetchall()
        for (number,) in rows:
            found.setdefault(group_of(number), []).append(number)
        if len(rows) < MOST_PIECES:
            return found
        below = rows[-1][0] // OF_A_GROUP * OF_A_GROUP


def _newest(at: Connection, pieces: list[int], wells: list[int]) -> list[tuple[int, int]]:
    """(entry, its first piece of these), the newest entry first."""
    rows: Any = at.execute(
        """SELECT e.no, p.no, e.at_us FROM json_each(:pieces) w
           JOIN piece p ON p.no = w.value JOIN entry e ON e.no = p.entry
           WHERE :wells IS NULL OR e.well IN (SELECT value FROM json_each(:wells))""",
        {
            "pieces": json.dumps(pieces if wells else pieces[:WEIGHED]),
            "wells": json.dumps(wells) if wells else None,
        },
    ).fetchall()
    rows.sort(key=lambda row: (-row[2], row[1]))
    return [(entry, piece) for entry, piece, _ in rows]


def _apart(
    at: Connection, asked: list[Asked], wells: list[int], known: set[int], most: int
) -> dict[int, int]:
    """Documents that have the words on different pages: found after those that have them on one."""
    entries: dict[int, int] = {}
    for place, one in enumerate(sorted(asked, key=lambda one: len(one.word))):
        pieces = _matching(at, [_expression(one)]).get(DOCUMENTS, [])
        rows: Any = at.execute(
            """SELECT p.entry, min(p.no) FROM json_each(:pieces) w
               JOIN piece p ON p.no = w.value JOIN entry e ON e.no = p.entry
               WHERE :wells IS NULL OR e.well IN (SELECT value FROM json_each(:wells)) GROUP BY p.entry""",
            {"pieces": json.dumps(pieces), "wells": json.dumps(wells) if wells else None},
        ).fetchall()
        having = dict(rows)
        entries = having if place == 0 else {entry: having[entry] for entry in entries if entry in having}
        if not entries:
            break
    left = sorted((entry for entry in entries if entry not in known), reverse=True)
    return {entry: entries[entry] for entry in left[:most]}


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
    """What stands round the first of the words, and where all of them are in that; empty where they stand
    elsewhere: in the title, in a file's name.
    """
    ways = {way for one in asked for way in (one.word, one.stem, *one.parts) if way}
    beginning = "|".join(map(re.escape, sorted(ways, key=len, reverse=True)))
    small = alike(text.lower())
    if len(small) != len(text):  # a letter that becomes two: its places would be others
        return text[: 2 * AROUND], ()
    pattern = re.compile(rf"(?<![^\W_])(?:{beginning})[^\W_]*")
    first = pattern.search(small)
    if first is None:
        return "", ()
    start = max(0, first.start() - AROUND // 2)
    start = max(text.rfind(" ", 0, start) + 1, start - AROUND // 2)  # a line of a table may have no blank
    cut = text[start : start + 2 * AROUND]
    marks = tuple(found.span() for found in pattern.finditer(small[start : start + 2 * AROUND]))
    return cut, marks
