"""`make mutate` plants what it says: one fault each, everywhere where code runs, and only there."""

from __future__ import annotations

import ast
import difflib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tools.mutate import __main__ as command
from tools.mutate.declared import ROOT, Target, read_targets
from tools.mutate.draws import Draw, drawn_before, draws, keep_draw
from tools.mutate.operators import mutants, named_mutant
from tools.mutate.report import report
from tools.mutate.results import Result, Survivor, digest, keep, kept

SOURCE = '''
"""A module's docstring is no code: 1 < 2."""
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    LIMIT = 1

_log = logging.getLogger("x")


def send(entries: list[int], most: int = 3) -> int:
    """Nor is this: not True."""
    sent = 0
    for entry in entries:
        if entry < most and not entry == 7:
            _log.info("%s", entry + 1)
            push(entry)
            sent += 1
            continue
        raise ValueError(entry)
    return sent
'''


def _changed_line(tree: ast.Module) -> list[str]:
    before, after = ast.unparse(ast.parse(SOURCE)).splitlines(), ast.unparse(tree).splitlines()
    return [line[2:].strip() for line in difflib.ndiff(before, after) if line.startswith("+ ")]


@pytest.mark.parametrize(
    "planted",
    [
        "if entry <= most and (not entry == 7):",
        "if entry < most or not entry == 7:",
        "if entry < most and entry == 7:",
        "if entry < most and (not entry != 7):",
        "if not (entry < most and (not entry == 7)):",
        "def send(entries: list[int], most: int=4) -> int:",
        "sent = 1",
        "sent -= 1",
        "break",
        "return None",
    ],
)
def test_each_kind_of_slip_is_planted(planted: str) -> None:
    assert [planted] in [_changed_line(mutant.tree) for mutant in mutants(SOURCE)]


@pytest.mark.parametrize("left_out", ["push(entry)", "raise ValueError(entry)"])
def test_a_call_and_a_refusal_can_be_left_out(left_out: str) -> None:
    texts = [ast.unparse(mutant.tree) for mutant in mutants(SOURCE) if mutant.source == left_out]
    assert any(left_out not in text for text in texts)


def test_nothing_is_planted_in_words_types_and_the_log() -> None:
    for mutant in mutants(SOURCE):
        assert "docstring" not in mutant.source
        assert "LIMIT" not in mutant.source
        assert "_log.info" not in mutant.source


def test_a_number_that_is_the_same_when_one_is_added_is_no_slip() -> None:
    assert [mutant.what for mutant in mutants("FILLERS = (9.96921e36, 1e30, 2.5)")] == ["2.5 is 3.5"]


def test_a_mutant_differs_in_one_place_and_the_original_is_not_touched() -> None:
    for mutant in mutants(SOURCE):
        assert 0 <= len(_changed_line(mutant.tree)) <= 2
        compile(mutant.tree, "planted", "exec")


MUST_NOT_BE_WRONG = (
    "app/sync",
    "app/analysis/cards",
    "app/analysis/transient",
    "app/analysis/quality",
    "app/models/kinds",
    "app/models/journal.py",
    "app/models/journal_file.py",
    "app/importers/mapping.py",
    "app/importers/extract.py",
)


