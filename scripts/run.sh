#!/bin/sh
# Serve on loopback, ask one spoken question per language, and keep serving.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/bharatvoice serve &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
.venv/bin/bharatvoice demo
wait "$server"
