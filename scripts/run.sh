#!/bin/bash
# Serve on loopback, ask one spoken question per language, and keep serving.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/bharatvoice serve &
server=$!
.venv/bin/bharatvoice demo &
demo=$!
trap 'kill "$demo" "$server" 2>/dev/null; wait "$server" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
wait -n "$server" "$demo" || { status=$?; exit "$status"; }
wait "$server"
