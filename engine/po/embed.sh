#!/bin/sh
# Writes the C file that links compiled words into the programs: embed.sh zh_CN.mo … > words_data.c
set -eu
echo '/* Generated from engine/po by embed.sh. */'
echo '#include "base/words.h"'
rows=
for mo in "$@"; do
    name=$(basename "$mo" .mo)
    printf 'static const unsigned char mo_%s[] = {\n' "$name"
    od -An -v -tx1 "$mo" | sed 's/ \(..\)/0x\1,/g'
    echo '};'
    rows="$rows    {\"$(echo "$name" | tr _ -)\", mo_$name, sizeof mo_$name},
"
done
printf 'const struct words words_all[] = {\n%s    {0},\n};\n' "$rows"
