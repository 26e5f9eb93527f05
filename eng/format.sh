#!/usr/bin/env bash
# Checks that every file is formatted as .editorconfig says; with --fix it formats them. Needs a built solution.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "${1:-}" = --fix ]; then
  dotnet format EventBus.sln --no-restore --severity warn
else
  dotnet format EventBus.sln --no-restore --severity warn --verify-no-changes
fi
