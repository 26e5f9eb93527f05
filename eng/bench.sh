#!/usr/bin/env bash
# Measures EventBus beside its peers: publishers and receivers are processes of their own, and the servers are private. docs/performance.md
# describes the method. Writes results.md, results.json and steady.svg into artifacts/bench.
#   ./eng/bench.sh [steady|cold|long|publish|allocations|latency|fan|growth|attachments|start|local|queues …] [--rounds 5] [--output DIRECTORY]
# Without a group it measures all of them, which takes more than an hour.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo --non-interactive --preserve-env=DEBIAN_FRONTEND "$@"; fi
}

# Debian's package of Redis also starts a server on port 6379 if the machine has a service manager. The benchmark does not use it.
install_servers() {
  local missing=()
  command -v redis-server > /dev/null || missing+=(redis-server)
  command -v nats-server > /dev/null || missing+=(nats-server)
  [ "${#missing[@]}" != 0 ] || return 0
  echo "bench: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -q > /dev/null && as_root apt-get install -q -y --no-install-recommends "${missing[@]}" > /dev/null
}

# The group start also measures a program of native code, whose compiler needs clang and zlib's headers.
publish_start() {
  command -v clang > /dev/null && [ -e /usr/include/zlib.h ] || { echo "bench: no native code: install clang, lld and zlib1g-dev." >&2; return 0; }
  dotnet publish tests/EventBus.Benchmarks.Start --configuration Release --use-current-runtime --output artifacts/bench-start --verbosity quiet --nologo
}

# Whether a group is measured: one that is named, or each if none is.
measures() {
  local group=$1 argument has_groups=0
  shift
  while [ "$#" != 0 ]; do
    argument=$1
    shift
    case $argument in
      --rounds | --output) shift || true ;;
      "$group") return 0 ;;
      *) has_groups=1 ;;
    esac
  done
  [ "$has_groups" = 0 ]
}

install_servers
EVENTBUS_REQUIRE_NODE=1 eng/setup.sh
dotnet build tests/EventBus.Benchmarks --configuration Release --verbosity quiet --nologo
if measures start "$@"; then publish_start; fi
exec dotnet tests/EventBus.Benchmarks/bin/Release/net10.0/EventBus.Benchmarks.dll run "$@"
