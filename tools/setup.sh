#!/usr/bin/env bash
# Makes everything that `make run` and `make test` need: system libraries, .venv, translations.
# Usage: tools/setup.sh run|test|central [installers|image|deploy]. Safe to repeat: each step is skipped when it is already done.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}

python=${PYTHON:-}
if [ -z "$python" ]; then
    for candidate in python3.13 python3.12 python3.11 python3; do
        if command -v "$candidate" >/dev/null &&
            "$candidate" -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))" 2>/dev/null; then
            python=$candidate
            break
        fi
    done
fi
[ -n "$python" ] || { echo "Python 3.11, 3.12 or 3.13 is needed: install python3 and try again." >&2; exit 1; }

# What Qt loads at run time on a bare Debian 12 or Ubuntu; fonts so that text is not boxes.
packages="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0
 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1 fonts-dejavu-core xvfb xauth"
# orafce is packaged for the PostgreSQL of each release; elsewhere the tests of the Oracle driver skip and say so.
codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null || true)
case $codename in bookworm) postgres=15 ;; trixie) postgres=17 ;; jammy) postgres=14 ;; noble) postgres=16 ;; *) postgres="" ;; esac
[ "$purpose" = test ] && packages="$packages xdotool poppler-utils qpdf mosquitto binutils debsigs icu-devtools xz-utils mmdebstrap lintian desktop-file-utils postgresql${postgres:+ postgresql-$postgres-orafce}"
# What packages for Windows are built with, on Linux; nothing of it is needed to run or to test the program.
[ "${2:-}" = installers ] && packages="$packages gcc-mingw-w64-x86-64 wixl msitools nsis osslsigncode"
# What makes images and runs them, and what looks at the Jenkinsfile.
[ "${2:-}" = image ] && packages="$packages buildah bubblewrap ca-certificates"
[ "${2:-}" = deploy ] && packages="$packages $(command -v java >/dev/null || echo default-jre-headless) $(command -v npm >/dev/null || echo nodejs npm)"
"$python" -c 'import ensurepip' 2>/dev/null || packages="$packages python3-venv"

if command -v dpkg-query >/dev/null; then
    missing=""
    for package in $packages; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        if [ "$(id -u)" = 0 ]; then as_root=""; elif command -v sudo >/dev/null; then as_root=sudo; else
            echo "System libraries are missing. As root, run: apt-get install$missing" >&2
            exit 1
        fi
        $as_root apt-get update -qq
        # Newer Ubuntu renamed libglib2.0-0; installing the others one by one keeps one rename from stopping all.
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
            for package in $missing; do
                DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$package" >/dev/null ||
                    echo "warning: $package could not be installed" >&2
            done
    fi
fi

[ -x .venv/bin/python ] || "$python" -m venv --without-pip .venv
.venv/bin/python -m tools.install "$purpose"
.venv/bin/python tools/build_translations.py
