"""An installed program and its updates, started as a launcher starts them: `start.py` in processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.core import installed
from app.core.installed import Pair
from installer import start
from installer.layout import START

ROOT = Path(__file__).resolve().parents[2]
FIRST, SECOND = "runtime-aaaaaaaaaaaa", "runtime-bbbbbbbbbbbb"
CODE = 3

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the folders here are those of Linux")


def _runtime(root: Path, name: str) -> None:
    """This Python under another roof: a copy of its program, its library by a link."""
    python = root / name / "python"
    (python / "bin").mkdir(parents=True)
    shutil.copy(Path(sys.executable).resolve(), python / "bin" / "python3")
    (python / "lib").mkdir()
    library = Path(os.__file__).parent
    (python / "lib" / library.name).symlink_to(library)
    packages = next(Path(one) for one in sys.path if (Path(one) / "platformdirs").is_dir())
    (root / name / "packages").symlink_to(packages)
    (root / name / installed.LAYER).write_text("{}", encoding="ascii")


def _program(root: Path, version: str) -> None:
    """Of the program what chooses, and something that says which it is."""
    folder = root / f"program-{version}"
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "app" / "core", folder / "app" / "core", ignore=left_out)
    (folder / "app" / "__init__.py").touch()
    said = (
        f"import sys\ndef main():\n    print({version!r}, sys.executable.split('/')[-4], *sys.argv[1:])\n"
        f"    return {CODE}\n"
    )
    (folder / "app" / "bootstrap.py").write_text(said, encoding="ascii")
    shutil.copyfile(start.__file__, folder / START)
    (folder / installed.LAYER).write_text("{}", encoding="ascii")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    root = tmp_path / "installed"
    _runtime(root, FIRST)
    _program(root, "0.1.0")
    (root / installed.CURRENT).write_text(f"program-0.1.0 {FIRST}\n", encoding="ascii")
    return root


def _started(base: Path, *arguments: str, **more: str) -> str:
    python = base / FIRST / "python" / "bin" / "python3"
    environment = {"PATH": os.environ["PATH"], "WELLSIDE_HOME": str(base.parent / "home"), **more}
    order = [str(python), "-I", str(base / "program-0.1.0" / START), *arguments]
    done = subprocess.run(order, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (CODE, "")
    return done.stdout.strip()


def test_what_was_installed_runs_where_there_is_no_update(base: Path) -> None:
    assert _started(base, "doctor", "a b") == f"0.1.0 {FIRST} doctor a b"


@pytest.mark.parametrize("runtime", [FIRST, SECOND])
def test_an_update_runs_in_its_place_with_the_runtime_that_it_needs(base: Path, runtime: str) -> None:
    where = installed.place_of(base)
    _program(where.root, "0.2.0")
    if runtime != FIRST:
        _runtime(where.root, runtime)
    installed.stage(where, Pair("program-0.2.0", runtime))
    assert _started(base, "doctor", "a b") == f"0.2.0 {runtime} doctor a b"


def test_what_it_added_is_there_for_an_update_too(base: Path) -> None:
    where = installed.place_of(base)
    (base / "extra-oracle").mkdir()
    (base / "extra-oracle" / "sitecustomize_of_it.py").write_text("NAME = 'it'\n", encoding="ascii")
    _program(where.root, "0.2.0")
    said = "import sitecustomize_of_it\ndef main():\n    print(sitecustomize_of_it.NAME)\n    return 3\n"
    (where.root / "program-0.2.0" / "app" / "bootstrap.py").write_text(said, encoding="ascii")
    installed.stage(where, Pair("program-0.2.0", FIRST))
    assert _started(base) == "it"


def test_an_update_that_never_says_that_it_is_up_is_given_up(base: Path) -> None:
    where = installed.place_of(base)
    _program(where.root, "0.2.0")
    installed.stage(where, Pair("program-0.2.0", FIRST))
    said = [_started(base).split()[0] for _ in range(installed.TRIES + 1)]
    assert said == ["0.2.0"] * installed.TRIES + ["0.1.0"]


def test_an_update_whose_folder_is_gone_leaves_what_was_installed(base: Path) -> None:
    where = installed.place_of(base)
    _program(where.root, "0.2.0")
    installed.stage(where, Pair("program-0.2.0", FIRST))
    _started(base)
    shutil.rmtree(where.root / "program-0.2.0")
    assert _started(base) == f"0.1.0 {FIRST}"


def _hostile(folder: Path) -> Path:
    """A folder that looks like an install, with something in it that says that it ran."""
    _program(folder, "9.9.9")
    (folder / installed.CURRENT).write_text(f"program-9.9.9 {FIRST}\n", encoding="ascii")
    (folder / "extra-x").mkdir()
    (folder / "extra-x" / "of_extra.py").write_text("NAME = 'hostile'\n", encoding="ascii")
    return folder / "program-9.9.9"


@pytest.mark.slow
def test_a_variable_of_the_user_chooses_no_program_of_another_folder(base: Path, tmp_path: Path) -> None:
    evil = _hostile(tmp_path / "evil")
    for more in (
        {start.CHOSEN: str(evil), start.ROOT: str(evil.parent)},
        {start.CHOSEN: str(evil), start.ROOT: str(base)},
        {start.CHOSEN: str(base / "program-0.1.0" / ".." / ".." / "evil" / "program-9.9.9")},
    ):
        assert _started(base, "doctor", **more) == f"0.1.0 {FIRST} doctor"


def test_a_variable_of_the_user_adds_no_folder_that_is_searched(base: Path, tmp_path: Path) -> None:
    evil = _hostile(tmp_path / "evil")
    said = (
        "def main():\n    try:\n        import of_extra\n    except ImportError:\n        print('none')\n"
        "    return 3\n"
    )
    (base / "program-0.1.0" / "app" / "bootstrap.py").write_text(said, encoding="ascii")
    more = {start.CHOSEN: str(base / "program-0.1.0"), start.ROOT: str(evil.parent)}
    assert _started(base, **more) == "none"


@pytest.mark.slow
def test_what_was_chosen_runs_again_in_what_it_starts(base: Path) -> None:
    """A child runs the program that its window runs, whatever was staged meanwhile."""
    where = installed.place_of(base)
    _program(where.root, "0.2.0")
    installed.stage(where, Pair("program-0.2.0", FIRST))
    more = {start.CHOSEN: str(base / "program-0.1.0"), start.ROOT: str(base)}
    assert _started(base, **more) == f"0.1.0 {FIRST}"
    more[start.CHOSEN] = str(where.root / "program-0.2.0")
    assert _started(base, **more) == f"0.2.0 {FIRST}"


@pytest.mark.parametrize("hurt", ["missing", "not to be run"])
def test_an_update_whose_python_cannot_be_run_is_given_up_at_once(hurt: str, base: Path) -> None:
    where = installed.place_of(base)
    _program(where.root, "0.2.0")
    _runtime(where.root, SECOND)
    interpreter = where.root / SECOND / "python" / "bin" / "python3"
    interpreter.unlink() if hurt == "missing" else interpreter.chmod(0o600)
    installed.stage(where, Pair("program-0.2.0", SECOND))
    assert _started(base, "doctor") == f"0.1.0 {FIRST} doctor"
    assert installed.given_up(where) == "0.2.0"
