#!/usr/bin/env bash
# Builds everything without a warning and runs every test. The last line is: N passed, N failed, N skipped
#   ./eng/test.sh [Release|Debug]
#   ./eng/test.sh Release|Debug 13|14|16|17|18 [FILTER]   only the tests that depend on the server, on this version of PostgreSQL
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
configuration=${1:-Release}
version=${2:-}
results=artifacts/test-results$version
specification=artifacts/specification.txt
filter='Category!=Container'

# These tests need a newer server than the oldest supported one. The installed programs are those of PostgreSQL 15.
[ "${version:-15}" -ge 17 ] || filter+='&Category!=PostgreSQL17'

if [ -n "$version" ]; then
  EVENTBUS_POSTGRES_BIN=$(eng/postgres.sh "$version")
  export EVENTBUS_POSTGRES_BIN EVENTBUS_CHAOS_SECONDS="${EVENTBUS_CHAOS_SECONDS:-20}"
  unset EVENTBUS_POSTGRES
  filter+=${3:+"&$3"}
  projects=(tests/EventBus.IntegrationTests/*.csproj tests/EventBus.InteropTests/*.csproj)
  built=("${projects[@]}")
else
  mapfile -t projects < <(grep -l 'Microsoft.NET.Test.Sdk' tests/*/*.csproj)
  built=(EventBus.sln)
fi

eng/setup.sh
for target in "${built[@]}"; do
  dotnet build "$target" --configuration "$configuration" --verbosity quiet --nologo
done

# The interop tests start hundreds of these processes, which live for seconds. Compiled ahead of time, they save 40 % of the processor time.
dotnet publish tests/EventBus.ConformanceNode --configuration "$configuration" --use-current-runtime --no-self-contained \
  -p:PublishReadyToRun=true --output artifacts/conformance-node --verbosity quiet --nologo
export EVENTBUS_CONFORMANCE_NODE=$PWD/artifacts/conformance-node/EventBus.ConformanceNode.dll

passed=0 failed=0 skipped=0

count() {
  sed -nE "s/.*<Counters[^>]* $2=\"([0-9]+)\".*/\1/p" "$1" | head -n 1
}

# A trx file does not count skipped tests: they are the tests that were not executed. A run without a trx file or without a test fails.
# eng/containers.sh runs the tests that need a container engine.
run() {
  local project=$1 name trx status=0 total executed ok
  name=$(basename "$project" .csproj)
  trx=$results/$name.trx
  echo "== $name"
  dotnet test "$project" --configuration "$configuration" --no-build --nologo --verbosity quiet \
    --filter "$filter" --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' --results-directory "$results" || status=$?
  if [ ! -e "$trx" ] || [ "$(count "$trx" total)" = 0 ]; then
    echo "$name: no test ran." >&2
    failed=$((failed + 1))
    return
  fi
  total=$(count "$trx" total) executed=$(count "$trx" executed) ok=$(count "$trx" passed)
  if [ "$status" != 0 ] && [ "$executed" = "$ok" ]; then
    echo "$name: the run ended early." >&2
    failed=$((failed + 1))
  fi
  passed=$((passed + ok)) failed=$((failed + executed - ok)) skipped=$((skipped + total - executed))
}

rm -rf "$results" "$specification"
for project in "${projects[@]}"; do
  run "$project"
done

# The interop tests write the table of the backplane specification; eng/interop.sh runs only that part.
cat "$specification" || failed=$((failed + 1))

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
