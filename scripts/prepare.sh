#!/bin/sh
# Install what is missing on a bare Debian or Ubuntu, and the Python environment from a lock file.
#   scripts/prepare.sh run    what serving needs
#   scripts/prepare.sh test   that, and what the tests drive
set -eu
cd "$(dirname "$0")/.."
purpose=${1:?run or test}

missing=""
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need espeak-ng espeak-ng
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
if [ "$purpose" = test ]; then
    need curl curl
    need chromium "chromium fonts-noto-core"
    # The driver of the browser tests is linked to it.
    /sbin/ldconfig -p | grep -q 'libatomic\.so\.1' || missing="$missing libatomic1"
fi

if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing:$missing"
        apt-get update -qq
        # shellcheck disable=SC2086 # a list of package names
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    else
        echo "These system packages are missing. As root, run:" >&2
        echo "    apt-get install$missing" >&2
        exit 1
    fi
fi

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or later is needed; this is $(python3 --version)." >&2
    exit 1
}

lock=requirements.lock
[ "$purpose" = test ] && lock=requirements-test.lock
[ -x .venv/bin/pip ] || python3 -m venv --clear .venv
stamp=.venv/.prepared
wanted=$(cat "$lock" pyproject.toml | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    # An environment with the tests' packages serves as well: keep it when only that differs.
    if [ "$purpose" = run ] && [ "$(cat "$stamp" 2>/dev/null)" = "$(cat requirements-test.lock pyproject.toml | sha256sum)" ]; then
        exit 0
    fi
    echo "Installing Python packages from $lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    printf '%s\n' "$wanted" > "$stamp"
fi
