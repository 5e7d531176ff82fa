#!/usr/bin/env python3
"""The program's words are complete in every language: what the code says now is translated, and nothing waits as fuzzy."""
import glob
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.abspath(os.environ.get("B", os.path.join(ROOT, "build")))
passed = failed = 0


def out(*argv, **more):
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True, **more).stdout


def entries(text):
    """The English of each entry but the header."""
    return [b for b in text.split("\n\n") if "\nmsgid " in "\n" + b and 'msgid ""\nmsgstr ""\n"' not in b]


out("make", "--no-print-directory", "B=" + BUILD, "po-collect")
for path in sorted(glob.glob(ROOT + "/engine/po/*.po")):
    merged = out("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", "-", path, BUILD + "/gen/rehearse.pot")
    for kind in ("untranslated", "only-fuzzy"):
        missing = entries(out("msgattrib", "--no-wrap", "--no-obsolete", "--" + kind, "-", input=merged))
        if missing:
            failed += 1
            print("%s: %d %s; make po-update, then translate:" % (os.path.basename(path), len(missing), kind))
            print("\n".join("    " + m for b in missing[:20] for m in re.findall(r"^msgid (.*)", b, re.M)))
        else:
            passed += 1
print("%d passed, %d failed" % (passed, failed))
sys.exit(1 if failed else 0)
