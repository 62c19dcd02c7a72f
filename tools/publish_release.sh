#!/usr/bin/env bash
# Puts the built release into a feed of updates, for a tenth of the laptops first. What a pipeline calls last.
# FEED: the feed's folder (on a share). FEED_KEYS: an archive (.tar) with the folder of its keys. PERCENT: of laptops.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${FEED:?the folder of the feed}" "${FEED_KEYS:?an archive with its keys}"
percent=${PERCENT:-10}
tools/setup.sh test
python=.venv/bin/python

keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
tar -xf "$FEED_KEYS" -C "$keys" --strip-components=1

$python -m installer updates
read -r program runtime <dist/installers/linux-x64/current
what=()
for layer in "$program" "$runtime"; do
    what+=(--archive "dist/installers/updates/$layer.linux-x64.tar.xz")
done
for language in ru en; do
    news=dist/installers/wellside-${program#program-}-news.$language.md
    [ ! -f "$news" ] || what+=("--news-$language" "$news")
done
$python -m installer.feed publish "$FEED" --keys "$keys" --channel "${CHANNEL:-stable}" --pair "$program" "$runtime" \
    --percent "$percent" "${what[@]}"
