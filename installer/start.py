"""What a launcher runs: the program's folder and the runtime's, and nothing of the machine, are searched.

It stands at the top of a program's folder; `-I` keeps variables and folders of the user out. Where an update
is in force (`app/core/installed`), that runs in place of what was installed, with the extras of IT's package.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT, CHOSEN = "WELLSIDE_ROOT", "WELLSIDE_CHOSEN"
"""In the environment of a program that was chosen, and of what it starts: where it was installed, and which.
"""

here = Path(__file__).resolve().parent
runtime = Path(sys.base_prefix).resolve().parent
told = os.environ.get(CHOSEN, "")
base = Path(os.environ.get(ROOT, here.parent)) if told else here.parent
extras = sorted(str(folder) for folder in base.glob("extra-*"))
sys.path[:0] = [str(here), str(runtime / "packages"), *extras]
if sys.platform == "win32":
    # The launcher has Python inside and is no interpreter: a foreign file is read by the program itself.
    vars(sys)["frozen"] = True


def run() -> int:
    program, other = (Path(told), runtime) if told else _choose()
    if other != runtime:
        return _with(program, other)
    os.environ[CHOSEN] = str(program)
    if program != here:  # in this process: the launcher's Python is the one that it needs
        sys.path[0] = str(program)
        for name in [name for name in sys.modules if name.partition(".")[0] == "app"]:
            del sys.modules[name]
    from app.bootstrap import main

    return main()


def _choose() -> tuple[Path, Path]:
    from app.core import installed

    os.environ[ROOT] = str(base)
    return installed.choose(base, counts=len(sys.argv) == 1)


def _with(program: Path, other: Path) -> int:
    """On another Python, which came with the update."""
    environment = {**os.environ, CHOSEN: str(program)}
    if sys.platform == "win32":  # a launcher reads the `current` beside it; no process becomes another there
        launcher = Path(shutil.copy(sys.executable, other.parent))
        return subprocess.run([str(launcher), *sys.argv[1:]], env=environment, check=False).returncode
    interpreter = other / Path(sys.executable).resolve().relative_to(runtime)
    order = [str(interpreter), "-I", str(program / Path(__file__).name), *sys.argv[1:]]
    return os.execve(interpreter, order, environment)


if __name__ == "__main__":
    sys.exit(run())
