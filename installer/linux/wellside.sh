#!/bin/sh
# Starts the program that the line in `current` names, on its runtime.
root=$(dirname -- "$(readlink -f -- "$0")")
if ! read -r program runtime < "$root/current" || [ ! -x "$root/$runtime/python/bin/python3" ]; then
    echo "wellside: $root is not whole, install it again" >&2
    exit 1
fi
# A folder `profile` beside this file keeps the profile there: on a USB stick.
if [ -z "$WELLSIDE_HOME" ] && [ -d "$root/profile" ]; then
    export WELLSIDE_HOME="$root/profile"
fi
exec "$root/$runtime/python/bin/python3" -I "$root/$program/start.py" "$@"
