"""A template of a report: which sections in which order with which options, on what paper. A JSON file that
anybody can pass on.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

from app.core import versioned
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.core.texts import LANGUAGES
from app.reports.collect import Options, Section
from app.reports.sections import SECTIONS

FORM, VERSION = "wellside-report-template", 1
_RENAMES = versioned.Form(VERSION, renames={})
PAPERS = ("A4", "A3")
_KEYS = {"form", "version", "key", "name", "title", "paper", "contents", "archive", "days", "sections"}
MOST_DAYS = 36_500
_OF_HOW_MANY = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}([^{}]*)(?=\{(wells?|pad)\})")
_CHOICE_KEYS = {"section", "landscape", "options"}


@dataclass(frozen=True)
class Choice:
    """A section as a template has it; options that are not given stand as the section declares them."""

    section: str
    landscape: bool = False
    given: Options = field(default_factory=dict)

    @property
    def spec(self) -> Section:
        return SECTIONS[self.section]

    @property
    def options(self) -> Options:
        return self.spec.defaults() | self.given


@dataclass(frozen=True)
class Template:
    """`name` and `title` by language; in a title `{well}` and `{wells}` are the names, `{pad}` the pad, and
    `{well|wells}` before one of them is the word for one and for several.
    `origin` is builtin, site or own.
    """

    key: str
    name: dict[str, str]
    title: dict[str, str]
    sections: tuple[Choice, ...]
    paper: str = "A4"
    contents: bool = False
    archive: bool = False
    days: int = 0
    """The period it is usually made for; 0: the one that the charts show."""

    origin: str = "builtin"

    def named(self, language: str) -> str:
        return self.name.get(language) or next(iter(self.name.values()))

    def titled(self, language: str, wells: str, pads: str, counts: tuple[int, int]) -> str:
        """`counts`: how many wells and pads these are."""
        many = {"well": counts[0] > 1, "wells": counts[0] > 1, "pad": counts[1] > 1}
        title = self.title.get(language) or next(iter(self.title.values()))
        title = _OF_HOW_MANY.sub(lambda found: found[1 + many[found[4]]] + found[3], title)
        return title.replace("{wells}", wells).replace("{well}", wells).replace("{pad}", pads)

    def called(self, key: str, name: str) -> Template:
        """The same under another name, as somebody's own."""
        return replace(self, key=key, name=dict.fromkeys(LANGUAGES, name), origin="own")


def to_json(template: Template) -> bytes:
    body = {
        "form": FORM,
        "version": VERSION,
        "key": template.key,
        "name": template.name,
        "title": template.title,
        "paper": template.paper,
        "contents": template.contents,
        "archive": template.archive,
        "days": template.days,
        "sections": [
            {"section": one.section, "landscape": one.landscape, "options": one.given}
            for one in template.sections
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def from_json(content: bytes, file: str, origin: str) -> Template:
    """Raises KnownError (template_newer, report_template_damaged, report_option) that names the file,
    the place and what may stand there.
    """
    try:
        body = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _damaged(file, str(error)[:120]) from error
    if not isinstance(body, dict) or body.get("form") != FORM or versioned.version_of(body) < 1:
        raise _damaged(file, f"form {FORM!r}, version {VERSION}")
    if versioned.version_of(body) > VERSION:
        raise KnownError("template_newer", file=file)
    body = {**_RENAMES.current(body), "version": VERSION}
    _no_others(file, "", body, _KEYS)
    paper = body.get("paper", "A4")
    if paper not in PAPERS:
        raise _damaged(file, f"paper: {paper!r} ({', '.join(PAPERS)})")
    sections = body.get("sections")
    if not isinstance(sections, list) or not sections:
        raise _damaged(file, "sections: [...]")
    choices = tuple(_choice(one, i, file) for i, one in enumerate(sections, 1))
    return Template(
        _text(body.get("key"), "key", file),
        _by_language(body.get("name"), "name", file),
        _by_language(body.get("title"), "title", file),
        choices,
        paper,
        _flag(body, "contents", file),
        _flag(body, "archive", file),
        _days(body, file),
        origin,
    )


def _choice(body: Any, number: int, file: str) -> Choice:
    place = f"sections[{number}]"
    if not isinstance(body, dict):
        raise _damaged(file, f'{place}: {{"section": …}}')
    _no_others(file, place, body, _CHOICE_KEYS)
    key = body.get("section")
    if key not in SECTIONS:
        raise _damaged(file, f"{place}.section: {key!r} ({', '.join(one.key for one in SECTIONS)})")
    given = body.get("options", {})
    if not isinstance(given, dict):
        raise _damaged(file, f"{place}.options: {{}}")
    return Choice(str(key), _flag(body, "landscape", file), checked(str(key), given, f"{file}, {place}"))


def checked(section: str, given: Options, place: str) -> Options:
    """The options if the section has them and they are within its limits. Raises KnownError
    (report_option).
    """
    known = {option.key: option for option in SECTIONS[section].options}
    for key, value in given.items():
        if key not in known:
            raise KnownError(
                "report_option", place=place, key=key, value=value, known=", ".join(known) or "—"
            )
        try:
            known[key].check(value)
        except KnownError as error:
            raise KnownError(
                "report_option", place=place, key=key, value=value, known=error.details["allowed"]
            ) from error
    return dict(given)


def _no_others(file: str, place: str, body: JsonObject, known: set[str]) -> None:
    for key in body:
        if key not in known:
            raise _damaged(file, f"{place} {key!r}: {', '.join(sorted(known))}".strip())


def _flag(body: JsonObject, key: str, file: str) -> bool:
    value = body.get(key, False)
    if not isinstance(value, bool):
        raise _damaged(file, f"{key}: {value!r} (true, false)")
    return value


def _days(body: JsonObject, file: str) -> int:
    value = body.get("days", 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_DAYS:
        raise _damaged(file, f"days: {value!r} (0…{MOST_DAYS})")
    return value


def _text(value: Any, key: str, file: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        raise _damaged(file, f'{key}: "…"')
    return value.strip()


def _by_language(value: Any, key: str, file: str) -> dict[str, str]:
    if isinstance(value, str):
        return dict.fromkeys(LANGUAGES, _text(value, key, file))
    if not isinstance(value, dict) or not value:
        raise _damaged(file, f'{key}: {{"ru": "…", "en": "…"}}')
    return {str(language): _text(text, f"{key}.{language}", file) for language, text in value.items()}


def _damaged(file: str, reason: str) -> KnownError:
    return KnownError("report_template_damaged", file=file, reason=reason)
