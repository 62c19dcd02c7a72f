"""Byte code beside the sources, so that a folder nobody may write to starts as fast as any other.

The same sources give the same bytes: one process compiles all in the order of names, under one seed. It is
not compared with its source any more (PEP 552, unchecked): times of files do not matter.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

CACHE = "__pycache__"
SCRIPT = """
import sys
from pathlib import Path
from py_compile import PycInvalidationMode, PyCompileError, compile

root = Path(sys.argv[1])
for source in sorted(root.rglob("*.py")):
    name = source.relative_to(root).as_posix()
    try:
        compile(str(source), dfile=name, doraise=True, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    except PyCompileError as error:
        print(name, error.exc_type_name)
"""


def compile_all(folder: Path, python: str = sys.executable) -> list[str]:
    """Files that are no Python of this version (templates of a library) stay as they are; their names come
    back.
    """
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
    order = [python, "-s", "-P", "-c", SCRIPT, str(folder)]  # not -I, which would not hear of the seed
    done = subprocess.run(order, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()


def leave_sources(folder: Path, kept: Iterable[str]) -> None:
    """Byte code takes the place of its source (`name.pyc` where `name.py` was) but where a pattern says that
    the source stays. A traceback names file and line all the same. What did not compile stays as it is.
    """
    for compiled in sorted(folder.rglob(f"{CACHE}/*.pyc")):
        source = compiled.parent.with_name(f"{compiled.name.partition('.')[0]}.py")
        if source.is_file() and not any(
            fnmatchcase(source.relative_to(folder).as_posix(), one) for one in kept
        ):
            source.unlink()
            compiled.rename(source.with_suffix(".pyc"))
            if not any(compiled.parent.iterdir()):
                compiled.parent.rmdir()
