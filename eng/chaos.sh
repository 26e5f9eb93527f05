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

programs=$(eng/postgres.sh "$also")
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
status=0
EVENTBUS_POSTGRES_BIN=$programs dotnet "$program" "${arguments[@]}" > "$logs/also" 2>&1 &
dotnet "$program" "${arguments[@]}" 2>&1 | tee "$logs/first" || status=$?
wait "$!" || status=$?
echo "== on PostgreSQL $also"
cat "$logs/also"
read -r -d '' passed failed skipped < <({ sum_of "$logs/first"; sum_of "$logs/also"; } | tr -cd '0-9 \n' | awk '{ p += $1; f += $2; s += $3 } END { print p, f, s }') || true
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
