"""The schema and the loader agree, on every well-formed file of the corpus, on what a schema can say.

Two validators read the schema, because each has faults of its own.  What a schema cannot say -- what an id refers to, which
texts are empty, which attributes go together -- is no part of the verdict.
"""
import os
import re
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMA = ROOT + "/scenarios/schema/rehearse-1.rng"

STRUCTURAL = set("""
    root-unknown element-foreign element-unknown element-strange element-place element-missing element-twice element-many
    attribute-unknown attribute-missing text-misplaced mark-nested value-number value-range value-yes-no value-word value-id
    value-empty fact-id fact-id-word value-path value-language value-survey value-tag value-names
""".split())



def by_xmllint(folder, files):
    """Files that are valid; files that are not well-formed are in neither list."""
    valid, invalid = set(), set()
    for i in range(0, len(files), 100):
        p = subprocess.run(["xmllint", "--noout", "--nonet", "--relaxng", SCHEMA, *files[i:i + 100]], cwd=folder,
                           capture_output=True)
        for line in p.stderr.decode("utf-8", "replace").splitlines():
            for found, end in ((valid, " validates"), (invalid, " fails to validate")):
                if line.endswith(end):
                    found.add(line[:-len(end)])
    return valid, invalid


def by_jing(folder, files):
    p = subprocess.run(["jing", SCHEMA, *files], cwd=folder, capture_output=True)
    faulty = set()
    for line in p.stdout.decode("utf-8", "replace").splitlines():
        m = re.match(r"(.*?):\d+:\d+: (?:error|fatal)", line)
        if m:
            faulty.add(os.path.relpath(m.group(1), os.path.realpath(folder)) if os.path.isabs(m.group(1)) else m.group(1))
    return faulty


def by_loader(results):
    """File names with structural problems, and those that were read at all."""
    faulty, read, unread = set(), set(), set()
    for name, result in results.items():
        if result.fault:
            continue
        own = name + ".xml"
        read.add(own)
        for p in result.problems:
            if p["file"].endswith(".xml"):
                read.add(p["file"])
            if p["code"] in STRUCTURAL:
                faulty.add(p["file"])
            if p["code"].startswith("xml-") or p["code"] == "file-large": # not well-formed, or refused before its structure
                unread.add(p["file"])
    return faulty, read - unread


def check(tally, folder, results):
    faulty, read = by_loader(results)
    files = sorted(f for f in read if os.path.isfile(os.path.join(folder, f)) and os.path.getsize(os.path.join(folder, f)) < 200000)
    valid, invalid = by_xmllint(folder, files)
    formed = sorted(valid | invalid)
    jing = by_jing(folder, formed)
    tally.that(len(valid) > 50 and len(invalid) > 20, "verdicts", "%d valid, %d invalid" % (len(valid), len(invalid)))
    for f in formed:
        said = {"loader": f in faulty, "xmllint": f in invalid, "jing": f in jing}
        tally.that(len(set(said.values())) == 1, "verdict on " + f,
                   ", ".join("%s: %s" % (k, "faulty" if v else "sound") for k, v in said.items()))
