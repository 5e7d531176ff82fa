#!/bin/sh
# Fetches what FOLDER/package-lock.json pins into FOLDER/node_modules, unless it is there: npm.sh tests/web
set -eu
cd "$1"
if ! cmp -s package-lock.json node_modules/.fetched; then
    echo "Fetching what tests need from npm: $1"
    npm ci --silent --no-audit --no-fund
    cp package-lock.json node_modules/.fetched
fi
