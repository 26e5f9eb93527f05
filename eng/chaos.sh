#!/usr/bin/env bash
# Kills, cuts, stalls, restarts and attacks a cluster of several processes, and compares the promises of docs/reliability.md with measurements.
# The last line is: N passed, N failed, N skipped
#   ./eng/chaos.sh [minutes] [--seed NUMBER] [--only accounts,links,failover,stops,crowd,isolation,attacks] [--also VERSION]
# With --also it runs twice at the same time, the second time on that version of PostgreSQL. Only the group accounts does not judge times.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=tests/EventBus.Chaos/bin/Release/net10.0/EventBus.Chaos.dll

also=
arguments=()
while [ "$#" != 0 ]; do
  case $1 in
    --also) also=${2:?} && shift ;;
    *) arguments+=("$1") ;;
  esac
  shift
done

eng/setup.sh
dotnet build tests/EventBus.Chaos --configuration Release --verbosity quiet --nologo
[ -n "$also" ] || exec dotnet "$program" "${arguments[@]}"

# A log whose last line is no sum is that of a run that ended early.
sum_of() {
  tail -n 1 "$1" | grep -xE '[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped' || echo '0 passed, 1 failed, 0 skipped'
}

clean() {
  kill "$first" "$second" 2> /dev/null || true
  wait || true
  rm -rf "$logs"
}

programs=$(eng/postgres.sh "$also")
logs=$(mktemp -d)
status=0
dotnet "$program" "${arguments[@]}" > "$logs/first" 2>&1 &
first=$!
EVENTBUS_POSTGRES_BIN=$programs dotnet "$program" "${arguments[@]}" > "$logs/second" 2>&1 &
second=$!
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
wait "$first" || status=$?
logs_in_order=("$logs/first" "$logs/second")
[ "$status" = 0 ] || logs_in_order=("$logs/second" "$logs/first") # A run that failed is the last one.
wait "$second" || status=$?
cat "${logs_in_order[@]}"

read -r p1 f1 s1 <<< "$(sum_of "$logs/first" | tr -cd '0-9 ')"
read -r p2 f2 s2 <<< "$(sum_of "$logs/second" | tr -cd '0-9 ')"
[ "$((f1 + f2))" = 0 ] || [ "$status" != 0 ] || status=1
echo "$((p1 + p2)) passed, $((f1 + f2)) failed, $((s1 + s2)) skipped"
exit "$status"
