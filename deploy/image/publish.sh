#!/usr/bin/env bash
# Scans, pushes, signs: what a pipeline calls last for the images of `make image`. Nothing is pushed that the scan refuses,
# and what is signed is the digest that the registry has, not a tag.
# REGISTRY: where the site keeps images (host/path; buildah is logged in). COSIGN_KEY: a file, or a key of a vault (cosign's words).
# SCAN: reads the bill of materials that is named behind it; another one than grype where the site has another.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${REGISTRY:?where images are kept}" "${COSIGN_KEY:?what signs}"
scan=${SCAN:-grype --fail-on high --only-fixed}
shopt -s nullglob
archives=(dist/image/wellside-*.tar)
[ ${#archives[@]} -gt 0 ] || { echo "no images in dist/image: make image" >&2; exit 1; }

# All are scanned before any of them is pushed.
for archive in "${archives[@]}"; do
    $scan "${archive%.tar}.cdx.json"
done
for archive in "${archives[@]}"; do
    told=$(basename "$archive" .tar) # wellside-centre-0.1.0
    name=${told%-*} version=${told##*-}
    digests=dist/image/$told.digest
    held=$(buildah --storage-driver vfs pull --quiet "oci-archive:$archive")
    buildah --storage-driver vfs push --quiet --digestfile "$digests" "$held" "docker://$REGISTRY/$name:$version"
    image=$REGISTRY/$name@$(cat "$digests")
    cosign sign --yes --key "$COSIGN_KEY" "$image"
    cosign attest --yes --key "$COSIGN_KEY" --type cyclonedx --predicate "${archive%.tar}.cdx.json" "$image"
    echo "$image"
done
