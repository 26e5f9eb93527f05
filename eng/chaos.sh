#!/usr/bin/env bash
# Kills, cuts, stalls, restarts and attacks a cluster of several processes, and compares the promises of docs/reliability.md with measurements.
# The last line is: N passed, N failed, N skipped
#   ./eng/chaos.sh [minutes] [--seed NUMBER] [--only accounts,links,failover,stops,crowd,isolation,attacks]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

eng/setup.sh
dotnet build tests/EventBus.Chaos --configuration Release --verbosity quiet --nologo
exec dotnet tests/EventBus.Chaos/bin/Release/net10.0/EventBus.Chaos.dll "$@"
