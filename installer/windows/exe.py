"""The EXE, by makensis: smaller than the MSI (one solid block), for who installs by hand or has no rights."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from installer.windows.launchers import numbers
from installer.windows.registered import EVENT_LOG, VALUES, Value
from tools.packages import ROOT

COMPILER = "makensis"
SCRIPT = Path(__file__).with_name("wellside.nsi")
KINDS = {"string": "WriteRegStr", "expandable": "WriteRegExpandStr", "integer": "WriteRegDWORD"}


def build(root: Path, target: Path, version: str, icon: Path, sign: str = "") -> None:
    """`sign` is a command that signs the file after it: for the program that removes it all again."""
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    with tempfile.TemporaryDirectory() as folder:
        values = Path(folder) / "values.nsh"
        values.write_text(told("", VALUES, "SHCTX") + told("OfMachine", EVENT_LOG, "HKLM"), encoding="utf-8")
        given = {
            "ROOT": root.resolve(),
            "OUT": target.resolve(),
            "ICON": icon.resolve(),
            "VALUES": values,
            "VERSION": version,
            "NUMBERS": ".".join(numbers(version)),
            "KILOBYTES": size,
        }
        named = [f"-D{name}={value}" for name, value in (given | ({"SIGN": sign} if sign else {})).items()]
        order = [COMPILER, "-V2", "-WX", "-XTarget amd64-unicode", *named, str(SCRIPT)]
        found = {**os.environ, "PYTHONPATH": str(ROOT)}  # makensis goes to the script's folder: SIGN is ours
        done = subprocess.run(
            order, env=found, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
    if done.returncode:
        raise SystemExit(f"{COMPILER} could not make {target.name}: {done.stdout.strip()}")


def told(name: str, values: tuple[Value, ...], root: str) -> str:
    """Two macros: what is written, and what is taken away again."""
    written = "".join(f"  {_written(value, root)}\n" for value in values)
    gone = "".join(f"  {line}\n" for line in dict.fromkeys(_gone(value, root) for value in values))
    return f"!macro Tell{name}\n{written}!macroend\n!macro Forget{name}\n{gone}!macroend\n"


def _written(value: Value, root: str) -> str:
    text = value.text.replace("{ours}", "$INSTDIR\\")
    quoted = text if value.kind == "integer" else f"'{text}'"
    return f'{KINDS[value.kind]} {root} "{value.key}" "{value.name}" {quoted}'


def _gone(value: Value, root: str) -> str:
    """The highest key that bears our name; of somebody else's key only the value."""
    steps = value.key.split("\\")
    ours = next((at for at, step in enumerate(steps) if step.lower().startswith("wellside")), None)
    if ours is None:
        return f'DeleteRegValue {root} "{value.key}" "{value.name}"'
    return f'DeleteRegKey {root} "{chr(92).join(steps[: ours + 1])}"'
