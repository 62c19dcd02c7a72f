"""Two layers and one line that says which are in force; what is left out of the wheels is said by rules."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import PySide6
import pytest

from app.core import installed
from installer import bytecode, icu, trimming
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


def test_byte_code_takes_the_place_of_a_source_but_of_those_that_stay(tmp_path: Path) -> None:
    for name in ("lib/one.py", "lib/__init__.py", "kept/two.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("def fail():\n    raise ValueError(__file__)\n")
    (tmp_path / "lib" / "template.py").write_text("{{ no Python }}\nx y")
    bytecode.compile_all(tmp_path)
    bytecode.leave_sources(tmp_path, ["kept/*"])
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    version = f"cpython-{sys.version_info.major}{sys.version_info.minor}"
    assert left == {
        "lib/one.pyc",
        "lib/__init__.pyc",
        "lib/template.py",
        "kept/two.py",
        f"kept/__pycache__/two.{version}.pyc",
    }
    trace = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            "import sys; sys.path[0:0] = sys.argv[1:]; import lib.one as o; o.fail()",
            tmp_path,
        ],
        capture_output=True,
        text=True,
        check=False,
    ).stderr
    assert 'File "lib/one.py", line 2, in fail' in trace  # a crash report names the place without its source


@pytest.mark.skipif(shutil.which("icupkg") is None, reason="icupkg (icu-devtools) makes the lean library")
def test_words_stand_in_the_same_order_with_the_lean_data_of_icu(tmp_path: Path) -> None:
    [whole] = (Path(PySide6.__file__).parent / "Qt" / "lib").glob("libicudata.so.*")
    [rule] = tomllib.loads(trimming.RULES.read_text())["icu"]
    library = Path(shutil.copy(whole, tmp_path))
    icu.keep_only(library, rule["kept"])
    assert library.stat().st_size < whole.stat().st_size / 8
    assert _said_by_qt(LD_PRELOAD=str(library)) == _said_by_qt()
    with pytest.raises(SystemExit, match=r"coll/xx\.res"):
        icu.keep_only(library, ["coll/xx.res"])
    with pytest.raises(SystemExit, match="no library"):
        icu.keep_only(tmp_path / "libicuuc.so.73", ["*"])


_ASK = """
from functools import cmp_to_key
from PySide6.QtCore import QCollator, QLocale, QStringDecoder, QTimeZone
words = "ёлка елка Ель Жук яма Яма 102 12 9 Азбука well Well насос Насос-1 насос2".split()
for language in ("ru_RU", "en_US", "en_GB"):
    locale = QLocale(language)
    order = QCollator(locale)
    order.setNumericMode(True)
    zone = QTimeZone(b"Asia/Yekaterinburg")
    print(sorted(words, key=cmp_to_key(order.compare)), locale.toUpper("ёжик straße"), locale.toLower("ЁЖ"))
    print(*(zone.displayName(QTimeZone.TimeType.StandardTime, kind, locale) for kind in QTimeZone.NameType))
for codec in ("windows-1251", "cp866", "koi8-r", "ISO-8859-5", "windows-1252", "KOI8-U"):
    print(codec, QStringDecoder(codec).isValid())
"""


def _said_by_qt(**more: str) -> str:
    order = [sys.executable, "-X", "utf8", "-c", _ASK]
    return subprocess.run(
        order, env={**os.environ, **more}, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
