#!/bin/sh
# Fetches what FOLDER/package-lock.json pins into FOLDER/node_modules, unless it is there: npm.sh tests/web
set -eu
cd "$1"
if ! cmp -s package-lock.json node_modules/.fetched; then
    echo "Fetching what tests need from npm: $1"
    npm ci --loglevel=error --no-audit --no-fund || {
        echo "npm could not fetch what $1/package-lock.json names; it said why above." >&2
        exit 1
    }
    cp package-lock.json node_modules/.fetched
fi
