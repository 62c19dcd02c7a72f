"""Lines that name each of their values: `2026-10-01 08:00 well=101, PIP=800 psi`, `WELL: 101 PIP: 800 psi`,
and forms of one `key: value` a line that come again and again. What cannot be parted in one way only is no
such line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.unit_spellings import find_unit
from app.importers.written_moments import MONTH_WORDS, clock_in, moment_in

_PRIORITY = re.compile(r"^<\d{1,3}>\d?\s*")
"""What syslog writes before its moment."""
_LEVELS = frozenset(
    ("trace", "debug", "info", "notice", "warn", "warning", "error", "err", "critical", "fatal")
)
_TOKEN = re.compile(r"[\s;|,]*([^\s;|,]+)")
_FIGURES = re.compile(r"\d[\d.:/+\-]*(?:t[\d.:+\-]+)?z?", re.IGNORECASE)
_BESIDE_FIGURES = frozenset({*MONTH_WORDS, "am", "pm", "utc", "gmt", "z"})
_WORD = re.compile(r"[^\W\d_][^\s=:;|,]*")
_NAME = re.compile(r"[^\W\d_][^=:;|\t]*")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)
_ENDS = ("]", ":", "-", ">")
"""Of a word that is no name: `escd[211]:`, `- -`."""
PARTS = (";", "|", "\t", ",", "")
"""What stands between the pairs; nothing for white space."""
SHARE = 0.8
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """Its moment, what wrote it, and the pairs."""

    moment: str
    source: str
    pairs: Pairs


@dataclass(frozen=True)
class Form:
    """How the pairs of a file are written: `mark` inside of one, `part` between two."""

    mark: str
    part: str

    def line_in(self, text: str) -> Line | None:
        """None for a line that is not written so."""
        return self.line_of(*_begun(text))

    def line_of(self, moment: str, rest: str) -> Line | None:
        """The same of a line whose moment is parted from the rest."""
        if self.mark not in rest:
            return None
        source, rest = self._source(rest.strip(f" \t{self.part},"))
        pairs = self._parted(rest) if self.part else self._spaced(rest)
        if not pairs or len({key for key, _ in pairs}) < len(pairs):
            return None
        return Line(moment, source, pairs)

    def _source(self, rest: str) -> tuple[str, str]:
        before = rest.partition(self.mark)[0].split(" ") if self.mark == "=" else rest.split(" ")[:1]
        ended = [i + 1 for i, word in enumerate(before) if self.mark == "=" and word.endswith(_ENDS)]
        cut = ended[-1] if ended else int(before[0].strip("[]:").lower() in _LEVELS)
        if not self.part and self.mark == "=":  # a name is one word, and what has a figure is none of it
            cut = max([cut, *(i + 1 for i, word in enumerate(before[:-1]) if re.search(r"\d", word))])
        words = [word.strip("[]:-<>") for word in before[:cut]]
        told = [re.sub(r"\[\d+$", "", word) for word in words if word and word.lower() not in _LEVELS]
        return " ".join(told), " ".join(rest.split(" ")[cut:])

    def _parted(self, rest: str) -> Pairs | None:
        pairs: Pairs = []
        for part in filter(None, map(str.strip, _outside_quotes(rest, self.part))):
            pair = _pair(part, self.mark)
            if pair is None:
                return None
            pairs.append(pair)
        return pairs

    def _spaced(self, rest: str) -> Pairs | None:
        """`pip=800 psi freq=50 Hz`: the word before a mark is a name, what stands before that a value."""
        after = r"\s+" if self.mark == ":" else r"\s*"
        joined = re.sub(rf"\s*{self.mark}{after}", f"{self.mark} ", rest)
        found: list[tuple[str, list[str]]] = []
        for word in filter(None, _outside_quotes(joined, " ")):
            if word.endswith(self.mark) and _WORD.fullmatch(word[:-1]):
                found.append((word[:-1], []))
            elif not found or self.mark in word.partition('"')[0] and clock_in(word.strip(",")) is None:
                return None
            else:
                found[-1][1].append(word)
        pairs = [(key, " ".join(words).rstrip(",")) for key, words in found]
        return (
            [(key, _bare(value)) for key, value in pairs]
            if all(_is_one(value) for _, value in pairs)
            else None
        )


def form_of(lines: Sequence[str]) -> Form | None:
    """How nearly all these lines are written: two of them with two of the same names at least."""
    best, most = None, 0
    begun = list(map(_begun, lines))  # once for all forms: a row of a wide table is figures to its end
    for mark in "=:":
        for part in PARTS:
            form = Form(mark, part)
            told = [one for begins in begun if (one := form.line_of(*begins)) and len(one.pairs) > 1]
            keys = [{key for key, _ in one.pairs} for one in told]
            common = max((len(a & b) for a, b in zip(keys, keys[1:], strict=False)), default=0)
            if common > 1 and len(told) >= SHARE * len(lines) and len(told) > most:
                best, most = form, len(told)
    return best


def blocks_in(lines: Sequence[str]) -> list[tuple[int, Pairs]] | None:
    """(place, pairs) of forms that begin anew with the same name; None where lines are no forms, or one."""
    blocks: list[tuple[int, Pairs]] = []
    for place, text in enumerate(lines):
        if not text.strip(" \t-=_*#"):
            continue
        mark = re.search("[=:]", text)
        pair = None if mark is None else _pair(text, mark[0])
        if pair is None:
            return None
        if not blocks or pair[0] == blocks[0][1][0][0]:
            blocks.append((place, [pair]))
        elif pair[0] in dict(blocks[-1][1]):
            return None
        else:
            blocks[-1][1].append(pair)
    keys = [{key for key, _ in pairs} for _, pairs in blocks]
    alike = all(2 * len(one & keys[0]) > len(one | keys[0]) for one in keys)
    return blocks if len(blocks) > 1 and len(keys[0]) > 1 and alike else None


def _begun(text: str) -> tuple[str, str]:
    """(its moment, the rest) of a whole line."""
    return _moment(_PRIORITY.sub("", text.strip()))


def _moment(text: str) -> tuple[str, str]:
    """(what stands first and is of figures, the rest). One that lacks its year stays one: whoever reads it
    says what it is not.
    """
    end, figures = 0, False
    while match := _TOKEN.match(text, end):
        word = match[1].strip("[]()")
        if not _FIGURES.fullmatch(word) and word.lower().strip(".") not in _BESIDE_FIGURES:
            break
        end, figures = match.end(), figures or _FIGURES.fullmatch(word) is not None
    return (text[:end].strip("[](),;| \t"), text[end:]) if figures else ("", text)


def _pair(text: str, mark: str) -> tuple[str, str] | None:
    key, there, value = text.strip().partition(mark)
    return (key.strip(), _bare(value)) if there and _NAME.fullmatch(key.strip()) else None


def _bare(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _outside_quotes(text: str, part: str) -> list[str]:
    return re.findall(rf'(?:[^"{re.escape(part)}]|"[^"]*")+', text) if '"' in text else text.split(part)


def _is_one(value: str) -> bool:
    """A word, a number with its unit, a moment: of more words nobody knows which is the next name."""
    first, _, rest = value.partition(" ")
    if not rest or value.startswith('"'):
        return True
    return bool(_NUMBER.fullmatch(first) and find_unit(rest)) or moment_in(value) is not None
