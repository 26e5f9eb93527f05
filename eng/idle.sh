#!/usr/bin/env bash
# Measures what 10 idle nodes cost a private PostgreSQL, with 1 and with 20 namespaces: transactions and bytes of WAL per minute.
#   ./eng/idle.sh [seconds]   how long each is measured (60), after 75 s of settling
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

eng/setup.sh
dotnet build tests/EventBus.Idle --configuration Release --verbosity quiet --nologo
exec dotnet tests/EventBus.Idle/bin/Release/net10.0/EventBus.Idle.dll "$@"
