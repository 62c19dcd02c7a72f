#!/usr/bin/env bash
# Puts the built release into a feed of updates, for a tenth of the laptops first. What a pipeline calls last.
# FEED: the feed's folder (on a share). FEED_KEYS: an archive (.tar) with the folder of its keys. PERCENT: of laptops.
# WINDOWS_PYTHON: python.org's package; without it laptops with Windows are offered nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${FEED:?the folder of the feed}" "${FEED_KEYS:?an archive with its keys}"
percent=${PERCENT:-10}
tools/setup.sh test
python=.venv/bin/python

keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
tar -xf "$FEED_KEYS" -C "$keys" --strip-components=1

publish() {
    local platform=$1 program runtime layer language news what=()
    read -r program runtime <"dist/installers/$platform/current"
    for layer in "$program" "$runtime"; do
        what+=(--archive "dist/installers/updates/$layer.$platform.tar.xz")
    done
    for language in ru en; do
        news=dist/installers/wellside-${program#program-}-news.$language.md
        [ ! -f "$news" ] || what+=("--news-$language" "$news")
    done
    $python -m installer.feed publish "$FEED" --keys "$keys" --channel "${CHANNEL:-stable}" --platform "$platform" \
        --pair "$program" "$runtime" --percent "$percent" "${what[@]}"
}

# All is built before any of it is published.
$python -m installer updates
[ -z "${WINDOWS_PYTHON:-}" ] || $python -m installer.windows --python "$WINDOWS_PYTHON" --updates
publish linux-x64
[ -z "${WINDOWS_PYTHON:-}" ] || publish windows-x64