@pytest.mark.parametrize("place", MUST_NOT_BE_WRONG)
def test_every_module_that_must_not_be_wrong_is_declared(place: str) -> None:
    """A new file in one of these folders needs a group: by hand, for its tests have a name too."""
    found = [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
    declared = {ROOT / target.module for target in read_targets()}
    left = [path.relative_to(ROOT) for path in found if path.name != "__init__.py" and path not in declared]
    assert found
    assert left == []


def test_what_is_declared_is_there() -> None:
    targets = read_targets()
    assert targets
    for target in targets:
        assert (ROOT / target.module).exists()
        assert all((ROOT / test).exists() for test in target.tests), target


@pytest.mark.slow
def test_what_is_loaded_before_does_not_come_to_the_module_under_test() -> None:
    """In a process of its own, as it is done: a fault in what is loaded already would change nothing."""
    target = "app.analysis.cards.differences"
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from tools.mutate.running import preload_ours\n"
            f"preload_ours(Path('{target.replace('.', '/')}.py'))\n"
            f"print('{target}' in sys.modules, 'app.models.cards' in sys.modules)",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.split() == ["False", "True"]


def test_a_named_fault_is_planted_where_it_stands_and_nowhere_else() -> None:
    planted = named_mutant(SOURCE, "push(entry)", "pass")
    assert (planted.line, planted.what, planted.source) == (18, "is pass", "push(entry)")
    with pytest.raises(ValueError, match="stands 2 times"):
        named_mutant(SOURCE, "entry)", "")
    assert any(target.named for target in read_targets())
    for target in read_targets():
        for part, instead in target.named:
            named_mutant((ROOT / target.module).read_text(encoding="utf-8"), part, instead)


def test_results_are_kept_and_told_with_their_reasons(tmp_path: Path) -> None:
    target = replace(read_targets()[0], explained={})
    result = Result(str(target.module), digest(target.module), 2, 1)
    for mutant, noticed in zip(list(mutants(SOURCE))[:2], (True, False), strict=True):
        result.note(mutant, noticed=noticed)
    keep({result.module: result}, tmp_path / "kept.json")
    again = kept(tmp_path / "kept.json")
    assert again == {result.module: result}
    said = report([target], again, [])
    assert "**1 of 2 noticed in 1 modules; 1 survived (50.0%), 0 of these explained.**" in said
    assert "not explained yet" in said
    explained = replace(target, explained={result.left[0].key: "No sum is asked for."})
    assert "No sum is asked for." in report([explained], again, [])
    assert "(changed since)" in report([target], {result.module: replace(result, of="other")}, [])
    assert kept(tmp_path / "none.json") == {}


def test_a_fresh_draw_is_counted_once_and_told_before_what_the_tests_were_taught(tmp_path: Path) -> None:
    path = tmp_path / "draws.json"
    results = []
    for name, survived in (("app/a/one.py", 0), ("app/a/two.py", 1), ("app/b.py", 2)):
        result = Result(name, "of", 4, 7, tried=4, killed=4 - survived)
        result.left = [Survivor(1, "Lt is LtE", "a < b")] * survived
        results.append(result)
    assert draws(path) == []
    first = keep_draw(Draw.of(7, 4, results), path)
    both = keep_draw(Draw.of(8, 4, results[:1]), path)
    today = datetime.now(UTC).date().isoformat()
    assert both == [*first, Draw(8, 4, {"app/a/one.py": (4, 0)}, today)] == draws(path)
    assert drawn_before(both, "app/b.py", 7)
    assert not drawn_before(both, "app/b.py", 8)
    assert not drawn_before(both, "app/c.py", 7)
    said = report([], {}, both)
    assert f"| {today} | 7 | 4 | `app`, `app/a` | 3 | 12 | 3 | 25.0% |\n" in said
    assert f"| {today} | 8 | 4 | `app/a/one.py` | 1 | 4 | 0 | 0.0% |\n" in said
    assert said.index("## Fresh draws") < said.index("## What the tests were taught")
    assert "## Fresh draws" not in report([], {}, [])


def test_a_module_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mutation.toml"
    path.write_text('[[groups]]\nmodules = ["app/gone.py"]\ntests = []\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"app/gone\.py"):
        read_targets(path)


def test_a_fresh_draw_that_was_broken_off_counts_as_far_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of a module that are not green, or a person, end it in the middle."""
    asked = [replace(read_targets()[0], module=Path(name)) for name in ("app/one.py", "app/two.py")]
    counted: list[Draw] = []

    def tried(target: Target, *_: object, **__: object) -> Result:
        if target.module.name == "two.py":
            sys.exit("its tests are not green")
        return Result(str(target.module), "", 3, 9, tried=3, killed=2, left=[Survivor(1, "a", "b")])

    def kept_so(draw: Draw) -> list[Draw]:
        counted.append(draw)
        return counted

    monkeypatch.setattr(sys, "argv", ["mutate", "--fresh", "--seed", "9", "--each", "3"])
    stubs = {"preload": lambda: None, "read_targets": lambda: asked, "draws": list, "_try": tried}
    stubs |= {"keep_draw": kept_so, "write_report": lambda *_: None, "kept": dict}
    for name, instead in stubs.items():
        monkeypatch.setattr(command, name, instead)
    monkeypatch.setattr(command, "ProcessPoolExecutor", lambda *_: ThreadPoolExecutor(1))
    with pytest.raises(SystemExit):
        command.main()
    assert [(one.seed, one.each, one.modules) for one in counted] == [(9, 3, {"app/one.py": (3, 1)})]
