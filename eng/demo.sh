#!/usr/bin/env bash
# Shows the bus at work between processes: who received what, by which way and after how long. Ends 0 only if every expected delivery, and no other, happened.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

eng/setup.sh
dotnet build samples/Demo --configuration Release --verbosity quiet --nologo
exec dotnet samples/Demo/bin/Release/net10.0/EventBus.Samples.Demo.dll "$@"
