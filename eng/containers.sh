#!/usr/bin/env bash
# Runs the tests that start PostgreSQL in a container. The last line is: N passed, N failed, N skipped
# If there is no Docker, a service of podman runs during the tests (as root on Debian and Ubuntu), with an image that is made of
# the installed server programs. Nothing is pulled.
#   ./eng/containers.sh [Release|Debug]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
configuration=${1:-Release}
project=tests/EventBus.Testing.PostgreSql.Tests
image=docker.io/library/postgres:17
folder=$(mktemp -d)
service=

podman() {
  CONTAINERS_CONF=$folder/containers.conf command podman --root "$folder/storage" --runroot "$folder/run" "$@"
}

# The monitor of a command that ran in a container outlives it by five minutes, and then mounts the storage again.
end_monitors() {
  local monitor
  for monitor in $(pgrep -f -- "$folder/storage"); do
    kill -KILL "$monitor" 2> /dev/null || true
  done
}

clean_up() {
  if [ -n "$service" ]; then
    podman rm --all --force > /dev/null 2>&1 || true
    kill "$service" 2> /dev/null || true
    wait "$service" 2> /dev/null || true
    end_monitors
    umount "$folder/storage/overlay" 2> /dev/null || true
  fi
  rm -rf "$folder"
}
trap clean_up EXIT

# Limits above those of this process need a capability that a container may lack.
write_configuration() {
  local files processes
  files=$(ulimit -Hn) processes=$(ulimit -Hu)
  cat > "$folder/containers.conf" <<CONF
[containers]
default_ulimits = ["nofile=$files:$files", "nproc=$((processes / 4)):$((processes / 4))"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
}

# Does the part of the official image's entry point that the tests need.
write_entry_point() {
  cat > "$1" <<'ENTRY'
#!/bin/bash
set -e
data=/var/lib/postgresql/data
as="setpriv --reuid=postgres --regid=postgres --clear-groups --"
if [ ! -s "$data/PG_VERSION" ]; then
  mkdir -p "$data"
  (umask 077; echo "$POSTGRES_PASSWORD" > /tmp/password)
  chown postgres:postgres "$data" /tmp/password
  $as initdb -D "$data" -U "${POSTGRES_USER:-postgres}" -A scram-sha-256 --pwfile /tmp/password -E UTF8 --locale=C --no-sync
  rm /tmp/password
  echo 'host all all all scram-sha-256' >> "$data/pg_hba.conf"
fi
exec $as postgres -D "$data" -c 'listen_addresses=*' -c unix_socket_directories=/tmp "$@"
ENTRY
  chmod +x "$1"
}

# The newest installed server with the shell, the few commands and the libraries that it needs.
make_image() {
  local root=$folder/image programs commands libraries
  programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  commands="/bin/bash /bin/sh /bin/mkdir /bin/chown /bin/rm /bin/cat /bin/kill $(command -v setpriv)"
  libraries=$(ldd $commands "$programs"/{postgres,initdb,pg_isready} "${programs%/bin}"/lib/*.so 2> /dev/null | grep -oE '/[^ ]+\.so[^ ]*' | sort -u)
  mkdir -p "$root"/{tmp,usr/local/bin,var/lib/postgresql}
  chmod 1777 "$root/tmp"
  tar -ch --ignore-failed-read -C / $commands $libraries "${programs%/bin}" /usr/share/postgresql /usr/share/zoneinfo \
    /etc/passwd /etc/group /etc/nsswitch.conf 2> /dev/null | tar -x -C "$root"
  write_entry_point "$root/usr/local/bin/entry-point"
  tar -c -C "$root" . | podman import --quiet \
    --change 'ENTRYPOINT ["/usr/local/bin/entry-point"]' --change 'EXPOSE 5432' --change 'STOPSIGNAL SIGINT' \
    --change "ENV PATH=/usr/local/bin:$programs:/usr/bin:/bin" - "$image" > /dev/null
  rm -rf "$root"
}

start_podman() {
  echo "containers: starting a service of podman"
  write_configuration
  make_image
  export DOCKER_HOST=unix://$folder/podman.sock TESTCONTAINERS_RYUK_DISABLED=true
  CONTAINERS_CONF=$folder/containers.conf command podman --root "$folder/storage" --runroot "$folder/run" \
    system service --time 0 "$DOCKER_HOST" > "$folder/service.log" 2>&1 &
  service=$!
  until [ -S "$folder/podman.sock" ]; do
    kill -0 "$service" || { cat "$folder/service.log" >&2; return 1; }
    sleep 0.1
  done
}

eng/setup.sh
[ -n "${DOCKER_HOST:-}" ] || docker info > /dev/null 2>&1 || start_podman
dotnet build "$project" --configuration "$configuration" --verbosity quiet --nologo
status=0
dotnet test "$project" --configuration "$configuration" --no-build --nologo --verbosity quiet --filter Category=Container \
  --logger "trx;LogFileName=containers.trx" --logger 'console;verbosity=minimal' --results-directory "$folder/results" || status=$?

count() {
  sed -nE "s/.*<Counters[^>]* $1=\"([0-9]+)\".*/\1/p" "$folder/results/containers.trx" | head -n 1
}

total=$(count total) executed=$(count executed) passed=$(count passed)
[ "${total:-0}" != 0 ] || { echo "containers: no test has run." >&2; exit 1; }
echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
exit "$status"
