#!/usr/bin/env bash
# Feeds spoiled messages to the decoder. Without an argument a million of each encoding; else for so many seconds. A second argument is the seed of an earlier run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet build tests/EventBus.Fuzz --configuration Release --verbosity quiet --nologo
exec dotnet tests/EventBus.Fuzz/bin/Release/net10.0/EventBus.Fuzz.dll "$@"
