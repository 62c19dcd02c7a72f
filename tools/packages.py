"""uv for this repository: a locked wheel in .venv that looks for packages where pip was told to look.

uv does not read pip's configuration. A company that points pip at a mirror of its own is understood all the
same: the settings are asked of pip at run time and given to uv as its environment, never written to a file.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV_ITSELF = ROOT / "requirements" / "setup.txt"
PIP = (sys.executable, "-m", "pip")

SAME_MEANING = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "no-index": "UV_NO_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "keyring-provider": "UV_KEYRING_PROVIDER",
    "timeout": "UV_HTTP_TIMEOUT",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
}
"""pip's settings and the variables that tell uv the same."""


def obtain_uv() -> bool:
    """Into the .venv that runs this, by pip and with hashes. False where the registry does not have it."""
    order = [*PIP, "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--require-hashes"]
    return subprocess.run([*order, "-r", str(UV_ITSELF)], check=False).returncode == 0


def uv(*arguments: str) -> bool:
    """Runs uv on the .venv that runs this; True when it succeeded."""
    order = [sys.executable, "-m", "uv", *arguments]
    return subprocess.run(order, cwd=ROOT, env=uv_environment(pip_settings()), check=False).returncode == 0


def pip_settings() -> dict[str, str]:
    """As pip itself would take them: a later word is the stronger one."""
    said = subprocess.run([*PIP, "config", "list"], capture_output=True, text=True, check=False).stdout
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in said.splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if section in found:
            found[section][key] = str(ast.literal_eval(value))
    return found["global"] | found["install"] | found[":env:"]


def uv_environment(settings: dict[str, str]) -> dict[str, str]:
    """This process's environment with what pip is told added; what uv is told itself stays."""
    told = {
        # pip takes the best match of all indexes; a hash of the lock has to fit wherever a file comes from.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_SYSTEM_CERTS": "true",
        "UV_PYTHON_DOWNLOADS": "never",
        "VIRTUAL_ENV": sys.prefix,
    }
    for key, variable in SAME_MEANING.items():
        if key in settings:
            told[variable] = " ".join(settings[key].split())
    if "UV_FIND_LINKS" in told:
        told["UV_FIND_LINKS"] = told["UV_FIND_LINKS"].replace(" ", ",")
    return told | dict(os.environ)
