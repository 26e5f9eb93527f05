#!/usr/bin/env bash
# Checks that the other scripts can run, and installs programs that are missing: the .NET 10 SDK, PostgreSQL, PgBouncer and, if there is
# Node.js, the packages of the interop tests and of the benchmark. You can run it again at any time: it leaves alone the programs that are
# there.
#   EVENTBUS_POSTGRES      the connection string of the server to use
#   EVENTBUS_POSTGRES_BIN  the directory of the server programs (initdb, pg_ctl, postgres) to start private servers from
#   EVENTBUS_REQUIRE_NODE  1: fail if there is no Node.js, as in CI; otherwise the interop part is skipped
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

has_programs() {
  [ -x "$1/initdb" ] && [ -x "$1/pg_ctl" ] && [ -x "$1/postgres" ]
}

has_installed_programs() {
  local directory
  for directory in "$(pg_config --bindir 2> /dev/null)" /usr/lib/postgresql/*/bin ${PATH//:/ }; do
    has_programs "$directory" && return
  done
  return 1
}

# Debian's package also starts a server on port 5432 unless its settings forbid that.
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
  elif [ -n "${EVENTBUS_POSTGRES_BIN:-}" ]; then
    has_programs "$EVENTBUS_POSTGRES_BIN" || fail "EVENTBUS_POSTGRES_BIN is '$EVENTBUS_POSTGRES_BIN', but initdb, pg_ctl and postgres are not all in that directory."
    echo "setup: PostgreSQL: the server programs that EVENTBUS_POSTGRES_BIN names"
  elif has_installed_programs; then
    echo "setup: PostgreSQL: the installed server programs"
  elif docker info > /dev/null 2>&1; then
    echo "setup: PostgreSQL: in a container"
  elif as_debian_root && install_postgres && has_installed_programs; then
    echo "setup: PostgreSQL: installed"
  else
    fail "there is no PostgreSQL: install its server (Debian and Ubuntu: apt-get install postgresql) or Docker, or set EVENTBUS_POSTGRES to a connection string."
  fi
}

# Only tests need it. Without it they are skipped.
find_pooler() {
  if command -v pgbouncer > /dev/null || [ -x /usr/sbin/pgbouncer ]; then
    return
  fi
  if ! as_debian_root || ! apt_install pgbouncer; then
    echo "setup: there is no PgBouncer. The tests of poolers are skipped."
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
find_pooler
find_node
