#!/usr/bin/env bash
# Checks that every file is formatted as .editorconfig says; with --fix it formats them. Needs a built solution.
# The check leaves out names and code style: every build has them as errors (EnforceCodeStyleInBuild).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "${1:-}" = --fix ]; then
  exec dotnet format EventBus.sln --no-restore --severity warn
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet format whitespace EventBus.sln --no-restore --verify-no-changes 2>&1 | tee "$log"
if grep -q 'Warnings were encountered' "$log"; then
  echo "format: the solution does not load without a warning; look with --verbosity diagnostic." >&2
  exit 1
fi
