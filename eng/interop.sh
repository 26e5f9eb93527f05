#!/usr/bin/env bash
# Plays the backplane specification in clusters of .NET nodes and real Socket.IO servers, in every position, and in memory. Prints scenario × position; ends 0 only if all hold.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
table=artifacts/specification.txt

export EVENTBUS_REQUIRE_NODE=1
eng/setup.sh
dotnet build tests/EventBus.InteropTests --configuration Release --verbosity quiet --nologo

rm -f "$table"
status=0
dotnet test tests/EventBus.InteropTests --configuration Release --no-build --nologo --verbosity quiet --logger 'console;verbosity=minimal' --filter 'FullyQualifiedName~.Specification.' || status=$?
cat "$table"
exit "$status"
