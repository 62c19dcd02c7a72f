"""Tries a package as Windows would: in Wine 10 of Debian 13, in a folder of its own (as root, by mmdebstrap).

    python -m installer.windows.in_wine PACKAGE.msi [FOLDER]

Installs silently, asks `doctor`, opens the window on the demo field and takes its picture, removes silently
and looks what is left. In FOLDER (out/wine) lie `window.png`, `doctor.txt` and the system, made once.
Wine lacks the complex numbers of C (`crealf` and its like): a library in front of its own supplies them.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from installer.windows.launchers import COMPILER, exported
from tools.packages import ROOT

PACKAGES = "wine,wine64,xvfb,xauth,x11-apps,imagemagick,fonts-dejavu-core,ca-certificates"
LIBRARY = "usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ucrtbase.dll"
OF_ONE = (
    "cacos",
    "cacosh",
    "casin",
    "casinh",
    "catan",
    "catanh",
    "ccos",
    "ccosh",
    "cexp",
    "clog",
    "conj",
    "cproj",
    "csin",
    "csinh",
    "csqrt",
    "ctan",
    "ctanh",
)
TO_REAL = ("cabs", "carg", "cimag", "creal")
APART = ("unshare", "--mount", "--propagation", "private")
"""Mounts of its own: they end with whoever made them, however he ends, and nobody else sees them."""
HOME = "/home/trial"
ENVIRONMENT = {
    "HOME": HOME,
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "WINEDEBUG": "-all",
    "WINEPREFIX": f"{HOME}/wine",
    "WINEDLLOVERRIDES": "winedbg.exe=d;mscoree=d;mshtml=d;ucrtbase=n",
}
TRIAL = r"""
set -u
cd "$WINEPREFIX"
files() { find drive_c -type f ! -path '*/Temp/*' | sort; }
files > /trial/before
wine msiexec /i 'Z:\trial\package.msi' /qn || exit 11
[ -f "drive_c/Program Files/Wellside/wellside.exe" ] || exit 12
wine 'C:\Program Files\Wellside\wellside-cli.exe' doctor > /trial/doctor.txt 2>&1 || exit 13
wine 'C:\Program Files\Wellside\wellside.exe' --demo >/dev/null 2>&1 &
for second in $(seq 90); do
    sleep 2
    import -window root /trial/window.png
    [ "$(identify -format %k /trial/window.png)" -gt 400 ] && break
done
sleep 20
import -window root /trial/window.png
wineserver -k
wait
wine msiexec /x 'Z:\trial\package.msi' /qn || exit 14
wineserver -w
files > /trial/after
"""


def main(package: Path, folder: Path) -> int:
    system = folder / "system"
    if not (system / "usr" / "bin" / "wine").exists():
        _make(system)
    if not (system / HOME[1:] / "wine" / "system.reg").exists():
        _begin(system)
    trial = system / "trial"
    shutil.rmtree(trial, ignore_errors=True)
    trial.mkdir()
    shutil.copyfile(package, trial / "package.msi")
    (trial / "trial.sh").write_text(TRIAL, encoding="ascii")
    code = _inside(system, "bash", "/trial/trial.sh")
    for name in ("doctor.txt", "window.png"):
        if (trial / name).exists():
            shutil.copyfile(trial / name, folder / name)
    if code:
        print(f"ended with {code}: what is left behind was not looked at")
        return code
    left = _left(trial)
    print(f"left behind: {', '.join(left) or 'nothing'}")
    return len(left)


def _left(trial: Path) -> list[str]:
    """Of the program: a profile is somebody's."""
    before, after = (set((trial / name).read_text().splitlines()) for name in ("before", "after"))
    return sorted(one for one in after - before if "/AppData/Local/wellside/" not in one)


def _make(system: Path) -> None:
    remove(system)
    system.parent.mkdir(parents=True, exist_ok=True)
    order = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={PACKAGES}", "trixie", str(system)]
    subprocess.run([*APART, *order], check=True)


def remove(folder: Path) -> None:
    """Raises SystemExit where anything is mounted below: a bootstrap that was broken off may have left the
    machine's own /dev/shm there, and what is removed there is removed for everybody.
    """
    if mounted := mounts_below(folder, Path("/proc/self/mountinfo").read_text(encoding="utf-8")):
        raise SystemExit(f"nothing is removed: mounted below {folder} is {', '.join(mounted)}")
    if folder.exists():
        shutil.rmtree(folder)


def mounts_below(folder: Path, told: str) -> list[str]:
    """By the kernel's list, where a blank in a name is written \\040."""
    points = [Path(line.split()[4].replace("\\040", " ")) for line in told.splitlines()]
    return [str(point) for point in points if point.is_relative_to(folder.resolve())]


def _begin(system: Path) -> None:
    (system / HOME[1:]).mkdir(exist_ok=True)
    _inside(system, "env", "WINEDLLOVERRIDES=mscoree=d;mshtml=d", "wineboot", "-i")
    _inside(system, "wineserver", "-w")
    windows = system / HOME[1:] / "wine" / "drive_c" / "windows" / "system32"
    shutil.copyfile(system / LIBRARY, windows / "ucrtreal.dll")
    (windows / "ucrtbase.dll").unlink()
    _supply(system / LIBRARY, windows / "ucrtbase.dll", system)


def _inside(system: Path, *order: str) -> int:
    named = [f"{name}={value}" for name, value in ENVIRONMENT.items()]
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24"]
    within = ["timeout", "1800", "chroot", str(system), "env", "-i", *named, *screen, *order]
    mount = f'mount --bind /proc {shlex.quote(str(system / "proc"))} && exec "$@"'
    return subprocess.run([*APART, "sh", "-c", mount, "sh", *within], check=False).returncode


def _supply(library: Path, target: Path, folder: Path) -> None:
    """A library with all the names of Wine's: complex ones are MinGW's, the others are found in Wine's."""
    ours, lines = {}, ["#include <complex.h>"]
    for name in OF_ONE:
        lines.append(f"double complex s_{name}(double complex z) {{ return {name}(z); }}")
        lines.append(f"float complex s_{name}f(float complex z) {{ return {name}f(z); }}")
    for name in TO_REAL:
        lines.append(f"double s_{name}(double complex z) {{ return {name}(z); }}")
        lines.append(f"float s_{name}f(float complex z) {{ return {name}f(z); }}")
    lines.append("double complex s_cpow(double complex z, double complex w) { return cpow(z, w); }")
    lines.append("float complex s_cpowf(float complex z, float complex w) { return cpowf(z, w); }")
    lines.append("int __stdcall DllMainCRTStartup(void *a, unsigned b, void *c) { return a || b || c; }")
    for name in (*OF_ONE, *TO_REAL, "cpow"):
        ours |= {name: f"s_{name}", f"{name}f": f"s_{name}f", f"{name}l": f"s_{name}"}  # long is double there
    others = {name: f"ucrtreal.{name}" for name in exported(library)}
    words = "".join(f"  {name}={where}\n" for name, where in (others | ours).items())
    (folder / "supply.def").write_text(f"LIBRARY ucrtbase.dll\nEXPORTS\n{words}", encoding="ascii")
    (folder / "supply.c").write_text("\n".join(lines) + "\n", encoding="ascii")
    sources = [str(folder / "supply.c"), str(folder / "supply.def")]
    how = ["-O2", "-s", "-shared", "-nostartfiles", "-static-libgcc"]
    subprocess.run([COMPILER, *how, "-o", str(target), *sources], check=True)


if __name__ == "__main__":
    where = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "out" / "wine"
    sys.exit(main(Path(sys.argv[1]), where.resolve()))
