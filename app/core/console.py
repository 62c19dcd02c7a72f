"""What is printed, on whatever code page: a terminal of Windows and a file it is turned to hold two hundred
letters, and every sign beyond them used to end the command.
"""

from __future__ import annotations

import codecs
import io
import json
import sys
import unicodedata
from typing import Any, TextIO

SIGNS = {
    "✓": "+",
    "✗": "x",
    "–": "-",
    "—": "-",
    "−": "-",
    "→": "->",
    "·": "*",
    "•": "*",
    "×": "x",
    "√": "sqrt",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
    "°": "deg",
    "⁄": "/",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "’": "'",
    "№": "No",
}
RUSSIAN = "Ёё№"
_NAME = "wellside.plain"


def print_on_any_code_page() -> None:
    """For the whole process: what the code page lacks is said plainly instead of ending the command."""
    codecs.register_error(_NAME, _said_plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_NAME)


def can_hold(stream: TextIO, text: str) -> bool:
    """
    >>> can_hold(io.TextIOWrapper(io.BytesIO(), "cp1251"), "ё"), can_hold(io.StringIO(), "✓")
    (True, True)
    """
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def json_for(stream: TextIO | None, what: Any) -> str:
    """One line. Nothing in it is said otherwise than it is: where the code page lacks a letter, or nobody
    knows who will print it, letters are escaped.
    """
    said = json.dumps(what, ensure_ascii=False, allow_nan=False, default=str)
    if stream is not None and can_hold(stream, said):
        return said
    return json.dumps(what, allow_nan=False, default=str)


def plainly(sign: str) -> str:
    """In ASCII; what has no plain word keeps its number, so that nothing is lost.

    >>> plainly("✓"), plainly("³"), plainly("σ"), plainly("╭"), plainly("ё")
    ('+', '3', 'sigma', '+', '\\\\u0451')
    """
    if sign in SIGNS:
        return SIGNS[sign]
    name = unicodedata.name(sign, "")
    if name.startswith("BOX DRAWINGS"):
        return "-" if name.endswith("HORIZONTAL") else "|" if name.endswith("VERTICAL") else "+"
    if name.startswith("GREEK"):
        return name.rpartition(" LETTER ")[2].split(" ")[0].lower() or sign
    parted = "".join(SIGNS.get(one, one) for one in unicodedata.normalize("NFKD", sign))
    held = parted.encode("ascii", "ignore").decode()
    return held or sign.encode("ascii", "backslashreplace").decode()


def _said_plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(plainly(sign) for sign in error.object[error.start : error.end]), error.end
