"""Places whose clock a file names: `Время (Москва)`, `по екатеринбургскому времени`, `Houston time`."""

from __future__ import annotations

import re

_PLACES = (
    (r"калининград\w*|kaliningrad", "Europe/Kaliningrad"),
    (r"моск(?:в|овск)\w*|moscow", "Europe/Moscow"),
    (r"самар\w*|samara", "Europe/Samara"),
    (
        r"екатеринбург\w*|тюмен\w*|уф[аеы]|уфимск\w*|перм[ьи]|пермск\w*|сургут\w*|нижневартовск\w*|оренбург\w*"
        r"|yekaterinburg|ekaterinburg|tyumen|ufa|perm|surgut",
        "Asia/Yekaterinburg",
    ),
    (r"омск\w*|omsk", "Asia/Omsk"),
    (r"новосибирск\w*|novosibirsk", "Asia/Novosibirsk"),
    (r"томск\w*|tomsk", "Asia/Tomsk"),
    (r"красноярск\w*|krasnoyarsk", "Asia/Krasnoyarsk"),
    (r"иркутск\w*|irkutsk", "Asia/Irkutsk"),
    (r"якутск\w*|yakutsk", "Asia/Yakutsk"),
    (r"владивосток\w*|vladivostok", "Asia/Vladivostok"),
    (r"алмат[аыу]\w*|almaty", "Asia/Almaty"),
    (r"атырау|atyrau", "Asia/Atyrau"),
    (r"актау|aktau", "Asia/Aqtau"),
    (r"баку|baku", "Asia/Baku"),
    (r"лондон\w*|london|aberdeen", "Europe/London"),
    (r"oslo|stavanger|bergen", "Europe/Oslo"),
    (r"houston|dallas|us[ /]central|central(?:\s+(?:standard|daylight))?\s+time", "America/Chicago"),
    (r"denver|us[ /]mountain|mountain(?:\s+(?:standard|daylight))?\s+time", "America/Denver"),
    (r"new york|us[ /]eastern|eastern(?:\s+(?:standard|daylight))?\s+time", "America/New_York"),
    (r"us[ /]pacific|pacific(?:\s+(?:standard|daylight))?\s+time", "America/Los_Angeles"),
    (r"calgary|edmonton", "America/Edmonton"),
    (r"muscat", "Asia/Muscat"),
    (r"dubai|abu dhabi", "Asia/Dubai"),
    (r"riyadh", "Asia/Riyadh"),
)
_EACH = tuple((rf"(?<![^\W_])(?:{words})(?![^\W_])", zone) for words, zone in _PLACES)
_IN_HEADER = tuple((re.compile(words, re.IGNORECASE), zone) for words, zone in _EACH)
# In a title a town alone is where somebody sits: only with a word of its clock it is a zone.
_IN_TITLE = tuple(
    (
        re.compile(
            rf"(?:врем\w*|час(?:ы|ов)\w*|\btimes?\b|\bclock\w*)[^|\n]{{0,20}}"
            rf"(?:\bпо\s+|[(,:=]\s*|\b(?:in|of|is|are)\s+){words}"
            rf"|{words}\s+(?:врем\w*|(?:local\s+)?(?:time|clock)\b)|\btime\s+[\w ]{{0,12}}{words}",
            re.IGNORECASE,
        ),
        zone,
    )
    for words, zone in _EACH
)


def place_in(text: str, *, title: bool = False) -> str:
    """The zone of the place that a header of times names; of a `title`, whose clock it says."""
    return next((zone for pattern, zone in (_IN_TITLE if title else _IN_HEADER) if pattern.search(text)), "")


def without_place(header: str) -> str:
    """The header without the place whose clock it is."""
    for pattern, _ in _IN_HEADER:
        header = pattern.sub(" ", header)
    return header
