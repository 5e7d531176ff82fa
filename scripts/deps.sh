#!/bin/sh
# Installs the Debian packages named that are missing, and says so.  Used by the Makefile's deps targets.
set -u
missing=
for package in "$@"; do
    # node and npm are often there from elsewhere, and then Debian's would not install beside them
    case $package in
    nodejs) command -v node >/dev/null 2>&1 && continue ;;
    npm) command -v npm >/dev/null 2>&1 && continue ;;
    esac
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Rehearse needs these packages, and this machine has no apt-get to install them:$missing" >&2
    echo "Install what your system calls them, then run make again." >&2
    exit 1
fi
as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "These packages are missing, and neither root nor sudo is at hand to install them." >&2
        echo "Ask whoever looks after this machine to run:" >&2
        echo "    apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
echo "Installing what is missing:$missing"
# shellcheck disable=SC2086
if ! DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1; then
    $as_root apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null || {
        echo "apt-get could not install:$missing" >&2
        exit 1
    }
fi
