#!/usr/bin/env bash
# Publishes tests/EventBus.AotTests with Native AOT and runs it against the same program under the JIT, over PostgreSQL: every event of
# every sample contract, in both directions. A warning of the AOT compiler fails it. The last line is: N passed, N failed, N skipped
# Requires clang and zlib's headers (Debian and Ubuntu: apt-get install clang lld zlib1g-dev).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=tests/EventBus.AotTests
published=artifacts/aot

fail() {
  echo "aot: $*" >&2
  exit 1
}

publish() {
  local log
  command -v clang > /dev/null && [ -e /usr/include/zlib.h ] || fail "clang or zlib's headers are missing: install clang, lld and zlib1g-dev."
  rm -rf "$published"
  log=$(mktemp)
  dotnet publish "$project" --configuration Release --use-current-runtime --output "$published" --verbosity quiet --nologo 2>&1 | tee "$log" \
    || { rm -f "$log"; fail "the program cannot be published."; }
  ! grep -qE 'IL[23][0-9]{3}' "$log" || { rm -f "$log"; fail "the AOT compiler has warned."; }
  rm -f "$log"
  [ -x "$published/EventBus.AotTests" ] && [ ! -e "$published/EventBus.dll" ] || fail "the result is no program of native code."
}

run() {
  eng/setup.sh
  dotnet build "$project" --configuration Release --verbosity quiet --nologo
  dotnet "$project/bin/Release/net10.0/EventBus.AotTests.dll" "$published/EventBus.AotTests"
}

publish
run
