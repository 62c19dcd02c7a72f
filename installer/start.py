"""What a launcher runs: the program's folder and the runtime's, and nothing of the machine, are searched.

It stands at the top of a program's folder; `-I` keeps variables and folders of the user out. Where an update
is in force (`app/core/installed`), that runs in place of what was installed, with the extras of IT's package.
"""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT, CHOSEN = "WELLSIDE_ROOT", "WELLSIDE_CHOSEN"
"""In the environment of a program that was chosen, and of what it starts: where it was installed, and which.
"""

here = Path(__file__).resolve().parent
runtime = Path(sys.base_prefix).resolve().parent
sys.path[:0] = [str(here), str(runtime / "packages")]
if sys.platform == "win32":
    # The launcher has Python inside and is no interpreter: a foreign file is read by the program itself.
    vars(sys)["frozen"] = True


def run() -> int:
    base, chosen = _told() or (here.parent, None)
    os.environ[ROOT] = str(base)
    sys.path[2:2] = sorted(str(folder) for folder in base.glob("extra-*"))
    program, other = (chosen, runtime) if chosen else _choose(base)
    if other != runtime:
        try:
            return _with(program, other)
        except (OSError, ValueError):  # a folder that nothing may be run from, a Python that is not whole
            program = here
            _give_up(base)
    os.environ[CHOSEN] = str(program)
    if program != here:  # in this process: the launcher's Python is the one that it needs
        sys.path[0] = str(program)
        for name in [name for name in sys.modules if name.partition(".")[0] == "app"]:
            del sys.modules[name]
    from app.bootstrap import main

    return main()


def _told() -> tuple[Path, Path] | None:
    """(where it was installed, what was chosen) as the environment says. Anybody's folder may stand there:
    only a program of this install, or of its updates, is run, and nothing is searched beside another one.
    """
    from app.core import installed

    told = os.environ.get(CHOSEN, "")
    if not told:
        return None
    base, program = Path(os.environ.get(ROOT, here.parent)).resolve(), Path(told).resolve()
    ours = {base, installed.place_of(base).root.resolve()}
    is_program = installed.NAME.fullmatch(program.name) and (program / installed.LAYER).is_file()
    return (base, program) if is_program and {program.parent, here.parent} <= ours else None


def _choose(base: Path) -> tuple[Path, Path]:
    from app.core import installed

    return installed.choose(base, counts=len(sys.argv) == 1)


def _give_up(base: Path) -> None:
    from app.core import installed

    with suppress(OSError, ValueError):
        installed.go_back(installed.place_of(base))


def _with(program: Path, other: Path) -> int:
    """On another Python, which came with the update."""
    environment = {**os.environ, CHOSEN: str(program)}
    if sys.platform == "win32":  # a launcher reads the `current` beside it; no process becomes another there
        launcher = other.parent / Path(sys.executable).name
        with suppress(PermissionError):  # it is there, and runs in another window
            shutil.copy(sys.executable, launcher)
        return subprocess.run([str(launcher), *sys.argv[1:]], env=environment, check=False).returncode
    interpreter = other / Path(sys.executable).resolve().relative_to(runtime)
    order = [str(interpreter), "-I", str(program / Path(__file__).name), *sys.argv[1:]]
    return os.execve(interpreter, order, environment)


if __name__ == "__main__":
    sys.exit(run())
