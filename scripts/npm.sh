#!/bin/sh
# Fetches what FOLDER/package-lock.json pins into FOLDER/node_modules, unless it is there: npm.sh tests/web
set -eu
cd "$1"
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo "Fetching what tests need from npm: $1"
    npm ci --silent --no-audit --no-fund
fi
