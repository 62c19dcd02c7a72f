"""What the docstrings of app/analysis tell: read from the source, nothing is imported.

`python -m tests.analysis.docstrings` prints the shares. The form, after the library `fluids`:

    One sentence.

    The formula.

    Args:
        name: [unit] (shape) meaning
    Returns:
        [unit] (shape) meaning
    Raises:
        KnownError: codes
    Valid: range, and what happens outside.
    Source: work, edition, equation.      or      Ours: why it is so.

    >>> an example that runs
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ANALYSIS = ROOT / "app/analysis"
SECTIONS = ("Args:", "Attributes:", "Returns:", "Raises:", "Valid:", "Source:", "Ours:", ">>>")
NUMBERS = re.compile(r"\b(float|int|Floats|FloatArray|NDArray|ndarray|Complex|Values|Number)\b")
ARRAYS = re.compile(r"\b(Floats|FloatArray|NDArray|ndarray|Complex)\b")
UNIT = re.compile(r"\[[^\[\]]+\]")
SHAPE = re.compile(r"\((?:[\w.]|len\(\w+\)|[ +−-])+,[^()]*(?:\(\w+\)[^()]*)?\)")

Function = ast.FunctionDef


@dataclass(frozen=True)
class Public:
    """A public function, method, property or class, and where it stands."""

    module: str
    name: str
    node: ast.FunctionDef | ast.ClassDef
    kind: str

    @property
    def full(self) -> str:
        return f"{self.module}.{self.name}"

    @property
    def text(self) -> str:
        return ast.get_docstring(self.node) or ""

    def section(self, title: str) -> str:
        """The lines under (and behind) a title; empty without it."""
        lines = self.text.split("\n")
        start = next((i for i, line in enumerate(lines) if line.startswith(title)), None)
        if start is None:
            return ""
        found = [lines[start].removeprefix(title).strip()]
        for line in lines[start + 1 :]:
            if line.startswith(SECTIONS) or (not line.strip() and title != ">>>"):
                break
            found.append(line)
        return "\n".join(found).strip("\n")

    def told(self, title: str) -> dict[str, str]:
        """name → what stands behind it, of Args or Attributes."""
        entries: dict[str, str] = {}
        for line in self.section(title).split("\n"):
            named = re.match(r"    (\w+): ?(.*)", line)
            if named:
                entries[named[1]] = named[2]
            elif entries:
                last = list(entries)[-1]
                entries[last] += " " + line.strip()
        return entries

    @property
    def wanted(self) -> dict[str, str]:
        """name → annotation of each parameter, or of each field of a dataclass."""
        if isinstance(self.node, ast.ClassDef):
            return {
                item.target.id: ast.unparse(item.annotation)
                for item in self.node.body
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
            }
        args = self.node.args
        every = [*args.posonlyargs, *args.args, *([args.vararg] if args.vararg else []), *args.kwonlyargs]
        every += [args.kwarg] if args.kwarg else []
        return {
            one.arg: ast.unparse(one.annotation) if one.annotation else ""
            for one in every
            if one.arg not in ("self", "cls")
        }

    @property
    def returns(self) -> str:
        assert isinstance(self.node, ast.FunctionDef)
        return ast.unparse(self.node.returns) if self.node.returns else "None"


def publics(root: Path = ANALYSIS) -> Iterator[Public]:
    for path in sorted(root.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if isinstance(node, ast.FunctionDef):
                yield Public(module, node.name, node, "function")
                continue
            yield Public(
                module, node.name, node, "dataclass" if "dataclass" in _decorators(node) else "class"
            )
            for item in node.body:
                if isinstance(item, ast.FunctionDef) and not item.name.startswith("_"):
                    shown = {"property", "cached_property"} & _decorators(item)
                    yield Public(module, f"{node.name}.{item.name}", item, "property" if shown else "method")


def _decorators(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    return {ast.unparse(one).split("(")[0] for one in node.decorator_list}


def missing(one: Public) -> list[str]:
    """What a docstring does not tell; [] for a whole one."""
    gone = []
    if not re.match(r"[^\n]", one.text) or not one.text.split("\n\n")[0].rstrip().endswith((".", ":")):
        gone.append("a sentence")
    if one.kind in ("function", "method"):
        gone += _entries(one, "Args:")
        answer = one.section("Returns:")
        if one.returns != "None" and not answer:
            gone.append("what it returns")
        elif _has_unit(one.returns) and not UNIT.search(answer):
            gone.append("[unit] of what it returns")
        gone += [f"{title.rstrip(':')}" for title in ("Valid:",) if not one.section(title)]
        if not (one.section("Source:") or one.section("Ours:")):
            gone.append("Source or Ours")
        if not runs(one):
            gone.append("an example that runs")
    elif one.kind == "dataclass":
        gone += _entries(one, "Attributes:")
    elif one.kind == "property" and _has_unit(one.returns) and not UNIT.search(one.text):
        gone.append("[unit]")
    return gone


def _entries(one: Public, title: str) -> list[str]:
    told, wanted = one.told(title), one.wanted
    gone = []
    if list(told) != list(wanted):
        gone.append(f"{title} {list(told)} for {list(wanted)}")
    for name, annotation in wanted.items():
        if _has_unit(annotation) and not UNIT.search(told.get(name, "")):
            gone.append(f"[unit] of {name}")
        if ARRAYS.search(annotation) and not SHAPE.search(told.get(name, "")):
            gone.append(f"shape of {name}")
    return gone


def _has_unit(annotation: str) -> bool:
    return bool(NUMBERS.search(annotation.replace("NDArray[np.bool_]", "")))


def runs(one: Public) -> bool:
    return ">>>" in one.text and "+SKIP" not in one.text


def shares() -> dict[str, float]:
    """Of functions and methods: how many have a sentence, units, a range, a source, ours, an example."""
    asked = [one for one in publics() if one.kind in ("function", "method")]

    def share(told: list[bool]) -> float:
        return round(sum(told) / len(told), 3)

    return {
        "count": len(asked),
        "sentence": share([bool(one.text) for one in asked]),
        "units": share([not _entries(one, "Args:") for one in asked]),
        "range": share([bool(one.section("Valid:")) for one in asked]),
        "source": share([bool(one.section("Source:")) for one in asked]),
        "source or ours": share([bool(one.section("Source:") or one.section("Ours:")) for one in asked]),
        "example": share([runs(one) for one in asked]),
    }


if __name__ == "__main__":
    import sys

    sys.stdout.write("\n".join(f"{name}: {value:g}" for name, value in shares().items()) + "\n")
