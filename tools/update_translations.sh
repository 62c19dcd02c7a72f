#!/usr/bin/env bash
# Collects the texts of the widgets into resources/translations/*.ts. New ones are left unfinished: translate them,
# then `make test` checks that both languages are complete.
set -euo pipefail
cd "$(dirname "$0")/.."
sources=$(git ls-files 'app/views/*.py')
for language in ru en; do
    # shellcheck disable=SC2086
    .venv/bin/pyside6-lupdate $sources -ts "resources/translations/wellside_$language.ts" \
        -source-language en_US -target-language "$language" -no-obsolete -locations none -silent
done
