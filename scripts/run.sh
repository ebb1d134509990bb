#!/bin/bash
# Serve on loopback, ask one spoken question per language, and keep serving.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
mkfifo "$folder/said"
.venv/bin/bharatvoice serve > "$folder/said" &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
exec 3< "$folder/said"
if ! read -r line <&3; then # it said why on stderr
    wait "$server" || exit "$?"
    exit 1
fi
echo "$line"
cat <&3 &
.venv/bin/bharatvoice demo --url "${line##* }" &
demo=$!
wait -n "$server" "$demo" || true
kill -0 "$server" 2>/dev/null || kill "$demo" 2>/dev/null || true
wait "$server"
