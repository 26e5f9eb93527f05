#!/usr/bin/env bash
# Checks that every file is formatted and named as .editorconfig says; with --fix it formats them. Needs a built solution.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

format=(dotnet format EventBus.sln --no-restore --severity warn)
if [ "${1:-}" = --fix ]; then
  exec "${format[@]}"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
"${format[@]}" --verify-no-changes 2>&1 | tee "$log"
if grep -q 'Warnings were encountered' "$log"; then
  echo "format: the solution does not load without a warning; look with --verbosity diagnostic." >&2
  exit 1
fi
