#!/usr/bin/env bash
# Writes the public members of the projects in src, as the compiler sees them, into PublicAPI.Unshipped.txt beside each project.
# Members in PublicAPI.Shipped.txt are left out. If one of those is removed or changed, the build fails with RS0017: restore it, or
# remove its line if the next version may break callers.
#   ./eng/api.sh          writes the files
#   ./eng/api.sh --ship   moves all lines to PublicAPI.Shipped.txt: run it for a release
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C

# Writes lines from the input, sorted. The first line says that they have nullable annotations.
write() {
  local lines
  lines=$(grep -v '^#' | sort -u || true)
  { echo '#nullable enable'; [ -z "$lines" ] || echo "$lines"; } > "$1"
}

if [ "${1:-}" = --ship ]; then
  for folder in src/*/; do
    cat "$folder"PublicAPI.{Shipped,Unshipped}.txt | write "${folder}PublicAPI.Shipped.txt"
    write "${folder}PublicAPI.Unshipped.txt" < /dev/null
  done
  exit
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
for folder in src/*/; do
  [ -e "${folder}PublicAPI.Shipped.txt" ] || write "${folder}PublicAPI.Shipped.txt" < /dev/null
  write "${folder}PublicAPI.Unshipped.txt" < /dev/null
done
for project in src/*/*.csproj; do
  dotnet build "$project" --configuration Release --nologo --verbosity minimal -p:TreatWarningsAsErrors=false >> "$log" 2>&1 \
    || { grep -F ': error ' "$log" >&2; exit 1; }
done
for project in src/*/*.csproj; do
  file=$(dirname "$project")/PublicAPI.Unshipped.txt
  grep -F "/$project]" "$log" | sed -nE "s/.*warning RS0016: Symbol '(.*)' is not part of the declared public API.*/\1/p" | write "$file"
  echo "$file: $(grep -vc '^#' "$file" || true) members"
done
