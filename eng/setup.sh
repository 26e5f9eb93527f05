#!/usr/bin/env bash
# Makes sure of what the other scripts need: the .NET 10 SDK, a PostgreSQL and, where Node.js is, the packages of the interop tests.
# Run it as often as you like: what is there is left alone.
#   EVENTBUS_POSTGRES      a connection string: use that server, look for no other
#   EVENTBUS_REQUIRE_NODE  1: without Node.js it fails (CI), instead of saying that the interop part is skipped
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() {
  echo "setup: $*" >&2
  exit 1
}

as_debian_root() {
  [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null
}

apt_install() {
  echo "setup: installing $*"
  local log
  log=$(mktemp)
  if { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } > "$log" 2>&1; then
    rm -f "$log"
  else
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
  fi
}

check_dotnet() {
  command -v dotnet > /dev/null || fail "there is no 'dotnet': install the .NET 10 SDK."
  dotnet --version > /dev/null 2>&1 || fail "no installed .NET SDK satisfies global.json: install the .NET 10 SDK."
}

has_postgres_binaries() {
  local directory
  for directory in "$(pg_config --bindir 2> /dev/null)" /usr/lib/postgresql/*/bin ${PATH//:/ }; do
    [ -x "$directory/initdb" ] && [ -x "$directory/pg_ctl" ] && [ -x "$directory/postgres" ] && return
  done
  return 1
}

# Debian's package would also start a server of its own on port 5432: only its programs are wanted.
install_postgres() {
  local settings=/etc/postgresql-common/createcluster.conf
  if [ -e "$settings" ]; then
    apt_install postgresql
    return
  fi
  apt_install postgresql-common || return
  cp "$settings" "$settings.before-eventbus"
  echo 'create_main_cluster = false' >> "$settings"
  local status=0
  apt_install postgresql || status=$?
  mv "$settings.before-eventbus" "$settings"
  return "$status"
}

find_postgres() {
  if [ -n "${EVENTBUS_POSTGRES:-}" ]; then
    echo "setup: PostgreSQL: the server that EVENTBUS_POSTGRES names"
  elif has_postgres_binaries; then
    echo "setup: PostgreSQL: the installed server programs"
  elif docker info > /dev/null 2>&1; then
    echo "setup: PostgreSQL: in Docker"
  elif as_debian_root && install_postgres && has_postgres_binaries; then
    echo "setup: PostgreSQL: installed"
  else
    fail "there is no PostgreSQL: install its server (Debian and Ubuntu: apt-get install postgresql) or Docker, or set EVENTBUS_POSTGRES to a connection string."
  fi
}

# The stamp holds the checksum of the lock file that was installed last.
install_node_packages() {
  local lock directory sum
  while read -r lock; do
    directory=$(dirname "$lock")
    sum=$(cksum < "$lock")
    if [ "$(cat "$directory/node_modules/.installed" 2> /dev/null)" != "$sum" ]; then
      echo "setup: npm ci in $directory"
      (cd "$directory" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null) || return
      echo "$sum" > "$directory/node_modules/.installed"
    fi
  done < <(find tests samples -name package-lock.json -not -path '*/node_modules/*' -not -path '*/bin/*' | sort)
}

skip_node() {
  [ "${EVENTBUS_REQUIRE_NODE:-0}" != 1 ] || fail "$1"
  echo "setup: $1 The interop part is skipped."
}

find_node() {
  if ! command -v node > /dev/null || ! command -v npm > /dev/null; then
    skip_node "there is no Node.js with npm."
  elif [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 18 ]; then
    skip_node "Node.js is older than 18."
  elif ! install_node_packages; then
    skip_node "npm could not install the packages (without a network they cannot be had)."
  fi
}

check_dotnet
find_postgres
find_node
