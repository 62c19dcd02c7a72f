"""Two layers and one line that says which are in force; what is left out of the wheels is said by rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core import installed
from installer import trimming
from installer.layout import CURRENT, LINUX, PROGRAM, RUNTIME, Layer, finish, put_in_force

ONE = "one==1.0 \\\n    --hash=sha256:aa\n"
TWO = "two==2 ; sys_platform == 'linux' \\\n    --hash=sha256:bb\n"
THREE = "three==3 \\\n    --hash=sha256:cc\n    --hash=sha256:dd\n"


def _built(root: Path, content: str) -> Path:
    folder = root / f"building-{content}"
    (folder / "inside").mkdir(parents=True)
    (folder / "inside" / "a.txt").write_text(content)
    (folder / "b.txt").write_text("b")
    return folder


def test_a_runtime_is_called_after_what_is_in_it(tmp_path: Path) -> None:
    first = finish(_built(tmp_path, "x"), RUNTIME, {"platform": "linux-x64"})
    again = finish(_built(tmp_path, "x"), RUNTIME, {"platform": "linux-x64"})
    other = finish(_built(tmp_path, "y"), RUNTIME, {"platform": "linux-x64"})
    assert first.folder == again.folder != other.folder
    assert first.about["kind"] == RUNTIME
    assert json.loads((first.folder / "layer.json").read_text())["platform"] == "linux-x64"


def test_a_layer_knows_files_that_are_gone_or_others(tmp_path: Path) -> None:
    layer = finish(_built(tmp_path, "x"), PROGRAM, {}, "0.1.0")
    assert layer.wrong() == []
    (layer.folder / "b.txt").unlink()
    (layer.folder / "inside" / "a.txt").write_text("z")
    assert layer.wrong() == ["b.txt", "inside/a.txt"]


def test_one_line_says_which_layers_are_in_force(tmp_path: Path) -> None:
    put_in_force(tmp_path, Layer(tmp_path / "program-1"), Layer(tmp_path / "runtime-a"))
    put_in_force(tmp_path, Layer(tmp_path / "program-2"), Layer(tmp_path / "runtime-a"))
    assert (tmp_path / CURRENT).read_bytes() == b"program-2 runtime-a\n"
    assert installed.place_of(tmp_path).installed == installed.Pair("program-2", "runtime-a")
    assert [one.name for one in tmp_path.iterdir()] == [CURRENT]


def test_a_package_that_is_left_out_takes_its_hashes_along() -> None:
    assert trimming.locked_without(ONE + TWO + THREE, frozenset({"two"})) == ONE + THREE


def test_a_rule_that_finds_nothing_stops_the_build(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(
        '[[packages]]\npaths = ["lib/*/tests/*"]\nwhy = "tests"\n'
        '[[packages]]\npaths = ["lib/gone.so"]\nsystems = ["windows-x64"]\nwhy = "of the other system"\n'
    )
    inside = tmp_path / "packages" / "lib" / "part" / "tests" / "deep"
    inside.mkdir(parents=True)
    (inside / "test_it.py").write_text("12345")
    (tmp_path / "packages" / "lib" / "kept.py").write_text("1")
    [weight] = trimming.trim(tmp_path / "packages", LINUX, "packages", rules)
    assert (weight.files, weight.size, weight.why) == (1, 5, "tests")
    assert [path.name for path in (tmp_path / "packages" / "lib").iterdir()] == ["kept.py"]
    with pytest.raises(SystemExit, match="tests"):
        trimming.trim(tmp_path / "packages", LINUX, "packages", rules)
