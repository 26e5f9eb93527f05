#!/usr/bin/env bash
# A steady load for a long time: memory, handles, connections, threads and timers of a node must stay flat.
#   ./eng/soak.sh [minutes] [events per second]   30 minutes at 5,000 events per second
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec eng/chaos.sh "${1:-30}" --only soak --rate "${2:-5000}"
